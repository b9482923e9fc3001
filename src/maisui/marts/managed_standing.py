"""How good managed customers are at the ends of months, and by what way they do their business."""

from maisui.marts.channel_day import ELECTRONIC
from maisui.steps.step import Step
from maisui.tables.managed_standing import MANAGED_STANDING

MANAGED_STANDING_MART = Step(
    name="fill_managed_standing",
    writes=MANAGED_STANDING,
    reads=("managed_customer_month", "customer_standing", "customer_channel_month", "parameter"),
    query=f"""
WITH {ELECTRONIC},
managed AS (
  SELECT DISTINCT
    m.customer_number, m.employee_number, m.person_number, s.organisation_code, s.customer_kind, s.business_date, s.is_quality,
    s.is_effective, s.loan_balance > 0 AS is_borrower, s.product_group_count
  FROM managed_customer_month AS m
  INNER JOIN customer_standing AS s
    ON s.customer_number = m.customer_number AND m.business_date <= s.business_date AND m.managed_until > s.business_date
  WHERE s.business_date >= $needed_from
),
days AS (
  SELECT DISTINCT business_date, CAST(date_trunc('month', business_date) AS DATE) AS month_start FROM managed
),
used AS (
  SELECT
    c.customer_number, d.business_date,
    CAST(sum(CASE WHEN e.channel_code IS NOT NULL THEN c.transaction_count ELSE 0 END) AS BIGINT) AS electronic_count,
    CAST(sum(CASE WHEN c.channel_code = 'counter' THEN c.transaction_count ELSE 0 END) AS BIGINT) AS counter_count
  FROM customer_channel_month AS c
  INNER JOIN days AS d ON d.month_start = c.month_start
  LEFT JOIN electronic AS e
    ON e.channel_code = c.channel_code AND d.business_date >= e.valid_from AND d.business_date < e.valid_until
  GROUP BY c.customer_number, d.business_date
)
SELECT
  $legal_entity_code AS legal_entity_code,
  m.customer_number,
  m.employee_number,
  m.person_number,
  m.organisation_code,
  m.customer_kind,
  m.business_date,
  m.is_quality,
  m.is_effective,
  m.is_borrower,
  m.product_group_count,
  coalesce(u.electronic_count, 0) AS electronic_transaction_count,
  coalesce(u.counter_count, 0) AS counter_transaction_count
FROM managed AS m
LEFT JOIN used AS u ON u.customer_number = m.customer_number AND u.business_date = m.business_date
""",
)
