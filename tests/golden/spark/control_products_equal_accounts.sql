WITH ends AS (
  SELECT
    month_start,
    MAX(business_date) AS last_on
  FROM calendar_day
  GROUP BY
    month_start
), products AS (
  SELECT
    p.business_date,
    p.account_kind,
    p.currency,
    CAST(SUM(p.balance) AS DECIMAL(38, 2)) AS total
  FROM product_day AS p
  INNER JOIN ends AS e
    ON e.last_on = p.business_date
  GROUP BY
    p.business_date,
    p.account_kind,
    p.currency
), accounts AS (
  SELECT
    e.last_on AS business_date,
    m.account_kind,
    m.currency,
    CAST(SUM(m.closing_balance) AS DECIMAL(38, 2)) AS total
  FROM account_month AS m
  INNER JOIN ends AS e
    ON e.month_start = m.month_start
  GROUP BY
    e.last_on,
    m.account_kind,
    m.currency
)
SELECT
  CAST(COALESCE(p.business_date, a.business_date) AS STRING) AS business_date,
  COALESCE(p.account_kind, a.account_kind) AS account_kind,
  COALESCE(p.total, CAST(0 AS DECIMAL(38, 2))) - COALESCE(a.total, CAST(0 AS DECIMAL(38, 2))) AS difference_amount
FROM products AS p
FULL JOIN accounts AS a
  ON a.business_date = p.business_date
  AND a.account_kind = p.account_kind
  AND a.currency = p.currency
WHERE
  COALESCE(p.total, CAST(0 AS DECIMAL(38, 2))) <> COALESCE(a.total, CAST(0 AS DECIMAL(38, 2)))
