"""What happens when a product's rate or fee changes: how its balance answered in the past, or by a dated parameter; else nothing is said.

A past change counts where the rate at which accounts are opened moved by `product_smallest_change` from one month to the next. Its
response is the growth of the balance over the month after it less that of the month before, for each percentage point. From fewer than
`product_fewest_changes` of them nothing is estimated, nor where their whole interval says what no price does (more use at higher fees,
more loans at higher rates, fewer deposits at higher rates): what moved then was something else. Then `product_rate_response.<group>`,
stated by two people, is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext

from maisui.answers.figure import divide
from maisui.answers.product_pairs import Interval
from maisui.answers.product_settings import ProductSettings

_PRECISION = 40
_DECIMALS = 6
FEE_STEP = Decimal("0.1")
"""By which change of fees a response is stated, and from which a past change counts."""


@dataclass(frozen=True, slots=True)
class PricedMonth:
    """One month of a product: the price at which it was sold (None where nothing was), and its average balance or use."""

    price: Decimal | None
    volume: Decimal


@dataclass(frozen=True, slots=True)
class Response:
    """How volume answers one step of price: a share with its interval, estimated from `change_count` changes or stated (0)."""

    share: Interval
    change_count: int

    @property
    def is_stated(self) -> bool:
        """Return whether a parameter says it."""
        return self.change_count == 0


@dataclass(frozen=True, slots=True)
class Refused:
    """Why no response is known: how many changes there were, how many it takes, and what they said where no price does that."""

    change_count: int
    fewest: int
    against: Interval | None = None


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What a change of the rate does in a year: balance now and then, margin now and then, with the ends of the response's interval."""

    balance: Decimal
    balance_after: Interval
    margin: Decimal
    margin_after: Interval
    change: Interval


def responses(months: Sequence[PricedMonth], step: Decimal, smallest: Decimal) -> list[Decimal]:
    """Return the response of volume to each past change of price, for a change by `step`; months follow each other without a gap."""
    found: list[Decimal] = []
    with localcontext() as exact:
        exact.prec = _PRECISION
        for before, at, after in zip(months, months[1:], months[2:], strict=False):
            if before.price is None or at.price is None or not before.volume or not at.volume:
                continue
            moved = at.price - before.price
            if abs(moved) >= smallest:
                grown = after.volume / at.volume - at.volume / before.volume
                found.append(grown / (moved / step))
    return found


def response_of(found: Sequence[Decimal], deviations: Decimal, fewest: int, stated: Decimal | None, *, grows: bool) -> Response | Refused:
    """Return the mean of past responses with its interval, a stated one where they tell nothing, or why there is none.

    `grows` says whether a higher price can only bring volume (deposits), or only cost it (loans, fees).
    """
    estimated = _estimated(found, deviations) if len(found) >= max(fewest, 2) else None
    if estimated is not None and (estimated.high >= 0 if grows else estimated.low <= 0):
        return Response(estimated, len(found))
    if stated is not None:
        return Response(Interval(stated, stated, stated), 0)
    return Refused(len(found), fewest, estimated)


def _estimated(found: Sequence[Decimal], deviations: Decimal) -> Interval:
    with localcontext() as exact:
        exact.prec = _PRECISION
        mean = sum(found, Decimal(0)) / len(found)
        spread = sum(((one - mean) ** 2 for one in found), Decimal(0)) / (len(found) - 1)
        error = deviations * (spread / len(found)).sqrt()
    return Interval(*(divide(end, Decimal(1), _DECIMALS) for end in (mean, mean - error, mean + error)))


def rate_response(months: Sequence[PricedMonth], group: str | None, settings: ProductSettings, *, is_deposit: bool) -> Response | Refused:
    """Return how the balance of a product answers a rate higher by one percentage point."""
    found = responses(months, Decimal("0.01"), settings.number("product_smallest_change"))
    stated = settings.stated(f"product_rate_response.{group}") if group else None
    fewest = int(settings.number("product_fewest_changes"))
    return response_of(found, settings.number("product_significance"), fewest, stated.value if stated else None, grows=is_deposit)


def fee_response(months: Sequence[PricedMonth], group: str | None, settings: ProductSettings) -> Response | Refused:
    """Return how the use of a product answers fees higher by a tenth; a past change is one of the fee of each use by as much."""
    found: list[Decimal] = []
    for before, at, after in zip(months, months[1:], months[2:], strict=False):
        if before.price and at.price is not None:
            moved = divide(at.price - before.price, before.price, _DECIMALS)
            found += responses([PricedMonth(Decimal(0), before.volume), PricedMonth(moved, at.volume), after], FEE_STEP, FEE_STEP)
    stated = settings.stated(f"product_fee_response.{group}") if group else None
    fewest = int(settings.number("product_fewest_changes"))
    return response_of(found, settings.number("product_significance"), fewest, stated.value if stated else None, grows=False)


def fee_what_if(used: Decimal, fees: Decimal, percent: Decimal, response: Response) -> WhatIf:
    """Return what fees higher by `percent` do in a year to `used` transactions that pay `fees`."""
    with localcontext() as exact:
        exact.prec = _PRECISION
        change = percent / 100
        shares = (response.share.value, response.share.low, response.share.high)
        counts = [max(used * (1 + share * change / FEE_STEP), Decimal(0)) for share in shares]
        paid = [fees / used * (1 + change) * count if used else Decimal(0) for count in counts]
    count, *ends = (divide(one, Decimal(1), 2) for one in counts)
    value, *paid_ends = (divide(one, Decimal(1), 2) for one in paid)
    after = Interval(value, min(paid_ends), max(paid_ends))
    moved = Interval(after.value - fees, after.low - fees, after.high - fees)
    return WhatIf(used, Interval(count, min(ends), max(ends)), fees, after, moved)


def rate_what_if(balance: Decimal, margin: Decimal, points: Decimal, response: Response, *, is_deposit: bool) -> WhatIf:
    """Return what a rate higher by `points` percentage points does in a year to a balance that bears `margin` a year.

    The new margin is (margin rate ∓ points) × the new balance: a higher rate costs on deposits and earns on loans.
    """
    with localcontext() as exact:
        exact.prec = _PRECISION
        rate = margin / balance if balance else Decimal(0)
        rate_after = rate - points / 100 if is_deposit else rate + points / 100
        balances = [
            max(balance * (1 + share * points), Decimal(0)) for share in (response.share.value, response.share.low, response.share.high)
        ]
        margins = [one * rate_after for one in balances]
    value, *ends = (divide(one, Decimal(1), 2) for one in balances)
    margin_value, *margin_ends = (divide(one, Decimal(1), 2) for one in margins)
    after = Interval(margin_value, min(margin_ends), max(margin_ends))
    return WhatIf(
        balance,
        Interval(value, min(ends), max(ends)),
        margin,
        after,
        Interval(after.value - margin, after.low - margin, after.high - margin),
    )
