"""Scores of ability within a post: parts standardised among peers, drawn towards the post's mean, weighed, with an interval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from enum import StrEnum

from maisui.answers.figure import divide

AVERAGE = Decimal(50)
POINTS_A_DEVIATION = Decimal(10)
NORMAL_95 = Decimal("1.96")
"""How many standard errors lie on each side of 95 % of a normal distribution."""
_NIL, _ONE = Decimal(0), Decimal(1)
_PLACES, _HUNDREDTH = Decimal("0.1"), Decimal("0.01")


class Without(StrEnum):
    """Why there is no score."""

    NO_FIGURES = "no_figures"
    SMALL_BASE = "small_base"
    FEW_PEERS = "few_peers"
    NO_DIFFERENCE = "no_difference"


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of one person in one part: total over base; `variance` is that of one case, None for a share of cases.

    `manual` is what of the total no system recorded and somebody approved, `unweighted` what the rest was before factors.
    """

    total: Decimal
    base: Decimal
    variance: Decimal | None = None
    manual: Decimal = _NIL
    unweighted: Decimal = _NIL

    @property
    def weighted(self) -> Decimal:
        """Return what of the total systems recorded, with its factors."""
        return self.total - self.manual

    @property
    def value(self) -> Decimal:
        """Return the total for each case of the base."""
        return divide(self.total, self.base, 6)


@dataclass(frozen=True, slots=True)
class PartRule:
    """How a part counts: its weight, how many cases the post's mean weighs against a person's own, and whether more is better."""

    weight: Decimal
    trust: Decimal
    more_is_better: bool


@dataclass(frozen=True, slots=True)
class ScoredPart:
    """One part of a score: value over its base, the post's mean, deviations from it before and after it is drawn, points it adds.

    `is_counted` is False where the base is small or nobody in the post differs; then deviations are None. `manual` is what of the
    value no system recorded.
    """

    code: str
    weight: Decimal
    value: Decimal
    base: Decimal
    mean: Decimal
    deviations: Decimal | None
    drawn: Decimal | None
    is_small: bool
    manual: Decimal = _NIL

    @property
    def shown(self) -> Decimal | None:
        """Return the drawn deviation to two places."""
        return None if self.drawn is None else self.drawn.quantize(_HUNDREDTH, rounding=ROUND_HALF_UP)

    @property
    def is_counted(self) -> bool:
        """Return whether the part is in the score."""
        return self.drawn is not None


@dataclass(frozen=True, slots=True)
class Ability:
    """A person's score with both ends of its 95 % interval, its parts, and how many are compared; 50 is the mean of the post."""

    score: Decimal
    low: Decimal
    high: Decimal
    parts: tuple[ScoredPart, ...]
    peer_count: int


def ability(
    person: str, peers: Mapping[str, Mapping[str, Measured]], rules: Mapping[str, PartRule], *, fewest: Decimal, smallest: Decimal
) -> Ability | Without:
    """Return the score of `person` among `peers` (himself among them), all of one post.

    For each part: mean = Σ totals ÷ Σ bases of the post; z = (value − mean) ÷ standard deviation of the peers' values; drawn = z × base ÷
    (base + trust). The score is 50 + 10 × the weighted mean of the drawn z. Bases below `smallest` count for nobody; with fewer than
    `fewest` peers in a part it is left out; none left: no score.
    """
    own = peers.get(person, {})
    if not own:
        return Without.NO_FIGURES
    found: list[ScoredPart] = []
    errors: dict[str, Decimal] = {}
    most = 0
    for code, rule in rules.items():
        measured = own.get(code)
        if measured is None or not rule.weight:
            continue
        usable = {peer: parts[code] for peer, parts in peers.items() if code in parts and parts[code].base >= smallest}
        if measured.base < smallest or len(usable) < fewest:
            mean = _mean(usable) if len(usable) >= fewest else measured.value
            is_small = measured.base < smallest
            found.append(ScoredPart(code, rule.weight, measured.value, measured.base, mean, None, None, is_small, _manual(measured)))
            continue
        most = max(most, len(usable))
        scored, error = _scored(code, rule, measured, usable)
        found.append(scored)
        errors[code] = error
    counted = [part for part in found if part.drawn is not None]
    if not counted:
        return _why(found, most)
    whole = sum((part.weight for part in counted), _NIL)
    with localcontext() as exact:
        exact.prec = 40
        middle = AVERAGE + POINTS_A_DEVIATION * sum((part.weight * (part.drawn or _NIL) for part in counted), _NIL) / whole
        spread = sum(((part.weight * errors[part.code]) ** 2 for part in counted), _NIL).sqrt() / whole
        half = POINTS_A_DEVIATION * NORMAL_95 * spread
        score, low, high = ((middle + side).quantize(_PLACES, rounding=ROUND_HALF_UP) for side in (_NIL, -half, half))
    return Ability(score, low, high, tuple(found), most)


def _scored(code: str, rule: PartRule, measured: Measured, usable: Mapping[str, Measured]) -> tuple[ScoredPart, Decimal]:
    """Return a part as it is scored, and its standard error in deviations of the post, drawn as the part is."""
    mean = _mean(usable)
    with localcontext() as exact:
        exact.prec = 40
        values = [one.value for one in usable.values()]
        middle = sum(values, _NIL) / len(values)
        spread = (sum(((value - middle) ** 2 for value in values), _NIL) / len(values)).sqrt()
        if not spread:
            alike = ScoredPart(code, rule.weight, measured.value, measured.base, mean, None, None, is_small=False, manual=_manual(measured))
            return alike, _NIL
        share = measured.base / (measured.base + rule.trust)
        deviations = (measured.value - mean) / spread * (1 if rule.more_is_better else -1)
        error = (_variance(usable) / measured.base).sqrt() / spread * share
    return (
        ScoredPart(
            code,
            rule.weight,
            measured.value,
            measured.base,
            mean,
            deviations.quantize(_HUNDREDTH, rounding=ROUND_HALF_UP),
            (deviations * share).quantize(Decimal("0.0001"), rounding=ROUND_HALF_UP),
            is_small=False,
            manual=_manual(measured),
        ),
        error,
    )


def _why(parts: list[ScoredPart], most: int) -> Without:
    if all(part.is_small for part in parts):
        return Without.SMALL_BASE if parts else Without.NO_FIGURES
    return Without.NO_DIFFERENCE if most else Without.FEW_PEERS


def _manual(measured: Measured) -> Decimal:
    return divide(measured.manual, measured.base, 6)


def _mean(usable: Mapping[str, Measured]) -> Decimal:
    return divide(sum((one.total for one in usable.values()), _NIL), sum((one.base for one in usable.values()), _NIL), 6)


def _variance(usable: Mapping[str, Measured]) -> Decimal:
    """Return the variance of one case in the post: that of a share by its mean, otherwise the persons' own, weighed by their bases."""
    if all(one.variance is not None for one in usable.values()):
        whole = sum((one.base for one in usable.values()), _NIL)
        return sum(((one.variance or _NIL) * one.base for one in usable.values()), _NIL) / whole
    mean = _mean(usable)
    return mean * (_ONE - mean)
