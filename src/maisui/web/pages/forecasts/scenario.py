"""What if volume or rate were otherwise: plain arithmetic on what is expected, with the margin that the contribution analysis found."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from maisui.answers import ForecastView, Period, Question, Unit, View
from maisui.errors import QuestionError
from maisui.web.gateway import Gateway
from maisui.web.pages.forecasts.state import State

MARGINS: dict[str, tuple[str, str, int]] = {
    "deposit_balance": ("deposit_ftp_margin", "deposit_average_daily_balance", -1),
    "loan_balance": ("loan_ftp_margin", "loan_average_daily_balance", 1),
}
"""For each balance its margin, its average, and whether a higher rate adds to the margin (1) or takes from it (−1)."""
_YEAR = Decimal(365)
_HUNDRED, _BASIS_POINTS = Decimal(100), Decimal(10_000)
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Scenario:
    """The last month ahead as expected and as the scenario has it; margins are of a whole year at that balance, None where none is known.

    `margin_rate` is the margin of this year so far per average balance and year of 365 days; `rate` of it is the scenario's.
    """

    expected: Decimal
    changed: Decimal
    margin_rate: Decimal | None
    changed_rate: Decimal | None
    expected_margin: Decimal | None
    changed_margin: Decimal | None

    @property
    def change(self) -> Decimal:
        """Return by how much the figure differs."""
        return self.changed - self.expected

    @property
    def margin_change(self) -> Decimal | None:
        """Return by how much a year's margin differs."""
        if self.expected_margin is None or self.changed_margin is None:
            return None
        return self.changed_margin - self.expected_margin


def has_rate(metric: str) -> bool:
    """Return whether a rate means something for the figure."""
    return metric in MARGINS


def scenario_of(gateway: Gateway, state: State, found: ForecastView) -> Scenario | None:
    """Return the scenario of the address; None where nothing is expected."""
    if not found.ahead:
        return None
    expected = found.ahead[-1].amount
    rate = _margin_rate(gateway, state, found) if has_rate(state.metric) else None
    return arithmetic(expected, Decimal(state.volume), Decimal(state.rate), rate, state.metric, found.metric.unit)


def arithmetic(expected: Decimal, volume: Decimal, rate: Decimal, margin_rate: Decimal | None, metric: str, unit: Unit) -> Scenario:
    """Return expected × (1 + volume %), and at that balance a year's margin at the margin rate changed by `rate` basis points."""
    changed = (expected * (1 + volume / _HUNDRED)).quantize(Decimal(1).scaleb(-unit.decimals))
    if margin_rate is None:
        return Scenario(expected, changed, None, None, None, None)
    changed_rate = margin_rate + MARGINS[metric][2] * rate / _BASIS_POINTS
    return Scenario(
        expected,
        changed,
        margin_rate,
        changed_rate,
        (expected * margin_rate).quantize(_CENT),
        (changed * changed_rate).quantize(_CENT),
    )


def _margin_rate(gateway: Gateway, state: State, found: ForecastView) -> Decimal | None:
    """Return the margin of the year up to the last whole month per average balance, for a year of 365 days; None where there is none."""
    margin, average, _ = MARGINS[state.metric]
    by = (found.dimension.code,) if state.member else ()

    def asked(code: str) -> tuple[Decimal | None, int]:
        answer = gateway.ask(Question(code, by, state.organisation, found.day, Period.YEAR, view=View.AS_IS))
        rows = [row for row in answer.rows if not state.member or row.dimensions[found.dimension.code] == state.member]
        return (rows[0].value if rows else None), answer.window.days

    try:
        (earned, days), (held, _) = asked(margin), asked(average)
    except QuestionError:
        return None
    return None if earned is None or not held else earned / held * _YEAR / days
