"""How good the loans are on each day, by the last report."""

from maisui.steps.step import Step
from maisui.tables.loan_class_day import LOAN_CLASS_DAY

LOAN_CLASS_DAY_MART = Step(
    name="fill_loan_class_day",
    writes=LOAN_CLASS_DAY,
    reads=("loan_state", "loan", "calendar_day", "parameter"),
    query="""
WITH long_overdue AS (
  SELECT CAST(number_value AS BIGINT) AS days, valid_from, coalesce(valid_until, DATE '9999-12-31') AS valid_until
  FROM parameter
  WHERE parameter_code = 'long_overdue_days'
),
daily AS (
  SELECT
    l.organisation_code, l.product_code, l.customer_kind, l.currency, s.loan_class, s.loan_status,
    CASE
      WHEN s.overdue_since IS NULL OR s.overdue_since >= c.business_date THEN 'none'
      WHEN date_diff('day', s.overdue_since, c.business_date) > p.days THEN 'over_90d'
      ELSE 'to_90d'
    END AS overdue_bucket,
    s.is_agriculture, s.is_inclusive_small_micro, c.business_date, s.balance
  FROM loan_state AS s
  INNER JOIN loan AS l ON l.loan_number = s.loan_number
  INNER JOIN calendar_day AS c
    ON c.business_date >= s.valid_from AND (s.valid_until IS NULL OR c.business_date < s.valid_until)
  INNER JOIN long_overdue AS p ON c.business_date >= p.valid_from AND c.business_date < p.valid_until
  WHERE s.balance <> 0
)
SELECT
  $legal_entity_code AS legal_entity_code,
  organisation_code,
  product_code,
  customer_kind,
  currency,
  loan_class,
  loan_status,
  overdue_bucket,
  is_agriculture,
  is_inclusive_small_micro,
  business_date,
  CAST(sum(balance) AS DECIMAL(38,2)) AS balance,
  count(*) AS loan_count
FROM daily
GROUP BY
  organisation_code, product_code, customer_kind, currency, loan_class, loan_status, overdue_bucket, is_agriculture,
  is_inclusive_small_micro, business_date
""",
)
