"""Who is tied to whom on the reporting date: delivered ties, households, groups, guarantees, and payments of twelve months, as persons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.models.panel import Marts

KINDS = ("household", "kin", "control", "shareholder", "legal_representative", "officer", "group", "guarantee", "payment", "other")
"""What a tie may be; each kind has its weight `circle.weight.<kind>`, delivered kinds that are not named here count as other."""


@dataclass(frozen=True, slots=True)
class Tie:
    """One kind of tie between two persons, `one` the lesser number: how often (payments, otherwise 1), and what was paid in yuan."""

    one: str
    other: str
    kind: str
    count: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Payment:
    """What one person paid another within twelve months: how often and how much in yuan; `is_payroll` for wages."""

    payer: str
    payee: str
    is_payroll: bool
    is_between_firms: bool
    count: int
    amount: Decimal


_DELIVERED = """
  SELECT first_party_key AS one, second_party_key AS other, tie_kind AS kind
  FROM customer_tie WHERE valid_from <= $day AND (valid_until IS NULL OR valid_until > $day)
  UNION ALL
  SELECT a.customer_number, b.customer_number, 'household' FROM household_member AS a
  INNER JOIN household_member AS b ON b.household_code = a.household_code AND b.customer_number > a.customer_number
    AND b.valid_from <= $day AND (b.valid_until IS NULL OR b.valid_until > $day)
  WHERE a.valid_from <= $day AND (a.valid_until IS NULL OR a.valid_until > $day)
  UNION ALL
  SELECT a.customer_number, b.customer_number, 'group' FROM customer_group_member AS a
  INNER JOIN customer_group_member AS b ON b.group_number = a.group_number AND b.customer_number > a.customer_number
    AND b.valid_from <= $day AND (b.valid_until IS NULL OR b.valid_until > $day)
  WHERE a.valid_from <= $day AND (a.valid_until IS NULL OR a.valid_until > $day)
  UNION ALL
  SELECT guarantor_number, borrower_number, 'guarantee' FROM guarantee_link
  WHERE NOT is_self AND guarantor_number IS NOT NULL AND borrower_number IS NOT NULL
    AND valid_from <= $day AND (valid_until IS NULL OR valid_until > $day)
"""
_PAID = """
WITH owner AS (
  SELECT DISTINCT a.account_number, c.person_customer_number AS number, p.customer_kind
  FROM account AS a INNER JOIN customer AS c ON c.customer_number = a.customer_number
  INNER JOIN customer AS p ON p.customer_number = c.person_customer_number
)
SELECT
  o.number AS payer, s.number AS payee, t.transaction_type = 'payroll' AS is_payroll,
  s.customer_kind = 'corporate' AND o.customer_kind = 'corporate' AS is_between_firms, count(*), CAST(sum(t.balance_change) AS DECIMAL(38,2))
FROM account_transaction AS t
INNER JOIN owner AS s ON s.account_number = t.account_number
INNER JOIN owner AS o ON o.account_number = t.counterparty_account AND o.number <> s.number
WHERE t.account_kind = 'deposit' AND NOT t.is_reversal AND t.transaction_type IN ('transfer', 'payroll') AND t.balance_change > 0
  AND t.posted_on > ? AND t.posted_on <= ?
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
"""


def delivered_ties(reader: Marts, day: date) -> tuple[Tie, ...]:
    """Return the ties in force between persons who are customers, each kind once a pair, in the order of their numbers."""
    delivered = _DELIVERED.replace("$day", f"DATE '{day}'")
    rows = reader.rows(
        f"WITH tie AS ({delivered}) "
        "SELECT DISTINCT least(a.person_customer_number, b.person_customer_number), "
        "greatest(a.person_customer_number, b.person_customer_number), t.kind FROM tie AS t "
        "INNER JOIN customer AS a ON a.customer_number = t.one INNER JOIN customer AS b ON b.customer_number = t.other "
        "WHERE a.person_customer_number <> b.person_customer_number ORDER BY 1, 2, 3"
    )
    return tuple(Tie(one, other, kind if kind in KINDS else "other", 1, Decimal(0)) for one, other, kind in rows)


def payments(reader: Marts, day: date) -> tuple[Payment, ...]:
    """Return who paid whom within the twelve months up to `day`, from the side of who was paid; ordered by payer and payee."""
    since = day.replace(year=day.year - 1, day=min(day.day, 28))
    return tuple(Payment(*row) for row in reader.rows(_PAID, [since, day]))


def payment_ties(paid: tuple[Payment, ...], fewest: int) -> tuple[Tie, ...]:
    """Return the pairs between whom at least `fewest` payments went, to and fro together, wages left out: they tie to an employer."""
    counts: dict[tuple[str, str], tuple[int, Decimal]] = {}
    for one in paid:
        if not one.is_payroll:
            pair = (min(one.payer, one.payee), max(one.payer, one.payee))
            count, amount = counts.get(pair, (0, Decimal(0)))
            counts[pair] = (count + one.count, amount + one.amount)
    return tuple(Tie(*pair, "payment", count, amount) for pair, (count, amount) in sorted(counts.items()) if count >= fewest)
