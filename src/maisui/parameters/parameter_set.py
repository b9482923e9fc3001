"""Which parameter value holds on which day: the product's defaults, overridden by the bank's own lines."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from maisui.errors import HomeError, collect

_CHANNEL, _OFF = "electronic_channel.", "off"
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
    """All parameters of a bank, in order of code and day."""

    parameters: tuple[Parameter, ...]

    @property
    def version(self) -> str:
        """Return a short hash of every line: the same hash means the same parameters."""
        return hashlib.sha256(repr(self.parameters).encode()).hexdigest()[:12]

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


def load_parameters(overrides: Sequence[Mapping[str, Any]] = ()) -> ParameterSet:
    """Return the default parameters together with the bank's own `[[parameter]]` lines.

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
        if code not in known and not code.startswith(_CHANNEL):
            faults.append(f"unknown parameter {code!r}")
        elif not re.fullmatch(r"[a-z0-9_.]+", code):
            faults.append(f"parameter code {code!r} may hold only a-z, 0-9, _ and .")
        elif type(valid_from) is not date:
            faults.append(f"parameter {code}: valid_from must be a date such as 2026-01-01")
        elif (text is None) == (number is None) or known.get(code, "text") not in entry:
            faults.append(f"parameter {code}: exactly one of text and number, here {known.get(code, 'text')}")
        elif code.startswith(_CHANNEL) and text not in (code.removeprefix(_CHANNEL), _OFF):
            faults.append(f"parameter {code}: text must be {code.removeprefix(_CHANNEL)!r}, or {_OFF!r} from the day it ceases to count")
        elif number is not None and not re.fullmatch(r"-?\d{1,6}(\.\d{1,6})?", str(number)):
            faults.append(f"parameter {code}: number must be a quoted decimal")
        else:
            lines[code, valid_from] = Parameter(
                code, valid_from, None if text is None else str(text), None if number is None else str(number)
            )
    collect(HomeError, faults, where="bank.toml, [[parameter]]", next_step="correct the lines, then run `maisui check`")
    return ParameterSet(tuple(sorted(lines.values(), key=lambda line: (line.code, line.valid_from))))


def _date(value: date | None) -> str:
    return "CAST(NULL AS DATE)" if value is None else f"DATE '{value}'"


def _text(value: str | None) -> str:
    return "CAST(NULL AS VARCHAR)" if value is None else "'" + value.replace("'", "''") + "'"


def _number(value: str | None) -> str:
    return "CAST(NULL AS DECIMAL(12,6))" if value is None else f"CAST({value} AS DECIMAL(12,6))"
