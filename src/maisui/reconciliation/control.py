"""What a control is: a SELECT of everything that does not tie, and whether that stops publication."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """One control over tables by name.

    `violations` is a SELECT of one row a violation: its place in text columns (organisations,
    subjects, dates; never customers' values) and a last column `difference_amount`. `checked` is a
    SELECT of one number: how many comparisons were made. `compared`, where given, is a SELECT of all
    comparisons in the columns of `violations`: both follow from it without comparing twice. `setting`
    names the entry of `[reconciliation]` in bank.toml that may change the severity; without one the
    control always stops.
    """

    code: str
    name_zh: str
    name_en: str
    violations: str
    checked: str
    severity: str = "stop"
    setting: str = ""
    compared: str = ""
