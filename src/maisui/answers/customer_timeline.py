"""What happened with a customer, as one list: accounts, loans, classes, tiers, homes, managers, and the largest movements of a year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from maisui.warehouse.reader import Reader

LARGEST = 10
MOST_EVENTS = 200


@dataclass(frozen=True, slots=True)
class TimelineEvent:
    """One thing that happened: `kind` says what; `before` and `after` are codes, `number` an account or loan, `amount` in its currency."""

    day: date
    kind: str
    number: str | None
    before: str | None
    after: str | None
    amount: Decimal | None


_EVENTS = """
SELECT opened_on AS day, 'opened' AS kind, account_number AS number, NULL AS before, product_group AS after, NULL AS amount
FROM account WHERE customer_number = $1 AND opened_on <= $2
UNION ALL
SELECT closed_on, 'closed', account_number, product_group, NULL, NULL FROM account WHERE customer_number = $1 AND closed_on <= $2
UNION ALL
SELECT disbursed_on, 'disbursed', loan_number, NULL, NULL, disbursed_amount FROM loan WHERE customer_number = $1 AND disbursed_on <= $2
UNION ALL
SELECT ended_on, 'repaid', loan_number, NULL, NULL, NULL FROM loan WHERE customer_number = $1 AND ended_on <= $2
UNION ALL
SELECT changed_on, 'class', loan_number, previous_class, loan_class, NULL FROM loan_class_change
WHERE changed_on <= $2 AND (customer_number = $1 OR loan_number IN (SELECT loan_number FROM loan WHERE customer_number = $1))
UNION ALL
SELECT business_date, 'tier', NULL, tier_before, tier_code, NULL FROM (
  SELECT business_date, tier_code, lag(tier_code) OVER (ORDER BY business_date) AS tier_before
  FROM customer_standing
  WHERE customer_number = (SELECT person_customer_number FROM customer WHERE customer_number = $1)
) WHERE tier_before <> tier_code
UNION ALL
SELECT valid_from, 'tier_set', NULL, NULL, tier_code, NULL FROM person_decisions WHERE valid_from <= $2 AND valid_from < valid_until
UNION ALL
SELECT valid_until, 'tier_over', NULL, tier_code, NULL, NULL FROM person_decisions WHERE valid_until <= $2 AND valid_from < valid_until
UNION ALL
SELECT p.valid_from, 'moved', NULL, coalesce(b.organisation_name, p.previous_organisation_code),
  coalesce(a.organisation_name, p.organisation_code), NULL
FROM customer_home_period AS p
LEFT JOIN organisation AS a ON a.organisation_code = p.organisation_code
LEFT JOIN organisation AS b ON b.organisation_code = p.previous_organisation_code
WHERE p.customer_number = $1 AND p.previous_organisation_code IS NOT NULL AND p.previous_organisation_code <> p.organisation_code
UNION ALL
SELECT day, 'manager', NULL, ended, begun, NULL FROM manager_changes WHERE day <= $2
"""
_MANAGERS = """
held AS (
  SELECT object_number AS customer_number, employee_number, valid_from, valid_until FROM assignment_in_force
  WHERE object_kind = 'customer' AND object_number IN (SELECT unnest(CAST({asked} AS VARCHAR[])))
),
employee AS (
  SELECT employee_number, max_by(employee_name, reported_on) AS employee_name FROM employee_snapshot
  WHERE employee_number IN (SELECT employee_number FROM held) GROUP BY employee_number
),
manager_changes AS (
  SELECT h.customer_number, h.day, string_agg(DISTINCT h.who, '、' ORDER BY h.who) FILTER (NOT h.begins) AS ended,
    string_agg(DISTINCT h.who, '、' ORDER BY h.who) FILTER (h.begins) AS begun
  FROM (
    SELECT m.customer_number, m.valid_from AS day, true AS begins, coalesce(e.employee_name, m.employee_number) AS who FROM held AS m
    LEFT JOIN employee AS e ON e.employee_number = m.employee_number
    UNION ALL
    SELECT m.customer_number, m.valid_until, false, coalesce(e.employee_name, m.employee_number) FROM held AS m
    LEFT JOIN employee AS e ON e.employee_number = m.employee_number WHERE m.valid_until IS NOT NULL
  ) AS h
  GROUP BY h.customer_number, h.day
  HAVING ended IS DISTINCT FROM begun
)
"""
"""Who looks after customers, deposits and loans alike: one change a day on which somebody begins or ends."""
MANAGER_CHANGES = f"WITH {_MANAGERS.format(asked='?')} SELECT customer_number, day, ended, begun FROM manager_changes"
"""The changes of the customers bound first; a WHERE may follow."""
_WITH = f"""
WITH {_MANAGERS.format(asked="[$1]")},
person_decisions AS (
  SELECT tier_code, valid_from, valid_until FROM tier_decision
  WHERE is_accepted AND decision_kind = 'set' AND customer_number IN (
    SELECT o.customer_number FROM customer AS c
    INNER JOIN customer AS o ON o.person_customer_number = c.person_customer_number WHERE c.customer_number = $1
  )
)
"""
"""The same of one customer, and the tiers set by hand of the person."""


def customer_timeline(reader: Reader, customer_number: str) -> tuple[TimelineEvent, ...]:
    """Return what happened with a customer, the newest first; at most MOST_EVENTS."""
    day = reader.manifest.reporting_date
    rows = reader.rows(
        f"{_WITH} SELECT * FROM ({_EVENTS}) AS events ORDER BY day DESC, kind, number, after LIMIT {MOST_EVENTS}", [customer_number, day]
    )
    events = [TimelineEvent(*row) for row in rows]
    events += _largest(reader, customer_number, day)
    return tuple(
        sorted(events, key=lambda event: (-event.day.toordinal(), event.kind, event.number or "", event.after or ""))[:MOST_EVENTS]
    )


def _largest(reader: Reader, customer_number: str, day: date) -> list[TimelineEvent]:
    numbers = [row[0] for row in reader.rows("SELECT DISTINCT account_number FROM account WHERE customer_number = ?", [customer_number])]
    if not numbers:
        return []
    rows = reader.rows(
        "SELECT posted_on, CASE WHEN balance_change > 0 THEN 'large_in' ELSE 'large_out' END, account_number, NULL, transaction_type, "
        f"abs(balance_change) FROM account_transaction WHERE account_number IN ({', '.join('?' for _ in numbers)}) AND posted_on > ? "
        "AND account_kind = 'deposit' AND NOT is_reversal AND NOT is_bank_initiated "
        f"ORDER BY abs(balance_change) DESC, posted_on DESC, transaction_number LIMIT {LARGEST}",
        [*numbers, day - timedelta(days=365)],
    )
    return [TimelineEvent(*row) for row in rows]
