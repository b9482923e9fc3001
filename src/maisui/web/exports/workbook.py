"""How a workbook is written: typed cells, one unit a column, who took it out and when on every sheet and page."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from maisui.answers import Unit
from maisui.web.exports.sheets import Amount, Cell, Column, Sheet, Stamp

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FORMULA_STARTS = "=+-@\t\r\n\0＝＋－＠"
_DECIMALS = "#,##0.00"
_FORMATS = {**dict.fromkeys(Unit, _DECIMALS), Unit.COUNT: "#,##0", Unit.SHARE: "0.00%"}
_WIDTHS = {**dict.fromkeys(Unit, 12), Unit.YUAN: 20, Unit.YUAN_EACH: 16}
_LONGEST_SHEET_NAME = 31
_EXACT_DIGITS = 15
_PLACES_OF_AMOUNTS = 4
"""No amount, price or rate that is delivered has more places after the point and fifteen digits as well: what has is a quotient."""


def safe_text(value: str) -> str:
    """Return `value` so that no program takes it for a formula: a leading apostrophe before what could start one."""
    bare = re.sub(r"^[\s\u00a0\u200b\ufeff]+", "", value)
    starts = value[:1] in _FORMULA_STARTS or bare[:1] in _FORMULA_STARTS
    return f"'{value}" if value and starts else value


def workbook(sheets: Iterable[Sheet], stamp: Stamp, classification: str = "") -> bytes:
    """Return the sheets as an xlsx file; figures stay numbers, or text where a spreadsheet would round them.

    `classification` stands above every printed page.
    """
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": "Maisui", "author": stamp.person, "comments": str(stamp)})
    formats = _Formats(book)
    for sheet in sheets:
        page = book.add_worksheet(_sheet_name(sheet.name))
        _write(page, sheet, stamp, formats)
        page.set_header(f"&C&8{classification.replace('&', '&&')}")
    book.close()
    return out.getvalue()


class _Formats:
    """The looks of cells, made once a workbook."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        font = {"font_name": "Microsoft YaHei", "font_size": 10}
        self.title = book.add_format(font | {"bold": True, "font_size": 13})
        self.stamp = book.add_format(font | {"font_color": "#7A7A7A", "font_size": 9})
        self.heading = book.add_format(
            font | {"bold": True, "bg_color": "#12715B", "font_color": "#FFFFFF", "text_wrap": True, "valign": "vcenter", "align": "center"}
        )
        self.cells: dict[tuple[Unit | None, bool], Any] = {
            (None, False): book.add_format(font),
            (None, True): book.add_format(font | {"bold": True, "top": 1}),
        }
        for unit, number in _FORMATS.items():
            self.cells[unit, False] = book.add_format(font | {"num_format": number})
            self.cells[unit, True] = book.add_format(font | {"num_format": number, "bold": True, "top": 1})
        self.day = book.add_format(font | {"num_format": "yyyy-mm-dd"})


def _write(page: Worksheet, sheet: Sheet, stamp: Stamp, formats: _Formats) -> None:
    page.write_string(0, 0, safe_text(sheet.title), formats.title)
    page.write_string(1, 0, safe_text(str(stamp)), formats.stamp)
    for place, column in enumerate(sheet.columns):
        page.write_string(3, place, column.heading, formats.heading)
        page.set_column(place, place, column.width or (_WIDTHS[column.unit] if column.unit else 24))
    page.set_row(3, 32)
    for number, row in enumerate(sheet.rows, 4):
        _write_row(page, number, sheet.columns, row, formats, is_total=False)
    if sheet.total is not None:
        _write_row(page, 4 + len(sheet.rows), sheet.columns, sheet.total, formats, is_total=True)
    page.freeze_panes(4, 1)
    if sheet.rows:
        page.autofilter(3, 0, 3 + len(sheet.rows), len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(3)
    page.set_footer(f"&L&8{str(stamp).replace('&', '&&')}&R&8&P / &N")


def _write_row(
    page: Worksheet,
    number: int,
    columns: tuple[Column, ...],
    row: Sequence[Cell],
    formats: _Formats,
    *,
    is_total: bool,
) -> None:
    for place, (column, value) in enumerate(zip(columns, row, strict=True)):
        unit = value.unit if isinstance(value, Amount) else column.unit
        look = formats.cells[unit, is_total]
        plain = value.value if isinstance(value, Amount) else value
        match plain:
            case None:
                page.write_string(number, place, "—" if unit else "", look)
            case str():
                page.write_string(number, place, safe_text(plain), look)
            case date():
                page.write_datetime(number, place, datetime(plain.year, plain.month, plain.day), formats.day)  # noqa: DTZ001 - a day has no zone
            case _ if (kept := as_kept(plain)) is not None:
                page.write_number(number, place, kept, look)  # type: ignore[arg-type] - it writes decimals as they are
            case _:
                page.write_string(number, place, f"{plain:f}", look)


def as_kept(value: Decimal | int) -> Decimal | int | None:
    """Return the number a spreadsheet keeps of `value`, of which it keeps fifteen digits; None where digits that mean something would go.

    A quotient goes on for ever, so its first fifteen digits are kept; an amount of more digits than that has to be a text.
    """
    digits, exponent = Decimal(value).normalize().as_tuple()[1:]
    if len(digits) <= _EXACT_DIGITS:
        return value
    places = -int(exponent)
    is_quotient = places > _PLACES_OF_AMOUNTS and len(digits) - places <= _EXACT_DIGITS - _PLACES_OF_AMOUNTS
    return Context(prec=_EXACT_DIGITS, rounding=ROUND_HALF_UP).plus(Decimal(value)) if is_quotient else None


def _sheet_name(name: str) -> str:
    return re.sub(r"[\[\]:*?/\\']", " ", name)[:_LONGEST_SHEET_NAME].strip() or "1"
