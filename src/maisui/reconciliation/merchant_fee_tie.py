"""Whether what merchants paid, and what was passed on of it, equals what the ledger's acquiring subjects earned and cost in the month."""

from maisui.steps.step import Step
from maisui.tables.merchant_fee_tie import MERCHANT_FEE_TIE

MERCHANT_FEE_TIE_MART = Step(
    name="tie_merchant_fees",
    writes=MERCHANT_FEE_TIE,
    reads=("merchant_trade_day", "calendar_day", "income_day", "subject_control"),
    # Takings are in yuan. A month counts when the ledger has its last day and the totals reach back to its first one.
    query="""
WITH begun AS (
  SELECT min(traded_on) AS begun_on FROM merchant_trade_day
),
kept AS (
  SELECT DISTINCT business_date FROM income_day
),
months AS (
  SELECT c.month_start, max(c.business_date) AS business_date
  FROM calendar_day AS c
  CROSS JOIN begun AS b
  WHERE c.month_start >= b.begun_on
  GROUP BY c.month_start
),
ended AS (
  SELECT m.month_start, m.business_date
  FROM months AS m
  INNER JOIN kept AS k ON k.business_date = m.business_date
  WHERE day(CAST(m.business_date + 1 AS DATE)) = 1
),
earned AS (
  SELECT
    CAST(date_trunc('month', i.business_date) AS DATE) AS month_start, i.line_code,
    CAST(sum(CASE i.line_code WHEN 'fee_income' THEN i.profit_amount ELSE -i.profit_amount END) AS DECIMAL(38,2)) AS ledger_amount
  FROM income_day AS i
  INNER JOIN subject_control AS s ON s.subject_code = i.subject_code AND s.business_date = i.business_date
  WHERE s.control_code = 'merchant_fee' AND i.line_code IN ('fee_income', 'fee_expense') AND i.currency = 'CNY'
  GROUP BY CAST(date_trunc('month', i.business_date) AS DATE), i.line_code
),
booked AS (
  SELECT DISTINCT line_code FROM earned
),
paid AS (
  SELECT
    CAST(date_trunc('month', traded_on) AS DATE) AS month_start, CAST(sum(fee_income_amount) AS DECIMAL(38,2)) AS income_amount,
    CAST(sum(fee_cost_amount) AS DECIMAL(38,2)) AS cost_amount
  FROM merchant_trade_day
  GROUP BY CAST(date_trunc('month', traded_on) AS DATE)
),
compared AS (
  SELECT
    m.business_date, b.line_code,
    coalesce(CASE b.line_code WHEN 'fee_income' THEN p.income_amount ELSE p.cost_amount END, CAST(0 AS DECIMAL(38,2))) AS merchant_amount,
    coalesce(e.ledger_amount, CAST(0 AS DECIMAL(38,2))) AS ledger_amount
  FROM ended AS m
  CROSS JOIN booked AS b
  LEFT JOIN paid AS p ON p.month_start = m.month_start
  LEFT JOIN earned AS e ON e.month_start = m.month_start AND e.line_code = b.line_code
)
SELECT
  $legal_entity_code AS legal_entity_code,
  business_date,
  line_code,
  'CNY' AS currency,
  merchant_amount,
  ledger_amount,
  CAST(merchant_amount - ledger_amount AS DECIMAL(38,2)) AS difference_amount
FROM compared
""",
)
