"""Which parameter value holds on which day: the product's defaults, overridden by the bank's own lines."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from maisui.errors import HomeError, collect
from maisui.parameters.families import ValueKind, member_of
from maisui.parameters.own_formula import parse_formula
from maisui.parameters.product_levels import ProductLevels, load_product_levels

_CHANNEL, _LINE, _OFF = "electronic_channel.", "ledger_line.", "off"
_DAY_BASIS, _DAY_BASES = "interest_day_basis.", ("360", "365")
OWN_LINE, OWN_LINE_NAME, OWN_LINE_OFF = "own_line.", "own_line_name.", "off"
"""A line of the ledger of the bank's own: its formula, its names, and the word that ends it."""
LONGEST_WORD = 64
LONGEST_FORMULA = 400
LEDGER_LINES = (
    "loan", "discount", "advance", "provision", "investment", "interbank_asset", "central_bank_asset", "receivable", "cash", "other_asset",
    "deposit", "interbank_liability", "central_bank_liability", "payable", "other_liability", "other_equity", "other_joint",
    "interest_income", "deposit_interest_expense", "interest_expense", "fee_income", "fee_expense", "investment_income", "other_income",
    "other_expense", "operating_expense", "tax_surcharge", "impairment", "income_tax", "non_operating_income", "non_operating_expense",
    "prior_year_adjustment", "other_result",
)  # fmt: skip
"""The statement lines to which a bank may assign a ledger subject (`ledger_line.<subject code>`)."""
_DEFAULTS = Path(__file__).with_name("defaults.toml")


@dataclass(frozen=True, slots=True, order=True)
class Parameter:
    """One value of one parameter, valid from a day until a later line of the same code."""

    code: str
    valid_from: date
    text: str | None
    number: str | None

    @property
    def value(self) -> str:
        """Return the value as it was written, whichever of text and number it is."""
        return self.number or self.text or ""


class Origin(StrEnum):
    """Who stated a line: the product, the bank's own bank.toml, or two people at the parameter desk."""

    PRODUCT = "product"
    BANK = "bank"
    DESK = "desk"


@dataclass(frozen=True, slots=True)
class StatedLine:
    """A line with who stated it; a line of the desk names its file, the two people and the reason."""

    line: Parameter
    origin: Origin
    file: str = ""
    proposed_by: str = ""
    approved_by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class LineFault:
    """What is wrong with a line: in which field (code, valid_from or value), told in both languages."""

    field: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class ParameterSet:
    """All parameters of a bank, in order of code and day, and the levels of its products."""

    parameters: tuple[Parameter, ...]
    products: ProductLevels = field(default_factory=load_product_levels)

    @property
    def version(self) -> str:
        """Return a short hash of every line: the same hash means the same parameters."""
        return hashlib.sha256(repr((self.parameters, self.products)).encode()).hexdigest()[:12]

    def query(self) -> str:
        """Return a SELECT of all lines with the columns of the table `parameter`."""
        rows: list[str] = []
        for position, line in enumerate(self.parameters):
            following = self.parameters[position + 1] if position + 1 < len(self.parameters) else None
            until = following.valid_from if following is not None and following.code == line.code else None
            rows.append(f"({', '.join(map(_cell, (line.code, line.valid_from, until, line.text, line.number)))})")
        listed = ",\n".join(rows)
        return (
            "SELECT v.parameter_code, CAST(v.valid_from AS DATE) AS valid_from, CAST(v.valid_until AS DATE) AS valid_until, v.text_value, "
            f"CAST(v.number_value AS DECIMAL(12,6)) AS number_value FROM (VALUES\n{listed}\n) "
            "AS v(parameter_code, valid_from, valid_until, text_value, number_value)"
        )


def load_parameters(
    overrides: Sequence[Mapping[str, Any]] = (),
    own_products: Path | None = None,
    approved: Sequence[tuple[str, Mapping[str, Any]]] = (),
) -> ParameterSet:
    """Return the default parameters together with the bank's own `[[parameter]]` lines, approved lines and its products.toml.

    Of two lines of one code and day the later stands: the product's, then the bank's, then `approved` (file, entry) in their order.

    Raises:
        HomeError: listing every line that is not understood.
    """
    lines = {(stated.line.code, stated.line.valid_from): stated.line for stated in stated_lines(overrides, approved)}
    return ParameterSet(tuple(sorted(lines.values(), key=lambda line: (line.code, line.valid_from))), load_product_levels(own_products))


def stated_lines(
    overrides: Sequence[Mapping[str, Any]] = (), approved: Sequence[tuple[str, Mapping[str, Any]]] = ()
) -> tuple[StatedLine, ...]:
    """Return every line that somebody has stated, in the order in which later ones replace earlier ones of the same code and day.

    Raises:
        HomeError: listing every line that is not understood.
    """
    stated = [StatedLine(_parameter(entry), Origin.PRODUCT) for entry in product_lines()]
    for where, named in (("bank.toml, [[parameter]]", [("", entry) for entry in overrides]), ("parameters/", approved)):
        faults: list[str] = []
        for name, entry in named:
            fault = fault_of(entry)
            if fault is None:
                people = {key: str(entry.get(key, "")) for key in ("proposed_by", "approved_by", "reason")} if name else {}
                stated.append(StatedLine(_parameter(entry), Origin.DESK if name else Origin.BANK, name, **people))
            else:
                told = fault.en if fault.field == "code" else f"parameter {entry['code']}: {fault.en}"
                faults.append(f"{name}: {told}" if name else told)
        collect(HomeError, faults, where=where, next_step="correct the lines, then run `maisui check`")
    return tuple(stated)


@cache
def product_lines() -> tuple[Mapping[str, Any], ...]:
    """Return the product's own lines as they stand in defaults.toml, each with both meanings."""
    return tuple(tomllib.loads(_DEFAULTS.read_text(encoding="utf-8"))["parameter"])


def column_of(code: str) -> str:
    """Return whether the value of `code` is its `text` or its `number`."""
    known = next((entry for entry in product_lines() if entry["code"] == code), None)
    if known is not None:
        return "text" if "text" in known else "number"
    found = member_of(code)
    return "text" if found is None or found[1].kind is ValueKind.WORD else "number"


def fault_of(entry: Mapping[str, Any]) -> LineFault | None:
    """Return what is wrong with a line that somebody states; None where it may stand."""
    code, valid_from = str(entry.get("code", "")), entry.get("valid_from")
    text, number = entry.get("text"), entry.get("number")
    found = member_of(code)
    if all(known["code"] != code for known in product_lines()) and not (found is not None and found[1].is_open):
        return LineFault("code", f"没有参数 {code!r}", f"unknown parameter {code!r}")
    if not re.fullmatch(r"[a-z0-9_.]{1,100}", code):
        return LineFault(
            "code",
            "参数代码只能含 a-z、0-9、_ 和 .，不超过 100 个字符",
            f"parameter code {code!r} may hold only a-z, 0-9, _ and ., 100 at most",
        )
    if type(valid_from) is not date:
        return LineFault("valid_from", "须为日期，如 2026-01-01", "valid_from must be a date such as 2026-01-01")
    column = column_of(code)
    if (text is None) == (number is None) or column not in entry:
        kinds = {"text": "文本", "number": "数字"}
        return LineFault("value", f"值须为{kinds[column]}", f"exactly one of text and number, here {column}")
    return _word_fault(code, str(text)) if number is None else _number_fault(code, str(number))


def _word_fault(code: str, text: str) -> LineFault | None:
    channel = code.removeprefix(_CHANNEL)
    if code.startswith(_CHANNEL) and text not in (channel, _OFF):
        return LineFault(
            "value",
            f"须为 {channel}；自某日起不再计入的写 {_OFF}",
            f"text must be {channel!r}, or {_OFF!r} from the day it ceases to count",
        )
    if code.startswith(_LINE) and text not in LEDGER_LINES:
        listed = ", ".join(LEDGER_LINES)
        return LineFault("value", f"须为下列之一：{listed}", f"text must be one of {listed}")
    if code.startswith(OWN_LINE) and text != OWN_LINE_OFF and (len(text) > LONGEST_FORMULA or parse_formula(text) is None):
        return LineFault(
            "value",
            f"不是公式（至多 {LONGEST_FORMULA} 个字符）。例：+1001-1003D+1304*+2001:2099C，[行1]/[行2]；停用写 {OWN_LINE_OFF}",
            f"no formula of {LONGEST_FORMULA} characters at most, such as +1001-1003D+1304*+2001:2099C or [line1]/[line2]; "
            f"{OWN_LINE_OFF} ends it",
        )
    longest = LONGEST_FORMULA if code.startswith(OWN_LINE) else LONGEST_WORD
    if not 1 <= len(text) <= longest or not text.isprintable() or text != text.strip():
        return LineFault(
            "value",
            f"须为 1 至 {longest} 个可见字符，首尾没有空格",
            f"text must be 1 to {longest} visible characters without spaces around them",
        )
    return None


def _number_fault(code: str, number: str) -> LineFault | None:
    if not re.fullmatch(r"-?[0-9]{1,6}(\.[0-9]{1,6})?", number):
        return LineFault("value", "须为小数，整数部分与小数部分各不超过 6 位", "number must be a quoted decimal")
    found = member_of(code)
    if code.startswith(_DAY_BASIS) and number not in _DAY_BASES:
        return LineFault("value", "须为 360 或 365", "number must be 360 or 365")
    if Decimal(number) < 0:
        return LineFault("value", "不能为负", "number must not be negative")
    if found is not None and found[1].kind is ValueKind.RATE and Decimal(number) > 1:
        return LineFault("value", "比例须在 0 与 1 之间，25% 写作 0.25", "a rate lies between 0 and 1; 25 % is written 0.25")
    return None


def _parameter(entry: Mapping[str, Any]) -> Parameter:
    text, number = entry.get("text"), entry.get("number")
    return Parameter(entry["code"], entry["valid_from"], None if text is None else str(text), None if number is None else str(number))


def _cell(value: date | str | None) -> str:
    """Return a value as text; its column is cast as a whole, which spares an engine a cast in each of some hundred lines."""
    return "CAST(NULL AS VARCHAR)" if value is None else "'" + str(value).replace("'", "''") + "'"
