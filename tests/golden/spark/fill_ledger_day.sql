WITH subjects AS (
  SELECT
    subject_code,
    subject_name,
    balance_side,
    business_subclass,
    ROW_NUMBER() OVER (
      PARTITION BY subject_code
      ORDER BY reported_on DESC, source_file_id DESC, source_line DESC
    ) AS recency
  FROM ledger_subject_snapshot
), parents AS (
  SELECT DISTINCT
    c.parent_code,
    g.reported_on
  FROM ledger_snapshot AS g
  INNER JOIN ledger_subject_snapshot AS c
    ON c.subject_code = g.subject_code
  WHERE
    NOT c.parent_code IS NULL AND c.parent_code <> c.subject_code
), leaves AS (
  SELECT
    g.organisation_code,
    g.subject_code,
    g.currency,
    g.reported_on AS business_date,
    s.subject_name,
    COALESCE(s.balance_side, 'both') AS balance_side,
    COALESCE(s.business_subclass, 'unmapped') AS business_subclass,
    CASE COALESCE(s.balance_side, 'both')
      WHEN 'credit'
      THEN g.closing_credit_balance - g.closing_debit_balance
      ELSE g.closing_debit_balance - g.closing_credit_balance
    END AS balance,
    g.debit_amount,
    g.credit_amount
  FROM ledger_snapshot AS g
  LEFT JOIN subjects AS s
    ON s.subject_code = g.subject_code AND s.recency = 1
  LEFT JOIN parents AS p
    ON p.parent_code = g.subject_code AND p.reported_on = g.reported_on
  WHERE
    p.parent_code IS NULL AND g.reported_on <= CAST('2026-10-31' AS DATE)
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.subject_code AS STRING) AS subject_code,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.subject_name AS STRING) AS subject_name,
  CAST(q.balance_side AS STRING) AS balance_side,
  CAST(q.business_subclass AS STRING) AS business_subclass,
  CAST(q.balance AS DECIMAL(18, 2)) AS balance,
  CAST(q.local_balance AS DECIMAL(18, 2)) AS local_balance,
  CAST(q.debit_amount AS DECIMAL(18, 2)) AS debit_amount,
  CAST(q.credit_amount AS DECIMAL(18, 2)) AS credit_amount
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    l.organisation_code,
    l.subject_code,
    l.currency,
    l.business_date,
    l.subject_name,
    l.balance_side,
    l.business_subclass,
    l.balance,
    CASE
      WHEN r.currency IS NULL
      THEN l.balance
      ELSE CAST(CASE
        WHEN (
          CAST(CAST(CAST(l.balance AS DECIMAL(20, 2)) * r.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0)) < 0
        ) <> (
          (
            CAST(CAST(r.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          ) < 0
        )
        THEN -1
        ELSE 1
      END * CAST((
        2 * ABS(
          CAST(CAST(CAST(l.balance AS DECIMAL(20, 2)) * r.exchange_rate AS DECIMAL(38, 8)) * 100000000 AS DECIMAL(38, 0))
        ) + ABS(
          (
            CAST(CAST(r.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          )
        )
      ) DIV NULLIF(
        2 * ABS(
          (
            CAST(CAST(r.quoted_amount AS DECIMAL(38, 2)) * 100 AS DECIMAL(38, 0)) * 10000
          )
        ),
        0
      ) AS DECIMAL(18, 0)) * CAST('0.01' AS DECIMAL(3, 2)) AS DECIMAL(18, 2))
    END AS local_balance,
    l.debit_amount,
    l.credit_amount
  FROM leaves AS l
  LEFT JOIN local_rate AS r
    ON r.currency = l.currency
    AND l.business_date >= r.valid_from
    AND (
      r.valid_until IS NULL OR l.business_date < r.valid_until
    )
) AS q
