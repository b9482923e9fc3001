"""Which parameter value holds on which day: the product's defaults, overridden by the bank's own lines."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from maisui.errors import HomeError, collect
from maisui.parameters.product_levels import ProductLevels, load_product_levels

_CHANNEL, _OFF = "electronic_channel.", "off"
_LINE = "ledger_line."
_INTEREST = "interest_of."
"""`interest_of.<interest subject>` names the subject on whose balance that interest is earned or paid."""
_BY_GROUP = (
    "transfer_tenor_days.", "interest_day_basis.", "vat_rate.", "risk_weight.", "loss_given_default.",
)  # fmt: skip
"""Families of numbers that a bank may set for any product group."""
_LIMITS = ("ratio_floor.", "ratio_ceiling.")
"""Families of numbers that a bank may set for any metric: what it must not fall below, or not exceed."""
_NUMBERS = (*_BY_GROUP, *_LIMITS)
_UNION = "union_bank_code_prefix."
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
            rows.append(
                f"SELECT '{line.code}' AS parameter_code, DATE '{line.valid_from}' AS valid_from, "
                f"{_date(until)} AS valid_until, {_text(line.text)} AS text_value, {_number(line.number)} AS number_value"
            )
        return "\nUNION ALL\n".join(rows)


def load_parameters(overrides: Sequence[Mapping[str, Any]] = (), own_products: Path | None = None) -> ParameterSet:
    """Return the default parameters together with the bank's own `[[parameter]]` lines and its products.toml.

    Raises:
        HomeError: listing every line that is not understood.
    """
    defaults = tomllib.loads(_DEFAULTS.read_text(encoding="utf-8"))["parameter"]
    known = {entry["code"]: "text" if "text" in entry else "number" for entry in defaults}
    lines: dict[tuple[str, date], Parameter] = {}
    faults: list[str] = []
    for entry in (*defaults, *overrides):
        code, valid_from = str(entry.get("code", "")), entry.get("valid_from")
        text, number = entry.get("text"), entry.get("number")
        kind = known.get(code, "number" if code.startswith(_NUMBERS) else "text")
        if code not in known and not code.startswith((_CHANNEL, _LINE, _INTEREST, _UNION, *_NUMBERS)):
            faults.append(f"unknown parameter {code!r}")
        elif not re.fullmatch(r"[a-z0-9_.]+", code):
            faults.append(f"parameter code {code!r} may hold only a-z, 0-9, _ and .")
        elif type(valid_from) is not date:
            faults.append(f"parameter {code}: valid_from must be a date such as 2026-01-01")
        elif (text is None) == (number is None) or (
            kind := known.get(code, "number" if code.startswith(_NUMBERS) else "text")
        ) not in entry:
            faults.append(f"parameter {code}: exactly one of text and number, here {kind}")
        elif code.startswith(_CHANNEL) and text not in (code.removeprefix(_CHANNEL), _OFF):
            faults.append(f"parameter {code}: text must be {code.removeprefix(_CHANNEL)!r}, or {_OFF!r} from the day it ceases to count")
        elif code.startswith(_LINE) and text not in LEDGER_LINES:
            faults.append(f"parameter {code}: text must be one of {', '.join(LEDGER_LINES)}")
        elif number is not None and not re.fullmatch(r"-?\d{1,6}(\.\d{1,6})?", str(number)):
            faults.append(f"parameter {code}: number must be a quoted decimal")
        else:
            lines[code, valid_from] = Parameter(
                code, valid_from, None if text is None else str(text), None if number is None else str(number)
            )
    collect(HomeError, faults, where="bank.toml, [[parameter]]", next_step="correct the lines, then run `maisui check`")
    return ParameterSet(tuple(sorted(lines.values(), key=lambda line: (line.code, line.valid_from))), load_product_levels(own_products))


def _date(value: date | None) -> str:
    return "CAST(NULL AS DATE)" if value is None else f"DATE '{value}'"


def _text(value: str | None) -> str:
    return "CAST(NULL AS VARCHAR)" if value is None else "'" + value.replace("'", "''") + "'"


def _number(value: str | None) -> str:
    return "CAST(NULL AS DECIMAL(12,6))" if value is None else f"CAST({value} AS DECIMAL(12,6))"
