WITH ends AS (
  SELECT
    month_start,
    MAX(business_date) AS business_date
  FROM calendar_day
  GROUP BY
    month_start
), mart AS (
  SELECT
    c.month_start,
    'takings' AS counted,
    SUM(m.trade_amount) AS amount
  FROM merchant_month AS m
  INNER JOIN calendar_day AS c
    ON c.business_date = m.business_date
  GROUP BY
    c.month_start
  UNION ALL
  SELECT
    c.month_start,
    'fees' AS counted,
    SUM(m.fee_income_amount - m.fee_cost_amount) AS amount
  FROM merchant_month AS m
  INNER JOIN calendar_day AS c
    ON c.business_date = m.business_date
  GROUP BY
    c.month_start
), base AS (
  SELECT
    c.month_start,
    'takings' AS counted,
    SUM(t.trade_amount) AS amount
  FROM merchant_trade_day AS t
  INNER JOIN calendar_day AS c
    ON c.business_date = t.traded_on
  GROUP BY
    c.month_start
  UNION ALL
  SELECT
    c.month_start,
    'fees' AS counted,
    SUM(t.fee_income_amount - t.fee_cost_amount) AS amount
  FROM merchant_trade_day AS t
  INNER JOIN calendar_day AS c
    ON c.business_date = t.traded_on
  GROUP BY
    c.month_start
), lines AS (
  SELECT
    month_start,
    counted,
    CAST(amount AS DECIMAL(38, 2)) AS amount
  FROM mart
  UNION ALL
  SELECT
    month_start,
    counted,
    CAST(-amount AS DECIMAL(38, 2)) AS amount
  FROM base
)
SELECT
  month_start,
  counted,
  CAST(SUM(amount) AS DECIMAL(38, 2)) AS difference_amount
FROM lines
GROUP BY
  month_start,
  counted
HAVING
  SUM(amount) <> 0
