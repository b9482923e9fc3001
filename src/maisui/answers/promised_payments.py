"""Whether what borrowers promised to pay came in: repayments of all their loans between two days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.warehouse.reader import Reader


@dataclass(frozen=True, slots=True)
class Promised:
    """What a customer promised to pay, from which day on payments count, and until when."""

    customer_number: str
    first_on: date
    promised_on: date


def received_of(reader: Reader, promised: Sequence[Promised]) -> list[Decimal | None]:
    """Return for each promise what was received on its days, in yuan; None for all where no repayments are delivered."""
    ((has_receipts,),) = reader.rows("SELECT count(*) > 0 FROM repayment_receipt")
    if not has_receipts or not promised:
        return [None] * len(promised)
    rows = reader.rows(
        "WITH asked AS (SELECT unnest(CAST(? AS BIGINT[])) AS place, unnest(CAST(? AS VARCHAR[])) AS customer_number, "
        "unnest(CAST(? AS DATE[])) AS first_on, unnest(CAST(? AS DATE[])) AS promised_on) "
        "SELECT a.place, CAST(coalesce(sum(r.principal_amount + r.interest_amount), 0) AS DECIMAL(38,2)) FROM asked AS a "
        "LEFT JOIN loan AS l ON l.customer_number = a.customer_number "
        "LEFT JOIN repayment_receipt AS r ON r.loan_number = l.loan_number AND r.received_on BETWEEN a.first_on AND a.promised_on "
        "GROUP BY a.place",
        [
            list(range(len(promised))),
            [one.customer_number for one in promised],
            [one.first_on for one in promised],
            [one.promised_on for one in promised],
        ],
    )
    found = dict(rows)
    return [found[place] for place in range(len(promised))]
