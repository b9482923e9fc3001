"""What a reported figure is, what explains its difference from ours, and how exactly a report can be expected to agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from maisui.metrics import Metric, Unit

NIL = Decimal("0.00")
CENT = Decimal("0.01")
TEN_THOUSAND = 10_000
HALF_A_HUNDREDTH, HALF_A_UNIT = 5_000, 500_000
"""By how many cents a report in ten thousands may be off: half a unit of its second decimal, or of whole ten thousands."""
PLAIN_UNITS = (Unit.YUAN, Unit.COUNT)
"""The units of figures whose difference is explained in accounts; every other figure is a ratio."""
UNIT_SCALES = {"yuan": Decimal(1), "ten_thousand": Decimal(TEN_THOUSAND), "percent": Decimal("0.01"), "per_mille": Decimal("0.001")}
"""What one unit of a report is: yuan (or the plain number), ten thousand yuan, per cent, per mille."""


class Agreement(StrEnum):
    """How far a difference is explained."""

    AGREES = "agrees"
    EXPLAINED = "explained"
    AMBIGUOUS = "ambiguous"
    PARTLY = "partly"
    UNEXPLAINED = "unexplained"
    NOT_COMPARABLE = "not_comparable"


@dataclass(frozen=True, slots=True)
class ReportedFigure:
    """One figure of a report as it was delivered, in yuan, shares as fractions; `unit` is the report's own, of `UNIT_SCALES`.

    `accounts` counts the lines of its own detail, 0 without one.
    """

    report: str
    organisation: str
    day: date
    metric: str
    currency: str
    theirs: Decimal
    unit: str
    note: str
    accounts: int
    detail_sum: Decimal
    file_name: str
    line: int

    @property
    def is_in_ten_thousands(self) -> bool:
        """Return whether the report is in ten thousands of yuan."""
        return self.unit == "ten_thousand"

    @property
    def is_share(self) -> bool:
        """Return whether the report gives a share, in per cent or per mille."""
        return self.unit in ("percent", "per_mille")

    @property
    def half_a_digit(self) -> Decimal:
        """Return half a unit of the second decimal that a report prints."""
        return UNIT_SCALES[self.unit] / 200


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause of a difference: what it is (`code`, with its value behind `=`), its part of ours less theirs, its number of rows.

    `day` is the day on which those rows are looked at; `has_rows` whether there are any to list. `also` is a part that the report
    counts in too, so that what it leaves out is left out there as well; `without` is a part left out beside it, whose accounts are no
    longer in this one.
    """

    code: str
    amount: Decimal
    rows: int
    day: date
    has_rows: bool = True
    also: str = ""
    without: str = ""


@dataclass(frozen=True, slots=True)
class FigureComparison:
    """One reported figure held against ours: causes and `unexplained` add up to `difference`.

    `others` are further sets of causes of the same number that fit as exactly; `candidates` are parts that were tried and could be
    named by who knows the report; `reason` says why a figure cannot be compared.
    """

    figure: ReportedFigure
    metric: Metric | None
    version: str
    ours: Decimal | None
    difference: Decimal | None
    causes: tuple[Cause, ...]
    unexplained: Decimal
    state: Agreement
    others: tuple[tuple[Cause, ...], ...] = ()
    candidates: tuple[Cause, ...] = ()
    reason: str = ""


def tolerance_of(figure: ReportedFigure, *, is_wide: bool = False) -> int:
    """Return by how many cents a report may be off because it rounds; it is wide where the figure is one of whole ten thousands."""
    if not figure.is_in_ten_thousands:
        return 0
    return HALF_A_UNIT if is_wide and figure.theirs % TEN_THOUSAND == 0 else HALF_A_HUNDREDTH


def plain_cause(code: str, amount: Decimal, day: date) -> Cause:
    """Return a cause that has no rows of its own."""
    return Cause(code, amount, 0, day, has_rows=False)


def sum_of(causes: Sequence[Cause]) -> Decimal:
    """Return what the causes add up to."""
    return sum((cause.amount for cause in causes), NIL)


def cents(amount: Decimal) -> int:
    """Return an amount in whole cents."""
    return int(amount.quantize(CENT) * 100)
