WITH both_days AS (
  SELECT DISTINCT
    business_date,
    control_code
  FROM subledger_day
), ties AS (
  SELECT
    business_date,
    subject_code,
    currency,
    CAST(SUM(subledger_balance) AS DECIMAL(38, 2)) AS subledger_balance,
    CAST(SUM(difference_amount) AS DECIMAL(38, 2)) AS difference_amount,
    COUNT(*) FILTER(WHERE
      difference_amount <> 0) AS differing_count
  FROM ledger_tie
  GROUP BY
    business_date,
    subject_code,
    currency
), subjects AS (
  SELECT
    business_date,
    subject_code,
    currency,
    MIN(subject_name) AS subject_name,
    CAST(SUM(balance) AS DECIMAL(38, 2)) AS ledger_balance
  FROM ledger_day
  GROUP BY
    business_date,
    subject_code,
    currency
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.subject_code AS STRING) AS subject_code,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.subject_name AS STRING) AS subject_name,
  CAST(q.element_code AS STRING) AS element_code,
  CAST(q.control_code AS STRING) AS control_code,
  CAST(q.is_covered AS BOOLEAN) AS is_covered,
  CAST(q.ledger_balance AS DECIMAL(38, 2)) AS ledger_balance,
  CAST(q.subledger_balance AS DECIMAL(38, 2)) AS subledger_balance,
  CAST(q.difference_amount AS DECIMAL(38, 2)) AS difference_amount,
  CAST(q.differing_count AS BIGINT) AS differing_count
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    s.business_date,
    s.subject_code,
    s.currency,
    s.subject_name,
    c.element_code,
    c.control_code,
    NOT d.control_code IS NULL AS is_covered,
    s.ledger_balance,
    t.subledger_balance,
    t.difference_amount,
    COALESCE(t.differing_count, 0) AS differing_count
  FROM subjects AS s
  INNER JOIN subject_control AS c
    ON c.subject_code = s.subject_code AND c.business_date = s.business_date
  LEFT JOIN both_days AS d
    ON d.business_date = s.business_date AND d.control_code = c.control_code
  LEFT JOIN ties AS t
    ON t.business_date = s.business_date
    AND t.subject_code = s.subject_code
    AND t.currency = s.currency
) AS q
