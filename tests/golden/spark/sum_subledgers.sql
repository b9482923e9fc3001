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
    organisation_code,
    'none' AS subject_code,
    currency,
    reported_on AS business_date,
    'discount' AS control_code,
    CAST(SUM(
      CASE
        WHEN bill_status IN ('held', 'overdue')
        THEN face_amount
        ELSE CAST(0 AS DECIMAL(18, 2))
      END
    ) AS DECIMAL(38, 2)) AS balance
  FROM bill_discount_snapshot
  WHERE
    NOT organisation_code IS NULL AND NOT face_amount IS NULL
  GROUP BY
    organisation_code,
    currency,
    reported_on
  UNION ALL
  SELECT
    'BANK' AS legal_entity_code,
    organisation_code,
    'none' AS subject_code,
    currency,
    reported_on AS business_date,
    'advance' AS control_code,
    CAST(SUM(balance) AS DECIMAL(38, 2)) AS balance
  FROM advance_snapshot
  WHERE
    NOT balance IS NULL AND NOT organisation_code IS NULL
  GROUP BY
    organisation_code,
    currency,
    reported_on
) AS q
