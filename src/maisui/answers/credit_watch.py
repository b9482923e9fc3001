"""What is known of borrowers beside their score: class, arrears, and what they are to a guarantee chain or circle."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from maisui.warehouse.reader import Reader

CLASSES = ("none", "pass", "special_mention", "substandard", "doubtful", "loss")
"""Words of the ranks of `customer_fact_month.loan_class_rank`; unclassified stands with special mention."""


@dataclass(frozen=True, slots=True)
class BorrowerState:
    """A borrower on the day he was scored: worst class, days overdue; and today's circle (its parties), mutual guarantee and chain."""

    loan_class: str
    overdue_day_count: int
    circle_party_count: int
    has_mutual: bool
    is_in_chain: bool


def borrower_states(reader: Reader, day: date, customers: Sequence[str]) -> dict[str, BorrowerState]:
    """Return the state of each of `customers` that is known on `day`."""
    places = ", ".join("?" for _ in customers)
    found = reader.rows(
        f"""
SELECT
  f.customer_number, f.loan_class_rank, f.overdue_day_count, coalesce(g.circle_party_count, 0), coalesce(g.has_mutual, false),
  coalesce(g.is_in_chain, false)
FROM customer_fact_month AS f
LEFT JOIN (
  SELECT
    customer_number, max(circle_party_count) AS circle_party_count, bool_or(has_mutual) AS has_mutual,
    bool_or(chain_code IS NOT NULL) AS is_in_chain
  FROM guarantee_party
  WHERE customer_number IS NOT NULL
  GROUP BY customer_number
) AS g ON g.customer_number = f.customer_number
WHERE f.business_date = ? AND f.customer_number IN ({places or "NULL"})
ORDER BY f.customer_number""",
        [day, *customers],
    )
    return {number: BorrowerState(CLASSES[rank], days, parties, mutual, chain) for number, rank, days, parties, mutual, chain in found}
