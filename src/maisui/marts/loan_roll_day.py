"""How loans in arrears roll from one stage to the next within a month."""

from maisui.steps.step import Step
from maisui.tables.loan_roll_day import LOAN_ROLL_DAY

_STAGE = """CASE
      WHEN {since} IS NULL OR {since} >= {day} THEN 0
      ELSE least((date_diff('day', {since}, {day}) + 29) // 30, 7)
    END"""

LOAN_ROLL_DAY_MART = Step(
    name="fill_loan_roll_day",
    writes=LOAN_ROLL_DAY,
    reads=("loan", "loan_organisation_period", "loan_state", "calendar_day"),
    query=f"""
WITH days AS (
  SELECT max(business_date) AS business_date, CAST(month_start - 1 AS DATE) AS opening_on FROM calendar_day GROUP BY month_start
),
opening AS (
  SELECT
    d.business_date, s.loan_number, s.balance,
    {_STAGE.format(since="s.overdue_since", day="d.opening_on")} AS stage
  FROM days AS d
  INNER JOIN loan_state AS s ON s.valid_from <= d.opening_on AND (s.valid_until IS NULL OR s.valid_until > d.opening_on)
  WHERE s.balance > 0 AND s.loan_status NOT IN ('written_off', 'transferred')
),
closing AS (
  SELECT
    d.business_date, s.loan_number, s.balance, s.loan_status,
    {_STAGE.format(since="s.overdue_since", day="d.business_date")} AS stage
  FROM days AS d
  INNER JOIN loan_state AS s ON s.valid_from <= d.business_date AND (s.valid_until IS NULL OR s.valid_until > d.business_date)
),
rolled AS (
  SELECT
    o.loan_number, o.business_date, o.balance, concat('M', CAST(o.stage AS VARCHAR)) AS arrears_stage,
    CASE
      WHEN c.loan_status IN ('written_off', 'transferred') THEN 'gone'
      WHEN c.loan_number IS NULL OR c.balance <= 0 THEN 'settled'
      ELSE concat('M', CAST(c.stage AS VARCHAR))
    END AS closing_arrears_stage,
    coalesce(c.stage > o.stage AND c.balance > 0 AND c.loan_status NOT IN ('written_off', 'transferred'), false) AS is_worse
  FROM opening AS o
  LEFT JOIN closing AS c ON c.loan_number = o.loan_number AND c.business_date = o.business_date
)
SELECT
  $legal_entity_code AS legal_entity_code,
  coalesce(p.organisation_code, l.organisation_code) AS organisation_code,
  l.product_code,
  l.customer_kind,
  l.currency,
  r.arrears_stage,
  r.closing_arrears_stage,
  r.business_date,
  r.is_worse,
  count(*) AS loan_count,
  CAST(sum(r.balance) AS DECIMAL(38,2)) AS opening_balance
FROM rolled AS r
INNER JOIN loan AS l ON l.loan_number = r.loan_number
LEFT JOIN loan_organisation_period AS p
  ON p.loan_number = r.loan_number
  AND r.business_date >= p.valid_from AND (p.valid_until IS NULL OR r.business_date < p.valid_until)
WHERE l.product_code <> '委托贷款'
GROUP BY
  coalesce(p.organisation_code, l.organisation_code), l.product_code, l.customer_kind, l.currency,
  r.arrears_stage, r.closing_arrears_stage, r.business_date, r.is_worse
""",
)
