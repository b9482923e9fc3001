"""The scheme of managers: points from targets reached, and what another scheme would have made of the same month."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from maisui.answers import Scheme, TargetLine
from maisui.errors import QuestionError

_PLACES = Decimal("0.01")
_HUNDRED = Decimal(100)
_MOST = Decimal(100_000)
_LONGEST = 16
_WEIGHT = "weight."


@dataclass(frozen=True, slots=True)
class Part:
    """One indicator of a person: the target with what is reached, its weight, the completion that counts, and its points."""

    line: TargetLine
    weight: Decimal
    counted: Decimal
    points: Decimal


@dataclass(frozen=True, slots=True)
class Statement:
    """What one person earned: parts, points in all (100 is every target met), and yuan to the cent."""

    holder: str
    parts: tuple[Part, ...]
    points: Decimal
    pay: Decimal


def statement_of(holder: str, lines: Iterable[TargetLine], scheme: Scheme) -> Statement | None:
    """Return the statement of one person; None where none of the scheme's indicators has a target and a figure.

    The weights of the indicators that have both are brought to one: whom nobody set a target for loans is assessed by the others.
    """
    weights = dict(scheme.weights)
    known = [(line, weights[line.metric.code], line.completion) for line in lines if line.metric.code in weights]
    counting = [(line, weight, completion) for line, weight, completion in known if completion is not None]
    whole = sum((weight for _, weight, _ in counting), Decimal(0))
    if not whole:
        return None
    parts: list[Part] = []
    for line, weight, completion in counting:
        counted = Decimal(0) if completion < scheme.floor else min(completion, scheme.cap)
        parts.append(Part(line, weight, counted, _rounded(_HUNDRED * counted * weight / whole)))
    points = sum((part.points for part in parts), Decimal(0))
    return Statement(holder, tuple(parts), points, _rounded(points * scheme.point_price))


def statements_of(lines: Iterable[TargetLine], scheme: Scheme) -> dict[str, Statement]:
    """Return the statement of everybody who has one, under his employee number."""
    by_holder: dict[str, list[TargetLine]] = {}
    for line in lines:
        by_holder.setdefault(line.holder, []).append(line)
    made = ((holder, statement_of(holder, held, scheme)) for holder, held in sorted(by_holder.items()))
    return {holder: statement for holder, statement in made if statement is not None}


def tried_scheme(scheme: Scheme, said: Mapping[str, str]) -> Scheme:
    """Return the scheme with what the address says in place of weights (`weight.<metric>`), `cap`, `floor` and `price`.

    Raises:
        QuestionError: when a number is none, below zero or beyond reason.
    """
    weights = tuple((metric, _number(said, _WEIGHT + metric, weight)) for metric, weight in scheme.weights)
    return replace(
        scheme,
        weights=weights,
        cap=_number(said, "cap", scheme.cap),
        floor=_number(said, "floor", scheme.floor),
        point_price=_number(said, "price", scheme.point_price),
    )


def _number(said: Mapping[str, str], name: str, standing: Decimal) -> Decimal:
    text = said.get(name, "").strip()
    if not text:
        return standing
    try:
        value = Decimal(text) if len(text) <= _LONGEST else None
    except InvalidOperation:
        value = None
    if value is None or not value.is_finite() or not 0 <= value <= _MOST:
        raise QuestionError("a number of the scheme does not pass", where=name, next_step="write a number from 0 to 100000")
    return value


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(_PLACES, rounding=ROUND_HALF_UP)
