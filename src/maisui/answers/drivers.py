"""What moved a figure between two days: the part of every line of a split in the change of the whole, adding up exactly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from maisui.answers.figure import divide
from maisui.answers.question import CHILD, Answer, Row
from maisui.metrics import Metric
from maisui.metrics.split_sums import additive_dimensions

_NOT_OFFERED = frozenset({"handling_organisation", "feed", "person"})
"""Splits that explain no movement, or the same one as another split."""
_NOTHING = Fraction(0)


@dataclass(frozen=True, slots=True)
class Driver:
    """One line of a split and its part in the change of the whole.

    Attributes:
        code: the line's value of the dimension.
        base: its own figure at the base; None where it has none.
        value: its own figure now; None where it has none.
        effect: how much of the whole's change comes from it, in the unit of the metric; all effects add up to the change.
        mix: of a ratio, the part of `effect` that its larger or smaller weight brings; None for a sum.
        rate: of a ratio, the part that its own better or worse ratio brings; `mix + rate = effect`; None for a sum.
    """

    code: str
    base: Decimal | None
    value: Decimal | None
    effect: Decimal
    mix: Decimal | None = None
    rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Movement:
    """The change of a whole figure and the lines that brought it, the largest effect first."""

    metric: Metric
    base: Decimal
    value: Decimal
    drivers: tuple[Driver, ...]

    @property
    def change(self) -> Decimal:
        """Return by how much the whole moved."""
        return self.value - self.base


def splits_of(metric: Metric) -> tuple[str, ...]:
    """Return the splits whose lines explain all of a change: those over which numerator and denominator add up."""
    if metric.is_per_target:
        return ()
    common = [code for code in additive_dimensions(metric.numerator) if code in metric.dimensions and code not in _NOT_OFFERED]
    if metric.denominator is not None:
        below = additive_dimensions(metric.denominator)
        common = [code for code in common if code in below]
    return tuple(CHILD if code == "organisation" else code for code in common)


def movement(answer: Answer, base: Answer, within: Mapping[str, str]) -> Movement | None:
    """Return what moved a figure, from two answers split by the dimensions of `within` and one more, at two days.

    Only lines with the values of `within` count: together they are the whole. A sum moves by what its lines moved. A ratio of sums
    moves line by line by weight (mix) and by the line's own ratio (rate): with weights w and ratios r, R being that of the whole at the
    base, mix is (w₁ - w₀)(r₀ - R₀) and the rest of the line's part is rate. A line that is new has no ratio of its own before: what it
    brings is rate. Effects are rounded so that they add up to the change as it is shown.

    Returns:
        None where the whole has no figure at one of the days.
    """
    if not answer.rows or not base.rows:
        return None
    metric, decimals = answer.metric, answer.metric.unit.decimals
    now, then = _lines(answer, within), _lines(base, within)
    codes = sorted(now.keys() | then.keys())
    if not codes or any(_is_missing(metric, row) for row in (*now.values(), *then.values())):
        return None
    parts = _parts_of_sum(codes, now, then) if metric.denominator is None else _parts_of_ratio(codes, now, then)
    if parts is None:
        return None
    value, before = _rounded(parts.value, decimals), _rounded(parts.base, decimals)
    effects = _adding_up([effect for effect, _ in parts.lines], value - before, decimals)
    found: list[Driver] = []
    for code, (_, weight), effect in zip(codes, parts.lines, effects, strict=True):
        mix = None if weight is None else _rounded(weight, decimals)
        own_base, own_value = (side[code].value if code in side else None for side in (then, now))
        found.append(Driver(code, own_base, own_value, effect, mix, None if mix is None else effect - mix))
    return Movement(metric, before, value, tuple(sorted(found, key=lambda one: (-abs(one.effect), one.code))))


@dataclass(frozen=True, slots=True)
class _Parts:
    """The whole at both days, and for each line its effect and, of a ratio, what of it is mix; exact."""

    base: Fraction
    value: Fraction
    lines: list[tuple[Fraction, Fraction | None]]


def _lines(answer: Answer, within: Mapping[str, str]) -> dict[str, Row]:
    split = answer.question.by[-1]
    return {row.dimensions[split]: row for row in answer.rows if all(row.dimensions[name] == value for name, value in within.items())}


def _parts_of_sum(codes: Sequence[str], now: Mapping[str, Row], then: Mapping[str, Row]) -> _Parts:
    """Take the lines apart; an average stands as a sum over days above its days."""

    def own(side: Mapping[str, Row], code: str) -> Fraction:
        above, below = _both(side, code)
        return above / (below or 1)

    lines: list[tuple[Fraction, Fraction | None]] = [(own(now, code) - own(then, code), None) for code in codes]
    return _Parts(sum((own(then, code) for code in codes), _NOTHING), sum((own(now, code) for code in codes), _NOTHING), lines)


def _parts_of_ratio(codes: Sequence[str], now: Mapping[str, Row], then: Mapping[str, Row]) -> _Parts | None:
    sides = [[_both(side, code) for code in codes] for side in (then, now)]
    (above_then, below_then), (above_now, below_now) = (
        tuple(sum(column, _NOTHING) for column in zip(*side, strict=True)) for side in sides
    )
    if not below_then or not below_now:
        return None
    ratio = above_then / below_then
    lines: list[tuple[Fraction, Fraction | None]] = []
    for (n0, d0), (n1, d1) in zip(*sides, strict=True):
        effect = (n1 - ratio * d1) / below_now - (n0 - ratio * d0) / below_then
        mix = (d1 / below_now - d0 / below_then) * (n0 / d0 - ratio) if d0 else _NOTHING
        lines.append((effect, mix))
    return _Parts(ratio, above_now / below_now, lines)


def _is_missing(metric: Metric, row: Row) -> bool:
    """Return whether a line has no figure because nobody delivered one of its sides: that is not 0."""
    return row.numerator is None or (metric.denominator is not None and row.denominator is None)


def _both(side: Mapping[str, Row], code: str) -> tuple[Fraction, Fraction]:
    row = side.get(code)
    return (Fraction(row.numerator or 0), Fraction(row.denominator or 0)) if row else (_NOTHING, _NOTHING)


def _rounded(value: Fraction, decimals: int) -> Decimal:
    """Return `value` rounded half away from zero, as every figure is."""
    return divide(Decimal(value.numerator), Decimal(value.denominator), decimals)


def _adding_up(exact: Sequence[Fraction], total: Decimal, decimals: int) -> list[Decimal]:
    """Round each line so that all add up to `total`: those that lose most by rounding down get the units that are left."""
    unit = Decimal(1).scaleb(-decimals)
    scaled = [value * 10**decimals for value in exact]
    whole = [floor(value) for value in scaled]
    left = int(total.scaleb(decimals)) - sum(whole)
    nearest = sorted(range(len(exact)), key=lambda index: (whole[index] - scaled[index], index))
    for place in range(abs(left)):
        whole[nearest[place % len(nearest)]] += 1 if left > 0 else -1
    return [number * unit for number in whole]
