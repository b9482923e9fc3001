"""How one delivered row is spoiled: each kind of flaw, where it applies and what intake is to do with the row."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from maisui.example_bank.row_template import SEPARATOR, contract, field_order
from maisui.sources.contract import Feed

QUARANTINED, DUPLICATE, WARNED, LOADED = "quarantined", "duplicate", "warned", "loaded"
"""What becomes of a row: set aside, counted as a repetition, loaded with a notice, or loaded and left to later controls."""

_AMOUNT_FORMS = ("1e5", "1_000", "1,234.56", "(1.00)", "1.00-", "1.005", "NaN", "Inf", "—", "-0", "9" * 20 + ".00", "１２３.００")
_DATE_FORMS = ("20260230", "2026/13/01", "202610")
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_FIELDS: dict[str, dict[str, str]] = {
    "GRCKFHZMX": {"amount": "JYJE", "date": "HXJYRQ", "word": "JYJDBZ", "number": "GRCKZH", "owner": "KHTYBH"},
    "DGCKFHZMX": {"amount": "JYJE", "date": "HXJYRQ", "word": "JYJDBZ", "number": "DGCKZH", "owner": "KHTYBH"},
    "GRCKFHZ": {"amount": "CKYE", "date": "KHRQ", "word": "ZHZT", "number": "GRCKZH", "owner": "KHTYBH", "end": "XHRQ"},
    "GRXDYWJJB": {"amount": "DKYE", "date": "DKFFRQ", "word": "DKWJFL", "number": "DKFHZH", "owner": "KHTYBH", "end": "ZJRQ"},
    "GRJCXXB": {"amount": "GRNSR", "date": "SHMDRQ", "word": "XB", "number": "KHTYBH", "certificate": "ZJHM"},
    "fee": {"amount": "fee_amount", "date": "charged_on", "number": "fee_number", "owner": "customer_number"},
    "deposit_term": {"date": "value_on", "word": "is_auto_renewal", "number": "account_number", "end": "matures_on"},
}
"""Tables and feeds that get flaws, and which of their fields plays which part."""
TABLES = tuple(_FIELDS)


def _feed(table: str) -> Feed:
    """The contract of a table of EAST or of a supplement feed."""
    return contract("supplement" if table.islower() else "east5").feeds[table]


@dataclass(frozen=True)
class Row:
    """A row to be spoiled: its fields by name, the names in order, its separator and encoding, and what plays which part."""

    table: str
    values: Mapping[str, str]
    encoding: str
    part: Mapping[str, str]

    @property
    def is_csv(self) -> bool:
        """Whether the row stands in a comma-separated file with quotes."""
        return self.table.islower()

    def text(self, values: Mapping[str, str] | None = None) -> str:
        """Return the line of these values (the row's own by default) with its line end."""
        fields = list((values or self.values).values())
        if not self.is_csv:
            return SEPARATOR.join(fields) + "\n"
        written = io.StringIO()
        csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\n").writerow(fields)
        return written.getvalue()

    def with_field(self, part: str, value: str) -> tuple[str, str]:
        """Return the line with another value in the field that plays a part, and a word on it."""
        name = self.part[part]
        return self.text({**self.values, name: value}), f"{name}={value}"


@dataclass(frozen=True)
class Spoiled:
    """Physical lines, which of them (from 0) are flawed, a word on what was done, and what becomes of them."""

    lines: tuple[bytes, ...]
    flawed: tuple[int, ...]
    detail: str
    outcome: str


Spoiler = Callable[[Row, np.random.Generator], Spoiled | None]
"""Spoils a row; None where the kind does not apply to it."""


def _one(row: Row, text: str, detail: str, outcome: str = QUARANTINED) -> Spoiled:
    return Spoiled((text.encode(row.encoding),), (0,), detail, outcome)


def _replaced(row: Row, part: str, value: str, outcome: str = QUARANTINED) -> Spoiled | None:
    if part not in row.part or not row.values[row.part[part]]:
        return None
    return _one(row, *row.with_field(part, value), outcome)


def _drawn(forms: tuple[str, ...], rng: np.random.Generator) -> str:
    return forms[int(rng.integers(len(forms)))]


def _field_missing(row: Row, _: np.random.Generator) -> Spoiled:
    gone = list(row.values)[3]
    return _one(row, row.text({name: value for name, value in row.values.items() if name != gone}), gone)


def _field_extra(row: Row, _: np.random.Generator) -> Spoiled:
    names = list(row.values)
    extended = {name: row.values[name] for name in names[:5]} | {"": "溢出"} | {name: row.values[name] for name in names[5:]}
    return _one(row, row.text(extended), names[5])


def _line_cut(row: Row, _: np.random.Generator) -> Spoiled:
    """End the line in the middle of its fields."""
    names = list(row.values)
    kept = {name: row.values[name] for name in names[: len(names) // 2]}
    return _one(row, row.text(kept).rstrip('"\n')[:-1] + "\n", names[len(names) // 2 - 1])


def _field_newline(row: Row, _: np.random.Generator) -> Spoiled | None:
    """Break the line inside a field; both halves are flawed. In a quoted field a line end is none, so quotes are left away."""
    names = list(row.values)
    before, after = names[: len(names) // 2], names[len(names) // 2 :]
    if row.is_csv:
        halves = [",".join(row.values[name] for name in part) + "\n" for part in (before, after)]
    else:
        halves = [SEPARATOR.join(row.values[name] for name in part) + "\n" for part in (before, after)]
    return Spoiled(tuple(half.encode(row.encoding) for half in halves), (0, 1), after[0], QUARANTINED)


def _field_delimiter(row: Row, _: np.random.Generator) -> Spoiled:
    """Put the separator into a field that nothing protects."""
    name = list(row.values)[1]
    text = ",".join(row.values.values()) + "\n" if row.is_csv else row.text()
    sign = "," if row.is_csv else SEPARATOR
    head, tail = text.split(sign, 1)
    return _one(row, f"{head}{sign}甲{sign}{tail}", name)


def _field_quote(row: Row, _: np.random.Generator) -> Spoiled | None:
    if not row.is_csv:
        return None
    text = row.text()
    return _one(row, text[:3] + '"' + text[3:], next(iter(row.values)))


def _line_end(row: Row, _: np.random.Generator) -> Spoiled:
    """Another line end than the file's; the row is the same."""
    return _one(row, row.text().removesuffix("\n") + "\r\n", "CRLF", LOADED)


def _bytes_undecodable(row: Row, _: np.random.Generator) -> Spoiled:
    line = row.text().encode(row.encoding)
    return Spoiled((line[:20] + b"\xff\xff" + line[20:],), (0,), "", QUARANTINED)


def _encoding_mixed(row: Row, _: np.random.Generator) -> Spoiled | None:
    """A line in the other encoding, which the file's own cannot read."""
    other = "gb18030" if row.encoding == "utf-8" else "utf-8"
    line = row.text().encode(other)
    try:
        line.decode(row.encoding)
    except UnicodeDecodeError:
        return Spoiled((line,), (0,), other, QUARANTINED)
    return None


def _amount_form(row: Row, rng: np.random.Generator) -> Spoiled | None:
    return _replaced(row, "amount", _drawn(_AMOUNT_FORMS, rng))


def _date_invalid(row: Row, rng: np.random.Generator) -> Spoiled | None:
    return _replaced(row, "date", _drawn(_DATE_FORMS, rng))


def _date_serial(row: Row, _: np.random.Generator) -> Spoiled | None:
    return _replaced(row, "date", "45678")


def _digits_full_width(row: Row, _: np.random.Generator) -> Spoiled | None:
    name = row.part["number"]
    return _replaced(row, "number", row.values[name].translate(_FULL_WIDTH))


def _zeros_lost(row: Row, _: np.random.Generator) -> Spoiled | None:
    """A resident's number from a spreadsheet that has taken its first digit for a leading zero."""
    if "certificate" not in row.part or "身份证" not in row.values.get("ZJLB", ""):
        return None
    return _replaced(row, "certificate", row.values[row.part["certificate"]][1:])


def _number_exponent(row: Row, _: np.random.Generator) -> Spoiled | None:
    return _replaced(row, "number", "6.22202E+18")


def _word_unknown(row: Row, _: np.random.Generator) -> Spoiled | None:
    if "word" not in row.part:
        return None
    column = next(column for column in _feed(row.table).columns if column.name == row.part["word"])
    return _replaced(row, "word", "不详", WARNED if column.kind.value == "word" else QUARANTINED)


def _row_duplicated(row: Row, _: np.random.Generator) -> Spoiled:
    line = row.text().encode(row.encoding)
    return Spoiled((line, line), (1,), "", DUPLICATE)


def _key_duplicated(row: Row, _: np.random.Generator) -> Spoiled | None:
    """The same key again with another amount: the later row is not believed."""
    amount = row.part.get("amount", "")
    if not _feed(row.table).key or not amount or not row.values[amount]:
        return None
    again = row.text({**row.values, amount: f"{row.values[amount].split('.')[0].lstrip('-') or 0}7.77".removeprefix("0")})
    return Spoiled((row.text().encode(row.encoding), again.encode(row.encoding)), (1,), amount, QUARANTINED)


def _key_orphan(row: Row, _: np.random.Generator) -> Spoiled | None:
    return _replaced(row, "owner", "199999999999", LOADED)


def _date_future(row: Row, _: np.random.Generator) -> Spoiled | None:
    return _replaced(row, "date", "20991231", LOADED)


def _dates_reversed(row: Row, _: np.random.Generator) -> Spoiled | None:
    return _replaced(row, "end", "19990101", LOADED)


SPOILERS: dict[str, Spoiler] = {
    "field_missing": _field_missing,
    "field_extra": _field_extra,
    "line_cut": _line_cut,
    "field_newline": _field_newline,
    "field_delimiter": _field_delimiter,
    "field_quote": _field_quote,
    "line_end": _line_end,
    "bytes_undecodable": _bytes_undecodable,
    "encoding_mixed": _encoding_mixed,
    "amount_form": _amount_form,
    "date_invalid": _date_invalid,
    "date_serial": _date_serial,
    "digits_full_width": _digits_full_width,
    "zeros_lost": _zeros_lost,
    "number_exponent": _number_exponent,
    "word_unknown": _word_unknown,
    "row_duplicated": _row_duplicated,
    "key_duplicated": _key_duplicated,
    "key_orphan": _key_orphan,
    "date_future": _date_future,
    "dates_reversed": _dates_reversed,
}
"""Every kind of flaw by name."""


def row_of(table: str, line: str, encoding: str) -> Row:
    """The row on a delivered line."""
    if table.islower():
        names = _feed(table).column_names
        fields = next(csv.reader([line]))
    else:
        names, fields = field_order(table), line.removesuffix("\n").split(SEPARATOR)
    return Row(table, dict(zip(names, fields, strict=True)), encoding, _FIELDS[table])
