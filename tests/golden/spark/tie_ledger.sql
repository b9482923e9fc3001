WITH both_days AS (
  SELECT DISTINCT
    reported_on AS business_date,
    account_kind
  FROM account_snapshot
  WHERE
    NOT balance IS NULL
    AND reported_on IN (
      SELECT
        business_date
      FROM ledger_day
    )
), subledger AS (
  SELECT
    s.organisation_code,
    COALESCE(s.subject_code, 'none') AS subject_code,
    s.currency,
    s.reported_on AS business_date,
    MIN(s.account_kind) AS account_kind,
    CAST(SUM(s.balance) AS DECIMAL(38, 2)) AS subledger_balance
  FROM account_snapshot AS s
  INNER JOIN both_days AS d
    ON d.business_date = s.reported_on AND d.account_kind = s.account_kind
  WHERE
    NOT s.balance IS NULL
  GROUP BY
    s.organisation_code,
    COALESCE(s.subject_code, 'none'),
    s.currency,
    s.reported_on
), ledger AS (
  SELECT
    l.organisation_code,
    l.subject_code,
    l.currency,
    l.business_date,
    l.business_subclass,
    l.balance AS ledger_balance,
    NOT d.account_kind IS NULL AS has_subledger
  FROM ledger_day AS l
  LEFT JOIN both_days AS d
    ON d.business_date = l.business_date AND d.account_kind = l.business_subclass
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.subject_code AS STRING) AS subject_code,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.account_kind AS STRING) AS account_kind,
  CAST(q.subledger_balance AS DECIMAL(38, 2)) AS subledger_balance,
  CAST(q.ledger_balance AS DECIMAL(38, 2)) AS ledger_balance,
  CAST(q.difference_amount AS DECIMAL(38, 2)) AS difference_amount
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    COALESCE(s.organisation_code, l.organisation_code) AS organisation_code,
    COALESCE(s.subject_code, l.subject_code) AS subject_code,
    COALESCE(s.currency, l.currency) AS currency,
    COALESCE(s.business_date, l.business_date) AS business_date,
    COALESCE(s.account_kind, l.business_subclass) AS account_kind,
    COALESCE(s.subledger_balance, CAST(0 AS DECIMAL(38, 2))) AS subledger_balance,
    COALESCE(l.ledger_balance, CAST(0 AS DECIMAL(18, 2))) AS ledger_balance,
    COALESCE(s.subledger_balance, CAST(0 AS DECIMAL(38, 2))) - COALESCE(l.ledger_balance, CAST(0 AS DECIMAL(18, 2))) AS difference_amount
  FROM subledger AS s
  FULL JOIN ledger AS l
    ON l.organisation_code = s.organisation_code
    AND l.subject_code = s.subject_code
    AND l.currency = s.currency
    AND l.business_date = s.business_date
  WHERE
    NOT s.subject_code IS NULL OR (
      l.has_subledger AND l.ledger_balance <> 0
    )
) AS q
