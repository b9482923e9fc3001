"""The bank's own workbook filled: cells that hold a placeholder become figures of our metrics, everything else stays as it is.

A placeholder stands alone in its cell: `{{deposit_balance}}`, or with conditions, `{{deposit_balance|org=B1|date=year_start}}`.
Words such as `{{date}}` may stand within a text. docs/how-to/fill-a-template.md describes both.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import Cell as SheetCell

from maisui.answers import Comparison, Metric, Period, Question, check_workbook
from maisui.answers.figure import moved
from maisui.errors import AccessError, MaisuiError
from maisui.web.components.figures import NOTHING
from maisui.web.exports.sheets import Stamp
from maisui.web.exports.workbook import as_kept, safe_text
from maisui.web.gateway import Gateway
from maisui.web.text import Text

MOST_BYTES = 2 << 20
MOST_PLACEHOLDERS = 500
MOST_CELLS = 200_000
WORDS = ("date", "year", "month", "organisation", "bank", "person", "version")
"""What may stand within a text, for one cell's own words such as a title."""
_PLACEHOLDER = re.compile(r"\{\{([^{}]*)\}\}")
_OPTIONS = ("org", "date", "period", "by", "change", "rate")
_REACHING_OUT = re.compile(r"\b(WEBSERVICE|FILTERXML|HYPERLINK|IMPORT\w*|RTD|CALL|REGISTER|EXEC|DDE)\s*\(|\|", re.IGNORECASE)
_LONGEST_TOLD = 80


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that cannot be filled: where, what stands in it, and why."""

    sheet: str
    cell: str
    written: str
    reason: Text


@dataclass(frozen=True, slots=True)
class Placeholder:
    """One figure asked for by a cell; None is what is chosen when the template is filled."""

    metric: Metric
    organisation: str | None = None
    day: date | None = None
    base: Comparison | None = None
    period: Period = Period.MONTH
    by: tuple[str, str] | None = None
    change: Comparison | None = None
    rate: Comparison | None = None


@dataclass(slots=True)
class Checked:
    """What a template asks: its placeholders cell by cell, its faults, and what the filled workbook will lack."""

    figures: int = 0
    words: int = 0
    faults: list[Fault] = field(default_factory=list[Fault])
    has_drawings: bool = False


class _NotReadableError(Exception):
    """A placeholder says something that means nothing."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


def check_template(content: bytes, catalogue: tuple[Metric, ...]) -> Checked:
    """Return what a template asks, with every cell that cannot be read.

    Raises:
        QuestionError: when the file is no workbook, holds macros or links to other files, or is too large.
    """
    check_workbook(content)
    book = load_workbook(io.BytesIO(content))
    known = {metric.code: metric for metric in catalogue}
    found = Checked(has_drawings=b"xl/drawings/" in content)
    for number, (sheet, cell) in enumerate(_texts(book)):
        if number >= MOST_CELLS:
            found.faults.append(Fault(sheet, cell.coordinate, "", Text(f"单元格超过 {MOST_CELLS} 个", f"more than {MOST_CELLS} cells")))
            break
        fault = _check_cell(cell, known, found)
        if fault is not None:
            found.faults.append(Fault(sheet, cell.coordinate, str(cell.value)[:_LONGEST_TOLD], fault))
    for name, defined in book.defined_names.items():
        if _REACHING_OUT.search(str(defined.value)):
            said = Text("该名称会向文件之外取数或传数，请删除", "this name reaches out of the file; remove it")
            found.faults.append(Fault("", name, str(defined.value)[:_LONGEST_TOLD], said))
    if found.figures > MOST_PLACEHOLDERS:
        said = Text(f"占位符 {found.figures} 个，最多 {MOST_PLACEHOLDERS} 个", f"{found.figures} placeholders, at most {MOST_PLACEHOLDERS}")
        found.faults.append(Fault("", "", "", said))
    return found


def fill_template(
    content: bytes, gateway: Gateway, *, organisation: str | None, day: date, stamp: Stamp, words: dict[str, str]
) -> tuple[bytes, list[Fault], int]:
    """Return the filled workbook, the cells that could not be answered, and how many figures stand in it.

    Figures are asked within the viewer's scope: an organisation named by the template that is not his is a fault of its cell.
    A figure that does not exist is written as a dash. With faults the workbook is not to be given out.
    """
    check_workbook(content)
    book = load_workbook(io.BytesIO(content))
    known = {metric.code: metric for metric in gateway.catalogue()}
    faults: list[Fault] = []
    filled = 0
    for sheet, cell in list(_texts(book)):
        text = str(cell.value)
        if cell.data_type == "f" or not _PLACEHOLDER.search(text):
            continue
        try:
            alone = _alone(text)
            if alone is not None:
                _write(cell, _answered(gateway, _read(alone, known), organisation, day))
                filled += 1
            else:
                _write(cell, _PLACEHOLDER.sub(lambda match: words[_word(match[1])], text))
        except _NotReadableError as error:
            faults.append(Fault(sheet, cell.coordinate, text[:_LONGEST_TOLD], error.reason))
        except AccessError:
            said = Text("该机构不存在，或不在您的权限内", "there is no such organisation, or it is not yours to export")
            faults.append(Fault(sheet, cell.coordinate, text[:_LONGEST_TOLD], said))
        except MaisuiError as error:
            faults.append(Fault(sheet, cell.coordinate, text[:_LONGEST_TOLD], Text(error.what, error.what)))
    for page in book.worksheets:
        if page.oddFooter is None:  # openpyxl's own types allow it
            continue
        page.oddFooter.left.text = str(stamp).replace("&", "&&")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue(), faults, filled


def _texts(book: Any) -> Iterator[tuple[str, SheetCell]]:
    """Yield the cells of a workbook that hold texts or formulas."""
    for page in book.worksheets:
        for row in page.iter_rows():
            for cell in row:
                if isinstance(cell, SheetCell) and (isinstance(cell.value, str) or cell.data_type == "f"):
                    yield page.title, cell


def _check_cell(cell: SheetCell, known: dict[str, Metric], found: Checked) -> Text | None:
    """Return why a cell cannot be taken; None where it can, and then what it asks is counted."""
    text = str(getattr(cell.value, "text", cell.value))  # an array formula keeps its text inside
    if cell.data_type == "f":
        said = Text("该公式会向文件之外取数或传数，请删除", "this formula reaches out of the file; remove it")
        return said if _REACHING_OUT.search(text) else None
    asked = _PLACEHOLDER.findall(text)
    if not asked:
        is_broken = "{{" in text or "}}" in text
        return Text("花括号不成对", "the braces do not match") if is_broken else None
    try:
        alone = _alone(text)
        if alone is None:
            for word in asked:
                _word(word)
            found.words += 1
        else:
            _read(alone, known)
            found.figures += 1
    except _NotReadableError as error:
        return error.reason
    return None


def _alone(text: str) -> str | None:
    """Return the placeholder of a figure that fills its cell; None where the cell is a text with words in it."""
    match = _PLACEHOLDER.fullmatch(text.strip())
    return None if match is None or match[1].strip() in WORDS else match[1]


def _word(written: str) -> str:
    word = written.strip()
    if word not in WORDS:
        raise _NotReadableError(
            Text(
                f"文字中只能用 {'、'.join(WORDS)}；指标须单独占一格",
                f"within a text stand only {', '.join(WORDS)}; a metric has its cell to itself",
            )
        )
    return word


def _read(written: str, known: dict[str, Metric]) -> Placeholder:
    code, *options = (part.strip() for part in written.split("|"))
    metric = known.get(code)
    if metric is None:
        raise _NotReadableError(Text(f"没有指标 {code!r}；代码见“指标目录”", f"there is no metric {code!r}; codes stand in the catalogue"))
    said: dict[str, str] = {}
    for option in options:
        name, equals, value = (part.strip() for part in option.partition("="))
        if not equals or name not in _OPTIONS or not value or name in said:
            known_options = ", ".join(_OPTIONS)
            raise _NotReadableError(
                Text(f"条件 {option!r} 无法识别；可用：{known_options}", f"{option!r} is no condition; there are {known_options}")
            )
        said[name] = value
    if "change" in said and "rate" in said:
        raise _NotReadableError(Text("change 与 rate 只能写一个", "either change or rate"))
    day, base = _day_of(said["date"]) if "date" in said else (None, None)
    if base and ("change" in said or "rate" in said):
        raise _NotReadableError(Text("date 写了对比期，就不能再写 change 或 rate", "a compared date has neither change nor rate"))
    return Placeholder(
        metric,
        said.get("org"),
        day,
        base,
        _choice(Period, said["period"]) if "period" in said else Period.MONTH,
        _split_of(metric, said["by"]) if "by" in said else None,
        _choice(Comparison, said["change"]) if "change" in said else None,
        _choice(Comparison, said["rate"]) if "rate" in said else None,
    )


def _day_of(word: str) -> tuple[date | None, Comparison | None]:
    if word in set(Comparison):
        return None, Comparison(word)
    try:
        return date.fromisoformat(word), None
    except ValueError:
        bases = ", ".join(Comparison)
        raise _NotReadableError(
            Text(f"{word!r} 不是日期；写 2026-10-31，或 {bases}", f"{word!r} is no day: write 2026-10-31 or {bases}")
        ) from None


def _split_of(metric: Metric, word: str) -> tuple[str, str]:
    dimension, colon, value = (part.strip() for part in word.partition(":"))
    if not colon or not value or dimension not in metric.dimensions:
        offered = ", ".join(metric.dimensions)
        raise _NotReadableError(
            Text(
                f"{metric.code} 不能按 {word!r} 取；写 维度:值，维度有 {offered}",
                f"{metric.code} has no {word!r}: write dimension:value, of {offered}",
            )
        )
    return dimension, value


def _choice(kind: Callable[[str], Any], word: str) -> Any:
    try:
        return kind(word)
    except ValueError:
        offered = ", ".join(kind)  # type: ignore[call-overload] - an enumeration of words
        raise _NotReadableError(Text(f"没有 {word!r}；可用：{offered}", f"there is no {word!r}; there are {offered}")) from None


def _answered(gateway: Gateway, asked: Placeholder, organisation: str | None, day: date) -> Decimal | None:
    """Return the figure of a placeholder within what the viewer may export; None where it does not exist."""
    place = asked.organisation or organisation
    gateway.require_figures_export(place)
    by = (asked.by[0],) if asked.by else ()
    question = Question(asked.metric.code, by, place, asked.day or day, asked.period)
    comparison = asked.base or asked.change or asked.rate
    answer = gateway.compare(question, (comparison,)).against(comparison) if comparison else gateway.ask(question)
    rows = [row for row in answer.rows if asked.by is None or row.dimensions[asked.by[0]] == asked.by[1]]
    if not rows:
        return None
    if asked.base:
        return rows[0].base_value
    change, rate = moved(rows[0].value, rows[0].base_value) if comparison else (None, None)
    return change if asked.change else rate if asked.rate else rows[0].value


def _write(cell: SheetCell, value: Decimal | str | None) -> None:
    """Write a figure as a number in the template's own format, a text as a text that no program takes for a formula."""
    if isinstance(value, Decimal) and (kept := as_kept(value)) is not None:
        cell.value = kept
        return
    cell.value = NOTHING if value is None else safe_text(value) if isinstance(value, str) else f"{value:f}"
    cell.data_type = "s"
