"""Whose customers they were, month by month; numbers that are merged at the end of a month are one customer."""

from maisui.steps.step import Step
from maisui.steps.workers_sql import holder_on, numbers_of
from maisui.tables.managed_customer_month import MANAGED_CUSTOMER_MONTH

MANAGED_CUSTOMER_MONTH_MART = Step(
    name="fill_managed_customer_month",
    writes=MANAGED_CUSTOMER_MONTH,
    reads=("account_allocation", "account", "customer", "customer_home_period", "customer_merge", "person_number", "calendar_day"),
    query=f"""
WITH {numbers_of("employee")},
months AS (
  SELECT min(business_date) AS first_on, max(business_date) AS last_on, CAST(max(business_date) + 1 AS DATE) AS next_on
  FROM calendar_day
  WHERE business_date >= $needed_from
  GROUP BY month_start
),
managed AS (
  SELECT
    a.customer_number, s.employee_number, greatest(s.valid_from, a.opened_on) AS valid_from,
    least(coalesce(s.valid_until, DATE '9999-12-31'), coalesce(a.closed_on, DATE '9999-12-31')) AS valid_until
  FROM account_allocation AS s
  INNER JOIN account AS a ON a.account_number = s.account_number AND a.currency = s.currency
  WHERE s.employee_number <> 'unassigned'
),
monthly AS (
  SELECT DISTINCT
    coalesce(r.surviving_number, m.customer_number) AS customer_number, m.employee_number, d.last_on,
    greatest(m.valid_from, d.first_on) AS business_date, least(m.valid_until, d.next_on) AS managed_until
  FROM managed AS m
  INNER JOIN months AS d ON m.valid_from < d.next_on AND m.valid_until > d.first_on
  LEFT JOIN customer_merge AS r
    ON r.customer_number = m.customer_number AND r.valid_from <= d.last_on AND (r.valid_until IS NULL OR r.valid_until > d.last_on)
  WHERE m.valid_from < m.valid_until
)
SELECT
  $legal_entity_code AS legal_entity_code,
  m.customer_number,
  m.employee_number,
  coalesce(n.person_number, m.employee_number) AS person_number,
  coalesce(p.organisation_code, c.home_organisation_code, 'none') AS organisation_code,
  coalesce(c.customer_kind, 'unknown') AS customer_kind,
  m.business_date,
  m.managed_until
FROM monthly AS m
LEFT JOIN customer AS c ON c.customer_number = m.customer_number
LEFT JOIN customer_home_period AS p
  ON p.customer_number = m.customer_number
  AND m.last_on >= p.valid_from AND (p.valid_until IS NULL OR m.last_on < p.valid_until)
{holder_on("m.employee_number", "m.last_on")}
""",
)
