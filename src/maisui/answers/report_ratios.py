"""Why a ratio in a report differs from ours: the report's own numerator and denominator, another day, another ratio, another unit.

A ratio is printed with few digits, so it agrees within half of its last one. Where the same report also tells the numerator or the
denominator, the difference is split into what each of them brings, exactly; those figures are explained in yuan for themselves.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from maisui.answers.ask import plain_answer
from maisui.answers.asked_once import AskedOnceReader
from maisui.answers.report_causes import asked_as, other_days
from maisui.answers.report_figure import PLAIN_UNITS, Agreement, Cause, FigureComparison, ReportedFigure, plain_cause, sum_of
from maisui.answers.together import read_together
from maisui.errors import QuestionError
from maisui.metrics import BY_CODE, CATALOGUE, Metric, Unit
from maisui.warehouse.reader import Reader

_SLIPS = (Decimal(100), Decimal("0.01"), Decimal(10), Decimal("0.1"))
"""Per cent taken for a fraction or the other way round, and per mille for per cent."""
_SURELY = Decimal("0.01")
"""Within what part of our ratio a slip of the unit must lead to it: a figure near nothing would lead to anything."""


@dataclass(frozen=True, slots=True)
class _Sides:
    """One of our ratios with its two sides."""

    numerator: Decimal
    denominator: Decimal
    value: Decimal


def compare_ratio(reader: Reader, nothing: FigureComparison, beside: Sequence[ReportedFigure]) -> FigureComparison:
    """Return a reported ratio held against ours; `nothing` is its comparison before it is made, `beside` the report's other figures."""
    figure, metric = nothing.figure, nothing.metric
    assert metric is not None  # noqa: S101 - an unknown metric is refused before
    if figure.is_share != (metric.unit is Unit.SHARE) and figure.unit != "yuan":
        return replace(nothing, reason="unit")
    if not reader.manifest.first_date <= figure.day <= reader.manifest.reporting_date:
        return replace(nothing, reason="day")
    ours = _sides(reader, metric, figure, figure.day)
    if ours is None:
        return replace(nothing, reason="no_figure")
    difference = ours.value - figure.theirs
    found = replace(nothing, ours=ours.value, difference=difference)
    if abs(difference) <= figure.half_a_digit:
        return replace(found, causes=_rounding(figure, (), difference), state=Agreement.AGREES)
    by_parts = _by_own_parts(reader, figure, metric, ours, beside)
    sets = [by_parts] if by_parts else _at_one_stroke(reader, figure, metric, ours.value)
    if not sets:
        return replace(found, unexplained=difference, state=Agreement.UNEXPLAINED)
    state = Agreement.EXPLAINED if len(sets) == 1 else Agreement.AMBIGUOUS
    return replace(found, causes=sets[0], others=tuple(sets[1:]), state=state)


def _sides(reader: Reader, metric: Metric, figure: ReportedFigure, day: date) -> _Sides | None:
    question = asked_as(figure, metric, day)
    try:
        rows = plain_answer(reader, question, with_notes=False).rows
    except QuestionError:
        return None
    for row in rows:
        if (not question.by or row.dimensions["currency"] == figure.currency) and row.value is not None and row.numerator is not None:
            return _Sides(row.numerator, row.denominator or Decimal(0), row.value)
    return None


def _rounding(figure: ReportedFigure, causes: tuple[Cause, ...], difference: Decimal) -> tuple[Cause, ...]:
    """Return `causes` with what they leave of the difference as rounding."""
    rest = difference - sum_of(causes)
    return (*causes, plain_cause("rounding", rest, figure.day)) if rest else causes


def _by_own_parts(
    reader: Reader, figure: ReportedFigure, metric: Metric, ours: _Sides, beside: Sequence[ReportedFigure]
) -> tuple[Cause, ...]:
    """Return what the report's own numerator and denominator bring; nothing where it tells neither, or one does not lead to its ratio."""
    if not ours.denominator or _ratio(ours.numerator, ours.denominator, metric) != ours.value:
        return ()
    told = [(one, _sides(reader, BY_CODE[one.metric], one, one.day)) for one in beside if _is_part(one, figure)]
    above = next((one for one, side in told if side is not None and side.value == ours.numerator), None)
    below = next((one for one, side in told if side is not None and side.value == ours.denominator), None)
    if above is below or (below is not None and not below.theirs):
        return ()
    top, bottom = above.theirs if above else ours.numerator, below.theirs if below else ours.denominator
    own = _ratio(top, bottom, metric)
    is_its_own = abs(own - figure.theirs) <= figure.half_a_digit + max(_off(above, bottom), _off(below, bottom))
    if not is_its_own and (above is None or below is None):
        return ()
    first = () if is_its_own else (plain_cause("own_ratio", own - figure.theirs, figure.day),)
    between = _ratio(ours.numerator, bottom, metric)
    parts = [("numerator", above, between - own), ("denominator", below, ours.value - between)]
    causes = (*first, *(plain_cause(f"{side}={one.metric}", amount, figure.day) for side, one, amount in parts if one and amount))
    return _rounding(figure, causes, ours.value - figure.theirs) if causes else ()


def _is_part(one: ReportedFigure, figure: ReportedFigure) -> bool:
    """Return whether a figure stands beside a ratio in the same report and may be a side of it."""
    same = (one.report, one.organisation, one.day, one.currency) == (figure.report, figure.organisation, figure.day, figure.currency)
    return same and one.metric in BY_CODE and BY_CODE[one.metric].unit in PLAIN_UNITS and not one.is_share


def _off(one: ReportedFigure | None, bottom: Decimal) -> Decimal:
    """Return by how much a ratio may be off because a side of it is printed in ten thousands."""
    return one.half_a_digit / bottom if one and bottom and one.is_in_ten_thousands else Decimal(0)


def _ratio(numerator: Decimal, denominator: Decimal, metric: Metric) -> Decimal:
    return (numerator / denominator).quantize(Decimal(1).scaleb(-metric.unit.decimals))


def _at_one_stroke(reader: Reader, figure: ReportedFigure, metric: Metric, ours: Decimal) -> list[tuple[Cause, ...]]:
    """Return every single cause that leads to the report's ratio: the unit, a day near by, another ratio."""
    difference = ours - figure.theirs
    sets: list[tuple[Cause, ...]] = [
        (plain_cause("ratio_unit", difference, figure.day),)
        for slip in _SLIPS
        if ours and abs(figure.theirs * slip - ours) <= min(figure.half_a_digit * slip, abs(ours) * _SURELY)
    ]
    days = {day: _sides(reader, metric, figure, day) for day in other_days(reader, figure.day)}
    nearest = {sides.value: (f"day={day}", sides) for day, sides in reversed(days.items()) if sides is not None}
    tried = list(nearest.values())
    alike = [one for one in CATALOGUE if one.code != metric.code and one.unit is metric.unit and one.denominator is not None]
    once = AskedOnceReader(reader)
    read_together(once, [asked_as(figure, one, figure.day) for one in alike])
    tried += [(f"metric={one.code}", _sides(once, one, figure, figure.day)) for one in alike]
    for code, sides in tried:
        if sides is not None and sides.value and sides.value != ours and abs(sides.value - figure.theirs) <= figure.half_a_digit:
            sets.append(_rounding(figure, (plain_cause(code, ours - sides.value, figure.day),), difference))
    return sets
