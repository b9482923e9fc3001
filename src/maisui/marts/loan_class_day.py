"""How good the loans are on each day, by the last report."""

from maisui.steps.step import Step
from maisui.tables.loan_class_day import LOAN_CLASS_DAY

LONG_OVERDUE = """  SELECT CAST(number_value AS BIGINT) AS days, valid_from, coalesce(valid_until, DATE '9999-12-31') AS valid_until
  FROM parameter
  WHERE parameter_code = 'long_overdue_days'"""
"""From when until when how many days in arrears are long."""
OVERDUE_BUCKET = """CASE
      WHEN s.overdue_since IS NULL OR s.overdue_since >= c.business_date THEN 'none'
      WHEN date_diff('day', s.overdue_since, c.business_date) > p.days THEN 'over_90d'
      ELSE 'to_90d'
    END"""
"""How long a loan of `states AS s` has been in arrears on the day `c`, by the limit `p`."""


def loan_states(of_loan: str = "", of_card: str = "") -> str:
    """Return the common table `states` of loans and card overdrafts that are owed; further columns of each come first."""
    told = f"{of_loan}s.organisation_code, l.product_code, l.customer_kind, l.currency, s.loan_class, s.loan_status, s.overdue_since"
    return f"""states AS (
  SELECT
    {told}, s.is_agriculture,
    s.is_inclusive_small_micro, s.valid_from, s.valid_until, s.balance
  FROM loan_state AS s
  INNER JOIN loan AS l ON l.loan_number = s.loan_number
  WHERE s.balance <> 0
  UNION ALL
  SELECT
    {of_card}organisation_code, '信用卡透支' AS product_code, customer_kind, currency, loan_class,
    CASE WHEN overdue_since IS NULL THEN 'current' ELSE 'overdue' END AS loan_status, overdue_since, false AS is_agriculture,
    false AS is_inclusive_small_micro, valid_from, valid_until, overdraft_balance AS balance
  FROM credit_card_state
  WHERE overdraft_balance <> 0
)"""


LOAN_CLASS_DAY_MART = Step(
    name="fill_loan_class_day",
    writes=LOAN_CLASS_DAY,
    reads=("loan_state", "loan", "credit_card_state", "calendar_day", "parameter"),
    query=f"""
WITH long_overdue AS (
{LONG_OVERDUE}
),
{loan_states()},
daily AS (
  SELECT
    s.organisation_code, s.product_code, s.customer_kind, s.currency, s.loan_class, s.loan_status,
    {OVERDUE_BUCKET} AS overdue_bucket,
    s.is_agriculture, s.is_inclusive_small_micro, c.business_date, s.balance
  FROM states AS s
  INNER JOIN calendar_day AS c
    ON c.business_date >= s.valid_from AND (s.valid_until IS NULL OR c.business_date < s.valid_until)
  INNER JOIN long_overdue AS p ON c.business_date >= p.valid_from AND c.business_date < p.valid_until
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
