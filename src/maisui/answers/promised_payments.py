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


@dataclass(frozen=True, slots=True)
class Received:
    """What came of a promise.

    Attributes:
        amount: what was paid towards it, in yuan.
        is_cleared: whether he owed when he promised and owes nothing any more by its day, nothing written off or transferred.
        is_final: whether the repayments of its day are in.
    """

    amount: Decimal
    is_cleared: bool
    is_final: bool


@dataclass(frozen=True, slots=True)
class _Owed:
    """A stretch in which a loan had a balance, until its next report or the day it ended.

    Of a loan written off or transferred there is no end: from its day on it is given up.
    """

    first_on: date
    until: date | None
    is_given_up: bool

    def on(self, day: date) -> bool:
        return self.first_on <= day and (self.is_given_up or self.until is None or day < self.until)


def received_of(reader: Reader, promised: Sequence[Promised]) -> list[Received | None]:
    """Return for each promise what came of it; None for all where no repayments are delivered.

    Yuan received count once: towards the promise of the customer that is due first, up to its amount, then towards the next one.
    """
    known_until = _known_until(reader)
    if known_until is None or not promised:
        return [None] * len(promised)
    numbers = sorted({one.customer_number for one in promised})
    left, owed = _paid_by_day(reader, numbers), _owed(reader, numbers)
    found: dict[int, Received] = {}
    for place, one in sorted(enumerate(promised), key=lambda item: (item[1].promised_on, item[1].first_on, item[0])):
        last = min(one.promised_on, reader.manifest.reporting_date)
        loans = owed.get(one.customer_number, [])
        is_cleared = any(loan.on(one.first_on) for loan in loans) and not any(loan.on(last) for loan in loans)
        found[place] = Received(_taken(left.get(one.customer_number, {}), one), is_cleared, one.promised_on <= known_until)
    return [found[place] for place in range(len(promised))]


def _known_until(reader: Reader) -> date | None:
    """Return until which day repayments are in: that of the last file of them, or of the last repayment; None without any."""
    ((last,),) = reader.rows("SELECT max(received_on) FROM repayment_receipt")
    if last is None:
        return None
    ((delivered,),) = reader.rows("SELECT max(business_date) FROM delivery WHERE feed_code = 'repayment_receipt'")
    return min(max(last, delivered or last), reader.manifest.reporting_date)


def _owed(reader: Reader, numbers: Sequence[str]) -> Mapping[str, list[_Owed]]:
    rows = reader.rows(
        "SELECT l.customer_number, s.valid_from, least(s.valid_until, l.ended_on), s.loan_status IN ('written_off', 'transferred') "
        "FROM loan AS l INNER JOIN loan_state AS s ON s.loan_number = l.loan_number "
        "WHERE l.customer_number IN (SELECT unnest(CAST(? AS VARCHAR[]))) AND l.currency = 'CNY' AND s.valid_from <= ? "
        "AND (s.balance > 0 OR s.loan_status IN ('written_off', 'transferred'))",
        [list(numbers), reader.manifest.reporting_date],
    )
    found: dict[str, list[_Owed]] = {}
    for number, first_on, until, is_given_up in rows:
        found.setdefault(number, []).append(_Owed(first_on, until, is_given_up))
    return found


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
