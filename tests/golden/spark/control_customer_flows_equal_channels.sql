WITH ends AS (
  SELECT
    month_start,
    MAX(business_date) AS business_date
  FROM calendar_day
  GROUP BY
    month_start
), mart AS (
  SELECT
    e.business_date,
    'in' AS direction_code,
    SUM(m.inflow_amount) AS amount
  FROM customer_flow_month AS m
  INNER JOIN ends AS e
    ON e.month_start = m.month_start
  GROUP BY
    e.business_date
  UNION ALL
  SELECT
    e.business_date,
    'out' AS direction_code,
    SUM(m.outflow_amount) AS amount
  FROM customer_flow_month AS m
  INNER JOIN ends AS e
    ON e.month_start = m.month_start
  GROUP BY
    e.business_date
), base AS (
  SELECT
    e.business_date,
    'in' AS direction_code,
    SUM(c.inflow_amount) AS amount
  FROM channel_day AS c
  INNER JOIN ends AS e
    ON e.month_start = CAST(DATE_TRUNC('MONTH', c.business_date) AS DATE)
  WHERE
    c.account_kind = 'deposit'
    AND c.counterparty_code <> 'own_account'
    AND c.transaction_type <> 'interest'
  GROUP BY
    e.business_date
  UNION ALL
  SELECT
    e.business_date,
    'out' AS direction_code,
    SUM(c.outflow_amount) AS amount
  FROM channel_day AS c
  INNER JOIN ends AS e
    ON e.month_start = CAST(DATE_TRUNC('MONTH', c.business_date) AS DATE)
  WHERE
    c.account_kind = 'deposit'
    AND c.counterparty_code <> 'own_account'
    AND c.transaction_type <> 'interest'
  GROUP BY
    e.business_date
), lines AS (
  SELECT
    business_date,
    direction_code,
    CAST(amount AS DECIMAL(38, 2)) AS amount
  FROM mart
  UNION ALL
  SELECT
    business_date,
    direction_code,
    CAST(-amount AS DECIMAL(38, 2)) AS amount
  FROM base
)
SELECT
  CAST(business_date AS STRING) AS business_date,
  direction_code,
  CAST(SUM(amount) AS DECIMAL(38, 2)) AS difference_amount
FROM lines
GROUP BY
  business_date,
  direction_code
HAVING
  SUM(amount) <> 0
