"""Whether a file gives its rates in percent, as agreed, or as fractions: decided once for each column by all its values, and told."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from maisui.intake.arrow import Table, pa, pc
from maisui.intake.receipt import RATES_AS_FRACTION, Notice
from maisui.sources.contract import ColumnKind, Feed

ASSUMED_PERCENT = "rates_assumed_percent"
_LARGEST_OF_ALL = Decimal("0.36")
_MIDDLE_OF_DEPOSITS = Decimal("0.04")
_LOW_LIMIT = Decimal("0.06")


class RateUnits:
    """Counts the values of the columns that hold rates in percent."""

    def __init__(self, feed: Feed) -> None:
        """Take the contract, which names the columns and the largest rate that can be a fraction."""
        self._largest = Decimal(feed.largest_fraction)
        self._values: dict[str, Counter[str]] = {
            c.name: Counter() for c in feed.columns if c.name in feed.percent_rates and c.kind is ColumnKind.RATE
        }

    def add(self, table: Table) -> None:
        """Count the rates of rows that passed their checks."""
        for name, values in self._values.items():
            column = table.column(name)
            plain = column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
            for pair in pc.value_counts(plain).to_pylist():
                values[pair["values"]] += pair["counts"]

    def notices(self) -> list[Notice]:
        """Return for each column whether its rates are fractions, or might be and were taken for percent."""
        found: list[Notice] = []
        for name, values in self._values.items():
            rates = sorted((Decimal(text), count) for text, count in values.items() if text and Decimal(text) > 0)
            if rates:
                found.extend(self._verdict(name, rates))
        return found

    def _verdict(self, name: str, rates: list[tuple[Decimal, int]]) -> list[Notice]:
        count, largest = sum(n for _, n in rates), rates[-1][0]
        middle = _middle(rates, count)
        if largest <= self._largest and (self._largest > _LOW_LIMIT or middle < _MIDDLE_OF_DEPOSITS):
            text = (
                f"the {count} rates in {name} reach {largest:f} at most: taken as fractions, so {largest:f} means {largest * 100:f} percent"
            )
            return [Notice(RATES_AS_FRACTION, name, count, text)]
        if largest <= _LARGEST_OF_ALL:
            text = f"the {count} rates in {name} reach {largest:f} at most: taken as percent, as agreed"
            return [Notice(ASSUMED_PERCENT, name, count, text)]
        return []


def _middle(rates: list[tuple[Decimal, int]], count: int) -> Decimal:
    seen = 0
    for rate, times in rates:
        seen += times
        if seen * 2 >= count:
            return rate
    return rates[-1][0]
