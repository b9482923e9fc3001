"""Through which channels a customer came, month by month: his own transactions, as `customer_channel_month` counts them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from maisui.metrics.measure_sql import last_month_end
from maisui.warehouse.reader import Reader

MONTHS = 13


@dataclass(frozen=True, slots=True)
class CustomerChannels:
    """Transactions by channel in each of the last months; channels with most transactions first, months in order."""

    months: tuple[date, ...]
    channels: tuple[str, ...]
    counts: dict[tuple[str, date], int]

    def of_channel(self, channel: str) -> int:
        """Return a channel's transactions of all the months."""
        return sum(self.counts.get((channel, month), 0) for month in self.months)

    def of_month(self, month: date) -> int:
        """Return a month's transactions through all channels."""
        return sum(self.counts.get((channel, month), 0) for channel in self.channels)


def customer_channels(reader: Reader, customer_number: str) -> CustomerChannels:
    """Return the channels of the person to whom a number belongs, with all numbers that were merged."""
    ends = [reader.manifest.reporting_date]
    while len(ends) < MONTHS and (before := last_month_end(ends[-1])) >= reader.manifest.first_date:
        ends.append(before)
    months = tuple(end.replace(day=1) for end in reversed(ends))
    rows = reader.rows(
        "SELECT channel_code, month_start, sum(transaction_count)::BIGINT FROM customer_channel_month "
        "WHERE customer_number = (SELECT person_customer_number FROM customer WHERE customer_number = ?) AND month_start >= ? GROUP BY ALL",
        [customer_number, months[0]],
    )
    counts = {(channel, month): count for channel, month, count in rows}
    totals: dict[str, int] = {}
    for (channel, _), count in counts.items():
        totals[channel] = totals.get(channel, 0) + count
    return CustomerChannels(months, tuple(sorted(totals, key=lambda channel: (-totals[channel], channel))), counts)
