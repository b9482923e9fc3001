"""Every figure of the first screen against all bases at once, beside its target of the year: one table instead of five choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from maisui.answers import Comparison, Metric
from maisui.web.gateway import Gateway
from maisui.web.pages.overview.figures import Change, attempt, changes_in, first_day_of, metrics_by_code, read_series, series_of
from maisui.web.pages.overview.state import KPIS, State
from maisui.web.pages.targets.figures import Goal, goals_of_year


@dataclass(frozen=True, slots=True)
class BaseCell:
    """The change against one base, and the address of what brought it."""

    change: Change
    address: str


@dataclass(frozen=True, slots=True)
class BaseLine:
    """One figure: its value, its change against each base in the order of `Comparison`, and its target of the year, if it has one."""

    metric: Metric
    value: Decimal | None
    cells: tuple[BaseCell, ...]
    goal: Goal | None


def bases_of(gateway: Gateway, state: State, days: Sequence[date], codes: Sequence[str] = KPIS) -> tuple[BaseLine, ...]:
    """Return the table of the figures `codes`; `days` are those of the small lines of the cards, whose figures are asked already.

    A figure that cannot be asked has no line: its card says why.

    Raises:
        AccessError: as the gateway does.
    """
    goals = attempt(lambda: goals_of_year(gateway, state)).value or {}
    metrics = metrics_by_code(gateway)
    read_series(gateway, state, codes, days)
    tried = [(code, attempt(lambda code=code: series_of(gateway, state, metrics[code], days)).value) for code in codes]
    return tuple(_line(gateway, state, metrics[code], values, days[-1], goals.get(code)) for code, values in tried if values is not None)


def _line(gateway: Gateway, state: State, metric: Metric, values: Mapping[date, Decimal | None], day: date, goal: Goal | None) -> BaseLine:
    changes = changes_in(values, metric, day, tuple(Comparison), state.period, first_day_of(gateway), gateway.working_days())
    asked = replace(state, metric=metric.code, page=1)
    cells = tuple(BaseCell(change, asked.query(comparisons=(change.comparison,))) for change in changes)
    return BaseLine(metric, values.get(day), cells, goal)
