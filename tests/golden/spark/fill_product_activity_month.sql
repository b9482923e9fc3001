WITH months AS (
  SELECT
    month_start,
    MAX(business_date) AS business_date
  FROM calendar_day
  WHERE
    business_date >= CAST('0001-01-01' AS DATE)
  GROUP BY
    month_start
), by_account AS (
  SELECT
    t.account_number,
    t.currency,
    t.holding_organisation_code,
    t.channel_code,
    m.business_date,
    CAST(SUM(COALESCE(r.counts_as, 1)) AS BIGINT) AS transaction_count,
    CAST(SUM(
      CASE COALESCE(r.counts_as, 1)
        WHEN 1
        THEN CASE
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
        END
        WHEN -1
        THEN -CASE
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
        END
        ELSE CAST(0 AS DECIMAL(18, 2))
      END
    ) AS DECIMAL(38, 2)) AS transaction_amount
  FROM account_transaction AS t
  INNER JOIN months AS m
    ON m.month_start = CAST(DATE_TRUNC('MONTH', t.posted_on) AS DATE)
  LEFT JOIN reversal AS r
    ON r.account_number = t.account_number
    AND r.currency = t.currency
    AND r.transaction_number = t.transaction_number
  LEFT JOIN local_rate AS x
    ON x.currency = t.currency
    AND t.posted_on >= x.valid_from
    AND (
      x.valid_until IS NULL OR t.posted_on < x.valid_until
    )
  WHERE
    NOT t.is_bank_initiated
    AND t.posted_on >= CAST('0001-01-01' AS DATE)
    AND t.posted_on <= CAST('2026-10-31' AS DATE)
  GROUP BY
    t.account_number,
    t.currency,
    t.holding_organisation_code,
    t.channel_code,
    m.business_date
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.product_group AS STRING) AS product_group,
  CAST(q.product_line AS STRING) AS product_line,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.channel_code AS STRING) AS channel_code,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.transaction_count AS BIGINT) AS transaction_count,
  CAST(q.transaction_amount AS DECIMAL(38, 2)) AS transaction_amount
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    b.holding_organisation_code AS organisation_code,
    COALESCE(a.product_code, 'none') AS product_code,
    COALESCE(a.product_group, 'unmapped') AS product_group,
    MIN(COALESCE(a.product_line, 'unmapped')) AS product_line,
    COALESCE(a.customer_kind, 'unknown') AS customer_kind,
    b.channel_code,
    b.currency,
    b.business_date,
    CAST(SUM(b.transaction_count) AS BIGINT) AS transaction_count,
    CAST(SUM(b.transaction_amount) AS DECIMAL(38, 2)) AS transaction_amount
  FROM by_account AS b
  LEFT JOIN account AS a
    ON a.account_number = b.account_number AND a.currency = b.currency
  GROUP BY
    b.holding_organisation_code,
    COALESCE(a.product_code, 'none'),
    COALESCE(a.product_group, 'unmapped'),
    COALESCE(a.customer_kind, 'unknown'),
    b.channel_code,
    b.currency,
    b.business_date
) AS q
