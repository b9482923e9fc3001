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
    COALESCE(m.surviving_number, t.customer_number) AS customer_number,
    t.channel_code,
    d.month_start,
    d.last_on,
    MIN(CASE WHEN COALESCE(r.counts_as, 1) = 1 THEN t.posted_on END) AS business_date,
    CAST(SUM(COALESCE(r.counts_as, 1)) AS BIGINT) AS transaction_count
  FROM account_transaction AS t
  INNER JOIN bounds AS b
    ON t.posted_on >= b.first_day
  INNER JOIN days AS d
    ON d.month_start = CAST(DATE_TRUNC('MONTH', t.posted_on) AS DATE)
  LEFT JOIN customer_merge AS m
    ON m.customer_number = t.customer_number
    AND m.valid_from <= d.last_on
    AND (
      m.valid_until IS NULL OR m.valid_until > d.last_on
    )
  LEFT JOIN reversal AS r
    ON r.account_number = t.account_number
    AND r.currency = t.currency
    AND r.transaction_number = t.transaction_number
  WHERE
    t.account_kind = 'deposit'
    AND NOT t.is_bank_initiated
    AND NOT t.customer_number IS NULL
    AND t.posted_on >= CAST('0001-01-01' AS DATE)
    AND t.posted_on <= CAST('2026-10-31' AS DATE)
    AND t.posted_on >= CAST('0001-01-01' AS DATE)
    AND t.posted_on < CAST('9999-12-31' AS DATE)
  GROUP BY
    COALESCE(m.surviving_number, t.customer_number),
    t.channel_code,
    d.month_start,
    d.last_on
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
  LEFT JOIN customer AS c
    ON c.customer_number = u.customer_number
  LEFT JOIN customer_home_period AS p
    ON p.customer_number = u.customer_number
    AND u.last_on >= p.valid_from
    AND (
      p.valid_until IS NULL OR u.last_on < p.valid_until
    )
  WHERE
    u.transaction_count > 0 AND NOT u.business_date IS NULL
) AS q
