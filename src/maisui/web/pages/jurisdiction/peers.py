"""Members side by side: each figure with its place among those of the same kind and size, and the median they are held against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from maisui.answers import MemberVersion, Metric
from maisui.web.components.figures import Scale, table_scales
from maisui.web.gateway import Gateway
from maisui.web.pages.overview.drawings import Sparkline, sparkline
from maisui.web.pages.overview.figures import SPARK_MONTHS, attempt, metrics_by_code, months_before
from maisui.web.pages.overview.state import State
from maisui.web.text import Text

COLUMNS = ("deposit_balance", "loan_balance", "npl_ratio", "loan_to_deposit_ratio", "customer_count", "net_profit")
"""The figures by which counties are held against each other, in reading order."""
SIZED_BY = "deposit_balance"
KINDS: dict[str, Text] = {
    "rural_commercial_bank": Text("农商行", "Rural commercial bank"),
    "rural_cooperative_bank": Text("农合行", "Rural cooperative bank"),
    "credit_union": Text("农信社", "Credit union"),
    "union_office": Text("联社本部", "Union's own books"),
}
SIZES: dict[str, Text] = {
    "large": Text("大型（存款前三分之一）", "Large (upper third by deposits)"),
    "medium": Text("中型（中间三分之一）", "Medium (middle third)"),
    "small": Text("小型（后三分之一）", "Small (lower third)"),
}


@dataclass(frozen=True, slots=True)
class Place:
    """One figure of one member: its value and its place among the `of` peers that have it, 1 being the best (or the largest)."""

    value: Decimal | None
    rank: int | None
    of: int
    is_worst: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One member in the table."""

    member: MemberVersion
    kind: Text
    size: str
    places: tuple[Place, ...]
    spark: Sparkline | None


@dataclass(frozen=True, slots=True)
class Column:
    """One figure: its scale over the peers, their median, and the figure of the whole union."""

    metric: Metric
    scale: Scale
    median: Decimal | None
    total: Decimal | None


@dataclass(frozen=True, slots=True)
class Peers:
    """The members of the kind and size asked for, ordered by one figure."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    failed: tuple[str, ...]


def peers_of(gateway: Gateway, state: State, members: Sequence[MemberVersion]) -> Peers:
    """Return the table of the members that `state` narrows to by kind and size, best first by its metric."""
    metrics = metrics_by_code(gateway)
    tried = {code: attempt(lambda code=code: _values(gateway, state, code)) for code in COLUMNS}
    values = {code: one.value for code, one in tried.items() if one.value is not None}
    sizes = sizes_of(values.get(SIZED_BY, ({}, None))[0])
    wanted = dict(state.within)
    peers = [
        member
        for member in members
        if not member.is_missing
        and wanted.get("kind", member.kind) == member.kind
        and wanted.get("size", sizes.get(member.code)) == sizes.get(member.code)
    ]
    columns = _columns({code: (metrics[code], found) for code, found in values.items()}, peers)
    places = {code: _places(metrics[code], {m.code: found.get(m.code) for m in peers}) for code, (found, _) in values.items()}
    first = state.metric if state.metric in values else next(iter(values), "")
    ordered = sorted(peers, key=lambda member: (places[first][member.code].rank or len(peers) + 1, member.code)) if first else peers
    lines = tuple(
        Line(
            member,
            KINDS[member.kind],
            sizes.get(member.code, ""),
            tuple(places[code][member.code] for code in values),
            _spark(gateway, state, first, member.code),
        )
        for member in ordered
    )
    return Peers(columns, lines, tuple(code for code in COLUMNS if code not in values))


def sizes_of(values: Mapping[str, Decimal | None]) -> dict[str, str]:
    """Return the third in which each member stands by the figure; equals by code, so that every member has one size."""
    known = sorted((code for code, value in values.items() if value is not None), key=lambda code: (-(values[code] or Decimal(0)), code))
    return {code: ("large", "medium", "small")[position * 3 // len(known)] for position, code in enumerate(known)}


def median_of(values: Sequence[Decimal]) -> Decimal | None:
    """Return the middle value, the mean of the two in the middle for an even number; None of nothing."""
    known = sorted(values)
    if not known:
        return None
    middle = len(known) // 2
    return known[middle] if len(known) % 2 else (known[middle - 1] + known[middle]) / 2


def _values(gateway: Gateway, state: State, code: str) -> tuple[dict[str, Decimal | None], Decimal | None]:
    split = gateway.ask(state.question(code, ("legal_entity",)))
    whole = gateway.ask(state.question(code)).rows
    return {row.dimensions["legal_entity"]: row.value for row in split.rows}, whole[0].value if whole else None


def _columns(
    found: Mapping[str, tuple[Metric, tuple[dict[str, Decimal | None], Decimal | None]]], peers: Sequence[MemberVersion]
) -> tuple[Column, ...]:
    known = {
        code: [value for member in peers if (value := values.get(member.code)) is not None] for code, (_, (values, _)) in found.items()
    }
    scales = table_scales({code: (metric.unit, known[code]) for code, (metric, _) in found.items()})
    return tuple(Column(metric, scales[code], median_of(known[code]), total) for code, (metric, (_, total)) in found.items())


def _places(metric: Metric, values: Mapping[str, Decimal | None]) -> dict[str, Place]:
    """Return each member's place; where less is better the smallest stands first, and equals share a place."""
    known = [value for value in values.values() if value is not None]
    found: dict[str, Place] = {}
    for code, value in values.items():
        if value is None:
            found[code] = Place(None, None, len(known), is_worst=False)
            continue
        ahead = sum(other < value if metric.more_is_better is False else other > value for other in known)
        worse = sum(other > value if metric.more_is_better is False else other < value for other in known)
        found[code] = Place(value, ahead + 1, len(known), is_worst=not worse and ahead > 0 and metric.more_is_better is not None)
    return found


def _spark(gateway: Gateway, state: State, code: str, member: str) -> Sparkline | None:
    if not code:
        return None
    fresh = gateway.freshness()
    day = state.day or (fresh.reporting_date if fresh else None)
    days = months_before(day, gateway.month_ends(), SPARK_MONTHS) if day else ()
    moved = gateway.trend(code, organisation=member, days=days, period=state.period)
    return sparkline([value for _, value in moved.points])
