WITH in_accounts AS (
  SELECT DISTINCT
    l.loan_number,
    l.reported_on
  FROM (
    SELECT
      loan_number
    FROM bill_discount_snapshot
    UNION
    SELECT
      loan_number
    FROM advance_snapshot
  ) AS n
  INNER JOIN loan_snapshot AS l
    ON l.loan_number = n.loan_number
  INNER JOIN account_snapshot AS a
    ON a.account_number = l.account_number
    AND a.reported_on = l.reported_on
    AND a.account_kind = 'loan'
    AND NOT a.balance IS NULL
)
SELECT
  CAST(q.legal_entity_code AS STRING) AS legal_entity_code,
  CAST(q.organisation_code AS STRING) AS organisation_code,
  CAST(q.subject_code AS STRING) AS subject_code,
  CAST(q.currency AS STRING) AS currency,
  CAST(q.business_date AS DATE) AS business_date,
  CAST(q.control_code AS STRING) AS control_code,
  CAST(q.balance AS DECIMAL(38, 2)) AS balance
FROM (
  SELECT
    'BANK' AS legal_entity_code,
    organisation_code,
    COALESCE(subject_code, 'none') AS subject_code,
    currency,
    reported_on AS business_date,
    account_kind AS control_code,
    CAST(SUM(balance) AS DECIMAL(38, 2)) AS balance
  FROM account_snapshot
  WHERE
    NOT balance IS NULL
  GROUP BY
    organisation_code,
    COALESCE(subject_code, 'none'),
    currency,
    reported_on,
    account_kind
  UNION ALL
  SELECT
    'BANK' AS legal_entity_code,
    organisation_code,
    subject_code,
    currency,
    reported_on AS business_date,
    'internal' AS control_code,
    CAST(SUM(debit_balance - credit_balance) AS DECIMAL(38, 2)) AS balance
  FROM internal_account_snapshot
  GROUP BY
    organisation_code,
    subject_code,
    currency,
    reported_on
  UNION ALL
  SELECT
    'BANK' AS legal_entity_code,
    organisation_code,
    'none' AS subject_code,
    currency,
    reported_on AS business_date,
    'card' AS control_code,
    CAST(SUM(overdraft_balance) AS DECIMAL(38, 2)) AS balance
  FROM credit_card_account_snapshot
  GROUP BY
    organisation_code,
    currency,
    reported_on
  UNION ALL
  SELECT
    'BANK' AS legal_entity_code,
    COALESCE(b.organisation_code, 'none') AS organisation_code,
    'none' AS subject_code,
    b.currency,
    b.reported_on AS business_date,
    'discount' AS control_code,
    CAST(SUM(
      CASE
        WHEN b.bill_status IN ('settled', 'transferred')
        THEN CAST(0 AS DECIMAL(18, 2))
        ELSE b.face_amount
      END
    ) AS DECIMAL(38, 2)) AS balance
  FROM bill_discount_snapshot AS b
  LEFT JOIN in_accounts AS i
    ON i.loan_number = b.loan_number AND i.reported_on = b.reported_on
  WHERE
    NOT b.face_amount IS NULL AND i.loan_number IS NULL
  GROUP BY
    COALESCE(b.organisation_code, 'none'),
    b.currency,
    b.reported_on
  UNION ALL
  SELECT
    'BANK' AS legal_entity_code,
    COALESCE(v.organisation_code, 'none') AS organisation_code,
    'none' AS subject_code,
    v.currency,
    v.reported_on AS business_date,
    'advance' AS control_code,
    CAST(SUM(v.balance) AS DECIMAL(38, 2)) AS balance
  FROM advance_snapshot AS v
  LEFT JOIN in_accounts AS i
    ON i.loan_number = v.loan_number AND i.reported_on = v.reported_on
  WHERE
    NOT v.balance IS NULL AND i.loan_number IS NULL
  GROUP BY
    COALESCE(v.organisation_code, 'none'),
    v.currency,
    v.reported_on
) AS q
