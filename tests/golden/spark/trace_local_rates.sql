WITH local AS (
  SELECT
    local_currency,
    COUNT(*) AS row_count
  FROM exchange_rate
  GROUP BY
    local_currency
  ORDER BY
    row_count DESC,
    local_currency NULLS LAST
  LIMIT 1
), quoted AS (
  SELECT
    e.currency,
    e.valid_from,
    e.quoted_amount,
    e.exchange_rate,
    LAG(e.quoted_amount) OVER (PARTITION BY e.currency ORDER BY e.valid_from NULLS LAST) AS quoted_before,
    LAG(e.exchange_rate) OVER (PARTITION BY e.currency ORDER BY e.valid_from NULLS LAST) AS rate_before
  FROM exchange_rate AS e
  INNER JOIN local AS l
    ON l.local_currency = e.local_currency
  WHERE
    e.currency <> e.local_currency
    AND e.quoted_amount > 0
    AND e.exchange_rate > 0
    AND e.valid_from <= CAST('2026-10-31' AS DATE)
), changes AS (
  SELECT
    currency,
    quoted_amount,
    exchange_rate,
    CASE WHEN rate_before IS NULL THEN CAST('1900-01-01' AS DATE) ELSE valid_from END AS valid_from
  FROM quoted
  WHERE
    rate_before IS NULL
    OR rate_before <> exchange_rate
    OR quoted_before <> quoted_amount
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.valid_until AS DATE) AS valid_until,
  CAST(q.quoted_amount AS DECIMAL(18, 2)) AS quoted_amount,
  CAST(q.exchange_rate AS DECIMAL(12, 6)) AS exchange_rate
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    currency,
    valid_from,
    LEAD(valid_from) OVER (PARTITION BY currency ORDER BY valid_from NULLS LAST) AS valid_until,
    quoted_amount,
    exchange_rate
  FROM changes
) AS q
