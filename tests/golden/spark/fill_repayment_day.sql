WITH due AS (
  SELECT
    loan_number,
    due_on,
    due_on AS business_date,
    due_principal_amount,
    due_interest_amount,
    CAST(0 AS DECIMAL(18, 2)) AS collected_principal_amount,
    CAST(0 AS DECIMAL(18, 2)) AS collected_interest_amount
  FROM repayment_schedule
  UNION ALL
  SELECT
    s.loan_number,
    s.due_on,
    GREATEST(s.due_on, r.received_on) AS business_date,
    CAST(0 AS DECIMAL(18, 2)) AS due_principal_amount,
    CAST(0 AS DECIMAL(18, 2)) AS due_interest_amount,
    r.principal_amount AS collected_principal_amount,
    r.interest_amount AS collected_interest_amount
  FROM repayment_receipt AS r
  INNER JOIN repayment_schedule AS s
    ON s.loan_number = r.loan_number AND s.instalment_number = r.instalment_number
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.product_code AS STRING) AS product_code,
  CAST(q.customer_kind AS STRING) AS customer_kind,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.due_on AS DATE) AS due_on,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.due_principal_amount AS DECIMAL(38, 2)) AS due_principal_amount,
  CAST(q.due_interest_amount AS DECIMAL(38, 2)) AS due_interest_amount,
  CAST(q.collected_principal_amount AS DECIMAL(38, 2)) AS collected_principal_amount,
  CAST(q.collected_interest_amount AS DECIMAL(38, 2)) AS collected_interest_amount
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    COALESCE(p.organisation_code, l.organisation_code, 'none') AS organisation_code,
    COALESCE(l.product_code, 'unknown') AS product_code,
    COALESCE(l.customer_kind, 'unknown') AS customer_kind,
    COALESCE(l.currency, 'unknown') AS currency,
    d.due_on,
    d.business_date,
    CAST(SUM(
      CASE
        WHEN x.currency IS NULL
        THEN d.due_principal_amount
        ELSE CAST(CASE
          WHEN (
            CAST(CAST(CAST(d.due_principal_amount AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
          ) <> (
            (
              CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
            ) < 0
          )
          THEN -1
          ELSE 1
        END * CAST((
          2 * ABS(
            CAST(CAST(CAST(d.due_principal_amount AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
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
    ) AS DECIMAL(38, 2)) AS due_principal_amount,
    CAST(SUM(
      CASE
        WHEN x.currency IS NULL
        THEN d.due_interest_amount
        ELSE CAST(CASE
          WHEN (
            CAST(CAST(CAST(d.due_interest_amount AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
          ) <> (
            (
              CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
            ) < 0
          )
          THEN -1
          ELSE 1
        END * CAST((
          2 * ABS(
            CAST(CAST(CAST(d.due_interest_amount AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
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
    ) AS DECIMAL(38, 2)) AS due_interest_amount,
    CAST(SUM(
      CASE
        WHEN x.currency IS NULL
        THEN d.collected_principal_amount
        ELSE CAST(CASE
          WHEN (
            CAST(CAST(CAST(d.collected_principal_amount AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
          ) <> (
            (
              CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
            ) < 0
          )
          THEN -1
          ELSE 1
        END * CAST((
          2 * ABS(
            CAST(CAST(CAST(d.collected_principal_amount AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
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
    ) AS DECIMAL(38, 2)) AS collected_principal_amount,
    CAST(SUM(
      CASE
        WHEN x.currency IS NULL
        THEN d.collected_interest_amount
        ELSE CAST(CASE
          WHEN (
            CAST(CAST(CAST(d.collected_interest_amount AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
          ) <> (
            (
              CAST(CAST(x.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
            ) < 0
          )
          THEN -1
          ELSE 1
        END * CAST((
          2 * ABS(
            CAST(CAST(CAST(d.collected_interest_amount AS DECIMAL(20, 2)) * x.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
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
    ) AS DECIMAL(38, 2)) AS collected_interest_amount
  FROM due AS d
  LEFT JOIN loan AS l
    ON l.loan_number = d.loan_number
  LEFT JOIN local_rate AS x
    ON x.currency = l.currency
    AND d.due_on >= x.valid_from
    AND (
      x.valid_until IS NULL OR d.due_on < x.valid_until
    )
  LEFT JOIN loan_organisation_period AS p
    ON p.loan_number = d.loan_number
    AND d.business_date >= p.valid_from
    AND (
      p.valid_until IS NULL OR d.business_date < p.valid_until
    )
  WHERE
    d.business_date <= CAST('2026-10-31' AS DATE)
  GROUP BY
    COALESCE(p.organisation_code, l.organisation_code, 'none'),
    COALESCE(l.product_code, 'unknown'),
    COALESCE(l.customer_kind, 'unknown'),
    COALESCE(l.currency, 'unknown'),
    d.due_on,
    d.business_date
) AS q
