WITH receipt_days AS (
  SELECT
    reported_on AS business_date,
    COUNT(*) FILTER(WHERE
      NOT account_number IS NULL) AS with_account
  FROM loan_snapshot
  WHERE
    NOT balance IS NULL
  GROUP BY
    reported_on
), account_days AS (
  SELECT DISTINCT
    s.business_date
  FROM subledger_day AS s
  INNER JOIN receipt_days AS r
    ON r.business_date = s.business_date AND r.with_account > 0
  WHERE
    s.control_code = 'loan'
), ledger_lines AS (
  SELECT
    l.organisation_code,
    l.currency,
    l.business_date,
    CAST(SUM(CASE WHEN l.balance_side = 'credit' THEN -l.balance ELSE l.balance END) AS DECIMAL(38, 2)) AS ledger_balance
  FROM ledger_day AS l
  INNER JOIN subject_control AS c
    ON c.subject_code = l.subject_code AND c.business_date = l.business_date
  INNER JOIN receipt_days AS r
    ON r.business_date = l.business_date
  WHERE
    c.control_code IN ('loan', 'discount', 'advance', 'card')
    AND c.element_code <> 'off_balance'
  GROUP BY
    l.organisation_code,
    l.currency,
    l.business_date
), ledger_days AS (
  SELECT DISTINCT
    business_date
  FROM ledger_lines
), lines AS (
  SELECT
    s.organisation_code,
    s.currency,
    s.reported_on AS business_date,
    CAST(SUM(s.balance) AS DECIMAL(38, 2)) AS receipt_balance,
    CAST(0 AS DECIMAL(38, 2)) AS account_balance,
    CAST(0 AS DECIMAL(38, 2)) AS counted_balance,
    CAST(0 AS DECIMAL(38, 2)) AS ledger_balance
  FROM loan_snapshot AS s
  INNER JOIN account_days AS d
    ON d.business_date = s.reported_on
  WHERE
    NOT s.account_number IS NULL
    AND NOT s.balance IS NULL
    AND NOT s.loan_status IN ('written_off', 'transferred')
  GROUP BY
    s.organisation_code,
    s.currency,
    s.reported_on
  UNION ALL
  SELECT
    s.organisation_code,
    s.currency,
    s.business_date,
    CAST(0 AS DECIMAL(38, 2)) AS receipt_balance,
    CAST(SUM(s.balance) AS DECIMAL(38, 2)) AS account_balance,
    CAST(0 AS DECIMAL(38, 2)) AS counted_balance,
    CAST(0 AS DECIMAL(38, 2)) AS ledger_balance
  FROM subledger_day AS s
  INNER JOIN account_days AS d
    ON d.business_date = s.business_date
  WHERE
    s.control_code = 'loan'
  GROUP BY
    s.organisation_code,
    s.currency,
    s.business_date
  UNION ALL
  SELECT
    c.organisation_code,
    c.currency,
    c.business_date,
    CAST(0 AS DECIMAL(38, 2)) AS receipt_balance,
    CAST(0 AS DECIMAL(38, 2)) AS account_balance,
    CAST(SUM(c.balance) AS DECIMAL(38, 2)) AS counted_balance,
    CAST(0 AS DECIMAL(38, 2)) AS ledger_balance
  FROM loan_class_day AS c
  INNER JOIN receipt_days AS r
    ON r.business_date = c.business_date
  WHERE
    NOT c.loan_status IN ('written_off', 'transferred') AND c.product_code <> '委托贷款'
  GROUP BY
    c.organisation_code,
    c.currency,
    c.business_date
  UNION ALL
  SELECT
    organisation_code,
    currency,
    business_date,
    CAST(0 AS DECIMAL(38, 2)) AS receipt_balance,
    CAST(0 AS DECIMAL(38, 2)) AS account_balance,
    CAST(0 AS DECIMAL(38, 2)) AS counted_balance,
    ledger_balance
  FROM ledger_lines
), summed AS (
  SELECT
    organisation_code,
    currency,
    business_date,
    CAST(SUM(receipt_balance) AS DECIMAL(38, 2)) AS receipt_balance,
    CAST(SUM(account_balance) AS DECIMAL(38, 2)) AS account_balance,
    CAST(SUM(counted_balance) AS DECIMAL(38, 2)) AS counted_balance,
    CAST(SUM(ledger_balance) AS DECIMAL(38, 2)) AS ledger_balance
  FROM lines
  GROUP BY
    organisation_code,
    currency,
    business_date
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.receipt_balance AS DECIMAL(38, 2)) AS receipt_balance,
  CAST(q.account_balance AS DECIMAL(38, 2)) AS account_balance,
  CAST(q.difference_amount AS DECIMAL(38, 2)) AS difference_amount,
  CAST(q.counted_balance AS DECIMAL(38, 2)) AS counted_balance,
  CAST(q.ledger_balance AS DECIMAL(38, 2)) AS ledger_balance
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    s.organisation_code,
    s.currency,
    s.business_date,
    CASE WHEN NOT a.business_date IS NULL THEN s.receipt_balance END AS receipt_balance,
    CASE WHEN NOT a.business_date IS NULL THEN s.account_balance END AS account_balance,
    CASE
      WHEN NOT a.business_date IS NULL
      THEN s.receipt_balance - s.account_balance
    END AS difference_amount,
    s.counted_balance,
    CASE WHEN NOT g.business_date IS NULL THEN s.ledger_balance END AS ledger_balance
  FROM summed AS s
  LEFT JOIN account_days AS a
    ON a.business_date = s.business_date
  LEFT JOIN ledger_days AS g
    ON g.business_date = s.business_date
) AS q
