"""What is expected of a figure: an organisation with all below it, all or one value of its dimension, with how it is known.

Forecasts are those of the reader's version; where it has none, that is the answer. No model library is asked here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np

from maisui.answers.organisations import organisations_below
from maisui.errors import QuestionError
from maisui.metrics import DIMENSION_BY_CODE, Dimension, Metric
from maisui.metrics.measure_sql import last_month_end
from maisui.models.fallback import Limits, limits_of
from maisui.models.forecast.approval import ForecastTrust, code_of, forecast_trust
from maisui.models.forecast.calendar import lengths, next_month_ends
from maisui.models.forecast.level_shift import around, last_shift
from maisui.models.forecast.make import ForecastFile, Quality, earlier_forecasts, forecast_name, read_forecasts
from maisui.models.forecast.methods import Method
from maisui.models.forecast.nodes import Node, Spread, Told, node_of
from maisui.models.forecast.subject import MONTHS_AHEAD, SUBJECT_BY_CODE, Subject
from maisui.models.ladder import Rung
from maisui.models.scores import basis_of
from maisui.warehouse.reader import Reader

FORECAST_METRICS: tuple[str, ...] = tuple(SUBJECT_BY_CODE)
"""The metrics that are forecast, in reading order."""
LEAST_MONTHS = 6
"""Whole months below which nothing is forecast."""


@dataclass(frozen=True, slots=True)
class ForecastQuery:
    """What is expected of a metric, of `organisation` with all below it (None is the whole bank), of one value of its dimension or all."""

    metric: str
    organisation: str | None = None
    member: str | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """One month ahead: the amount, and the interval that has held nine in ten so far; None where nothing measures it.

    `shifted_on` is the month end since which the figure stands at another level: a structural break within the months known.
    """

    day: date
    amount: Decimal
    low: Decimal | None
    high: Decimal | None
    shifted_on: date | None = None


@dataclass(frozen=True, slots=True)
class SaidAndCame:
    """What was said of a month after the month `made_on`, and what came; `held` is None where no interval was known."""

    made_on: date
    day: date
    said: Decimal
    came: Decimal
    held: bool | None


@dataclass(frozen=True, slots=True)
class ForecastLine:
    """One part of a sum: its code, last month, the months ahead, on which rung it stands and by which method, if it is one series.

    A part too short to be continued is held at its last month, so that the parts add up, and says so by its rung and method; where the
    whole is not told, nothing is ahead of its parts either.
    """

    code: str
    last: Decimal
    ahead: tuple[Expected, ...]
    rung: Rung
    method: Method | None


@dataclass(frozen=True, slots=True)
class Break:
    """Something that makes earlier months unlike: an organisation that opened, or that closed into another."""

    day: date
    organisation: str
    successor: str | None


@dataclass(frozen=True, slots=True)
class Shift:
    """The month end since which a figure stands at another level, and its middle amounts of three months before and from then on."""

    day: date
    before: Decimal
    after: Decimal


@dataclass(frozen=True, slots=True)
class ForecastView:
    """Everything known of one forecast.

    `methods` counts series by the method that tells them; `errors` are those of each method where this is one series; `mean_errors` are
    the mean absolute errors of what was said and of the same month a year before; `covered` of `tried` outcomes lay in the interval;
    `trust` says whether two people approved this way of forecasting, and what is missing; `published` is what earlier versions'
    forecasts said of months that have come since; `begun_on` is the first day delivered where its month is no whole one and left out;
    `shift` is the figure's own structural break, `shifted` of `series` are told from the months after theirs alone.
    """

    query: ForecastQuery
    metric: Metric
    dimension: Dimension
    is_by_handling: bool
    version: str
    day: date
    points: int
    rung: Rung
    history: tuple[tuple[date, Decimal], ...]
    ahead: tuple[Expected, ...]
    past: tuple[SaidAndCame, ...]
    published: tuple[SaidAndCame, ...]
    methods: tuple[tuple[Method, int, Decimal], ...]
    errors: tuple[tuple[Method, Decimal], ...]
    mean_errors: tuple[Decimal, Decimal] | None
    covered: int
    tried: int
    spread: Spread
    quality: Quality
    children: tuple[ForecastLine, ...]
    members: tuple[ForecastLine, ...]
    breaks: tuple[Break, ...]
    has_models: bool
    trust: ForecastTrust
    series: int
    shifted: int
    shift: Shift | None
    begun_on: date | None = None

    @property
    def whole_months(self) -> int:
        """Return how many whole months are known: a first one of which only a part was delivered is none."""
        first, begun_on = self.history[0][0], self.begun_on
        return self.points - (begun_on is not None and (first.year, first.month) == (begun_on.year, begun_on.month))

    @property
    def earliest(self) -> date | None:
        """Return the first day of the month after whose end there may be a forecast; None where there is one, or months suffice."""
        lacking = LEAST_MONTHS - self.whole_months
        if self.ahead or lacking <= 0:
            return None
        number = self.day.year * 12 + self.day.month - 1 + lacking
        return date(number // 12, number % 12 + 1, 1)


def forecast(reader: Reader, home: Path, query: ForecastQuery) -> ForecastView | None:
    """Return what is expected; None where the version is not forecast, or nothing of the kind has happened there.

    Raises:
        QuestionError: when the metric is not forecast.
        StorageError: when the forecasts cannot be read.
    """
    if query.metric not in SUBJECT_BY_CODE:
        known = ", ".join(FORECAST_METRICS)
        raise QuestionError(f"{query.metric!r} is not forecast", where="metric", next_step=f"choose one of: {known}")
    subject = SUBJECT_BY_CODE[query.metric]
    found = read_forecasts(home, reader.manifest.version, query.metric)
    if found is None:
        return None
    below = organisations_below(reader, query.organisation)
    within = {key: told for key, told in found.series.items() if below is None or key[0] in below}
    chosen = _chosen(found, below, query.member)
    if not chosen:
        return None
    node = node_of(chosen)
    spread = found.spreads[node.is_sum]
    days = _months(found.day, len(node.actual))
    shift = _shift(found.day, subject, node)
    ahead = _ahead(found, subject, chosen, node, shift)
    past = _past(found.day, node, spread)
    rung, trust = _standing(home, found, query.metric, limits_of(reader, found.day), chosen)
    return ForecastView(
        query=query,
        metric=subject.metric,
        dimension=DIMENSION_BY_CODE[subject.dimension],
        is_by_handling=subject.organisation_dimension != "organisation",
        version=found.version,
        day=found.day,
        points=len(node.actual),
        rung=rung,
        trust=trust,
        series=len(chosen),
        shifted=sum(part.since > 0 for part in chosen),
        shift=shift,
        history=tuple(zip(days, node.actual, strict=True)),
        ahead=ahead,
        past=past,
        published=_published(home, subject, query, below, dict(zip(days, node.actual, strict=True)), found.day),
        methods=_methods(chosen) if ahead else (),
        errors=tuple(sorted(chosen[0].errors.items(), key=lambda item: item[1])) if len(chosen) == 1 else (),
        mean_errors=node.mean_errors(),
        covered=sum(one.held is True for one in past),
        tried=sum(one.held is not None for one in past),
        spread=spread,
        quality=found.qualities[node.is_sum],
        children=_lines(found, subject, _children(reader, query, within), is_told=bool(ahead)),
        members=_lines(found, subject, {} if query.member else _by_member(within), is_told=bool(ahead)),
        breaks=_breaks(reader, found.day, days[0], below),
        has_models=bool(found.libraries),
        begun_on=found.begun_on,
    )


def name_of_forecasts(reader: Reader, home: Path) -> str | None:
    """Return the name of the file of the reader's version, by which what is read of it may be kept; None where it has none."""
    return forecast_name(home, reader.manifest.version)


def trust_of(reader: Reader, home: Path, metric: str) -> ForecastTrust | None:
    """Return how far the forecasts of a metric are trusted; None where the version is not forecast.

    Raises:
        StorageError: when the forecasts or approvals cannot be read.
    """
    found = read_forecasts(home, reader.manifest.version, metric)
    return forecast_trust(home, found, metric, limits_of(reader, found.day)) if found is not None else None


def rung_of(reader: Reader, home: Path, metric: str) -> Rung | None:
    """Return on which rung the forecasts of a metric stand in the whole bank; None where the version is not forecast, or has none of it.

    Raises:
        StorageError: when the forecasts or approvals cannot be read.
    """
    found = read_forecasts(home, reader.manifest.version, metric)
    return _standing(home, found, metric, limits_of(reader, found.day), list(found.series.values()))[0] if found and found.series else None


def basis_of_forecasts(home: Path, metric: str) -> str:
    """Return what names the approvals of a metric's forecasts, by which what is read of them may be kept."""
    return basis_of(home, code_of(metric))


def _months(last: date, count: int) -> tuple[date, ...]:
    found = [last]
    while len(found) < count:
        found.append(last_month_end(found[-1]))
    return tuple(reversed(found))


def _standing(home: Path, found: ForecastFile, metric: str, limits: Limits, parts: Sequence[Told]) -> tuple[Rung, ForecastTrust]:
    """Return the rung of some series and how far the way they are forecast is trusted; models are in use once two people approved it."""
    rung, trust = _rung(parts), forecast_trust(home, found, metric, limits)
    return (Rung.IN_USE if rung is Rung.TRIAL and trust.is_in_use else rung), trust


def _rung(parts: Sequence[Told]) -> Rung:
    """Return the rung on which most of what is expected stands; a sum of held values is none."""
    weights: dict[Rung, Decimal] = {}
    for part in parts:
        rung = Rung.TRIAL if part.method.is_model else Rung.RULE if part.method is Method.HELD else Rung.BASELINE
        weights[rung] = weights.get(rung, Decimal(0)) + abs(part.future[0])
    return max(sorted(weights), key=lambda rung: weights[rung])


def _ahead(found: ForecastFile, subject: Subject, parts: Sequence[Told], node: Node, shift: Shift | None) -> tuple[Expected, ...]:
    """Return the months ahead, beside which `shift` is said; none where most of it is too short to be continued."""
    if _rung(parts) is Rung.RULE:
        return ()
    places = Decimal(1).scaleb(-subject.metric.unit.decimals)
    scale, widths = node.scale(), found.spreads[node.is_sum].widths
    shifted_on = shift.day if shift else None
    expected: list[Expected] = []
    for step, (day, amount) in enumerate(zip(next_month_ends(found.day, MONTHS_AHEAD), node.future, strict=True)):
        if step >= len(widths):
            expected.append(Expected(day, amount, None, None, shifted_on))
            continue
        half = (widths[step] * scale).quantize(places)
        low = amount - half if subject.may_be_negative else max(amount - half, Decimal(0))
        expected.append(Expected(day, amount, low, amount + half, shifted_on))
    return tuple(expected)


def _shift(last: date, subject: Subject, node: Node) -> Shift | None:
    """Return the last structural break of a figure, found in its own months; None where none is beyond doubt."""
    days = _months(last, len(node.actual))
    values = np.array(node.actual, np.float64)
    place = last_shift(values / lengths(days) if subject.is_flow else values)
    if not place:
        return None
    before, after = around(node.actual, place)
    return Shift(days[place], before, after)


def _chosen(found: ForecastFile, below: frozenset[str] | None, member: str | None) -> list[Told]:
    return [told for key, told in found.series.items() if (below is None or key[0] in below) and member in (None, key[1])]


def _published(
    home: Path, subject: Subject, query: ForecastQuery, below: frozenset[str] | None, came: dict[date, Decimal], last: date
) -> tuple[SaidAndCame, ...]:
    """Return what earlier versions' files said of months known now, tried by the interval they gave, the latest file first."""
    lines: list[SaidAndCame] = []
    for earlier in earlier_forecasts(home, query.metric, last):
        if chosen := _chosen(earlier, below, query.member):
            for one in _ahead(earlier, subject, chosen, node_of(chosen), None):
                if one.day in came:
                    held = one.low <= came[one.day] <= one.high if one.low is not None and one.high is not None else None
                    lines.append(SaidAndCame(earlier.day, one.day, one.amount, came[one.day], held))
    return tuple(lines)


def _past(last: date, node: Node, spread: Spread) -> tuple[SaidAndCame, ...]:
    """Return what was said at each origin beside what came, the latest origin first; tried by the widths without that origin."""
    months = _months(last, len(node.actual))
    found: list[SaidAndCame] = []
    for back in sorted(node.past):
        scale, widths = node.scale(back), spread.by_origin.get(back, ())
        for step, (said, came) in enumerate(zip(node.past[back], node.outcome(back), strict=True)):
            held = abs(said - came) <= widths[step] * scale if step < len(widths) and scale else None
            found.append(SaidAndCame(months[len(months) - back - 1], months[len(months) - back + step], said, came, held))
    return tuple(found)


def _methods(parts: Sequence[Told]) -> tuple[tuple[Method, int, Decimal], ...]:
    """Return each method with the count of its series and what they come to next month, the largest first."""
    found: dict[Method, tuple[int, Decimal]] = {}
    for part in parts:
        count, amount = found.get(part.method, (0, Decimal(0)))
        found[part.method] = (count + 1, amount + part.future[0])
    return tuple((method, count, amount) for method, (count, amount) in sorted(found.items(), key=lambda item: -abs(item[1][1])))


def _children(reader: Reader, query: ForecastQuery, within: dict[tuple[str, str], Told]) -> dict[str, list[Told]]:
    """Return the organisations directly below, each with all below it, and what belongs to the one above itself; they add up to it."""
    top = query.organisation
    if top is None:
        tops = reader.rows("SELECT organisation_code FROM organisation WHERE parent_code IS NULL ORDER BY 1")
        if len(tops) == 1:
            ((top,),) = tops
    rows = reader.rows(
        "SELECT c.organisation_code, c.ancestor_code FROM organisation_closure AS c INNER JOIN organisation AS o "
        "ON o.organisation_code = c.ancestor_code WHERE o.parent_code IS NOT DISTINCT FROM ? ORDER BY 1, 2",
        [top],
    )
    child_of: dict[str, str] = dict(rows)
    groups: dict[str, list[Told]] = {}
    for (organisation, member), told in within.items():
        if query.member in (None, member):
            groups.setdefault(child_of.get(organisation, organisation), []).append(told)
    return groups


def _by_member(within: dict[tuple[str, str], Told]) -> dict[str, list[Told]]:
    groups: dict[str, list[Told]] = {}
    for (_, member), told in within.items():
        groups.setdefault(member, []).append(told)
    return groups


def _lines(found: ForecastFile, subject: Subject, groups: dict[str, list[Told]], *, is_told: bool) -> tuple[ForecastLine, ...]:
    """Return the groups as lines, the largest expectation first, or of a whole that is not told the largest last month."""
    lines: list[ForecastLine] = []
    for code, parts in groups.items():
        node = node_of(parts)
        ahead = (_ahead(found, subject, parts, node, _shift(found.day, subject, node)) or _held(found, node)) if is_told else ()
        lines.append(ForecastLine(code, node.actual[-1], ahead, _rung(parts), parts[0].method if len(parts) == 1 else None))
    return tuple(sorted(lines, key=lambda line: (-(line.ahead[0].amount if line.ahead else line.last), line.code)))


def _held(found: ForecastFile, node: Node) -> tuple[Expected, ...]:
    return tuple(
        Expected(day, amount, None, None) for day, amount in zip(next_month_ends(found.day, MONTHS_AHEAD), node.future, strict=True)
    )


def _breaks(reader: Reader, day: date, first: date, below: Iterable[str] | None) -> tuple[Break, ...]:
    """Return what makes the months before `day` unlike: closings, whose business counts with the successor, and openings."""
    merged = reader.rows(
        "SELECT closed_on, organisation_code, current_successor_code FROM organisation_succession "
        "WHERE closed_on > ? AND closed_on <= ? ORDER BY 1, 2",
        [first, day],
    )
    opened = reader.rows(
        "SELECT min(valid_from), organisation_code FROM organisation_period WHERE is_open GROUP BY organisation_code "
        "HAVING min(valid_from) > ? AND min(valid_from) <= ? ORDER BY 1, 2",
        [first, day],
    )
    found = [Break(on, code, successor) for on, code, successor in merged] + [Break(on, code, None) for on, code in opened]
    return tuple(one for one in found if below is None or {one.organisation, one.successor} & frozenset(below))
