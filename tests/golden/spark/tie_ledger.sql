WITH both_days AS (
  SELECT DISTINCT
    business_date,
    control_code
  FROM subledger_day
  WHERE
    business_date IN (
      SELECT
        business_date
      FROM ledger_day
    )
), placed AS (
  SELECT
    s.organisation_code,
    s.subject_code,
    s.currency,
    s.business_date,
    COALESCE(c.control_code, s.control_code) AS control_code,
    s.balance
  FROM subledger_day AS s
  INNER JOIN both_days AS d
    ON d.business_date = s.business_date AND d.control_code = s.control_code
  LEFT JOIN subject_control AS c
    ON c.subject_code = s.subject_code AND c.business_date = s.business_date
), subledger AS (
  SELECT
    p.organisation_code,
    CASE
      WHEN p.control_code IN ('card', 'discount', 'advance')
      THEN '*'
      ELSE p.subject_code
    END AS subject_code,
    p.currency,
    p.business_date,
    p.control_code,
    CAST(SUM(p.balance) AS DECIMAL(38, 2)) AS subledger_balance
  FROM placed AS p
  INNER JOIN both_days AS d
    ON d.business_date = p.business_date AND d.control_code = p.control_code
  GROUP BY
    p.organisation_code,
    CASE
      WHEN p.control_code IN ('card', 'discount', 'advance')
      THEN '*'
      ELSE p.subject_code
    END,
    p.currency,
    p.business_date,
    p.control_code
), ledger AS (
  SELECT
    l.organisation_code,
    CASE
      WHEN c.control_code IN ('card', 'discount', 'advance')
      THEN '*'
      ELSE l.subject_code
    END AS subject_code,
    l.currency,
    l.business_date,
    c.control_code,
    CAST(SUM(
      CASE
        WHEN l.balance_side = 'credit' AND c.control_code = 'deposit'
        THEN l.balance
        WHEN l.balance_side <> 'credit' AND c.control_code <> 'deposit'
        THEN l.balance
        ELSE -l.balance
      END
    ) AS DECIMAL(38, 2)) AS ledger_balance
  FROM ledger_day AS l
  INNER JOIN subject_control AS c
    ON c.subject_code = l.subject_code AND c.business_date = l.business_date
  INNER JOIN both_days AS d
    ON d.business_date = l.business_date AND d.control_code = c.control_code
  GROUP BY
    l.organisation_code,
    CASE
      WHEN c.control_code IN ('card', 'discount', 'advance')
      THEN '*'
      ELSE l.subject_code
    END,
    l.currency,
    l.business_date,
    c.control_code
), reporting AS (
  SELECT DISTINCT
    organisation_code,
    business_date,
    control_code
  FROM subledger_day
), compared AS (
  SELECT
    COALESCE(s.organisation_code, l.organisation_code) AS organisation_code,
    COALESCE(s.subject_code, l.subject_code) AS subject_code,
    COALESCE(s.currency, l.currency) AS currency,
    COALESCE(s.business_date, l.business_date) AS business_date,
    COALESCE(s.control_code, l.control_code) AS control_code,
    s.subledger_balance,
    l.ledger_balance,
    CASE
      WHEN s.subject_code IS NULL
      THEN 'ledger'
      WHEN l.subject_code IS NULL
      THEN 'subledger'
      ELSE 'both'
    END AS found_in
  FROM subledger AS s
  FULL JOIN ledger AS l
    ON l.organisation_code = s.organisation_code
    AND l.subject_code = s.subject_code
    AND l.currency = s.currency
    AND l.business_date = s.business_date
    AND l.control_code = s.control_code
  WHERE
    NOT s.subject_code IS NULL OR l.ledger_balance <> 0
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.subject_code AS STRING) AS subject_code,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.control_code AS STRING) AS control_code,
  CAST(q.found_in AS STRING) AS found_in,
  CAST(q.subledger_balance AS DECIMAL(38, 2)) AS subledger_balance,
  CAST(q.ledger_balance AS DECIMAL(38, 2)) AS ledger_balance,
  CAST(q.difference_amount AS DECIMAL(38, 2)) AS difference_amount
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    c.organisation_code,
    c.subject_code,
    c.currency,
    c.business_date,
    c.control_code,
    CASE
      WHEN c.found_in = 'ledger' AND r.organisation_code IS NULL
      THEN 'no_accounts'
      ELSE c.found_in
    END AS found_in,
    COALESCE(c.subledger_balance, CAST(0 AS DECIMAL(38, 2))) AS subledger_balance,
    COALESCE(c.ledger_balance, CAST(0 AS DECIMAL(38, 2))) AS ledger_balance,
    COALESCE(c.subledger_balance, CAST(0 AS DECIMAL(38, 2))) - COALESCE(c.ledger_balance, CAST(0 AS DECIMAL(38, 2))) AS difference_amount
  FROM compared AS c
  LEFT JOIN reporting AS r
    ON r.organisation_code = c.organisation_code
    AND r.business_date = c.business_date
    AND r.control_code = c.control_code
) AS q
