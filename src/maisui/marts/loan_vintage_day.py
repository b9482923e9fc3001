"""How the loans of each month of disbursement have turned out by the ends of months."""

from maisui.steps.step import Step
from maisui.tables.loan_vintage_day import LOAN_VINTAGE_DAY

LOAN_VINTAGE_DAY_MART = Step(
    name="fill_loan_vintage_day",
    writes=LOAN_VINTAGE_DAY,
    reads=("loan", "loan_organisation_period", "loan_state", "calendar_day"),
    query="""
WITH days AS (
  SELECT max(business_date) AS business_date FROM calendar_day GROUP BY month_start
),
first_day AS (
  SELECT min(month_start) AS first_month FROM calendar_day
),
lent AS (
  SELECT
    l.loan_number, l.organisation_code, l.product_code, l.customer_kind, l.currency, l.disbursed_on, l.disbursed_amount,
    CAST(date_trunc('month', l.disbursed_on) AS DATE) AS vintage_month
  FROM loan AS l
  INNER JOIN first_day AS f ON l.disbursed_on >= f.first_month
  WHERE l.product_code <> '委托贷款'
),
standing AS (
  SELECT
    d.business_date, s.loan_number,
    CASE WHEN s.loan_status IN ('written_off', 'transferred') THEN CAST(0 AS DECIMAL(18,2)) ELSE s.balance END AS balance,
    date_diff('day', s.overdue_since, d.business_date) > 30 AS is_overdue_30d
  FROM days AS d
  INNER JOIN loan_state AS s ON s.valid_from <= d.business_date AND (s.valid_until IS NULL OR s.valid_until > d.business_date)
)
SELECT
  $legal_entity_code AS legal_entity_code,
  coalesce(p.organisation_code, l.organisation_code) AS organisation_code,
  l.product_code,
  l.customer_kind,
  l.currency,
  l.vintage_month,
  d.business_date,
  count(*) AS loan_count,
  CAST(sum(l.disbursed_amount) AS DECIMAL(38,2)) AS disbursed_amount,
  CAST(sum(coalesce(s.balance, CAST(0 AS DECIMAL(18,2)))) AS DECIMAL(38,2)) AS balance,
  CAST(sum(CASE WHEN s.is_overdue_30d THEN s.balance ELSE CAST(0 AS DECIMAL(18,2)) END) AS DECIMAL(38,2)) AS overdue_30d_balance
FROM lent AS l
INNER JOIN days AS d ON d.business_date >= l.disbursed_on
LEFT JOIN standing AS s ON s.loan_number = l.loan_number AND s.business_date = d.business_date
LEFT JOIN loan_organisation_period AS p
  ON p.loan_number = l.loan_number
  AND d.business_date >= p.valid_from AND (p.valid_until IS NULL OR d.business_date < p.valid_until)
GROUP BY
  coalesce(p.organisation_code, l.organisation_code), l.product_code, l.customer_kind, l.currency, l.vintage_month, d.business_date
""",
)
