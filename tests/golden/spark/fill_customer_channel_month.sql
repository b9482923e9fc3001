WITH bounds AS (
  SELECT
    MIN(business_date) AS first_day
  FROM calendar_day
), days AS (
  SELECT
    month_start,
    MAX(business_date) AS last_on
  FROM calendar_day
  GROUP BY
    month_start
), used AS (
  SELECT
    t.customer_number,
    t.channel_code,
    CAST(DATE_TRUNC('MONTH', t.posted_on) AS DATE) AS month_start,
    MIN(CASE WHEN COALESCE(r.counts_as, 1) = 1 THEN t.posted_on END) AS business_date,
    CAST(SUM(COALESCE(r.counts_as, 1)) AS BIGINT) AS transaction_count
  FROM account_transaction AS t
  INNER JOIN bounds AS b
    ON t.posted_on >= b.first_day
  LEFT JOIN reversal AS r
    ON r.account_number = t.account_number
    AND r.currency = t.currency
    AND r.transaction_number = t.transaction_number
  WHERE
    t.account_kind = 'deposit'
    AND NOT t.is_bank_initiated
    AND NOT t.customer_number IS NULL
    AND t.posted_on <= CAST('2026-10-31' AS DATE)
  GROUP BY
    t.customer_number,
    t.channel_code,
    CAST(DATE_TRUNC('MONTH', t.posted_on) AS DATE)
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.customer_number AS STRING) AS customer_number,
  CAST(q.channel_code AS STRING) AS channel_code,
  CAST(q.month_start AS DATE) AS month_start,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.transaction_count AS BIGINT) AS transaction_count
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    u.customer_number,
    u.channel_code,
    u.month_start,
    COALESCE(p.organisation_code, c.home_organisation_code, 'none') AS organisation_code,
    COALESCE(c.customer_kind, 'unknown') AS customer_kind,
    u.business_date,
    u.transaction_count
  FROM used AS u
  INNER JOIN days AS d
    ON d.month_start = u.month_start
  LEFT JOIN customer AS c
    ON c.customer_number = u.customer_number
  LEFT JOIN customer_home_period AS p
    ON p.customer_number = u.customer_number
    AND d.last_on >= p.valid_from
    AND (
      p.valid_until IS NULL OR d.last_on < p.valid_until
    )
  WHERE
    u.transaction_count > 0 AND NOT u.business_date IS NULL
) AS q
