WITH known AS (
  SELECT
    account_number,
    currency,
    MIN(interest_rate) AS lowest_rate,
    MAX(interest_rate) AS highest_rate
  FROM account_snapshot
  WHERE
    NOT interest_rate IS NULL
  GROUP BY
    account_number,
    currency
), reported AS (
  SELECT
    s.account_number,
    s.currency,
    s.reported_on,
    MAX(s.interest_rate) AS interest_rate
  FROM account_snapshot AS s
  INNER JOIN known AS k
    ON k.account_number = s.account_number
    AND k.currency = s.currency
    AND k.lowest_rate <> k.highest_rate
  WHERE
    NOT s.interest_rate IS NULL
  GROUP BY
    s.account_number,
    s.currency,
    s.reported_on
), followed AS (
  SELECT
    account_number,
    currency,
    reported_on,
    interest_rate,
    LAG(interest_rate) OVER (PARTITION BY account_number, currency ORDER BY reported_on NULLS LAST) AS rate_before,
    LAG(reported_on) OVER (PARTITION BY account_number, currency ORDER BY reported_on NULLS LAST) AS reported_before
  FROM reported
), changes AS (
  SELECT
    account_number,
    currency,
    CASE
      WHEN reported_before IS NULL
      THEN CAST('1900-01-01' AS DATE)
      ELSE reported_on
    END AS valid_from,
    interest_rate,
    COALESCE(DATEDIFF(DAY, reported_before, reported_on) > 1, FALSE) AS is_estimated
  FROM followed
  WHERE
    rate_before IS NULL OR rate_before <> interest_rate
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.account_number AS STRING) AS account_number,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.valid_from AS DATE) AS valid_from,
  CAST(q.valid_until AS DATE) AS valid_until,
  CAST(q.interest_rate AS DECIMAL(12, 6)) AS interest_rate,
  CAST(q.is_estimated AS BOOLEAN) AS is_estimated
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    account_number,
    currency,
    valid_from,
    LEAD(valid_from) OVER (PARTITION BY account_number, currency ORDER BY valid_from NULLS LAST) AS valid_until,
    interest_rate,
    is_estimated
  FROM changes
  UNION ALL
  SELECT
    'BANK' AS legal_entity_code,
    account_number,
    currency,
    CAST('1900-01-01' AS DATE) AS valid_from,
    CAST(NULL AS DATE) AS valid_until,
    lowest_rate AS interest_rate,
    FALSE AS is_estimated
  FROM known
  WHERE
    lowest_rate = highest_rate
) AS q
