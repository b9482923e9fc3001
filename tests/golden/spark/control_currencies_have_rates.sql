WITH held AS (
  SELECT
    currency,
    COUNT(*) AS row_count
  FROM account
  GROUP BY
    currency
  UNION ALL
  SELECT
    currency,
    COUNT(*) AS row_count
  FROM loan
  GROUP BY
    currency
  UNION ALL
  SELECT
    currency,
    COUNT(*) AS row_count
  FROM asset_holding
  GROUP BY
    currency
), counted AS (
  SELECT
    currency,
    CAST(SUM(row_count) AS BIGINT) AS row_count
  FROM held
  GROUP BY
    currency
), own AS (
  SELECT
    local_currency AS currency,
    1 AS preference,
    COUNT(*) AS row_count
  FROM exchange_rate
  GROUP BY
    local_currency
  UNION ALL
  SELECT
    currency,
    2 AS preference,
    row_count
  FROM counted
), local AS (
  SELECT
    currency
  FROM own
  ORDER BY
    preference NULLS LAST,
    row_count DESC,
    currency NULLS LAST
  LIMIT 1
)
SELECT
  c.currency,
  CAST(c.row_count AS DECIMAL(38, 2)) AS difference_amount
FROM counted AS c
CROSS JOIN local AS l
LEFT JOIN (
  SELECT DISTINCT
    currency
  FROM local_rate
) AS r
  ON r.currency = c.currency
WHERE
  c.currency <> l.currency AND r.currency IS NULL
