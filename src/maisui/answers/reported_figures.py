"""Where a figure of an old report or supervisory return differs from ours, in yuan, cause by cause, down to accounts.

A difference is ours less theirs, and its causes with what stays unexplained add up to it exactly. With the report's own detail the
accounts are matched one by one. Without it, honest tests look for the fewest causes that fit to the cent: another day, another unit,
another metric or ledger subject, another rate of exchange, outlets merged or moved, kinds of accounts left out or counted in.
Nothing is forced to fit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from maisui.answers.report_accounts import ATTRIBUTES, has_accounts
from maisui.answers.report_causes import as_a_whole, basis_of, book_parts, cells_on, cut_off_days, other_days, our_figure, with_rounding
from maisui.answers.report_detail import detail_groups
from maisui.answers.report_figure import (
    CENT,
    HALF_A_HUNDREDTH,
    NIL,
    PLAIN_UNITS,
    UNIT_SCALES,
    Agreement,
    Cause,
    FigureComparison,
    ReportedFigure,
    cents,
    plain_cause,
    sum_of,
    tolerance_of,
)
from maisui.answers.report_rates import RATE_OF, UNCONVERTED, rate_parts
from maisui.answers.report_ratios import compare_ratio
from maisui.answers.report_scope import Cells, Part, fits, fits_that_overlap, sets_apart
from maisui.answers.report_single import Beside, single_accounts
from maisui.errors import QuestionError
from maisui.metrics import BY_CODE, Metric
from maisui.warehouse.reader import Reader

_ELSEWHERE = ("merged_outlet", "came_later", "left_earlier")
_MOST_OUTLETS = 4
NAMEABLE = frozenset(("day", "ledger", "book", UNCONVERTED, RATE_OF, *ATTRIBUTES))
"""Kinds of causes that a person may know to hold."""


def reported_figures(reader: Reader) -> tuple[ReportedFigure, ...]:
    """Return every reported figure of the version, the newest first."""
    rows = reader.rows(
        "SELECT f.report_name, f.organisation_code, f.measured_on, f.metric_code, f.currency, f.reported_amount, "
        "f.unit_code, coalesce(f.report_note, ''), count(d.account_number), coalesce(sum(d.reported_amount), 0), "
        "coalesce(min(v.file_name), ''), min(f.source_line) FROM reported_figure AS f "
        "LEFT JOIN reported_detail AS d ON d.report_name = f.report_name AND d.organisation_code = f.organisation_code "
        "AND d.measured_on = f.measured_on AND d.metric_code = f.metric_code AND f.currency = 'ALL' "
        "LEFT JOIN delivery AS v ON v.source_file_id = f.source_file_id "
        "GROUP BY ALL ORDER BY f.measured_on DESC, f.report_name, f.organisation_code, f.metric_code, f.currency"
    )
    return tuple(_printed(ReportedFigure(*row)) for row in rows)


def _printed(figure: ReportedFigure) -> ReportedFigure:
    """Return a figure whose share, delivered as it is printed, is brought to a fraction."""
    return replace(figure, theirs=figure.theirs * UNIT_SCALES[figure.unit]) if figure.is_share else figure


def compare_figure(reader: Reader, figure: ReportedFigure, assumed: Sequence[str] = ()) -> FigureComparison:
    """Return a reported figure held against ours; `assumed` are codes of causes that a person knows to hold.

    Raises:
        QuestionError: when an assumed cause does not exist.
    """
    check_assumed(assumed)
    metric = BY_CODE.get(figure.metric)
    nothing = FigureComparison(figure, metric, reader.manifest.version, None, None, (), NIL, Agreement.NOT_COMPARABLE)
    if metric is None:
        return replace(nothing, reason="metric")
    if is_ratio(metric):
        return compare_ratio(reader, nothing, reported_figures(reader))
    if figure.is_share:
        return replace(nothing, reason="unit")
    if not reader.manifest.first_date <= figure.day <= reader.manifest.reporting_date:
        return replace(nothing, reason="day")
    ours = _ours_or_none(reader, metric, figure, figure.day)
    if ours is None:
        return replace(nothing, reason="no_figure")
    return _explained(reader, replace(nothing, ours=ours, difference=ours - figure.theirs), metric, assumed)


def check_assumed(assumed: Sequence[str]) -> None:
    """Refuse codes that name no cause which a person could know to hold.

    Raises:
        QuestionError: when there is one.
    """
    for code in assumed:
        kind, _, value = code.partition("=")
        if kind not in NAMEABLE or not value:
            raise no_such_part()


def is_searched(found: FigureComparison) -> bool:
    """Return whether a difference is explained by a search, which alone heeds what a person knows, and not by the report's detail."""
    if found.metric is None or is_ratio(found.metric) or found.state in (Agreement.AGREES, Agreement.NOT_COMPARABLE):
        return False
    return not (found.figure.accounts and has_accounts(found.metric))


def is_ratio(metric: Metric) -> bool:
    """Return whether a metric is a quotient, which is compared as a whole."""
    return metric.denominator is not None or metric.unit not in PLAIN_UNITS


def no_such_part() -> QuestionError:
    """Return the refusal of an assumed cause that does not exist, or is not for the viewer to know."""
    return QuestionError("there is no such part of the figure", where="assume", next_step="choose one of the parts listed on the page")


def _ours_or_none(reader: Reader, metric: Metric, figure: ReportedFigure, day: date) -> Decimal | None:
    try:
        return our_figure(reader, metric, figure, day)
    except QuestionError:
        return None


def _explained(reader: Reader, found: FigureComparison, metric: Metric, assumed: Sequence[str]) -> FigureComparison:
    figure, difference = found.figure, _difference(found)
    if not difference:
        return replace(found, state=Agreement.AGREES)
    if figure.accounts and has_accounts(metric):
        return _by_detail(reader, found, metric)
    if abs(cents(difference)) <= tolerance_of(figure):
        return replace(found, causes=(plain_cause("rounding", difference, figure.day),), state=Agreement.AGREES)
    return _by_search(reader, found, metric, assumed)


def _by_detail(reader: Reader, found: FigureComparison, metric: Metric) -> FigureComparison:
    figure = found.figure
    basis = basis_of(reader, metric, figure, figure.day)
    groups = detail_groups(reader, basis, figure.report, other_days(reader, figure.day))
    causes = [Cause(group.code, group.ours - group.theirs, group.accounts, figure.day) for group in groups]
    beside = figure.detail_sum - figure.theirs
    if beside:
        is_rounding = abs(cents(beside)) <= tolerance_of(figure, is_wide=True)
        causes.append(Cause("rounding" if is_rounding else "detail_total", beside, 0, figure.day, has_rows=False))
    rest = _difference(found) - sum_of(causes)
    return replace(found, causes=tuple(causes), unexplained=rest, state=_state(causes, rest))


def _by_search(reader: Reader, found: FigureComparison, metric: Metric, assumed: Sequence[str]) -> FigureComparison:
    figure, difference = found.figure, _difference(found)
    starts = _starts(reader, found, metric, assumed)
    if not starts:
        raise no_such_part()
    sets = _sets(figure, starts, difference) + ([] if assumed else as_a_whole(reader, figure, metric, _known(found.ours)))
    if not sets and not assumed:
        starts += _starts(reader, found, metric, (), cut_off_days(reader, figure.day))
        sets = _sets(figure, starts, difference) + _sets_that_overlap(figure, starts, difference)
    if not sets and has_accounts(metric):
        sets = _by_one_account(reader, figure, metric, starts, difference)
    begun = starts[0]
    candidates = tuple(_cause(part, begun.day, begun.also) for part in begun.parts)
    if not sets:
        rest = difference - sum_of(begun.causes)
        return replace(found, causes=begun.causes, unexplained=rest, state=_state(begun.causes, rest), candidates=candidates)
    fewest = min(_weight(one) for one in sets)
    fitting = list({_told(one): one for one in reversed(sets) if _weight(one) == fewest}.values())[::-1]
    fitting.sort(key=lambda causes: sum(not cause.has_rows for cause in causes))
    state = Agreement.EXPLAINED if len(fitting) == 1 else Agreement.AMBIGUOUS
    return replace(found, causes=fitting[0], state=state, others=tuple(fitting[1:]), candidates=candidates)


def _sets(figure: ReportedFigure, starts: Sequence[_Start], difference: Decimal) -> list[tuple[Cause, ...]]:
    """Return the sets of causes that make up the difference, from every start."""
    return [(*start.causes, *chosen) for start in starts for chosen in _fitting(figure, difference - sum_of(start.causes), start)]


def _sets_that_overlap(figure: ReportedFigure, starts: Sequence[_Start], difference: Decimal) -> list[tuple[Cause, ...]]:
    """Return the sets of which two parts share accounts; a third one is tried beside them on the figure's own day alone."""
    found: list[tuple[Cause, ...]] = []
    for start in starts:
        if start.cells is None:
            continue
        rest = difference - sum_of(start.causes)
        chosen = fits_that_overlap(cents(rest), start.cells, start.parts, tolerance_of(figure), is_third_tried=not start.causes)
        found += [
            with_rounding(figure, (*start.causes, *(_cause(part, start.day, start.also) for part in parts)), difference) for parts in chosen
        ]
    return found


def _by_one_account(
    reader: Reader, figure: ReportedFigure, metric: Metric, starts: Sequence[_Start], difference: Decimal
) -> list[tuple[Cause, ...]]:
    """Return the sets in which a single account makes up what is left of the difference, beside one other cause or, where none do, two."""
    for most in (1, 2):
        wanted = _wanted_of_accounts(starts, difference, most)
        tried = sum(len(amounts) for amounts in wanted.values())
        found = [
            (*beside.causes, cause)
            for day, amounts in wanted.items()
            for beside, cause in single_accounts(reader, basis_of(reader, metric, figure, day), amounts, tried)
        ]
        if found:
            return found
    return []


def _wanted_of_accounts(starts: Sequence[_Start], difference: Decimal, most: int) -> dict[date, dict[int, list[Beside]]]:
    """Return what an account of each day would have to make up, with up to `most` causes beside it and those that are known to hold."""
    wanted: dict[date, dict[int, list[Beside]]] = {}
    known = len(starts[0].causes)
    for start in starts:
        rest = cents(difference - sum_of(start.causes))
        for size in range(most - len(start.causes) + known + 1):
            for parts in sets_apart(start.parts, size):
                causes = (*start.causes, *(_cause(part, start.day, start.also) for part in parts))
                amounts = wanted.setdefault(start.day, {})
                amounts.setdefault(rest - sum(part.cents for part in parts), []).append(Beside(causes, parts))
    return wanted


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a search begins: causes that are taken to hold, and the parts of the day they lead to that may hold beside them."""

    day: date
    causes: tuple[Cause, ...]
    parts: tuple[Part, ...]
    also: str
    cells: Cells | None


def _starts(reader: Reader, found: FigureComparison, metric: Metric, assumed: Sequence[str], others: Sequence[date] = ()) -> list[_Start]:
    """Return where a search begins: on the figure's own day and those near by, on `others` instead where they are given."""
    figure = found.figure
    near = [figure.day, *other_days(reader, figure.day)]
    days = list(others) or near
    if assumed:
        days = [day for day in (*near, *cut_off_days(reader, figure.day)) if f"day={day}" in assumed] or [figure.day]
    starts: list[_Start] = []
    for day in days:
        ours = _ours_or_none(reader, metric, figure, day)
        if ours is None or (day != figure.day and ours == found.ours):
            continue
        moved = () if day == figure.day else (Cause(f"day={day}", _known(found.ours) - ours, 0, figure.day, has_rows=has_accounts(metric)),)
        cells = cells_on(reader, metric, figure, day, ours)
        known = tuple(code for code in assumed if code != f"day={day}")
        beside = _parts_beside(reader, metric, figure, cells, near) if cells else ()
        starts.extend(_start(cells, beside, day, moved, also, known) for also in _counted_in(cells, known))
    return starts


def _parts_beside(reader: Reader, metric: Metric, figure: ReportedFigure, cells: Cells, days: Sequence[date]) -> tuple[Part, ...]:
    """Return the parts that are no accounts left out or counted in: what the ledger holds beside them, and other rates of exchange."""
    day = cells.basis.day
    rates = rate_parts(reader, cells.basis, cells, [one for one in days if one != day])
    return (*book_parts(reader, metric, figure, day, len(cells.cents)), *rates)


def _counted_in(cells: Cells | None, assumed: Sequence[str]) -> list[Part | None]:
    """Return the accounts of elsewhere that a report may count in before it leaves out anything: none, or those of one outlet."""
    outlets = [part for part in cells.parts() if part.code.partition("=")[0] in _ELSEWHERE] if cells else []
    named = [part for part in outlets if part.code in assumed]
    return [named[0]] if named else [None] if assumed else [None, *outlets[:_MOST_OUTLETS]]


def _start(
    cells: Cells | None, beside: tuple[Part, ...], day: date, moved: tuple[Cause, ...], also: Part | None, assumed: Sequence[str]
) -> _Start:
    parts = (*beside, *cells.parts(also)) if cells else ()
    first = (_cause(also, day),) if also else ()
    name = also.code if also else ""
    taken = [_part_called(parts, code) for code in assumed if code != name]
    apart = tuple(part for part in parts if all(part.is_apart(other) for other in taken))
    return _Start(day, (*moved, *first, *(_cause(part, day, name) for part in taken)), apart, name, cells)


def _fitting(figure: ReportedFigure, rest: Decimal, start: _Start) -> list[tuple[Cause, ...]]:
    """Return the smallest sets of parts that make up `rest`, with the rounding that a report in ten thousands may add."""
    for tolerance in dict.fromkeys((0, tolerance_of(figure), tolerance_of(figure, is_wide=True))):
        most = 1 if tolerance > HALF_A_HUNDREDTH else 3
        chosen = fits(cents(rest), start.parts, most, tolerance)
        if chosen:
            return [with_rounding(figure, tuple(_cause(part, start.day, start.also) for part in parts), rest) for parts in chosen]
    return []


def _told(causes: Sequence[Cause]) -> frozenset[tuple[str, Decimal]]:
    """Return what tells one set of causes from another, whatever their order; of days with one balance the nearest stands for all."""
    return frozenset(("day" if cause.code.startswith("day=") else cause.code, cause.amount) for cause in causes)


def _weight(causes: Sequence[Cause]) -> int:
    """Return how many causes a set takes; rounding is none of its own."""
    return sum(cause.code != "rounding" for cause in causes)


def _part_called(parts: Sequence[Part], code: str) -> Part:
    found = next((part for part in parts if part.code == code), None)
    if found is None:
        raise no_such_part()
    return found


def _cause(part: Part, day: date, also: str = "") -> Cause:
    return Cause(part.code, Decimal(part.cents) * CENT, part.accounts, day, also=also, without=part.without)


def _state(causes: Sequence[Cause], rest: Decimal) -> Agreement:
    if rest:
        return Agreement.PARTLY if causes else Agreement.UNEXPLAINED
    return Agreement.EXPLAINED


def _difference(found: FigureComparison) -> Decimal:
    return _known(found.difference)


def _known(amount: Decimal | None) -> Decimal:
    assert amount is not None  # noqa: S101 - a figure that does not exist is not compared
    return amount
