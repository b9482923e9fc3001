"""Balances by manager on each day, from changes only."""

from maisui.steps.step import Step
from maisui.steps.workers_sql import holder_on, numbers_of
from maisui.tables.manager_day import MANAGER_DAY

MANAGER_DAY_MART = Step(
    name="fill_manager_day",
    writes=MANAGER_DAY,
    reads=("allocated_balance", "account", "person_number", "calendar_day"),
    query=f"""
WITH {numbers_of("employee")},
bounds AS (
  SELECT min(business_date) AS first_day FROM calendar_day
),
changes AS (
  SELECT account_number, currency, organisation_code, employee_number, valid_from AS business_date, balance AS balance_change
  FROM allocated_balance
  UNION ALL
  SELECT account_number, currency, organisation_code, employee_number, valid_until AS business_date, -balance AS balance_change
  FROM allocated_balance
  WHERE valid_until IS NOT NULL
),
daily AS (
  SELECT
    c.organisation_code, c.employee_number, a.account_kind, a.customer_kind, c.currency,
    greatest(c.business_date, b.first_day) AS business_date, CAST(sum(c.balance_change) AS DECIMAL(38,2)) AS balance_change
  FROM changes AS c
  INNER JOIN account AS a ON a.account_number = c.account_number AND a.currency = c.currency
  CROSS JOIN bounds AS b
  WHERE c.business_date <= $reporting_date
  GROUP BY
    c.organisation_code, c.employee_number, a.account_kind, a.customer_kind, c.currency, greatest(c.business_date, b.first_day)
),
groups AS (
  SELECT organisation_code, employee_number, account_kind, customer_kind, currency, min(business_date) AS first_on
  FROM daily
  GROUP BY organisation_code, employee_number, account_kind, customer_kind, currency
),
spine AS (
  SELECT g.organisation_code, g.employee_number, g.account_kind, g.customer_kind, g.currency, c.business_date
  FROM groups AS g
  INNER JOIN calendar_day AS c ON c.business_date >= g.first_on
)
SELECT
  $legal_entity_code AS legal_entity_code,
  s.organisation_code,
  s.employee_number,
  coalesce(n.person_number, s.employee_number) AS person_number,
  s.account_kind,
  s.customer_kind,
  s.currency,
  s.business_date,
  CAST(sum(coalesce(d.balance_change, CAST(0 AS DECIMAL(38,2)))) OVER (
    PARTITION BY s.organisation_code, s.employee_number, s.account_kind, s.customer_kind, s.currency
    ORDER BY s.business_date ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
  ) AS DECIMAL(38,2)) AS balance
FROM spine AS s
LEFT JOIN daily AS d
  ON d.organisation_code = s.organisation_code AND d.employee_number = s.employee_number AND d.account_kind = s.account_kind
  AND d.customer_kind = s.customer_kind AND d.currency = s.currency AND d.business_date = s.business_date
{holder_on("s.employee_number", "s.business_date")}
""",
)
