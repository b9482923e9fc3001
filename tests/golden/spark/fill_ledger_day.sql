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
  CAST(q.debit_amount AS DECIMAL(18, 2)) AS debit_amount,
  CAST(q.credit_amount AS DECIMAL(18, 2)) AS credit_amount
FROM (
  SELECT
    'BANK' AS legal_entity_code,
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
) AS q
