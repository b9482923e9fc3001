WITH begun AS (
  SELECT
    MIN(traded_on) AS begun_on
  FROM merchant_trade_day
), kept AS (
  SELECT DISTINCT
    business_date
  FROM income_day
), months AS (
  SELECT
    c.month_start,
    MAX(c.business_date) AS business_date
  FROM calendar_day AS c
  CROSS JOIN begun AS b
  WHERE
    c.month_start >= b.begun_on
  GROUP BY
    c.month_start
), ended AS (
  SELECT
    m.month_start,
    m.business_date
  FROM months AS m
  INNER JOIN kept AS k
    ON k.business_date = m.business_date
  WHERE
    DAY(CAST(m.business_date + 1 AS DATE)) = 1
), earned AS (
  SELECT
    CAST(DATE_TRUNC('MONTH', i.business_date) AS DATE) AS month_start,
    i.line_code,
    CAST(SUM(
      CASE i.line_code WHEN 'fee_income' THEN i.profit_amount ELSE -i.profit_amount END
    ) AS DECIMAL(38, 2)) AS ledger_amount
  FROM income_day AS i
  INNER JOIN subject_control AS s
    ON s.subject_code = i.subject_code AND s.business_date = i.business_date
  WHERE
    s.control_code = 'merchant_fee'
    AND i.line_code IN ('fee_income', 'fee_expense')
    AND i.currency = 'CNY'
  GROUP BY
    CAST(DATE_TRUNC('MONTH', i.business_date) AS DATE),
    i.line_code
), booked AS (
  SELECT DISTINCT
    line_code
  FROM earned
), paid AS (
  SELECT
    CAST(DATE_TRUNC('MONTH', traded_on) AS DATE) AS month_start,
    CAST(SUM(fee_income_amount) AS DECIMAL(38, 2)) AS income_amount,
    CAST(SUM(fee_cost_amount) AS DECIMAL(38, 2)) AS cost_amount
  FROM merchant_trade_day
  GROUP BY
    CAST(DATE_TRUNC('MONTH', traded_on) AS DATE)
), compared AS (
  SELECT
    m.business_date,
    b.line_code,
    COALESCE(
      CASE b.line_code WHEN 'fee_income' THEN p.income_amount ELSE p.cost_amount END,
      CAST(0 AS DECIMAL(38, 2))
    ) AS merchant_amount,
    COALESCE(e.ledger_amount, CAST(0 AS DECIMAL(38, 2))) AS ledger_amount
  FROM ended AS m
  CROSS JOIN booked AS b
  LEFT JOIN paid AS p
    ON p.month_start = m.month_start
  LEFT JOIN earned AS e
    ON e.month_start = m.month_start AND e.line_code = b.line_code
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.line_code AS STRING) AS line_code,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.merchant_amount AS DECIMAL(38, 2)) AS merchant_amount,
  CAST(q.ledger_amount AS DECIMAL(38, 2)) AS ledger_amount,
  CAST(q.difference_amount AS DECIMAL(38, 2)) AS difference_amount
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    business_date,
    line_code,
    'CNY' AS currency,
    merchant_amount,
    ledger_amount,
    CAST(merchant_amount - ledger_amount AS DECIMAL(38, 2)) AS difference_amount
  FROM compared
) AS q
