WITH parents_known AS (
  SELECT
    subject_code,
    parent_code,
    ROW_NUMBER() OVER (
      PARTITION BY subject_code
      ORDER BY reported_on DESC, source_file_id DESC, source_line DESC
    ) AS recency
  FROM ledger_subject_snapshot
), tree AS (
  SELECT
    subject_code,
    parent_code
  FROM parents_known
  WHERE
    recency = 1 AND NOT parent_code IS NULL AND parent_code <> subject_code
), lines AS (
  SELECT
    reported_on AS business_date,
    organisation_code,
    subject_code,
    currency,
    period_kind,
    opening_debit_balance,
    opening_credit_balance,
    debit_amount,
    credit_amount,
    closing_debit_balance,
    closing_credit_balance,
    opening_debit_balance - opening_credit_balance AS opening_balance,
    debit_amount - credit_amount AS turnover_balance,
    closing_debit_balance - closing_credit_balance AS closing_balance
  FROM ledger_snapshot
  WHERE
    reported_on <= CAST('2026-10-31' AS DATE)
), told AS (
  SELECT
    business_date,
    MAX(
      ABS(opening_debit_balance) + ABS(opening_credit_balance) + ABS(debit_amount) + ABS(credit_amount)
    ) > 0 AS has_openings
  FROM lines
  GROUP BY
    business_date
), opened AS (
  SELECT
    l.business_date,
    l.organisation_code,
    l.subject_code,
    l.currency,
    l.opening_balance,
    CAST(CASE l.period_kind
      WHEN 'day'
      THEN CAST(l.business_date - 1 AS DATE)
      WHEN 'month'
      THEN CAST(CAST(DATE_TRUNC('MONTH', l.business_date) AS DATE) - 1 AS DATE)
      WHEN 'quarter'
      THEN CAST(CAST(DATE_TRUNC('QUARTER', l.business_date) AS DATE) - 1 AS DATE)
      WHEN 'year'
      THEN CAST(CAST(DATE_TRUNC('YEAR', l.business_date) AS DATE) - 1 AS DATE)
    END AS DATE) AS carried_from
  FROM lines AS l
), upper_subjects AS (
  SELECT DISTINCT
    t.parent_code,
    l.business_date
  FROM lines AS l
  INNER JOIN tree AS t
    ON t.subject_code = l.subject_code
), totals AS (
  SELECT
    l.business_date,
    l.organisation_code,
    l.currency,
    CAST(SUM(l.opening_balance) AS DECIMAL(38, 2)) AS opening_difference,
    CAST(SUM(l.turnover_balance) AS DECIMAL(38, 2)) AS turnover_difference,
    CAST(SUM(l.closing_balance) AS DECIMAL(38, 2)) AS closing_difference
  FROM lines AS l
  LEFT JOIN upper_subjects AS u
    ON u.parent_code = l.subject_code AND u.business_date = l.business_date
  WHERE
    u.parent_code IS NULL
  GROUP BY
    l.business_date,
    l.organisation_code,
    l.currency
), children AS (
  SELECT
    l.business_date,
    l.organisation_code,
    l.currency,
    t.parent_code,
    CAST(SUM(l.closing_balance) AS DECIMAL(38, 2)) AS closing_balance
  FROM lines AS l
  INNER JOIN tree AS t
    ON t.subject_code = l.subject_code
  GROUP BY
    l.business_date,
    l.organisation_code,
    l.currency,
    t.parent_code
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.check_code AS STRING) AS check_code,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.subject_code AS STRING) AS subject_code,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.difference_amount AS DECIMAL(38, 2)) AS difference_amount
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    'opening' AS check_code,
    business_date,
    organisation_code,
    'all' AS subject_code,
    currency,
    opening_difference AS difference_amount
  FROM totals
  WHERE
    opening_difference <> 0
  UNION ALL
  SELECT
    'BANK' AS legal_entity_code,
    'turnover' AS check_code,
    business_date,
    organisation_code,
    'all' AS subject_code,
    currency,
    turnover_difference AS difference_amount
  FROM totals
  WHERE
    turnover_difference <> 0
  UNION ALL
  SELECT
    'BANK' AS legal_entity_code,
    'closing' AS check_code,
    business_date,
    organisation_code,
    'all' AS subject_code,
    currency,
    closing_difference AS difference_amount
  FROM totals
  WHERE
    closing_difference <> 0
  UNION ALL
  SELECT
    'BANK' AS legal_entity_code,
    'roll' AS check_code,
    l.business_date,
    l.organisation_code,
    l.subject_code,
    l.currency,
    l.opening_balance + l.turnover_balance - l.closing_balance AS difference_amount
  FROM lines AS l
  INNER JOIN told AS d
    ON d.business_date = l.business_date
  WHERE
    d.has_openings AND l.opening_balance + l.turnover_balance <> l.closing_balance
  UNION ALL
  SELECT
    'BANK' AS legal_entity_code,
    'parent' AS check_code,
    p.business_date,
    p.organisation_code,
    p.subject_code,
    p.currency,
    COALESCE(c.closing_balance, CAST(0 AS DECIMAL(38, 2))) - p.closing_balance AS difference_amount
  FROM lines AS p
  INNER JOIN upper_subjects AS u
    ON u.parent_code = p.subject_code AND u.business_date = p.business_date
  LEFT JOIN children AS c
    ON c.business_date = p.business_date
    AND c.organisation_code = p.organisation_code
    AND c.currency = p.currency
    AND c.parent_code = p.subject_code
  WHERE
    COALESCE(c.closing_balance, CAST(0 AS DECIMAL(38, 2))) <> p.closing_balance
  UNION ALL
  SELECT
    'BANK' AS legal_entity_code,
    'carried' AS check_code,
    o.business_date,
    o.organisation_code,
    o.subject_code,
    o.currency,
    COALESCE(c.closing_balance, CAST(0 AS DECIMAL(38, 2))) - o.opening_balance AS difference_amount
  FROM opened AS o
  INNER JOIN told AS d
    ON d.business_date = o.business_date AND d.has_openings
  INNER JOIN told AS b
    ON b.business_date = o.carried_from
  LEFT JOIN lines AS c
    ON c.business_date = o.carried_from
    AND c.organisation_code = o.organisation_code
    AND c.subject_code = o.subject_code
    AND c.currency = o.currency
  WHERE
    COALESCE(c.closing_balance, CAST(0 AS DECIMAL(38, 2))) <> o.opening_balance
) AS q
