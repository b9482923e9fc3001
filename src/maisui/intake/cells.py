"""What is wrong with each cell of a small delivery, before it is delivered: row, column letter, why, and what is allowed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from maisui.intake import forms
from maisui.intake.arrow import pa
from maisui.intake.refusal import FileRefusedError
from maisui.intake.spreadsheet import CellFault, SheetText, letter_of, read_workbook
from maisui.sources.contract import ColumnKind, Drift, Feed

REASONS: dict[str, tuple[str, str]] = {
    forms.MISSING_VALUE: ("必填项为空", "a required value is missing"),
    forms.UNKNOWN_WORD: ("不在可用值之列", "not one of the allowed words"),
    forms.DATE_FORM: ("日期格式不对", "not a date of the agreed form"),
    forms.NO_SUCH_DATE: ("没有这一天", "no such day"),
    forms.ROUNDED: ("数字已被表格软件舍入", "the number was rounded by a spreadsheet"),
    forms.CHECK_DIGIT: ("校验位不符", "the check digit does not hold"),
    forms.NEGATIVE_AMOUNT: ("不得为负", "may not be negative"),
    "amount_form": ("不是金额", "not an amount"),
    "rate_form": ("不是比率", "not a fraction"),
    "integer_form": ("不是整数", "not a whole number"),
    "month_form": ("不是月份", "not a month"),
    "time_form": ("不是时间", "not a time"),
    "currency_form": ("不是币种代码", "not a currency code"),
    "code_form": ("代码含空格或不允许的字符", "a code with spaces or characters that are not allowed"),
    "card_form": ("不是卡号", "not a card number"),
    "id_number_form": ("不是身份证号", "not a resident number"),
    "credit_code_form": ("不是统一社会信用代码", "not a unified social credit code"),
    "scientific_notation": ("科学计数法，原值已丢失", "scientific notation: what was entered is lost"),
    "spreadsheet_prefix": ("以引号或等号开头", "begins with a quotation mark or ="),
    "full_width_digit": ("含全角数字", "holds full-width digits"),
    "padding": ("前后有空格", "has spaces around it"),
    "thousands_separator": ("含千分位分隔符", "has thousands separators"),
    "minus_behind": ("负号在后", "has its minus behind"),
}
"""Reason codes of intake in both languages."""

REPEATED_KEY = ("主键与前面的行重复", "the key repeats that of a row above")


@dataclass(frozen=True, slots=True)
class CheckedCells:
    """A small delivery as its feed reads it: the sheet, and every cell that would not pass; `notes` are cells that pass with a notice."""

    sheet: SheetText
    faults: tuple[CellFault, ...]
    notes: tuple[CellFault, ...]


def check_cells(content: bytes, feed: Feed, *, is_workbook: bool, most_rows: int) -> CheckedCells:
    """Return every cell of `content` that the feed's contract refuses.

    Raises:
        FileRefusedError: when the file as a whole cannot be read as this feed.
    """
    sheet = read_workbook(content, feed) if is_workbook else _read_csv(content, feed)
    _hold_header(sheet, feed)
    if len(sheet.rows) > most_rows:
        raise FileRefusedError(f"there are {len(sheet.rows)} rows, at most {most_rows} come by upload", where="the whole file")
    if not sheet.rows:
        raise FileRefusedError("the file holds no rows", where="the whole file")
    faults, notes = [*sheet.faults], list[CellFault]()
    spoilt = {(fault.row, fault.column) for fault in faults}
    for column in feed.columns:
        place = sheet.header.index(column.name)
        values = pa.array([row[place] for row in sheet.rows], pa.string())
        found = forms.column_faults(values, column, frozenset(feed.null_words))
        for code, mask in found:
            faults.extend(
                fault
                for fault in _named(sheet, place, np.flatnonzero(mask), REASONS.get(code, (code, code)))
                if (fault.row, fault.column) not in spoilt
            )
        if column.kind is ColumnKind.WORD:
            notes.extend(_named(sheet, place, np.flatnonzero(forms.unknown_words(values, column)), REASONS[forms.UNKNOWN_WORD]))
    faults.extend(_repeated_keys(sheet, feed))
    faults.sort(key=lambda fault: (fault.row, len(fault.letter), fault.letter))
    return CheckedCells(sheet, tuple(faults), tuple(notes))


def _read_csv(content: bytes, feed: Feed) -> SheetText:
    text = _decoded(content, feed)
    if "\0" in text:
        raise FileRefusedError("the file is no text", where="the whole file")
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=feed.delimiter, quotechar=feed.quote or None, strict=False)
    header: list[str] = []
    rows: list[list[str]] = []
    numbers: list[int] = []
    faults: list[CellFault] = []
    try:
        for number, cells in enumerate(lines, start=1):
            if number == 1:
                header = [cell.strip() for cell in cells]
            elif any(cells):
                if len(cells) != len(header):
                    what = (f"该行有 {len(cells)} 列，应为 {len(header)} 列", f"the row has {len(cells)} fields, not {len(header)}")
                    faults.append(CellFault(number, "A", header[0] if header else "", *what))
                rows.append([*cells, *[""] * len(header)][: len(header)])
                numbers.append(number)
    except csv.Error:
        raise FileRefusedError("a field is far too long, or a quotation mark is not closed", where="the whole file") from None
    return SheetText(tuple(header), rows, numbers, tuple(letter_of(n) for n in range(1, len(header) + 1)), faults)


def _decoded(content: bytes, feed: Feed) -> str:
    for encoding in ("utf-8-sig", *feed.encodings):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileRefusedError("the file cannot be decoded; save it as UTF-8 or GB18030", where="the whole file")


def _hold_header(sheet: SheetText, feed: Feed) -> None:
    missing = [name for name in feed.column_names if name not in sheet.header]
    unknown = [name for name in sheet.header if name not in feed.column_names]
    if missing:
        raise FileRefusedError(f"the header lacks {', '.join(missing)}", where="the header")
    if len(set(sheet.header)) < len(sheet.header):
        raise FileRefusedError("the header names a column twice", where="the header")
    if unknown and feed.drift is Drift.FREEZE:
        raise FileRefusedError(f"the header has {len(unknown)} column(s) the contract does not know", where="the header")


def _named(sheet: SheetText, place: int, rows: np.ndarray, what: tuple[str, str]) -> Iterator[CellFault]:
    for row in rows.tolist():
        yield CellFault(sheet.numbers[row], sheet.letters[place], sheet.header[place], *what)


def _repeated_keys(sheet: SheetText, feed: Feed) -> Iterator[CellFault]:
    if not feed.key:
        return
    places = [sheet.header.index(name) for name in feed.key]
    seen: set[tuple[str, ...]] = set()
    for row, cells in enumerate(sheet.rows):
        key = tuple(cells[place] for place in places)
        if key in seen:
            yield CellFault(sheet.numbers[row], sheet.letters[places[0]], sheet.header[places[0]], *REPEATED_KEY)
        seen.add(key)
