"""Who the bank's customers are: everyone reported, and everyone whom an account, a loan or a role names."""

from maisui.steps.step import Step
from maisui.tables.customer import CUSTOMER

RESOLVE_CUSTOMER = Step(
    name="resolve_customer",
    writes=CUSTOMER,
    reads=(
        "customer_snapshot",
        "customer_identity_snapshot",
        "identity_file",
        "account_snapshot",
        "account_holder",
        "loan_snapshot",
        "customer_merge",
    ),
    query="""
WITH spans AS (
  SELECT customer_number, min(reported_on) AS first_reported_on, max(reported_on) AS last_reported_on
  FROM customer_snapshot
  GROUP BY customer_number
),
latest AS (
  SELECT
    s.customer_number, s.customer_kind, s.customer_type, s.customer_name, s.certificate_type, s.certificate_number,
    s.organisation_code, s.sex, s.born_on, s.is_farmer, s.is_employee,
    s.industry_code, s.region_code, s.phone_number, s.address, s.education, s.occupation, s.employer_name, s.annual_income_amount,
    s.is_married, s.is_blacklisted, s.blacklisted_on, s.size_class, s.credit_rating, s.registered_capital_amount,
    s.registered_capital_currency, s.staff_count, s.warning_signal, s.source_file_id, p.first_reported_on, p.last_reported_on
  FROM customer_snapshot AS s
  INNER JOIN spans AS p ON p.customer_number = s.customer_number AND p.last_reported_on = s.reported_on
  QUALIFY row_number() OVER (PARTITION BY s.customer_number ORDER BY s.source_file_id DESC, s.source_line DESC) = 1
),
phones AS (
  SELECT customer_number, phone_number
  FROM customer_identity_snapshot
  WHERE phone_number IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY customer_number ORDER BY reported_on DESC, source_file_id DESC, source_line DESC) = 1
),
first_seen AS (
  SELECT customer_number, organisation_code, account_number, currency, min(coalesce(opened_on, reported_on)) AS seen_on
  FROM account_snapshot
  GROUP BY customer_number, organisation_code, account_number, currency
),
account_homes AS (
  SELECT
    customer_number, organisation_code,
    row_number() OVER (
      PARTITION BY customer_number ORDER BY seen_on, account_number, currency, organisation_code
    ) AS preference
  FROM first_seen
),
named AS (
  SELECT customer_number, organisation_code AS account_home_code, CAST(NULL AS VARCHAR) AS loan_home_code
  FROM account_homes
  WHERE preference = 1
  UNION ALL
  SELECT customer_number, CAST(NULL AS VARCHAR) AS account_home_code, min(organisation_code) AS loan_home_code
  FROM loan_snapshot
  GROUP BY customer_number
  UNION ALL
  SELECT customer_number, CAST(NULL AS VARCHAR) AS account_home_code, CAST(NULL AS VARCHAR) AS loan_home_code
  FROM account_holder
),
homes AS (
  SELECT customer_number, coalesce(min(account_home_code), min(loan_home_code)) AS home_code
  FROM named
  GROUP BY customer_number
),
merged AS (
  SELECT customer_number, surviving_number
  FROM customer_merge
  WHERE valid_from <= $reporting_date AND (valid_until IS NULL OR valid_until > $reporting_date)
)
SELECT
  $legal_entity_code AS legal_entity_code,
  coalesce(l.customer_number, h.customer_number) AS customer_number,
  coalesce(m.surviving_number, l.customer_number, h.customer_number) AS person_customer_number,
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
  l.industry_code,
  l.region_code,
  coalesce(p.phone_number, l.phone_number) AS phone_number,
  l.address,
  l.education,
  l.occupation,
  l.employer_name,
  l.annual_income_amount,
  l.is_married,
  l.is_blacklisted,
  l.blacklisted_on,
  l.size_class,
  l.credit_rating,
  l.registered_capital_amount,
  l.registered_capital_currency,
  l.staff_count,
  l.warning_signal,
  CASE WHEN f.checked_count > 0 THEN NOT f.is_genuine END AS is_deformed,
  l.first_reported_on,
  l.last_reported_on
FROM latest AS l
FULL JOIN homes AS h ON h.customer_number = l.customer_number
LEFT JOIN phones AS p ON p.customer_number = coalesce(l.customer_number, h.customer_number)
LEFT JOIN identity_file AS f ON f.source_file_id = l.source_file_id AND f.delivered_table = 'customer_snapshot'
LEFT JOIN merged AS m ON m.customer_number = coalesce(l.customer_number, h.customer_number)
""",
    covers="""
SELECT DISTINCT customer_number FROM account_snapshot
""",
)
