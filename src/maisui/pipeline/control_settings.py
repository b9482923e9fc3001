"""What a bank decided about its controls in bank.toml: severities, tolerances with their dates, and subjects of its own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from maisui.errors import HomeError, collect
from maisui.reconciliation import RULES, Rule, SubjectLine, subject_lines
from maisui.warehouse.home import Home

_OPEN = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class Tolerance:
    """A difference of one control that the bank accepts from a day until another (exclusive), who decided it and why."""

    control: str
    amount: Decimal
    valid_from: date
    valid_until: date
    decided_by: str
    reason: str


@dataclass(frozen=True, slots=True)
class ControlSettings:
    """Everything bank.toml says about controls."""

    severities: Mapping[str, str]
    tolerances: tuple[Tolerance, ...]
    subject_lines: tuple[SubjectLine, ...]

    @property
    def version(self) -> str:
        """Return a short hash of every setting: the same hash means the same controls."""
        text = repr((sorted(self.severities.items()), self.tolerances, self.subject_lines))
        return hashlib.sha256(text.encode()).hexdigest()[:8]

    def severity(self, rule: Rule) -> str:
        """Return whether `rule` warns or stops in this bank: its own entry, else that of its setting, else its default."""
        if not rule.setting:
            return rule.severity
        return self.severities.get(rule.code, self.severities.get(rule.setting, rule.severity))

    def tolerances_of(self, rule: Rule) -> tuple[Tolerance, ...]:
        """Return the tolerances of `rule`."""
        return tuple(one for one in self.tolerances if one.control == rule.code)


def load_control_settings(home: Home) -> ControlSettings:
    """Return what bank.toml says about controls.

    Raises:
        HomeError: listing every line that is not understood.
    """
    loosened = {rule.code for rule in RULES if rule.setting}
    known = loosened | {rule.setting for rule in RULES if rule.setting}
    faults = [f"reconciliation.{key}: there is no such control, or it always stops" for key in home.severities if key not in known]
    tolerances = tuple(_tolerance(line, loosened, faults) for line in home.tolerance_lines)
    collect(
        HomeError, faults, where="bank.toml, [reconciliation] and [[tolerance]]", next_step="correct the lines, then run `maisui check`"
    )
    return ControlSettings(home.severities, tolerances, subject_lines(home.control_subject_lines))


def _tolerance(line: Mapping[str, Any], controls: set[str], faults: list[str]) -> Tolerance:
    code, amount = str(line.get("control", "")), str(line.get("amount", ""))
    valid_from, valid_until = line.get("valid_from"), line.get("valid_until", _OPEN)
    decided_by, reason = str(line.get("decided_by", "")).strip(), str(line.get("reason", "")).strip()
    told = f"tolerance of {code!r}"
    if code not in controls:
        faults.append(f"{told}: there is no such control, or it always stops")
    if not re.fullmatch(r"\d{1,12}\.\d{2}", amount):
        faults.append(f'{told}: amount must be quoted with two decimals, such as "0.05"')
    if type(valid_from) is not date or type(valid_until) is not date:
        faults.append(f"{told}: valid_from (and valid_until, if any) must be dates such as 2026-01-01")
    if not decided_by or not reason:
        faults.append(f"{told}: decided_by and reason say who accepted the difference, and why")
    unknown: Sequence[str] = sorted(set(line) - {"control", "amount", "valid_from", "valid_until", "decided_by", "reason"})
    if unknown:
        faults.append(f"{told}: unknown setting {', '.join(unknown)}")
    if faults:
        return Tolerance(code, Decimal(0), _OPEN, _OPEN, decided_by, reason)
    return Tolerance(code, Decimal(amount), valid_from or _OPEN, valid_until, decided_by, reason)
