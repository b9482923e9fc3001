"""The organisations below side by side: the same line for each on one scale, its place among those of its grade, and where it lies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from maisui.answers import CHILD, Metric, Unit, metric_of
from maisui.answers.figure import moved
from maisui.web.gateway import Gateway
from maisui.web.pages.overview.drawings import MapPoint, Sparkline, map_points, sparkline
from maisui.web.pages.overview.figures import attempt, own_code
from maisui.web.pages.overview.state import State

LEAST_PEERS = 2
"""One organisation alone has no place among its grade."""


@dataclass(frozen=True, slots=True)
class Multiple:
    """One organisation below: value, change over the months drawn and its rate, its line, and its place among those of its grade.

    Places go by the rate, those of a share by the change itself, the best first; `rank` and `peers` are None where it has no grade, no
    change, or nobody beside it.
    """

    code: str
    name: str
    grade: str
    value: Decimal | None
    change: Decimal | None
    rate: Decimal | None
    spark: Sparkline | None
    rank: int | None
    peers: int | None


@dataclass(frozen=True, slots=True)
class Located:
    """One outlet on the map."""

    code: str
    name: str
    value: Decimal | None
    point: MapPoint


@dataclass(frozen=True, slots=True)
class Multiples:
    """All organisations below with the ends of their common scale, and those whose position is known."""

    metric: Metric
    since: date
    low: Decimal
    high: Decimal
    lines: tuple[Multiple, ...]
    located: tuple[Located, ...]


def multiples_of(gateway: Gateway, state: State, names: Mapping[str, str], days: Sequence[date]) -> Multiples | None:
    """Return the lines of the organisations below over `days`, the largest first; None where there are none.

    Raises:
        MaisuiError: as the gateway does.
    """
    metric, own = metric_of(state.metric), own_code(gateway, state)
    series: dict[str, dict[date, Decimal | None]] = {}
    for day in days:
        asked = replace(state, day=day).question(metric.code, (CHILD,))
        answer = gateway.ask(asked) if day == days[-1] else attempt(lambda asked=asked: gateway.ask(asked)).value
        for row in answer.rows if answer else ():
            if row.dimensions[CHILD] != own:
                series.setdefault(row.dimensions[CHILD], {})[day] = row.value
    known = [value for line in series.values() for value in line.values() if value is not None]
    if not known:
        return None
    grades, bounds = gateway.outlet_grades(), (min(known), max(known))
    changes = {code: moved(line.get(days[-1]), line.get(days[0])) for code, line in series.items()}
    is_share = metric.unit is Unit.SHARE
    growths = {code: change if is_share else rate for code, (change, rate) in changes.items()}
    places = places_by_grade(growths, grades, less_is_better=metric.more_is_better is False)
    lines = [
        Multiple(
            code,
            names.get(code, code),
            grades.get(code, ""),
            line.get(days[-1]),
            *changes[code],
            sparkline([line.get(day) for day in days], bounds),
            *places.get(code, (None, None)),
        )
        for code, line in series.items()
    ]
    lines.sort(key=lambda one: (one.value is None, -(one.value or 0), one.code))
    return Multiples(metric, days[0], *bounds, tuple(lines), _located(gateway, lines))


def places_by_grade(
    growths: Mapping[str, Decimal | None], grades: Mapping[str, str], *, less_is_better: bool = False
) -> dict[str, tuple[int, int]]:
    """Return the place of each by growth among those of its grade, the best first, equals alike, and how many they are."""
    peers: dict[str, dict[str, Decimal]] = {}
    for code, growth in growths.items():
        if growth is not None and grades.get(code):
            peers.setdefault(grades[code], {})[code] = -growth if less_is_better else growth
    return {
        code: (1 + sum(other > growth for other in held.values()), len(held))
        for held in peers.values()
        if len(held) >= LEAST_PEERS
        for code, growth in held.items()
    }


def _located(gateway: Gateway, lines: Sequence[Multiple]) -> tuple[Located, ...]:
    positions = gateway.outlet_positions()
    placed = [line for line in lines if line.code in positions]
    points = map_points([positions[line.code] for line in placed], [line.value for line in placed])
    return tuple(Located(line.code, line.name, line.value, point) for line, point in zip(placed, points, strict=True))
