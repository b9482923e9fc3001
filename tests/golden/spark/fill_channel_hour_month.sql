WITH days AS (
  SELECT
    business_date,
    MAX(business_date) OVER (PARTITION BY month_start) AS last_on
  FROM calendar_day
  WHERE
    business_date >= CAST('0001-01-01' AS DATE)
), transactions AS (
  SELECT
    t.holding_organisation_code AS organisation_code,
    COALESCE(a.customer_kind, 'unknown') AS customer_kind,
    COALESCE(s.tier_code, 'none') AS tier_code,
    t.channel_code,
    t.transaction_type,
    t.currency,
    CAST(DATEDIFF(DAY, CAST('1970-01-05' AS DATE), t.posted_on) % 7 + 1 AS STRING) AS weekday_code,
    CASE
      WHEN SUBSTRING(t.posted_time, 1, 2) BETWEEN '00' AND '23'
      AND LENGTH(t.posted_time) = 6
      THEN SUBSTRING(t.posted_time, 1, 2)
      ELSE 'none'
    END AS hour_code,
    d.last_on AS business_date,
    CASE
      WHEN x.currency IS NULL
      THEN t.amount
      ELSE CAST(CASE
        WHEN (
          CAST(CAST(CAST(t.amount AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
        ) <> (
          (
            CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          ) < 0
        )
        THEN -1
        ELSE 1
      END * CAST((
        2 * ABS(
          CAST(CAST(CAST(t.amount AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
        ) + ABS(
          (
            CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          )
        )
      ) DIV NULLIF(
        2 * ABS(
          (
            CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          )
        ),
        0
      ) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
    END AS amount,
    COALESCE(r.counts_as, 1) AS counts_as
  FROM account_transaction AS t
  INNER JOIN days AS d
    ON d.business_date = t.posted_on
  LEFT JOIN account AS a
    ON a.account_number = t.account_number AND a.currency = t.currency
  LEFT JOIN reversal AS r
    ON r.account_number = t.account_number
    AND r.currency = t.currency
    AND r.transaction_number = t.transaction_number
  LEFT JOIN customer_merge AS m
    ON m.customer_number = t.customer_number
    AND m.valid_from <= d.last_on
    AND (
      m.valid_until IS NULL OR m.valid_until > d.last_on
    )
  LEFT JOIN customer_standing AS s
    ON s.customer_number = COALESCE(m.surviving_number, t.customer_number)
    AND s.business_date = d.last_on
  LEFT JOIN local_rate AS x
    ON x.currency = t.currency
    AND t.posted_on >= x.valid_from
    AND (
      x.valid_until IS NULL OR t.posted_on < x.valid_until
    )
  WHERE
    t.account_kind = 'deposit'
    AND NOT t.is_bank_initiated
    AND t.posted_on >= CAST('0001-01-01' AS DATE)
    AND t.posted_on <= CAST('2026-10-31' AS DATE)
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.tier_code AS STRING) AS tier_code,
  CAST(q.channel_code AS STRING) AS channel_code,
  CAST(q.transaction_type AS STRING) AS transaction_type,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.weekday_code AS STRING) AS weekday_code,
  CAST(q.hour_code AS STRING) AS hour_code,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.transaction_count AS BIGINT) AS transaction_count,
  CAST(q.transaction_amount AS DECIMAL(38, 2)) AS transaction_amount
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    organisation_code,
    customer_kind,
    tier_code,
    channel_code,
    transaction_type,
    currency,
    weekday_code,
    hour_code,
    business_date,
    CAST(SUM(counts_as) AS BIGINT) AS transaction_count,
    CAST(SUM(CASE counts_as WHEN 1 THEN amount WHEN -1 THEN -amount ELSE 0 END) AS DECIMAL(38, 2)) AS transaction_amount
  FROM transactions
  GROUP BY
    organisation_code,
    customer_kind,
    tier_code,
    channel_code,
    transaction_type,
    currency,
    weekday_code,
    hour_code,
    business_date
) AS q
