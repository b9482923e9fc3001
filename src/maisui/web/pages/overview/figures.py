"""What the overview asks the gateway, each card on its own: one that fails says so and leaves the others standing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Generic, TypeVar

from maisui.answers import CHILD, Answer, Comparison, Metric, Period, Row, Timing, Trend, WorkingDays
from maisui.answers.figure import moved
from maisui.answers.periods import base_day, window_of
from maisui.errors import AccessError, MaisuiError, QuestionError
from maisui.web.gateway import Compared, Gateway
from maisui.web.pages.overview.drawings import Bar, Sparkline, bars, sparkline
from maisui.web.pages.overview.state import COMPARISON_NAMES, COMPARISON_SHORT_NAMES, State
from maisui.web.text import Text

SPARK_MONTHS = 13
TREND_MONTHS = 25
MONTHS_DIFFER_BY = 3
STRUCTURES: tuple[tuple[str, Text, str, str, bool], ...] = (
    ("deposit_balance", Text("存款结构（按产品组）", "Deposits by product group"), "deposit_balance", "product_group", False),
    ("loan_balance", Text("贷款结构（按五级分类）", "Loans by class"), "npl_ratio", "loan_class", True),
)
"""Code, title, metric asked, split, and whether its denominator is the figure: loans by class stand below the bad loan ratio."""
CLASSED_LOANS = Text("五级分类贷款，含贴现、垫款、信用卡透支", "Classified loans, with bills, advances and card overdrafts")
"""What the denominator of the bad loan ratio is called: it holds more than the balance of loans does."""

_log = logging.getLogger(__name__)
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Tried(Generic[Found]):
    """What a card found, or the error that it shows instead."""

    value: Found | None
    error: MaisuiError | None = None
    is_bug: bool = False


def attempt(compute: Callable[[], Found]) -> Tried[Found]:
    """Return what `compute` finds, or what went wrong; a refusal of access is never softened.

    Raises:
        AccessError: when the viewer may not see what he asked for.
    """
    try:
        return Tried(compute())
    except AccessError:
        raise
    except MaisuiError as error:
        return Tried(None, error)
    except Exception:  # noqa: BLE001 - a bug in one card is logged as one, and the other cards still stand
        _log.exception("a card of the overview failed")
        return Tried(None, is_bug=True)


@dataclass(frozen=True, slots=True)
class Change:
    """A figure against one base: name, the base's exact day and value, and the change.

    `unlike` says why the two cannot be compared as they stand: sums over spans of unlike length.
    """

    comparison: Comparison
    name: Text
    short_name: Text
    base_day: date | None
    base_value: Decimal | None
    change: Decimal | None
    rate: Decimal | None
    unlike: Text | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """One of the eight figures: value, changes and thirteen months as a line; without a value the reasons."""

    metric: Metric
    value: Decimal | None
    changes: tuple[Change, ...]
    spark: Sparkline | None
    reasons: tuple[Text, ...] = ()


def changes_of(compared: Compared, row: Row | None, comparisons: Sequence[Comparison]) -> tuple[Change, ...]:
    """Return a line's change against each base; a base without history has no day."""
    return tuple(_change(compared, row, comparison) for comparison in comparisons)


def _change(compared: Compared, row: Row | None, comparison: Comparison) -> Change:
    names = (COMPARISON_NAMES[comparison], COMPARISON_SHORT_NAMES[comparison])
    base = compared.bases[comparison]
    if base is None or row is None:
        return Change(comparison, *names, base.window.day if base else None, None, None, None)
    before = next((line.value for line in base.rows if line.dimensions == row.dimensions), None)
    unlike = _unlike(compared.answer.metric, compared.answer.window.days, base.window.days)
    return Change(comparison, *names, base.window.day, before, *moved(row.value, before), unlike)


def _unlike(metric: Metric, days: int, base_days: int) -> Text | None:
    """Return the warning where sums of spans are compared whose lengths differ by more than months do."""
    if metric.numerator.timing is not Timing.PERIOD or metric.denominator is not None or abs(days - base_days) <= MONTHS_DIFFER_BY:
        return None
    return Text(f"两期长短不同（{days} 天对 {base_days} 天），不宜直接比较", f"spans of unlike length ({days} days against {base_days})")


def series_of(gateway: Gateway, state: State, metric: Metric, days: Sequence[date]) -> dict[date, Decimal | None]:
    """Return the figure at the last of `days`, at those before it and at every base: one pass instead of an answer for each."""
    wanted = _series_days(gateway, metric, days)
    moved = gateway.trend(metric.code, organisation=state.organisation, days=wanted, period=state.period, view=state.view)
    return dict(moved.points)


def read_series(gateway: Gateway, state: State, codes: Iterable[str], days: Sequence[date]) -> None:
    """Read at once what `series_of` needs for each of the figures `codes`.

    Raises:
        AccessError: as the gateway does.
    """
    metrics, found = metrics_by_code(gateway), dict[tuple[date, ...], list[str]]()
    for code in codes:
        if code in metrics:
            found.setdefault(_series_days(gateway, metrics[code], days), []).append(code)
    for wanted, together in found.items():
        gateway.read_series_together(together, state.organisation, wanted, state.period, state.view)


def _series_days(gateway: Gateway, metric: Metric, days: Sequence[date]) -> tuple[date, ...]:
    bases = {base_day(days[-1], one, metric.numerator.timing, gateway.calendar(one)) for one in Comparison}
    return tuple(sorted({*days, *bases}))


def changes_in(
    values: Mapping[date, Decimal | None],
    metric: Metric,
    day: date,
    comparisons: Sequence[Comparison],
    period: Period,
    first_day: date = date.min,
    calendar: WorkingDays | None = None,
) -> tuple[Change, ...]:
    """Return the change of the figure of `day` against each base; a base that has no figure has no day either.

    The history begins on `first_day`: a span that it cuts is as long as what is left of it.
    """
    found: list[Change] = []
    for comparison in comparisons:
        base = base_day(day, comparison, metric.numerator.timing, calendar)
        before = values.get(base)
        change, rate = moved(values.get(day), before)
        names = (COMPARISON_NAMES[comparison], COMPARISON_SHORT_NAMES[comparison])
        unlike = _unlike(metric, window_of(day, period, first_day).days, window_of(base, period, first_day).days)
        found.append(Change(comparison, *names, None if before is None else base, before, change, rate, unlike))
    return tuple(found)


def card_of(gateway: Gateway, state: State, metric: Metric, days: Sequence[date]) -> Card:
    """Return one figure of the top row."""
    spark = days[-SPARK_MONTHS:]
    values = series_of(gateway, state, metric, spark)
    drawn = sparkline([values.get(day) for day in spark])
    changes = changes_in(values, metric, days[-1], state.comparisons, state.period, first_day_of(gateway), gateway.working_days())
    value = values.get(days[-1])
    return Card(metric, value, changes, drawn, _reasons(gateway, state, metric) if value is None else ())


def _reasons(gateway: Gateway, state: State, metric: Metric) -> tuple[Text, ...]:
    """Return what the answer says of a figure that does not exist, as which feeds are missing."""
    try:
        return tuple(Text(note.zh, note.en) for note in gateway.ask(state.question(metric.code)).notes)
    except QuestionError:
        return ()


def cards_of(gateway: Gateway, state: State, codes: Sequence[str], days: Sequence[date]) -> list[Tried[Card]]:
    """Return the figures `codes` as cards, in their order; one that fails says so.

    Raises:
        AccessError: as the gateway does.
    """
    metrics = metrics_by_code(gateway)
    read_series(gateway, state, codes, days[-SPARK_MONTHS:])
    return [attempt(lambda code=code: card_of(gateway, state, metrics[code], days)) for code in codes]


YEAR_MONTHS = 12


def months_of_a_year(gateway: Gateway) -> int:
    """Return of how many months a sum of twelve months is made: fewer where the history is shorter."""
    freshness = gateway.freshness()
    if freshness is None:
        return 0
    first, last = first_day_of(gateway), freshness.reporting_date
    return min(YEAR_MONTHS, 12 * (last.year - first.year) + last.month - first.month + 1)


def first_day_of(gateway: Gateway) -> date:
    """Return the day on which the published history begins."""
    fresh = gateway.freshness()
    return fresh.first_date if fresh else date.min


def months_before(day: date, ends: Sequence[date], count: int) -> tuple[date, ...]:
    """Return `day` and the month ends before it, oldest first, `count` of them."""
    earlier = [end for end in ends if end < day.replace(day=1)]
    return tuple(sorted([day, *earlier][:count]))


def trend_of(gateway: Gateway, state: State, days: Sequence[date]) -> tuple[Trend, dict[date, Decimal | None]]:
    """Return how the page's metric moved over `days`, and each day's value a year before."""
    earlier = {day: base_day(day, Comparison.SAME_DATE_LAST_YEAR, Timing.POINT) for day in days}  # the same day for every timing
    wanted = sorted({*days, *earlier.values()})
    moved = gateway.trend(state.metric, organisation=state.organisation, days=wanted, period=state.period, view=state.view)
    values = dict(moved.points)
    return moved, {day: values.get(before) for day, before in earlier.items()}


@dataclass(frozen=True, slots=True)
class Part:
    """One line of a ranking or a structure: code, name, value, bar, share of the whole, and its change."""

    code: str
    name: str
    value: Decimal | None
    bar: Bar | None
    share: Decimal | None
    change: Change | None
    is_own: bool = False


def own_code(gateway: Gateway, state: State) -> str:
    """Return the organisation the page stands on: the top of what the viewer sees where the address names none.

    Empty is the whole bank where its files know several tops: none of them stands for the others.
    """
    if state.organisation is not None:
        return state.organisation
    tops = [node.code for node in gateway.organisations() if node.parent_code is None]
    return tops[0] if len(tops) == 1 or (tops and gateway.top is not None) else ""


def ranking_of(gateway: Gateway, state: State, names: Mapping[str, str]) -> tuple[Metric, tuple[Part, ...]]:
    """Return the direct children in the order of the page's metric, the largest first."""
    compared = gateway.compare(state.question(state.metric, (CHILD,)), state.comparisons[:1])
    own = own_code(gateway, state)
    rows = sorted(compared.answer.rows, key=lambda row: (row.value is None, -(row.value or 0), row.dimensions[CHILD]))
    drawn = bars([row.value for row in rows])
    parts = tuple(
        Part(
            row.dimensions[CHILD],
            names.get(row.dimensions[CHILD], row.dimensions[CHILD]),
            row.value,
            bar,
            None,
            next(iter(changes_of(compared, row, state.comparisons[:1])), None),
            is_own=row.dimensions[CHILD] == own,
        )
        for row, bar in zip(rows, drawn, strict=True)
    )
    return compared.answer.metric, parts


@dataclass(frozen=True, slots=True)
class Finding:
    """What a ranking says about the change: how many rose and fell, and who moved furthest."""

    rose: int
    fell: int
    mover: str
    moved_by: Decimal


def finding_of(parts: Sequence[Part]) -> Finding | None:
    """Return the finding of a ranking, None where nothing can be compared or nothing moved."""
    moves = [(part.name, part.change.change) for part in parts if part.change and part.change.change and not part.change.unlike]
    if not moves:
        return None
    mover, moved_by = max(moves, key=lambda item: abs(item[1]))
    return Finding(sum(move > 0 for _, move in moves), sum(move < 0 for _, move in moves), mover, moved_by)


def structure_of(gateway: Gateway, state: State, metric: str, split: str, *, is_denominator: bool) -> tuple[Answer, tuple[Part, ...]]:
    """Return the parts of a balance with their shares, the largest first, parts of nothing left out."""
    answer = gateway.ask(state.question(metric, (split,)))
    found = [(row.dimensions[split], row.denominator if is_denominator else row.value) for row in answer.rows]
    kept = sorted(((code, value) for code, value in found if value), key=lambda item: (-abs(item[1] or 0), item[0]))
    total = sum((value for _, value in kept if value), Decimal(0))
    drawn = bars([value for _, value in kept])
    shares = [value / total if value and total else None for _, value in kept]
    lines = zip(kept, drawn, shares, strict=True)
    return answer, tuple(Part(code, code, value, bar, share, None) for (code, value), bar, share in lines)


def metrics_by_code(gateway: Gateway) -> dict[str, Metric]:
    """Return the metrics the viewer may ask."""
    return {metric.code: metric for metric in gateway.catalogue()}
