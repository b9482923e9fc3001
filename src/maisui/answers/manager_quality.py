"""What became of what belongs to a manager: loans by who was responsible when they were granted, collection, deposits, tiers, retention.

Loans stand whole, with whoever has a share of them; deposits are split as the batch splits them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.answers.figure import divide
from maisui.answers.performance import within
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


def loan_vintages(reader: Reader, employees: Sequence[str], day: date, organisation: str | None) -> tuple[LoanVintage, ...]:
    """Return the loans with a balance on `day` that belong to the holder of `employees`, or did when they were granted."""
    rows = reader.rows(
        f"""
WITH shares AS (
  SELECT account_number, currency, valid_from, valid_until, list_contains(?, employee_number) AS is_own
  FROM account_allocation WHERE employee_number <> 'unassigned'
),
loans AS (
  SELECT l.loan_number, l.account_number, l.currency, l.disbursed_on, s.balance, s.overdue_since, s.loan_class
  FROM loan AS l
  INNER JOIN loan_state AS s
    ON s.loan_number = l.loan_number AND s.valid_from <= ? AND (s.valid_until IS NULL OR s.valid_until > ?) AND s.balance > 0
  WHERE {within("s.organisation_code", organisation)}
),
judged AS (
  SELECT
    l.loan_number,
    bool_or(h.valid_from <= l.disbursed_on AND (h.valid_until IS NULL OR h.valid_until > l.disbursed_on) AND h.is_own) AS granted_own,
    bool_or(h.valid_from <= l.disbursed_on AND (h.valid_until IS NULL OR h.valid_until > l.disbursed_on)) AS granted_known,
    bool_or(h.valid_from <= ? AND (h.valid_until IS NULL OR h.valid_until > ?) AND h.is_own) AS held_own
  FROM loans AS l
  INNER JOIN shares AS h ON h.account_number = l.account_number AND h.currency = l.currency
  GROUP BY l.loan_number
)
SELECT
  year(l.disbursed_on),
  CASE WHEN j.granted_own THEN 'own' WHEN j.granted_known THEN 'other' ELSE 'unknown' END,
  CASE WHEN j.held_own THEN 'own' ELSE 'other' END,
  count(*), sum(l.balance),
  coalesce(sum(l.balance) FILTER (WHERE l.overdue_since <= ?), 0),
  coalesce(sum(l.balance) FILTER (WHERE l.loan_class IN ('substandard', 'doubtful', 'loss')), 0)
FROM judged AS j
INNER JOIN loans AS l ON l.loan_number = j.loan_number
WHERE j.granted_own OR j.held_own
GROUP BY 1, 2, 3 ORDER BY 1 DESC, 2, 3
""",
        [list(employees), day, day, *_place(organisation), day, day, day],
    )
    return tuple(LoanVintage(*row) for row in rows)


def collection(reader: Reader, employees: Sequence[str], first: date, day: date, organisation: str | None) -> Collection:
    """Return what fell due from `first` to `day` on loans that belonged to the holder of `employees` on that day, and what came in."""
    count, due, received = reader.rows(
        f"""
WITH due AS (
  SELECT DISTINCT r.loan_number, r.instalment_number, r.due_principal_amount + r.due_interest_amount AS amount
  FROM repayment_schedule AS r
  INNER JOIN loan AS l ON l.loan_number = r.loan_number
  INNER JOIN account_allocation AS a
    ON a.account_number = l.account_number AND a.currency = l.currency AND list_contains(?, a.employee_number)
    AND a.valid_from <= r.due_on AND (a.valid_until IS NULL OR a.valid_until > r.due_on)
  WHERE r.due_on BETWEEN ? AND ? AND {within("l.organisation_code", organisation)}
),
came AS (
  SELECT loan_number, instalment_number, sum(principal_amount + interest_amount) AS amount
  FROM repayment_receipt WHERE received_on <= ? GROUP BY loan_number, instalment_number
)
SELECT count(*), coalesce(sum(d.amount), 0), coalesce(sum(least(coalesce(c.amount, 0), d.amount)), 0)
FROM due AS d LEFT JOIN came AS c ON c.loan_number = d.loan_number AND c.instalment_number = d.instalment_number
""",
        [list(employees), first, day, *_place(organisation), day],
    )[0]
    return Collection(int(count), Decimal(due), Decimal(received))


def deposit_quality(
    reader: Reader, employees: Sequence[str], first: date, base_day: date, day: date, organisation: str | None
) -> DepositQuality:
    """Return the deposits of the holder of `employees`: base on `base_day`, now, and the months that end between `first` and `day`."""
    numbers = list(employees)
    balances = dict(
        reader.rows(
            "SELECT business_date, sum(balance) FROM manager_day WHERE account_kind = 'deposit' AND list_contains(?, employee_number) "
            f"AND (business_date = ? OR business_date = ?) AND {within('organisation_code', organisation)} GROUP BY business_date",
            [numbers, base_day, day, *_place(organisation)],
        )
    )
    demand, whole, interest = reader.rows(
        "SELECT coalesce(sum(balance_days) FILTER (WHERE product_group = 'demand_deposit'), 0), coalesce(sum(balance_days), 0), "
        "coalesce(sum(interest_amount), 0) FROM contribution_month "
        "WHERE account_kind = 'deposit' AND list_contains(?, employee_number) AND business_date BETWEEN ? AND ? "
        f"AND {within('organisation_code', organisation)}",
        [numbers, first, day, *_place(organisation)],
    )[0]
    return DepositQuality(balances.get(base_day, _NIL), balances.get(day, _NIL), demand, whole, interest)


def tier_cohorts(reader: Reader, person: str, base_day: date, day: date, organisation: str | None) -> tuple[TierCohort, ...]:
    """Return the customers managed by `person` the day after `base_day` by their tier on it, and what became of them by `day`.

    The bank's own rate is that of all customers of the tier on `base_day`, whoever managed them.
    """
    rows = reader.rows(
        f"""
WITH last AS (SELECT max(business_date) AS business_date FROM customer_standing WHERE business_date <= ?),
opening AS (
  SELECT coalesce(g.surviving_number, s.customer_number) AS customer_number, s.tier_code, s.tier_rank
  FROM customer_standing AS s
  LEFT JOIN customer_merge AS g
    ON g.customer_number = s.customer_number AND g.valid_from <= ? AND (g.valid_until IS NULL OR g.valid_until > ?)
  WHERE s.business_date = ?
  QUALIFY row_number() OVER (PARTITION BY coalesce(g.surviving_number, s.customer_number) ORDER BY s.tier_rank DESC, s.customer_number) = 1
),
managed AS (
  SELECT DISTINCT coalesce(g.surviving_number, m.customer_number) AS customer_number
  FROM managed_customer_month AS m
  LEFT JOIN customer_merge AS g
    ON g.customer_number = m.customer_number AND g.valid_from <= ? AND (g.valid_until IS NULL OR g.valid_until > ?)
  WHERE m.person_number = ? AND m.business_date <= CAST(? AS DATE) + 1 AND m.managed_until > CAST(? AS DATE) + 1
    AND {within("m.organisation_code", organisation)}
)
SELECT
  o.tier_code,
  count(*) FILTER (WHERE m.customer_number IS NOT NULL),
  count(*) FILTER (WHERE m.customer_number IS NOT NULL AND c.customer_number IS NOT NULL),
  count(*) FILTER (WHERE m.customer_number IS NOT NULL AND c.tier_rank > o.tier_rank),
  count(*) FILTER (WHERE m.customer_number IS NOT NULL AND c.tier_rank < o.tier_rank),
  count(*), count(c.customer_number)
FROM opening AS o
CROSS JOIN last AS l
LEFT JOIN customer_standing AS c ON c.customer_number = o.customer_number AND c.business_date = l.business_date
LEFT JOIN managed AS m ON m.customer_number = o.customer_number
GROUP BY o.tier_code, o.tier_rank
HAVING count(*) FILTER (WHERE m.customer_number IS NOT NULL) > 0
ORDER BY o.tier_rank
""",
        [day, day, day, base_day, day, day, person, base_day, base_day, *_place(organisation)],
    )
    return tuple(TierCohort(row[0], *(int(count) for count in row[1:])) for row in rows)


def _place(organisation: str | None) -> list[object]:
    return [organisation] if organisation else []
