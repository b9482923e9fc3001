"""What each kind of column must look like, held against the text before anything is cast: nothing is rounded or guessed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from maisui.intake import amounts, certificates
from maisui.intake.arrow import Array, pa, pc
from maisui.sources.contract import ColumnKind, FeedColumn


@dataclass(frozen=True, slots=True)
class Form:
    """The expression a non-empty text must meet in full, and the reason code when it does not."""

    expression: str
    reason: str


_NO_FULL_WIDTH_DIGIT = "\uff01-\uff0f\uff1a-\uff5e"
_CODE_LETTER = rf"!-~\p{{Han}}\x{{3001}}-\x{{303F}}{_NO_FULL_WIDTH_DIGIT}"
_CODE = rf"[!-&(-<>-~\p{{Han}}\x{{3001}}-\x{{303F}}{_NO_FULL_WIDTH_DIGIT}][{_CODE_LETTER}]*"
_RATE = r"(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?"
_SMALL_RATE = "|".join(f"{'0' * zeros}[1-9][0-9]{{0,{5 - zeros}}}" for zeros in range(6))
_NEGATIVE_RATE = rf"-(?:0\.(?:{_SMALL_RATE})|[1-9][0-9]{{0,11}}(?:\.[0-9]{{1,6}})?)"

FORMS: dict[ColumnKind, Form] = {
    ColumnKind.AMOUNT: Form("|".join(amounts.forms_of("")), "amount_form"),
    ColumnKind.POSITIVE_AMOUNT: Form(amounts.forms_of("")[0], "amount_form"),
    ColumnKind.RATE: Form(rf"{_RATE}|{_NEGATIVE_RATE}", "rate_form"),
    ColumnKind.INTEGER: Form(r"0|-?[1-9][0-9]{0,17}", "integer_form"),
    ColumnKind.MONTH: Form(r"[0-9]{4}(?:0[1-9]|1[0-2])", "month_form"),
    ColumnKind.TIME: Form(r"(?:[01][0-9]|2[0-3])[0-5][0-9][0-5][0-9]", "time_form"),
    ColumnKind.CURRENCY: Form(r"[A-Z]{3}", "currency_form"),
    ColumnKind.CODE: Form(_CODE, "code_form"),
    ColumnKind.ACCOUNT: Form(_CODE, "code_form"),
    ColumnKind.CARD: Form(r"[0-9]{12,19}", "card_form"),
    ColumnKind.ID_NUMBER: Form(r"[0-9]{17}[0-9Xx]", "id_number_form"),
    ColumnKind.CREDIT_CODE: Form(r"[0-9A-HJ-NPQRTUWXY]{18}", "credit_code_form"),
}
"""The contract of each kind, in one place. DATE is built from the column's own format, WORD from its dictionary, TEXT is free."""

SPOILT: tuple[Form, ...] = (
    Form(r"[+-]?\d+(\.\d+)?[Ee]\+\d+|\d\.\d+[Ee]\d+|[+-]?\d+[Ee]\d+", "scientific_notation"),
    Form(r"['=].*", "spreadsheet_prefix"),
    Form(r".*[０-９].*", "full_width_digit"),
    Form(r"\s.*|.*\s", "padding"),
    Form(r"-?\d{1,3}(,\d{3})+(\.\d+)?-?", "thousands_separator"),
    Form(r"\d+(\.\d+)?-", "minus_behind"),
)
"""Well-known ways to spoil a value; a refused one that meets any of these is named so."""

NEGATIVE_AMOUNT = "negative_amount"
MISSING_VALUE = "missing_value"
UNKNOWN_WORD = "unknown_word"
DATE_FORM = "date_form"
NO_SUCH_DATE = "no_such_date"
ROUNDED = "rounded_by_spreadsheet"
CHECK_DIGIT = "check_digit"

Faults = list[tuple[str, np.ndarray]]
"""Reason codes and, for each, a mask over the values."""

_SCIENTIFIC = r"^(?:[+-]?[0-9]+(?:\.[0-9]+)?[Ee]\+[0-9]+|[0-9]\.[0-9]+[Ee][0-9]+)$"
_SUSPECT = np.ones(256, bool)
_SUSPECT[0x21:0x7F] = False
_SUSPECT[list(b"'=+.")] = True
_DATE_PARTS = {
    "Y": r"[0-9]{4}",
    "y": r"[0-9]{2}",
    "m": r"(?:0[1-9]|1[0-2])",
    "d": r"(?:0[1-9]|[12][0-9]|3[01])",
    "H": r"(?:[01][0-9]|2[0-3])",
    "M": r"[0-5][0-9]",
    "S": r"[0-5][0-9]",
    "f": r"[0-9]{1,6}",
    "%": "%",
}
_FIRST_YEAR_OF_THE_19XX = 69


def form_of(column: FeedColumn) -> Form | None:
    """Return what the texts of a column must meet in full, None where the kind has no form of its own."""
    form = FORMS.get(column.kind)
    if form is None or not column.kind.is_amount or not column.format:
        return form
    positive, negative = amounts.forms_of(column.format)
    return Form(positive if column.kind is ColumnKind.POSITIVE_AMOUNT else f"{positive}|{negative}", form.reason)


def column_faults(values: Array, column: FeedColumn, null_words: frozenset[str]) -> Faults:
    """Return what is wrong with the texts of one column, certificates and open dictionaries apart."""
    texts = _Texts(values)
    faults = [] if texts.all_empty else _form_faults(texts, column)
    if faults and null_words:
        is_null = texts.among(null_words)
        faults = [(reason, mask & ~is_null) for reason, mask in faults]
    if column.is_required:
        is_dated = column.kind in (ColumnKind.DATE, ColumnKind.MONTH)
        faults.append((MISSING_VALUE, texts.is_empty | texts.among(null_words) if is_dated and null_words else texts.is_empty))
    return [(reason, mask) for reason, mask in faults if mask.any()]


def unknown_words(values: Array, column: FeedColumn) -> np.ndarray:
    """Return a mask of the non-empty values that the column's dictionary does not hold."""
    texts = _Texts(values)
    if not column.words:
        return np.zeros(len(values), bool)
    known = texts.among(frozenset(column.words)) | texts.is_empty
    for prefix in (word[:-1] for word in column.words if word.endswith("*")):
        if known.all():
            break
        known |= pc.starts_with(values, prefix).to_numpy(zero_copy_only=False)
    return ~known


@lru_cache(maxsize=256)
def word_set(words: frozenset[str]) -> Array:
    """Return words as Arrow wants them for a look-up."""
    return pa.array(sorted(words), pa.string())


class _Texts:
    """A text column seen as one run of bytes: most columns are cleared without looking at single values."""

    def __init__(self, values: Array) -> None:
        self.values = values
        _, offsets, data = values.buffers()
        self.offsets = np.frombuffer(offsets, np.int32, len(values) + 1, values.offset * 4) if offsets else np.zeros(1, np.int32)
        self.bytes = np.frombuffer(data, np.uint8) if data else np.zeros(0, np.uint8)
        self.lengths = self.offsets[1:] - self.offsets[:-1]
        self.is_empty = self.lengths == 0
        self.all_empty = bool(self.is_empty.all())

    def among(self, words: frozenset[str]) -> np.ndarray:
        return pc.is_in(self.values, value_set=word_set(words)).to_numpy(zero_copy_only=False)

    def meets(self, expression: str) -> np.ndarray:
        """Return a mask of the values that meet `expression` in full."""
        return pc.match_substring_regex(self.values, f"^(?:{expression})$").to_numpy(zero_copy_only=False)

    def rows_with(self, is_suspect: np.ndarray) -> np.ndarray:
        """Return the indexes of the values that hold a suspect byte."""
        first = int(self.offsets[0])
        window = self.bytes[first : int(self.offsets[-1])]
        found = np.flatnonzero(is_suspect[window])
        if not len(found):
            return found
        return np.unique(np.searchsorted(self.offsets, found + first, side="right") - 1)

    def byte_at(self, rows: np.ndarray, back: int) -> np.ndarray:
        """Return the byte `back` places before the end of each of these values."""
        return self.bytes[self.offsets[1:][rows] - back]

    def part(self, rows: np.ndarray) -> _Texts:
        return _Texts(self.values.take(pa.array(rows)))

    def mask(self, rows: np.ndarray) -> np.ndarray:
        mask = np.zeros(len(self.lengths), bool)
        mask[rows] = True
        return mask


def _form_faults(texts: _Texts, column: FeedColumn) -> Faults:
    kind = column.kind
    if kind is ColumnKind.DATE:
        return _date_faults(texts, column.format)
    if kind is ColumnKind.CLOSED_WORD:
        return [(UNKNOWN_WORD, unknown_words(texts.values, column))]
    if kind in (ColumnKind.CODE, ColumnKind.ACCOUNT):
        faults = _code_faults(texts)
        return [*faults, (ROUNDED, _rounded(texts))] if kind is ColumnKind.ACCOUNT else faults
    form = form_of(column)
    if form is None:
        return []
    is_bad = ~(texts.meets(form.expression) | texts.is_empty)
    faults = _name_spoilt(texts, is_bad, form.reason)
    if kind is ColumnKind.POSITIVE_AMOUNT and is_bad.any():
        is_negative = is_bad & texts.meets(amounts.forms_of(column.format)[1])
        faults = [(reason, mask & ~is_negative) for reason, mask in faults] + [(NEGATIVE_AMOUNT, is_negative)]
    check = _DIGIT_CHECKS.get(kind)
    if check is not None:
        rows = np.flatnonzero(~is_bad & ~texts.is_empty)
        wrong = rows[~check(texts.part(rows).values.to_pylist())]
        faults.append((CHECK_DIGIT, texts.mask(wrong)))
        if kind is ColumnKind.CARD:
            faults.append((ROUNDED, _rounded(texts)))
    return faults


_DIGIT_CHECKS: dict[ColumnKind, Callable[[list[str]], np.ndarray]] = {
    ColumnKind.CARD: certificates.luhn_holds,
    ColumnKind.ID_NUMBER: certificates.resident_number_holds,
    ColumnKind.CREDIT_CODE: certificates.credit_code_holds,
}


def _code_faults(texts: _Texts) -> Faults:
    rows = texts.rows_with(_SUSPECT)
    if not len(rows):
        return []
    part = texts.part(rows)
    is_bad = ~(part.meets(FORMS[ColumnKind.CODE].expression) | part.is_empty)
    is_bad |= pc.match_substring_regex(part.values, _SCIENTIFIC).to_numpy(zero_copy_only=False)
    faults = _name_spoilt(part, is_bad, FORMS[ColumnKind.CODE].reason)
    return [(reason, texts.mask(rows[mask])) for reason, mask in faults]


def _rounded(texts: _Texts) -> np.ndarray:
    """Tell which numbers a spreadsheet has rounded: it keeps 15 digits and writes zeros behind them."""
    rows = np.flatnonzero(texts.lengths >= certificates.ROUNDED_LENGTH)
    for back in range(1, certificates.ROUNDED_LENGTH - 15 + 1):
        rows = rows[texts.byte_at(rows, back) == ord("0")]
        if not len(rows):
            return np.zeros(len(texts.lengths), bool)
    is_rounded = texts.part(rows).meets(r"[0-9]{15}0{4,}")
    return texts.mask(rows[is_rounded])


def _name_spoilt(texts: _Texts, is_bad: np.ndarray, reason: str) -> Faults:
    """Return the bad values under the reason that says most."""
    rows = np.flatnonzero(is_bad)
    if not len(rows):
        return []
    named: dict[str, list[int]] = {}
    for row, text in zip(rows.tolist(), texts.part(rows).values.to_pylist(), strict=True):
        spoilt = next((form.reason for form in SPOILT if re.fullmatch(form.expression, text, re.DOTALL)), reason)
        named.setdefault(spoilt, []).append(row)
    return [(code, texts.mask(np.array(found, np.int64))) for code, found in named.items()]


def _date_faults(texts: _Texts, form: str) -> Faults:
    """Hold dates to the column's format and to the calendar, each distinct text once."""
    encoded = pc.dictionary_encode(texts.values)
    distinct = _Texts(encoded.dictionary)
    is_formed = distinct.meets(date_expression(form)) | distinct.is_empty
    is_dated = np.ones(len(is_formed), bool)
    rows = np.flatnonzero(is_formed & ~distinct.is_empty)
    is_dated[rows] = [in_calendar(text, form) for text in distinct.part(rows).values.to_pylist()]
    indices = encoded.indices.to_numpy()
    faults = [(code, mask[indices]) for code, mask in _name_spoilt(distinct, ~is_formed, DATE_FORM)]
    return [*faults, (NO_SUCH_DATE, (~is_dated)[indices])]


@lru_cache(maxsize=64)
def date_expression(form: str) -> str:
    """Return the expression a date written as the strptime `form` meets; years of four digits, months and days of two."""
    pieces = re.split(r"%(.)", form)
    return "".join(_DATE_PARTS.get(piece, ".*") if number % 2 else re.escape(piece) for number, piece in enumerate(pieces))


@lru_cache(maxsize=100_000)
def in_calendar(text: str, form: str) -> bool:
    """Tell whether a text that has the form is a day that exists."""
    parts = re.fullmatch(_named_expression(form), text)
    found = parts.groupdict() if parts else {"m": "0"}
    year = int(found["Y"]) if found.get("Y") else _century(int(found["y"])) if found.get("y") else 2000
    try:
        date(year, int(found.get("m") or 1), int(found.get("d") or 1))
    except ValueError:
        return False
    return True


def _century(short_year: int) -> int:
    """Return the year of two digits as strptime reads it (POSIX: 69…99 are 19xx)."""
    return short_year + (1900 if short_year >= _FIRST_YEAR_OF_THE_19XX else 2000)


@lru_cache(maxsize=64)
def _named_expression(form: str) -> str:
    pieces = re.split(r"%(.)", form)
    named: list[str] = []
    for number, piece in enumerate(pieces):
        expression = _DATE_PARTS.get(piece, ".*") if number % 2 else re.escape(piece)
        is_first = number % 2 and piece in "Yymd" and f"(?P<{piece}>" not in "".join(named)
        named.append(f"(?P<{piece}>{expression})" if is_first else expression)
    return "".join(named)
