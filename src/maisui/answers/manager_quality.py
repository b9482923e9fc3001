"""What became of what belongs to a manager: loans by who was responsible when they were granted, collection, deposits, tiers, retention.

Loans stand whole, with whoever has a share of them; deposits are split as the batch splits them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.answers.figure import divide
from maisui.answers.held_by import Whose, by_person, holders_of, place_of
from maisui.answers.performance import within
from maisui.steps.tiers_sql import TIERS
from maisui.warehouse.reader import Reader

_NIL = Decimal(0)


@dataclass(frozen=True, slots=True)
class LoanVintage:
    """Loans of a year of disbursement, by the person's part: `granted_by` and `held_by` are own, other, or (when granted) unknown.

    Balances in yuan on the day: all, overdue, non-performing.
    """

    year: int
    granted_by: str
    held_by: str
    loan_count: int
    balance: Decimal
    overdue_balance: Decimal
    bad_balance: Decimal


@dataclass(frozen=True, slots=True)
class Collection:
    """Instalments that fell due while their loans belonged to the person: what was due and what of it came in by the day, in yuan."""

    due_count: int
    due_amount: Decimal
    received_amount: Decimal

    @property
    def rate(self) -> Decimal | None:
        """Return what came in as a share of what fell due; None where nothing did."""
        return divide(self.received_amount, self.due_amount, 6) if self.due_amount else None


@dataclass(frozen=True, slots=True)
class DepositQuality:
    """Deposits that belong to the person: on the last day before the year and on the day, and of the period: averages and interest by rate.

    `demand_days` and `all_days` are balance-days; `interest_amount` is what they cost by rate, in yuan.
    """

    base_balance: Decimal
    balance: Decimal
    demand_days: Decimal
    all_days: Decimal
    interest_amount: Decimal

    @property
    def increment(self) -> Decimal:
        """Return what came on top of the base."""
        return self.balance - self.base_balance

    @property
    def demand_share(self) -> Decimal | None:
        """Return demand deposits as a share of all, on average; None without deposits."""
        return divide(self.demand_days, self.all_days, 6) if self.all_days else None

    @property
    def cost_per_hundred(self) -> Decimal | None:
        """Return what 100 yuan of deposits cost in a year of 365 days; None without deposits."""
        return divide(self.interest_amount * 365 * 100, self.all_days, 2) if self.all_days else None


@dataclass(frozen=True, slots=True)
class TierCohort:
    """Customers managed when the year began, of one tier then: how many, kept, risen, fallen, and what the bank kept of that tier."""

    tier: str
    customer_count: int
    kept_count: int
    risen_count: int
    fallen_count: int
    bank_count: int
    bank_kept_count: int

    @property
    def expected(self) -> Decimal:
        """Return how many would have been kept at the bank's rate for the tier."""
        return divide(Decimal(self.customer_count * self.bank_kept_count), Decimal(self.bank_count), 2)


def loan_vintages(reader: Reader, whose: Whose, day: date, organisation: str | None) -> dict[str, tuple[LoanVintage, ...]]:
    """Return by person the loans with a balance on `day` that belong to him, or did when they were granted."""
    holders, values = holders_of(whose)
    rows = reader.rows(
        f"""
WITH {holders},
loans AS (
  SELECT l.loan_number, l.account_number, l.currency, l.disbursed_on, s.balance, s.overdue_since, s.loan_class
  FROM loan AS l
  INNER JOIN loan_state AS s
    ON s.loan_number = l.loan_number AND s.valid_from <= ? AND (s.valid_until IS NULL OR s.valid_until > ?) AND s.balance > 0
  WHERE {within("s.organisation_code", organisation)}
),
shares AS (
  SELECT
    l.loan_number, h.employee_number,
    h.valid_from <= l.disbursed_on AND (h.valid_until IS NULL OR h.valid_until > l.disbursed_on) AS was_then,
    h.valid_from <= ? AND (h.valid_until IS NULL OR h.valid_until > ?) AS is_now
  FROM loans AS l
  INNER JOIN account_allocation AS h ON h.account_number = l.account_number AND h.currency = l.currency
  WHERE h.employee_number <> 'unassigned'
),
granted AS (SELECT DISTINCT loan_number FROM shares WHERE was_then),
judged AS (
  SELECT p.person, s.loan_number, bool_or(s.was_then) AS granted_own, bool_or(s.is_now) AS held_own
  FROM shares AS s INNER JOIN holders AS p ON p.employee_number = s.employee_number
  GROUP BY p.person, s.loan_number
)
SELECT
  j.person, year(l.disbursed_on),
  CASE WHEN j.granted_own THEN 'own' WHEN g.loan_number IS NOT NULL THEN 'other' ELSE 'unknown' END,
  CASE WHEN j.held_own THEN 'own' ELSE 'other' END,
  count(*), sum(l.balance),
  coalesce(sum(l.balance) FILTER (WHERE l.overdue_since <= ?), 0),
  coalesce(sum(l.balance) FILTER (WHERE l.loan_class IN ('substandard', 'doubtful', 'loss')), 0)
FROM judged AS j
INNER JOIN loans AS l ON l.loan_number = j.loan_number
LEFT JOIN granted AS g ON g.loan_number = j.loan_number
WHERE j.granted_own OR j.held_own
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2 DESC, 3, 4
""",
        [*values, day, day, *place_of(organisation), day, day, day],
    )
    return by_person((person, LoanVintage(*loans)) for person, *loans in rows)


def collection(reader: Reader, whose: Whose, first: date, day: date, organisation: str | None) -> dict[str, Collection]:
    """Return by person what fell due from `first` to `day` on loans that were his on that day, and what came in of it."""
    holders, values = holders_of(whose)
    rows = reader.rows(
        f"""
WITH {holders},
due AS (
  SELECT DISTINCT p.person, r.loan_number, r.instalment_number, r.due_principal_amount + r.due_interest_amount AS amount
  FROM repayment_schedule AS r
  INNER JOIN loan AS l ON l.loan_number = r.loan_number
  INNER JOIN account_allocation AS a
    ON a.account_number = l.account_number AND a.currency = l.currency
    AND a.valid_from <= r.due_on AND (a.valid_until IS NULL OR a.valid_until > r.due_on)
  INNER JOIN holders AS p ON p.employee_number = a.employee_number
  WHERE r.due_on BETWEEN ? AND ? AND {within("l.organisation_code", organisation)}
),
came AS (
  SELECT loan_number, instalment_number, sum(principal_amount + interest_amount) AS amount
  FROM repayment_receipt WHERE received_on <= ? GROUP BY loan_number, instalment_number
)
SELECT d.person, count(*), sum(d.amount), sum(least(coalesce(c.amount, 0), d.amount))
FROM due AS d LEFT JOIN came AS c ON c.loan_number = d.loan_number AND c.instalment_number = d.instalment_number
GROUP BY d.person
""",
        [*values, first, day, *place_of(organisation), day],
    )
    return {person: Collection(int(count), Decimal(due), Decimal(received)) for person, count, due, received in rows}


def deposit_quality(
    reader: Reader, employees: Sequence[str], first: date, base_day: date, day: date, organisation: str | None
) -> DepositQuality:
    """Return the deposits of the holder of `employees`: base on `base_day`, now, and the months that end between `first` and `day`."""
    numbers = list(employees)
    balances = dict(
        reader.rows(
            "SELECT business_date, sum(balance) FROM manager_day WHERE account_kind = 'deposit' AND list_contains(?, employee_number) "
            f"AND (business_date = ? OR business_date = ?) AND {within('organisation_code', organisation)} GROUP BY business_date",
            [numbers, base_day, day, *place_of(organisation)],
        )
    )
    demand, whole, interest = reader.rows(
        "SELECT coalesce(sum(balance_days) FILTER (WHERE product_group = 'demand_deposit'), 0), coalesce(sum(balance_days), 0), "
        "coalesce(sum(interest_amount), 0) FROM contribution_month "
        "WHERE account_kind = 'deposit' AND list_contains(?, employee_number) AND business_date BETWEEN ? AND ? "
        f"AND {within('organisation_code', organisation)}",
        [numbers, first, day, *place_of(organisation)],
    )[0]
    return DepositQuality(balances.get(base_day, _NIL), balances.get(day, _NIL), demand, whole, interest)


def tier_cohorts(reader: Reader, whose: Whose, base_day: date, day: date, organisation: str | None) -> dict[str, tuple[TierCohort, ...]]:
    """Return by person the customers he managed the day after `base_day` by their tier on it, and what became of them by `day`.

    The bank's own rate is that of all customers of the tier on `base_day`, whoever managed them.
    """
    rows = reader.rows(
        f"""
WITH days AS (SELECT max(business_date) AS business_date FROM customer_standing WHERE business_date <= ?),
{TIERS},
merged AS (
  SELECT customer_number, surviving_number FROM customer_merge WHERE valid_from <= ? AND (valid_until IS NULL OR valid_until > ?)
),
opening AS (
  SELECT coalesce(g.surviving_number, s.customer_number) AS customer_number, s.tier_code, s.tier_rank
  FROM customer_standing AS s LEFT JOIN merged AS g ON g.customer_number = s.customer_number
  WHERE s.business_date = ?
  QUALIFY row_number() OVER (PARTITION BY coalesce(g.surviving_number, s.customer_number) ORDER BY s.tier_rank DESC, s.customer_number) = 1
),
closing AS (
  SELECT customer_number, tier_rank FROM customer_standing
  WHERE business_date = (SELECT business_date FROM days)
),
moves AS (
  SELECT o.customer_number, o.tier_code, coalesce(t.tier_rank, o.tier_rank) AS tier_rank, c.tier_rank AS later_rank
  FROM opening AS o LEFT JOIN closing AS c ON c.customer_number = o.customer_number LEFT JOIN tiers AS t ON t.tier_code = o.tier_code
),
bank AS (SELECT tier_code, tier_rank, count(*) AS customer_count, count(later_rank) AS kept_count FROM moves GROUP BY tier_code, tier_rank),
managed AS (
  SELECT DISTINCT m.person_number, coalesce(g.surviving_number, m.customer_number) AS customer_number
  FROM managed_customer_month AS m LEFT JOIN merged AS g ON g.customer_number = m.customer_number
  WHERE {"m.person_number = ? AND" if whose else ""} m.business_date <= CAST(? AS DATE) + 1 AND m.managed_until > CAST(? AS DATE) + 1
    AND {within("m.organisation_code", organisation)}
),
his AS (
  SELECT
    m.person_number, v.tier_code, v.tier_rank, count(*) AS customer_count, count(v.later_rank) AS kept_count,
    count(*) FILTER (WHERE v.later_rank > v.tier_rank) AS risen_count, count(*) FILTER (WHERE v.later_rank < v.tier_rank) AS fallen_count
  FROM managed AS m INNER JOIN moves AS v ON v.customer_number = m.customer_number
  GROUP BY m.person_number, v.tier_code, v.tier_rank
)
SELECT
  h.person_number, h.tier_code, h.customer_count, h.kept_count, h.risen_count, h.fallen_count, b.customer_count, b.kept_count
FROM his AS h INNER JOIN bank AS b ON b.tier_code = h.tier_code AND b.tier_rank = h.tier_rank
ORDER BY h.person_number, h.tier_rank
""",
        [day, day, day, base_day, *([whose.person] if whose else []), base_day, base_day, *place_of(organisation)],
    )
    return by_person((person, TierCohort(tier, *(int(count) for count in counts))) for person, tier, *counts in rows)
