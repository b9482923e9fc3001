"""Which outlets are alike, and how far one stands from the best of those: a distance over standardised features, output per head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import StrEnum

from maisui.answers.figure import divide

Features = Mapping[str, Mapping[str, Decimal | None]]
"""Value of each feature, by organisation and code; None where it is not known."""
_PLACES = Decimal("0.0001")
_NIL = Decimal(0)


@dataclass(frozen=True, slots=True)
class FeatureGap:
    """One feature of two outlets: both values, how many standard deviations lie between them, and its part of the squared distance."""

    code: str
    own: Decimal
    other: Decimal
    deviations: Decimal
    share: Decimal


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far another outlet is: the weighted distance in standard deviations, and what makes it up, the largest part first."""

    organisation: str
    distance: Decimal
    is_same_grade: bool
    gaps: tuple[FeatureGap, ...]


@dataclass(frozen=True, slots=True)
class Output:
    """One output: the outlet's own, per head, the best per head among it and its peers, the ratio, and what the best pace would add."""

    code: str
    weight: Decimal
    own: Decimal
    own_each: Decimal
    best: str
    best_each: Decimal
    ratio: Decimal
    missing: Decimal


@dataclass(frozen=True, slots=True)
class Efficiency:
    """Output per head against the best peers: 1 is the best in every output; the outputs that could be held against something."""

    score: Decimal
    outputs: tuple[Output, ...]


class Character(StrEnum):
    """Where an outlet lies, judged by what it serves."""

    VILLAGE = "village"
    TOWNSHIP = "township"
    COUNTY_SEAT = "county_seat"


_BY_AREA = {"township": Character.VILLAGE, "town": Character.TOWNSHIP, "urban": Character.COUNTY_SEAT}


def character_by_area(area_kind: str) -> Character | None:
    """Return what the profile's kind of area says; None where it says nothing known."""
    return _BY_AREA.get(area_kind)


def character_by_customers(
    agriculture: Decimal | None, wage: Decimal | None, *, from_agriculture: Decimal, from_wage: Decimal
) -> Character | None:
    """Return what the customers say: mostly farm loans a village, much pay the county seat, both or neither a township.

    None where one of the two shares is not known.
    """
    if agriculture is None or wage is None:
        return None
    is_rural, is_paid = agriculture >= from_agriculture, wage >= from_wage
    if is_rural == is_paid:
        return Character.TOWNSHIP
    return Character.VILLAGE if is_rural else Character.COUNTY_SEAT


def likenesses(own: str, features: Features, weights: Mapping[str, Decimal], grades: Mapping[str, str], most: int) -> tuple[Likeness, ...]:
    """Return the outlets most like `own`: those of its grade first, then by distance, then by code; at most `most`.

    Each feature is standardised over all outlets that have it (mean 0, standard deviation 1); one that is the same everywhere says
    nothing. The distance is the root of the weighted mean of squared differences over the features both outlets have.
    """
    standard = {code: _standardised({key: values.get(code) for key, values in features.items()}) for code in weights}
    found: list[Likeness] = []
    for other in features:
        shared = [code for code, scores in standard.items() if own in scores and other in scores]
        if other == own or not shared:
            continue
        squares = {code: weights[code] * (standard[code][own] - standard[code][other]) ** 2 for code in shared}
        whole = sum(squares.values(), _NIL)
        with localcontext() as exact:
            exact.prec = 40
            distance = (whole / sum((weights[code] for code in shared), _NIL)).sqrt()
        gaps = [
            FeatureGap(
                code,
                features[own][code] or _NIL,
                features[other][code] or _NIL,
                (standard[code][own] - standard[code][other]).quantize(_PLACES, rounding=ROUND_HALF_UP),
                divide(squares[code], whole, 4) if whole else _NIL,
            )
            for code in shared
        ]
        gaps.sort(key=lambda gap: (-gap.share, gap.code))
        is_same = bool(grades.get(own)) and grades.get(own) == grades.get(other)
        found.append(Likeness(other, distance.quantize(_PLACES, rounding=ROUND_HALF_UP), is_same, tuple(gaps)))
    found.sort(key=lambda one: (not one.is_same_grade, one.distance, one.organisation))
    return tuple(found[:most])


def efficiency(
    own: str, peers: Sequence[str], outputs: Features, heads: Mapping[str, Decimal], weights: Mapping[str, Decimal]
) -> Efficiency | None:
    """Return output per head of `own` against the best of it and its peers; None where nothing can be compared.

    An output that nobody has, or that is above zero for nobody, is left out and the others weigh more; one below zero counts as none.
    """
    found: list[Output] = []
    for code, weight in weights.items():
        each = {
            place: divide(value, heads[place], 2)
            for place in (own, *peers)
            if (value := outputs.get(place, {}).get(code)) is not None and heads.get(place, _NIL) > 0
        }
        if own not in each or len(each) == 1:
            continue
        best = min(each, key=lambda place: (-each[place], place))
        if each[best] <= 0:
            continue
        ratio = divide(max(each[own], _NIL), each[best], 4)
        missing = ((each[best] - each[own]) * heads[own]).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
        found.append(Output(code, weight, outputs[own][code] or _NIL, each[own], best, each[best], ratio, missing))
    whole = sum((output.weight for output in found), _NIL)
    if not whole:
        return None
    return Efficiency(divide(sum((output.weight * output.ratio for output in found), _NIL), whole, 4), tuple(found))


def _standardised(values: Mapping[str, Decimal | None]) -> dict[str, Decimal]:
    """Return each known value less the mean, in standard deviations; nothing where all are the same or fewer than two are known."""
    known = {key: value for key, value in values.items() if value is not None}
    if len(known) <= 1:
        return {}
    with localcontext() as exact:
        exact.prec = 40
        mean = sum(known.values(), _NIL) / len(known)
        spread = (sum(((value - mean) ** 2 for value in known.values()), _NIL) / len(known)).sqrt()
        return {key: (value - mean) / spread for key, value in known.items()} if spread else {}
