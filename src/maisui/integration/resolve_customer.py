"""Who the bank's customers are: everyone reported, and everyone whom an account, a loan or a role names."""

from maisui.steps.step import Step
from maisui.tables.customer import CUSTOMER

RESOLVE_CUSTOMER = Step(
    name="resolve_customer",
    writes=CUSTOMER,
    reads=("customer_snapshot", "account_snapshot", "account_holder", "loan_snapshot"),
    query="""
WITH reports AS (
  SELECT
    customer_number, customer_kind, customer_type, customer_name, certificate_type, certificate_number,
    organisation_code, sex, born_on, is_farmer, is_employee, reported_on,
    min(reported_on) OVER (PARTITION BY customer_number) AS first_reported_on,
    row_number() OVER (
      PARTITION BY customer_number ORDER BY reported_on DESC, source_file_id DESC, source_line DESC
    ) AS recency
  FROM customer_snapshot
),
latest AS (
  SELECT
    customer_number, customer_kind, customer_type, customer_name, certificate_type, certificate_number,
    organisation_code, sex, born_on, is_farmer, is_employee, first_reported_on, reported_on AS last_reported_on
  FROM reports
  WHERE recency = 1
),
account_homes AS (
  SELECT
    customer_number, organisation_code,
    row_number() OVER (
      PARTITION BY customer_number ORDER BY coalesce(opened_on, reported_on), account_number, currency, reported_on, cash_form
    ) AS preference
  FROM account_snapshot
),
named AS (
  SELECT customer_number, organisation_code AS home_code FROM account_homes WHERE preference = 1
  UNION ALL
  SELECT customer_number, min(organisation_code) AS home_code FROM loan_snapshot GROUP BY customer_number
  UNION ALL
  SELECT customer_number, CAST(NULL AS VARCHAR) AS home_code FROM account_holder
),
homes AS (
  SELECT customer_number, min(home_code) AS home_code FROM named GROUP BY customer_number
)
SELECT
  $legal_entity_code AS legal_entity_code,
  coalesce(l.customer_number, h.customer_number) AS customer_number,
  coalesce(l.customer_kind, 'unknown') AS customer_kind,
  l.customer_type,
  l.customer_name,
  l.certificate_type,
  l.certificate_number,
  coalesce(l.organisation_code, h.home_code, 'none') AS home_organisation_code,
  l.sex,
  l.born_on,
  l.is_farmer,
  l.is_employee,
  l.first_reported_on,
  l.last_reported_on
FROM latest AS l
FULL JOIN homes AS h ON h.customer_number = l.customer_number
""",
    covers="""
SELECT DISTINCT customer_number FROM account_snapshot
""",
)
