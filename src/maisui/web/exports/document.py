"""How a document is set: an export as a PDF with cover, contents, charts, tables and definitions; who took it out on every page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

from maisui.answers import Unit
from maisui.errors import HomeError
from maisui.web.components.figures import EXACT, NOTHING, Scale, column_scale, digits, scaled_unit, short, table_scales
from maisui.web.exports.sheets import Amount, Cell, Chart, Column, Drawing, Export, Sheet, Stamp, definitions_sheet
from maisui.web.text import Text, choose, is_english

CONTENT_TYPE = "application/pdf"
MOST_LINES = 2000
"""Lines of a document: nobody reads more on paper, and a workbook holds them all."""
MOST_CELLS = 40_000
"""Cells of a document: setting so many takes some four seconds and three quarters of a gigabyte."""
FONTS = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Microsoft YaHei",
    "PingFang SC",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Noto Serif CJK SC",
    "SimSun",
)
"""Fonts with Chinese characters, the first that the machine has is taken; none is brought along."""
_TEMPLATE = Path(__file__).with_name("document.typ")
_WIDE_FROM = 7
_SIZES = ((6, "9pt"), (9, "8pt"), (13, "7pt"))
_SMALLEST = "6pt"
_WIDEST = 13
"""Columns that can still be read beside each other; a wider table is laid out in parts under one another, each with its first columns."""
_FIRST_COLUMNS = 3
_LONG_TEXT = 22
_LONGEST_NAME = 26
_EXACT = Text(
    "数字按列标题的单位四舍五入，精确到分的数见同名 Excel。",
    "Figures are rounded to the unit in the heading; the workbook of the same page holds them to the cent.",
)
_NO_FONT = Text(
    "服务器上没有中文字体，无法生成 PDF；请系统管理员安装 fonts-noto-cjk（或任一中文字体），或先导出 Excel",
    "this machine has no Chinese font, so no PDF can be set: have fonts-noto-cjk (or another) installed, or take the workbook",
)


def document(export: Export, stamp: Stamp) -> bytes:
    """Return the export as a PDF; every text of it is data to the template, never markup.

    Raises:
        HomeError: where the machine has no font with Chinese characters.
    """
    return _set(_data(export, stamp), stamp, "pdf")[0]


def pictures(export: Export, stamp: Stamp) -> list[bytes]:
    """Return the pages of the document as PNG files, to be looked at.

    Raises:
        HomeError: where the machine has no font with Chinese characters.
    """
    return _set(_data(export, stamp), stamp, "png")


def font_of(families: Sequence[str]) -> str | None:
    """Return the font a document is set in, of those the machine has."""
    return next((name for name in FONTS if name in families), None)


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)


def _set(data: dict[str, Any], stamp: Stamp, form: str) -> list[bytes]:
    fonts = _fonts()
    family = font_of(fonts.families())
    if family is None:
        raise HomeError(str(_NO_FONT), where="fonts", next_step=choose("安装后重试", "try again once there is one"))
    data["font"] = family
    made = typst.compile(
        _TEMPLATE.read_bytes(),
        font_paths=fonts,
        format=form,  # type: ignore[arg-type] - one of the two the callers above give
        sys_inputs={"document": json.dumps(data, ensure_ascii=False)},
        timestamp=int(stamp.at.timestamp()),
    )
    return made if isinstance(made, list) else [made]


def _data(export: Export, stamp: Stamp) -> dict[str, Any]:
    home, fresh = settings.HOME, export.about
    at = f"{stamp.at:%Y-%m-%d %H:%M}"
    cover = [
        *fresh,
        (choose("制作人", "Taken out by"), stamp.person),
        (choose("制作时间", "At"), at),
        (choose("数据版本", "Version"), stamp.version),
    ]
    definitions = definitions_sheet(export.metrics)
    return {
        "language": "en" if is_english() else "zh",
        "bank": choose(home.name_zh, home.name_en),
        "title": export.title,
        "is_form": all(sheet.is_form for sheet in export.sheets),
        "cover": [[label, value] for label, value in cover if value],
        "classification": str(export.classification),
        "demo": choose("示例数据：全部客户、账户与交易均为虚构。", "Example data: every customer, account and transaction is invented.")
        if home.is_demo
        else "",
        "stamp": str(stamp),
        "mark": f"{stamp.person}  {at}",
        "words": {
            "contents": choose("目录", "Contents"),
            "definitions": definitions.title,
            "total": choose("合计", "Total"),
            "nothing": choose("没有数据", "nothing here"),
            "exact": str(_EXACT),
        },
        "spreads": _spreads([section for sheet in export.sheets for section in _sections(sheet)]),
        "definitions": [[f"{cell or ''}" for cell in row] for row in definitions.rows],
    }  # fmt: skip


def _spreads(sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return runs of sections that lie on pages of one orientation."""
    found: list[dict[str, Any]] = []
    for section in sections:
        if not found or found[-1]["is_wide"] != section["is_wide"]:
            found.append({"is_wide": section["is_wide"], "sections": []})
        found[-1]["sections"].append(section)
    return found


def _sections(sheet: Sheet) -> list[dict[str, Any]]:
    """Return the sheet as one section, or a wide one as several whose figures stand at the same scales."""
    columns, parts = _written(sheet), _parts(sheet)
    found = []
    for number, places in enumerate(parts, 1):
        section = _section(sheet, columns, places)
        if len(parts) > 1:
            section["name"] = f"{sheet.name} {number}/{len(parts)}"
        section["chart"] = _chart(columns, sheet, sheet.chart) if sheet.chart and sheet.rows and number == 1 else None
        found.append(section)
    return found


def _parts(sheet: Sheet) -> list[list[int]]:
    """Return which columns each part shows: the first texts in all of them, the others shared out evenly, what belongs together in one."""
    every = list(range(len(sheet.columns)))
    if len(every) <= _WIDEST:
        return [every]
    first = next((at for at, column in enumerate(sheet.columns[:_FIRST_COLUMNS]) if column.unit is not None), _FIRST_COLUMNS)
    groups = [every[at : at + sheet.together] for at in range(first, len(every), sheet.together)]
    count = -(-(len(every) - first) // (_WIDEST - first))
    size = -(-len(groups) // count)
    return [[*every[:first], *(place for group in groups[at : at + size] for place in group)] for at in range(0, len(groups), size)]


def _section(sheet: Sheet, every: Sequence[_Written], places: Sequence[int]) -> dict[str, Any]:
    columns = [every[place] for place in places]
    body = [[every[place].text(row[place]) for place in places] for row in sheet.rows]
    total = [every[place].text(sheet.total[place]) for place in places] if sheet.total is not None else []
    longest = [max((_length(row[at]) for row in (*body, total) if row), default=0) for at in range(len(columns))]
    return {
        "name": sheet.name,
        "is_form": sheet.is_form,
        "title": sheet.title if sheet.title != sheet.name else "",
        "is_wide": len(columns) >= _WIDE_FROM,
        "size": next((size for most, size in _SIZES if len(columns) <= most), _SMALLEST),
        "headings": [column.heading for column in columns],
        "numbers": [column.is_number for column in columns],
        "widths": _widths(columns, longest),
        "rows": body,
        "total": total,
    }


def _widths(columns: Sequence[_Written], longest: Sequence[int]) -> list[int]:
    """Return by what part of the page each column is wide; 0 is as wide as what stands in it."""
    if len(columns) >= _WIDE_FROM:
        words = [max((len(word) for word in column.heading.split() if word.isascii()), default=0) for column in columns]
        parts = zip(columns, longest, words, strict=True)
        return [max(min(width, _LONG_TEXT), _length(column.heading) // 3, word, 4) + 2 for column, width, word in parts]
    texts = [place for place, column in enumerate(columns) if not column.is_number]
    fluid = {place for place in texts if longest[place] > _LONG_TEXT} or {max(texts, key=lambda at: longest[at], default=0)}
    return [max(longest[place], 1) if place in fluid else 0 for place in range(len(columns))]


def _shortened(text: str) -> str:
    """Return a name as it fits beside its bar."""
    plain = text.strip("　 ")
    return plain if _length(plain) <= _LONGEST_NAME else plain[: _LONGEST_NAME // (1 if plain.isascii() else 2)] + "…"


@dataclass(frozen=True, slots=True)
class _Written:
    """How one column is written: heading with its unit, scale, and on which side it stands."""

    heading: str
    unit: Unit | None
    scale: Scale | None
    is_number: bool

    def text(self, cell: Cell) -> str:
        match cell:
            case None:
                return NOTHING if self.is_number else ""
            case str():
                return cell
            case date():
                return cell.isoformat()
            case Amount():
                return _with_unit(cell)
            case _ if self.unit is not None:
                return short(Decimal(cell), self.unit, self.scale)[0]
            case _:
                return digits(Decimal(cell), 0 if isinstance(cell, int) else max(2, _decimals_of(cell)))


def _with_unit(cell: Amount) -> str:
    """Return a figure with its own unit beside it; the change of a share in percentage points."""
    if cell.is_change and cell.unit is Unit.SHARE and cell.value is not None:
        return f"{digits(cell.value * 100, 2)} {choose('个百分点', 'pp')}"
    return " ".join(word for word in short(cell.value, cell.unit) if word)


def _written(sheet: Sheet) -> list[_Written]:
    """Return how each column of a sheet is written."""
    scales = _scales(sheet)
    return [_column(column, [row[place] for row in sheet.rows], scales.get(place)) for place, column in enumerate(sheet.columns)]


def _column(column: Column, cells: Sequence[Cell], scale: Scale | None) -> _Written:
    if column.unit is None or scale is None:
        known = [cell for cell in cells if cell is not None]
        return _Written(column.heading, None, None, is_number=bool(known) and not any(isinstance(cell, str | date) for cell in known))
    unit = scaled_unit(column.unit, scale)
    heading = f"{column.heading}{choose(f'（{unit}）', f' ({unit})')}" if unit else column.heading
    return _Written(heading, column.unit, scale, is_number=True)


def _scales(sheet: Sheet) -> dict[int, Scale]:
    """Return the scale of each column of figures, amounts in yuan at one: whole, by all cells where they add up, else by columns."""
    amounts = {
        place: (column.unit, [Decimal(row[place]) for row in sheet.rows if isinstance(row[place], Decimal | int)])  # type: ignore[arg-type]
        for place, column in enumerate(sheet.columns)
        if column.unit is not None
    }
    scales = table_scales(amounts)
    money = [place for place, (unit, _) in amounts.items() if unit is Unit.YUAN]
    if sheet.in_yuan or sheet.adds_up:
        pooled = column_scale((value for place in money for value in amounts[place][1] if value), Unit.YUAN)
        scales |= dict.fromkeys(money, EXACT if sheet.in_yuan else pooled)
    return scales


def _decimals_of(value: Decimal) -> int:
    """Return how many decimals a number without a unit has, such as a rate of exchange."""
    exponent = value.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) and exponent < 0 else 0


def _length(text: str) -> int:
    """Return how wide a text is in Latin letters; a Chinese character is as wide as two."""
    return sum(1 if character.isascii() else 2 for character in text)


def _chart(columns: Sequence[_Written], sheet: Sheet, chart: Chart) -> dict[str, Any] | None:
    """Return where each row of a chart begins and how long it is, in thousandths of its box, with its figure in words."""
    column, name = columns[chart.value], columns[chart.name]
    picked = [(place, row) for place, row in enumerate(sheet.rows) if _figure(row[chart.value]) is not None]
    if chart.drawing is Drawing.LINE:
        picked = picked[-2 * chart.most :]
    elif not chart.totals:
        picked = picked[: chart.most]
    figures = [_figure(row[chart.value]) or Decimal(0) for _, row in picked]
    spans = _spans(chart, [place for place, _ in picked], figures)
    ends = [end for span in spans for end in span]
    least, most = min(ends, default=Decimal(0)), max(ends, default=Decimal(0))
    if least == most or len(picked) < 2:  # noqa: PLR2004 - one bar, or none of any length, compares nothing
        return None

    def place_of(value: Decimal) -> int:
        return int((value - least) / (most - least) * 1000)

    return {
        "drawing": chart.drawing.value,
        "title": column.heading,
        "names": _names(name, [row[chart.name] for _, row in picked]),
        "figures": [column.text(row[chart.value]) for _, row in picked],
        "starts": [place_of(min(span)) for span in spans],
        "lengths": [place_of(max(span)) - place_of(min(span)) for span in spans],
        "kinds": [
            "total" if place in chart.totals else "down" if figure < 0 else "up" for (place, _), figure in zip(picked, figures, strict=True)
        ],
    }


def _names(column: _Written, cells: Sequence[Cell]) -> list[str]:
    """Return what rows of a chart are called; month ends by their month."""
    days = [cell for cell in cells if isinstance(cell, date)]
    if len(days) == len(cells) == len({(day.year, day.month) for day in days}):
        return [f"{day:%Y-%m}" for day in days]
    return [_shortened(column.text(cell)) for cell in cells]


def _spans(chart: Chart, places: list[int], figures: list[Decimal]) -> list[tuple[Decimal, Decimal]]:
    """Return from where to where each figure is drawn."""
    nil = Decimal(0)
    if chart.drawing is Drawing.LINE:
        return [(figure, figure) for figure in figures]
    spans: list[tuple[Decimal, Decimal]] = []
    reached = nil
    for place, figure in zip(places, figures, strict=True):
        is_step = chart.drawing is Drawing.STEPS and place not in chart.totals
        spans.append((reached, reached + figure) if is_step else (nil, figure))
        reached = spans[-1][1]
    return spans


def _figure(cell: Cell) -> Decimal | None:
    value = cell.value if isinstance(cell, Amount) else cell
    return Decimal(value) if isinstance(value, Decimal | int) else None
