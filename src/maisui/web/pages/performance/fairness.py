"""What keeps figures of persons fair: no rank among few, small bases marked, rates of few cases drawn towards the rate of all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from maisui.web.text import Text

AVERAGE_SCORE = Decimal(1000)
"""The score of somebody who did exactly what his post does on average."""
_CENT = Decimal("0.01")
_MILLIONTH = Decimal("0.000001")
BANDS: tuple[Text, ...] = (
    Text("前四分之一", "top quarter"),
    Text("中上", "upper middle"),
    Text("中下", "lower middle"),
    Text("后四分之一", "last quarter"),
)


def standard_scores(values: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Return each person's share of the post's whole times 1000 times its head count, to two places: 1000 is the average.

    Nobody has a score where the whole is not above zero.
    """
    whole = sum(values.values(), Decimal(0))
    if whole <= 0:
        return {}
    scale = AVERAGE_SCORE * len(values)
    return {person: (value * scale / whole).quantize(_CENT, rounding=ROUND_HALF_UP) for person, value in values.items()}


def drawn_rate(cases: Decimal, base: Decimal, rate_of_all: Decimal, weight: Decimal) -> Decimal | None:
    """Return a rate drawn towards that of all, as if `weight` further cases had happened at it; None without any base."""
    if base + weight <= 0:
        return None
    return ((cases + rate_of_all * weight) / (base + weight)).quantize(_MILLIONTH, rounding=ROUND_HALF_UP)


def band_of(value: Decimal, peers: Sequence[Decimal], *, more_is_better: bool, fewest: Decimal) -> Text | None:
    """Return in which quarter of `peers` (himself among them) a value stands; None among fewer than `fewest`.

    Equal values stand in the same quarter: that of the best place among them.
    """
    if len(peers) < fewest:
        return None
    ahead = sum(peer > value if more_is_better else peer < value for peer in peers)
    return BANDS[ahead * len(BANDS) // len(peers)]
