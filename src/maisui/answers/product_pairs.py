"""What customers hold together and take up one after the other: support, confidence and lift of pairs of product groups.

Of the holders of a first group, `confidence` is the share that holds the second as well, with its Wilson interval; `lift` is that share
over the share of all customers. Counted on the reporting date, for one kind of customer, within an organisation.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext

from maisui.answers.ask import place_of
from maisui.answers.figure import divide
from maisui.metrics.measure_sql import View, subtree_condition
from maisui.warehouse.reader import Reader

EVERYBODY = "all"
"""The group that every customer is in."""
_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class Interval:
    """A share with both ends of its interval."""

    value: Decimal
    low: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Pair:
    """Two product groups; shares are None where too few hold the first (lift: or the second), or nobody could take the second up.

    Attributes:
        first: the group whose holders are looked at.
        second: the group that some of them hold as well.
        first_count: holders of the first.
        both_count: holders of both.
        support: holders of both over all customers.
        confidence: holders of both over holders of the first.
        lift: confidence over the share of all customers who hold the second.
        earlier_count: who held the first and not the second twelve months before.
        taken_up: of these, who hold the second now.
        usual: of all customers who did not hold the second then, who hold it now.
        switched_count: who hold the second now and gave up the first.
    """

    first: str
    second: str
    first_count: int
    both_count: int
    support: Decimal | None
    confidence: Interval | None
    lift: Interval | None
    earlier_count: int
    taken_up: Interval | None
    usual: Decimal | None
    switched_count: int

    @property
    def without_count(self) -> int:
        """Return who holds the first and not the second."""
        return self.first_count - self.both_count


@dataclass(frozen=True, slots=True)
class PairTable:
    """Every pair of product groups that somebody holds on `day`, out of `customer_count` customers."""

    day: date
    customer_count: int
    groups: tuple[tuple[str, int], ...]
    pairs: tuple[Pair, ...]


def wilson(part: int, whole: int, deviations: Decimal) -> Interval:
    """Return a share of counts with its Wilson interval, `deviations` standard errors on either side; `whole` is above 0."""
    with localcontext() as exact:
        exact.prec = 40
        count, share, square = Decimal(whole), Decimal(part) / Decimal(whole), deviations * deviations
        middle = share + square / (2 * count)
        spread = deviations * (share * (1 - share) / count + square / (4 * count * count)).sqrt()
        low, high = (middle - spread) / (1 + square / count), (middle + spread) / (1 + square / count)
    return Interval(*(divide(max(Decimal(0), min(Decimal(1), end)), Decimal(1), _DECIMALS) for end in (share, low, high)))


def product_pairs(
    reader: Reader, organisation: str | None, customer_kind: str, *, deviations: Decimal, fewest: int, view: View = View.AS_WAS
) -> PairTable:
    """Return the pairs of product groups of one kind of customer within an organisation and all below it; None is the whole bank.

    Raises:
        QuestionError: when there is no such organisation.
    """
    scope, day = place_of(reader, organisation, view), reader.manifest.reporting_date
    inside = "" if scope.organisation is None else f" AND {subtree_condition(scope, 'm.organisation_code', 'm.business_date')}"
    rows = reader.rows(
        "SELECT product_group, other_product_group, sum(holder_count), sum(earlier_holder_count), sum(taken_up_count), sum(switched_count) "
        f"FROM product_pair_day AS m WHERE business_date = ? AND customer_kind = ?{inside} GROUP BY 1, 2 ORDER BY 1, 2",
        [day, customer_kind],
    )
    counts = {(first, second): tuple(int(count) for count in found) for first, second, *found in rows}
    everybody = counts.get((EVERYBODY, EVERYBODY), (0, 0, 0, 0))[0]
    held = {first: found[0] for (first, second), found in counts.items() if first == second and first != EVERYBODY and found[0]}
    groups = tuple(sorted(held.items(), key=lambda one: (-one[1], one[0])))
    pairs = [
        _pair(counts, first, second, held, everybody, deviations, fewest) for first, _ in groups for second, _ in groups if first != second
    ]
    return PairTable(day, everybody, groups, tuple(pairs))


def _pair(
    counts: dict[tuple[str, str], tuple[int, ...]],
    first: str,
    second: str,
    held: dict[str, int],
    everybody: int,
    deviations: Decimal,
    fewest: int,
) -> Pair:
    both, earlier, taken, switched = counts.get((first, second), (0, 0, 0, 0))
    _, without, came, _ = counts.get((EVERYBODY, second), (0, 0, 0, 0))
    confidence = wilson(both, held[first], deviations) if held[first] >= fewest else None
    lift = None
    if confidence is not None and held[second] >= fewest and everybody:
        base = Decimal(held[second]) / Decimal(everybody)
        lift = Interval(*(divide(end, base, _DECIMALS) for end in (confidence.value, confidence.low, confidence.high)))
    return Pair(
        first,
        second,
        held[first],
        both,
        divide(Decimal(both), Decimal(everybody), _DECIMALS) if everybody else None,
        confidence,
        lift,
        earlier,
        wilson(taken, earlier, deviations) if earlier >= fewest else None,
        divide(Decimal(came), Decimal(without), _DECIMALS) if without else None,
        switched,
    )
