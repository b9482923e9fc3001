"""What borrowers who promised to pay did pay: the repayments of all their loans, in yuan, by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.warehouse.reader import Reader


@dataclass(frozen=True, slots=True)
class Promised:
    """What a customer promised to pay: the amount in yuan, from which day on payments count, and until when."""

    customer_number: str
    amount: Decimal
    first_on: date
    promised_on: date


def received_of(reader: Reader, promised: Sequence[Promised]) -> list[Decimal | None]:
    """Return for each promise what was paid towards it, in yuan; None for all where no repayments are delivered.

    Yuan received count once: towards the promise of the customer that is due first, up to its amount, then towards the next one.
    """
    ((has_receipts,),) = reader.rows("SELECT count(*) > 0 FROM repayment_receipt")
    if not has_receipts or not promised:
        return [None] * len(promised)
    left = _paid_by_day(reader, sorted({one.customer_number for one in promised}))
    found: dict[int, Decimal] = {}
    for place, one in sorted(enumerate(promised), key=lambda item: (item[1].promised_on, item[1].first_on, item[0])):
        found[place] = _taken(left.get(one.customer_number, {}), one)
    return [found[place] for place in range(len(promised))]


def _taken(left: dict[date, Decimal], one: Promised) -> Decimal:
    """Take from what is left what counts towards a promise, and return how much it is."""
    taken = Decimal("0.00")
    for day in sorted(day for day in left if one.first_on <= day <= one.promised_on):
        part = min(left[day], one.amount - taken)
        left[day] -= part
        taken += part
    return taken


def _paid_by_day(reader: Reader, numbers: Sequence[str]) -> Mapping[str, dict[date, Decimal]]:
    rows = reader.rows(
        "SELECT l.customer_number, r.received_on, CAST(sum(r.principal_amount + r.interest_amount) AS DECIMAL(38,2)) "
        "FROM loan AS l INNER JOIN repayment_receipt AS r ON r.loan_number = l.loan_number "
        "WHERE l.customer_number IN (SELECT unnest(CAST(? AS VARCHAR[]))) AND l.currency = 'CNY' GROUP BY 1, 2",
        [list(numbers)],
    )
    found: dict[str, dict[date, Decimal]] = {}
    for number, day, amount in rows:
        found.setdefault(number, {})[day] = amount
    return found
