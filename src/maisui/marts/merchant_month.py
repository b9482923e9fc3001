"""What each merchant took in in each month, what it paid and cost, and whether it has fallen silent."""

from maisui.steps.step import Step
from maisui.tables.merchant_month import MERCHANT_MONTH

MERCHANT_MONTH_MART = Step(
    name="fill_merchant_month",
    writes=MERCHANT_MONTH,
    reads=("merchant", "merchant_trade_day", "calendar_day", "parameter"),
    query="""
WITH traded AS (
  SELECT
    t.merchant_number, c.month_start,
    max(t.traded_on) AS last_on,
    count(DISTINCT t.traded_on) AS day_count,
    CAST(sum(t.trade_count) AS BIGINT) AS trade_count,
    CAST(sum(CASE WHEN t.payment_kind = 'scan' THEN t.trade_count ELSE 0 END) AS BIGINT) AS scan_count,
    CAST(sum(t.trade_amount) AS DECIMAL(38,2)) AS trade_amount,
    CAST(sum(t.fee_income_amount) AS DECIMAL(38,2)) AS fee_income_amount,
    CAST(sum(t.fee_cost_amount) AS DECIMAL(38,2)) AS fee_cost_amount
  FROM merchant_trade_day AS t
  INNER JOIN calendar_day AS c ON c.business_date = t.traded_on
  GROUP BY t.merchant_number, c.month_start
),
months AS (
  SELECT month_start, max(business_date) AS business_date
  FROM calendar_day
  WHERE month_start IN (SELECT month_start FROM traded)
  GROUP BY month_start
),
begun AS (
  SELECT min(t.traded_on) AS begun_on
  FROM merchant_trade_day AS t
  INNER JOIN calendar_day AS c ON c.business_date = t.traded_on
),
silences AS (
  SELECT m.month_start, m.business_date, b.begun_on, CAST(p.number_value AS BIGINT) AS silent_days
  FROM months AS m
  CROSS JOIN begun AS b
  INNER JOIN parameter AS p
    ON p.parameter_code = 'merchant_silent_days' AND m.business_date >= p.valid_from
    AND m.business_date < coalesce(p.valid_until, DATE '9999-12-31')
),
monthly AS (
  SELECT
    m.merchant_number, m.organisation_code, m.customer_kind, m.opened_on, s.month_start, s.business_date, s.begun_on, s.silent_days,
    (m.opened_on IS NULL OR m.opened_on <= s.business_date) AND (m.closed_on IS NULL OR m.closed_on > s.business_date) AS is_open,
    max(t.last_on) OVER (
      PARTITION BY m.merchant_number ORDER BY s.month_start ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS last_traded_on,
    t.merchant_number IS NOT NULL AS has_traded,
    coalesce(t.day_count, 0) AS traded_day_count,
    coalesce(t.trade_count, 0) AS trade_count,
    coalesce(t.scan_count, 0) AS scan_count,
    coalesce(t.trade_amount, 0) AS trade_amount,
    coalesce(t.fee_income_amount, 0) AS fee_income_amount,
    coalesce(t.fee_cost_amount, 0) AS fee_cost_amount
  FROM merchant AS m
  CROSS JOIN silences AS s
  LEFT JOIN traded AS t ON t.merchant_number = m.merchant_number AND t.month_start = s.month_start
),
judged AS (
  SELECT
    merchant_number, organisation_code, customer_kind, business_date, is_open, last_traded_on, traded_day_count, trade_count,
    scan_count, trade_amount, fee_income_amount, fee_cost_amount,
    is_open AND last_traded_on IS NOT NULL AND date_diff('day', last_traded_on, business_date) < silent_days AS is_active,
    CASE
      WHEN NOT is_open THEN false
      WHEN last_traded_on IS NOT NULL AND date_diff('day', last_traded_on, business_date) < silent_days THEN false
      WHEN date_diff('day', begun_on, business_date) + 1 < silent_days THEN NULL
      ELSE opened_on IS NULL OR date_diff('day', opened_on, business_date) >= silent_days
    END AS is_silent
  FROM monthly
  WHERE is_open OR has_traded
)
SELECT
  $legal_entity_code AS legal_entity_code,
  merchant_number,
  business_date,
  organisation_code,
  customer_kind,
  CAST(CASE WHEN is_open THEN 1 ELSE 0 END AS BIGINT) AS open_count,
  CAST(CASE WHEN is_active THEN 1 ELSE 0 END AS BIGINT) AS active_count,
  CAST(CASE WHEN is_silent THEN 1 WHEN is_silent IS NOT NULL THEN 0 END AS BIGINT) AS silent_count,
  is_silent,
  last_traded_on,
  traded_day_count,
  trade_count,
  scan_count,
  CAST(trade_amount AS DECIMAL(38,2)) AS trade_amount,
  CAST(fee_income_amount AS DECIMAL(38,2)) AS fee_income_amount,
  CAST(fee_cost_amount AS DECIMAL(38,2)) AS fee_cost_amount
FROM judged
""",
)
