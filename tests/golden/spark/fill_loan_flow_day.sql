WITH receipts AS (
  SELECT
    account_number,
    currency,
    loan_status
  FROM (
    SELECT
      account_number,
      currency,
      loan_status,
      ROW_NUMBER() OVER (
        PARTITION BY account_number, currency
        ORDER BY disbursed_on DESC, loan_number NULLS LAST
      ) AS _w
    FROM loan
    WHERE
      NOT account_number IS NULL
  ) AS _t
  WHERE
    _w = 1
), flows AS (
  SELECT
    COALESCE(p.organisation_code, a.organisation_code) AS organisation_code,
    a.product_code,
    a.customer_kind,
    a.currency,
    COALESCE(r.loan_status, 'other') AS loan_status,
    t.posted_on AS business_date,
    CASE
      WHEN t.transaction_type = 'loan_disbursement'
      THEN CASE
        WHEN x.currency IS NULL
        THEN t.balance_change
        ELSE CAST(CASE
          WHEN (
            CAST(CAST(CAST(t.balance_change AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
          ) <> (
            (
              CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
            ) < 0
          )
          THEN -1
          ELSE 1
        END * CAST((
          2 * ABS(
            CAST(CAST(CAST(t.balance_change AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
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
    END AS disbursed_amount,
    CASE
      WHEN t.transaction_type = 'loan_disbursement'
      THEN COALESCE(v.counts_as, 1)
      ELSE 0
    END AS disbursed_count,
    CASE
      WHEN t.transaction_type = 'loan_principal'
      THEN CASE
        WHEN x.currency IS NULL
        THEN -t.balance_change
        ELSE CAST(CASE
          WHEN (
            CAST(CAST(CAST(-t.balance_change AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
          ) <> (
            (
              CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
            ) < 0
          )
          THEN -1
          ELSE 1
        END * CAST((
          2 * ABS(
            CAST(CAST(CAST(-t.balance_change AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
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
    END AS collected_amount
  FROM account_transaction AS t
  INNER JOIN account AS a
    ON a.account_number = t.account_number AND a.currency = t.currency
  LEFT JOIN reversal AS v
    ON v.account_number = t.account_number
    AND v.currency = t.currency
    AND v.transaction_number = t.transaction_number
  LEFT JOIN account_organisation_period AS p
    ON p.account_number = t.account_number
    AND p.currency = t.currency
    AND t.posted_on >= p.valid_from
    AND (
      p.valid_until IS NULL OR t.posted_on < p.valid_until
    )
  LEFT JOIN receipts AS r
    ON r.account_number = t.account_number AND r.currency = t.currency
  LEFT JOIN local_rate AS x
    ON x.currency = t.currency
    AND t.posted_on >= x.valid_from
    AND (
      x.valid_until IS NULL OR t.posted_on < x.valid_until
    )
  WHERE
    t.account_kind = 'loan'
    AND t.transaction_type IN ('loan_disbursement', 'loan_principal')
  UNION ALL
  SELECT
    COALESCE(p.organisation_code, l.organisation_code) AS organisation_code,
    l.product_code,
    l.customer_kind,
    l.currency,
    l.loan_status,
    l.disbursed_on AS business_date,
    CASE
      WHEN y.currency IS NULL
      THEN l.disbursed_amount
      ELSE CAST(CASE
        WHEN (
          CAST(CAST(CAST(l.disbursed_amount AS DECIMAL(20, 2)) * y.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
        ) <> (
          (
            CAST(CAST(y.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          ) < 0
        )
        THEN -1
        ELSE 1
      END * CAST((
        2 * ABS(
          CAST(CAST(CAST(l.disbursed_amount AS DECIMAL(20, 2)) * y.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
        ) + ABS(
          (
            CAST(CAST(y.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          )
        )
      ) DIV NULLIF(
        2 * ABS(
          (
            CAST(CAST(y.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          )
        ),
        0
      ) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
    END AS disbursed_amount,
    1 AS disbursed_count,
    CAST(0 AS DECIMAL(18, 2)) AS collected_amount
  FROM loan AS l
  LEFT JOIN loan_organisation_period AS p
    ON p.loan_number = l.loan_number
    AND l.disbursed_on >= p.valid_from
    AND (
      p.valid_until IS NULL OR l.disbursed_on < p.valid_until
    )
  LEFT JOIN local_rate AS y
    ON y.currency = l.currency
    AND l.disbursed_on >= y.valid_from
    AND (
      y.valid_until IS NULL OR l.disbursed_on < y.valid_until
    )
  WHERE
    NOT l.product_code IN ('票据贴现', '垫款')
    AND NOT EXISTS(
      SELECT
        1
      FROM account AS a
      WHERE
        a.account_number = l.account_number
        AND a.currency = l.currency
        AND a.account_kind = 'loan'
    )
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.loan_status AS STRING) AS loan_status,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.disbursed_amount AS DECIMAL(38, 2)) AS disbursed_amount,
  CAST(q.disbursed_count AS BIGINT) AS disbursed_count,
  CAST(q.collected_amount AS DECIMAL(38, 2)) AS collected_amount
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    organisation_code,
    product_code,
    customer_kind,
    currency,
    loan_status,
    business_date,
    CAST(SUM(disbursed_amount) AS DECIMAL(38, 2)) AS disbursed_amount,
    CAST(SUM(disbursed_count) AS BIGINT) AS disbursed_count,
    CAST(SUM(collected_amount) AS DECIMAL(38, 2)) AS collected_amount
  FROM flows
  WHERE
    business_date <= CAST('2026-10-31' AS DATE)
  GROUP BY
    organisation_code,
    product_code,
    customer_kind,
    currency,
    loan_status,
    business_date
) AS q
