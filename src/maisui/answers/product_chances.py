"""Where a product group is held less than it is elsewhere by the same holders: outlet by outlet, in customers and yuan a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from maisui.answers.ask import place_of
from maisui.answers.figure import divide
from maisui.answers.product_pairs import Interval, Pair
from maisui.metrics.measure_sql import View, subtree_condition
from maisui.warehouse.reader import Reader


@dataclass(frozen=True, slots=True)
class Chance:
    """One outlet at which fewer holders of `first` hold `second` than the lower end of the usual share says.

    Attributes:
        organisation: the outlet.
        first: whose holders are meant.
        second: what could be offered to them.
        first_count: holders of the first at the outlet.
        both_count: who of them hold the second as well.
        usual: the share in the whole organisation asked, with its interval.
        customer_count: how many more would hold the second at the lower end of the interval; never more than do not hold it.
        amount: that many times the contribution of one holder of the second, yuan a year.
    """

    organisation: str
    first: str
    second: str
    first_count: int
    both_count: int
    usual: Interval
    customer_count: int
    amount: Decimal

    @property
    def without_count(self) -> int:
        """Return who holds the first and not the second at the outlet."""
        return self.first_count - self.both_count

    @property
    def share(self) -> Decimal:
        """Return the share of the outlet's holders of the first that hold the second."""
        return divide(Decimal(self.both_count), Decimal(self.first_count), 6)


OutletCounts = Mapping[tuple[str, str, str], int]
"""Holders of two groups at an outlet, under outlet, first and second; a group beside itself counts its holders."""


def outlet_pair_counts(reader: Reader, organisation: str | None, customer_kind: str, view: View = View.AS_WAS) -> OutletCounts:
    """Return the pairs of every outlet within an organisation on the reporting date; None is the whole bank.

    Raises:
        QuestionError: when there is no such organisation.
    """
    scope = place_of(reader, organisation, view)
    inside = "" if scope.organisation is None else f" AND {subtree_condition(scope, 'm.organisation_code', 'm.business_date')}"
    rows = reader.rows(
        "SELECT organisation_code, product_group, other_product_group, holder_count FROM product_pair_day AS m "
        f"WHERE business_date = ? AND customer_kind = ?{inside}",
        [reader.manifest.reporting_date, customer_kind],
    )
    return {(outlet, first, second): int(count) for outlet, first, second, count in rows}


def chances(counts: OutletCounts, sure: Sequence[Pair], worth: Mapping[str, Decimal], fewest: int) -> list[Chance]:
    """Return the chances that sure pairs leave at outlets, the largest amount first.

    `worth` is the yearly contribution of one holder of each group; groups that bring nothing are no chance. An outlet and product stand
    once, with the holders among whom the chance is largest, so that nobody is counted twice. Fewer than `fewest` holders say nothing.
    """
    best: dict[tuple[str, str], Chance] = {}
    for pair in sure:
        value = worth.get(pair.second, Decimal(0))
        if pair.confidence is None or value <= 0:
            continue
        for (outlet, first, second), holders in counts.items():
            if first != pair.first or second != pair.first or holders < fewest:
                continue
            both = counts.get((outlet, pair.first, pair.second), 0)
            more = min(int(pair.confidence.low * holders) - both, holders - both)
            if more <= 0:
                continue
            found = Chance(outlet, pair.first, pair.second, holders, both, pair.confidence, more, divide(value * more, Decimal(1), 2))
            known = best.get((outlet, pair.second))
            if known is None or found.amount > known.amount:
                best[outlet, pair.second] = found
    return sorted(best.values(), key=lambda one: (-one.amount, one.organisation, one.second))
