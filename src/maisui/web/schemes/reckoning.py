"""From figures to points and yuan, by hand-checkable arithmetic: nothing here knows where a figure comes from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from maisui.answers import Metric, metric_of
from maisui.web.schemes.terms import Basis, Indicator, Method, Terms, Tier, counted, uncounted

_CENT = Decimal("0.01")
_SIX = Decimal("0.000001")
_HUNDRED = Decimal(100)
_NIL = Decimal(0)


@dataclass(frozen=True, slots=True)
class Figure:
    """What one person or outlet has of a metric, in its unit: the period's figure, that of the period before, the target set for it.

    `manual` is approved manual work of the period, which counts beside the figure.
    """

    actual: Decimal | None = None
    before: Decimal | None = None
    target: Decimal | None = None
    manual: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Part:
    """One indicator of a statement: what was reached against what, what of it counts, and the points and yuan it makes.

    `reached` and `target` are in the metric's unit. `counted` is the completion that counts, the points of the band or the quantity
    paid for, in the counted unit; `completion` exists for targets only; `manual` is what of `reached` is manual work.
    """

    metric: Metric
    indicator: Indicator
    reached: Decimal
    target: Decimal | None
    completion: Decimal | None
    counted: Decimal
    points: Decimal
    pay: Decimal
    manual: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Statement:
    """What one person or outlet earned: parts, points in all (100 is every target met), and yuan to the cent."""

    holder: str
    scheme: str
    parts: tuple[Part, ...]
    points: Decimal
    pay: Decimal


def statement_of(holder: str, terms: Terms, figures: Mapping[str, Figure]) -> Statement | None:
    """Return the statement of one holder; None where none of the indicators has what it needs.

    The weights of the indicators that earn points are brought to one: whom nobody set a target for loans is assessed by the others.
    """
    found = [(one, part) for one in terms.indicators if (part := _part(one, figures.get(one.metric, Figure()))) is not None]
    whole = sum((one.weight for one, _ in found if one.method is not Method.PRICE), _NIL)
    parts: list[Part] = []
    for one, part in found:
        if one.method is Method.PRICE:
            parts.append(part)
        elif whole:
            score = part.counted if one.method is Method.BAND else _HUNDRED * part.counted
            parts.append(replace(part, points=_rounded(score * one.weight / whole)))
    if not parts:
        return None
    points = sum((part.points for part in parts), _NIL)
    pay = _rounded(points * terms.point_price) + sum((part.pay for part in parts), _NIL)
    return Statement(holder, terms.code, tuple(parts), points, pay)


def completion_of(metric: Metric, reached: Decimal, target: Decimal) -> Decimal | None:
    """Return how far a target is reached: reached ÷ target, and 2 − reached ÷ target where less is better; never below 0.

    None where the target is not above zero.
    """
    if target <= 0:
        return None
    share = (reached / target).quantize(_SIX, rounding=ROUND_HALF_UP)
    return max(2 - share if metric.more_is_better is False else share, _NIL)


def band_score(quantity: Decimal, tiers: tuple[Tier, ...]) -> Decimal:
    """Return the points of the band a quantity lies in: of the last tier that begins at or below it; 0 below the first."""
    return next((tier.worth for tier in reversed(tiers) if quantity >= tier.begins), _NIL)


def tiered_pay(quantity: Decimal, tiers: tuple[Tier, ...]) -> Decimal:
    """Return yuan for a quantity: of each tier the part of the quantity that lies in it times its price, to the cent."""
    ends = [*(tier.begins for tier in tiers[1:]), quantity]
    parts = ((min(quantity, end) - tier.begins) * tier.worth for tier, end in zip(tiers, ends, strict=True) if quantity > tier.begins)
    return _rounded(sum(parts, _NIL))


def _part(one: Indicator, figure: Figure) -> Part | None:
    metric = metric_of(one.metric)
    reached, manual = figure.actual, figure.manual if one.basis is Basis.VALUE else _NIL
    if one.basis is Basis.INCREASE:
        reached = None if reached is None or figure.before is None else reached - figure.before
    if manual:
        reached = (reached or _NIL) + manual
    if reached is None:
        return None
    quantity = counted(metric, reached)
    if one.method is Method.BAND:
        return Part(metric, one, reached, None, None, band_score(quantity, one.tiers), _NIL, _NIL, manual)
    if one.method is Method.PRICE:
        paid = _NIL if one.floor is not None and quantity < one.floor else quantity if one.cap is None else min(quantity, one.cap)
        return Part(metric, one, reached, None, None, paid, _NIL, tiered_pay(paid, one.tiers), manual)
    target = figure.target if one.target is None else uncounted(metric, one.target)
    completion = None if target is None else completion_of(metric, reached, target)
    if completion is None:
        return None
    bounded = _NIL if one.floor is not None and completion < one.floor else completion if one.cap is None else min(completion, one.cap)
    return Part(metric, one, reached, target, completion, bounded, _NIL, _NIL, manual)


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_CENT, rounding=ROUND_HALF_UP)
