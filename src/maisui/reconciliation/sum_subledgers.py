"""What the accounts of each kind add up to under each ledger subject, on every day on which they were reported."""

from maisui.steps.step import Step
from maisui.tables.subledger_day import SUBLEDGER_DAY

SUM_SUBLEDGERS = Step(
    name="sum_subledgers",
    writes=SUBLEDGER_DAY,
    reads=(
        "account_snapshot",
        "internal_account_snapshot",
        "credit_card_account_snapshot",
        "bill_discount_snapshot",
        "advance_snapshot",
        "loan_snapshot",
    ),
    # A bill or an advance whose receipt has a loan account is already among the accounts: counted here too, it would stand twice.
    query="""
WITH in_accounts AS (
  SELECT DISTINCT l.loan_number, l.reported_on
  FROM (
    SELECT loan_number FROM bill_discount_snapshot
    UNION
    SELECT loan_number FROM advance_snapshot
  ) AS n
  INNER JOIN loan_snapshot AS l ON l.loan_number = n.loan_number
  INNER JOIN account_snapshot AS a
    ON a.account_number = l.account_number AND a.reported_on = l.reported_on AND a.account_kind = 'loan' AND a.balance IS NOT NULL
)
SELECT
  $legal_entity_code AS legal_entity_code,
  organisation_code,
  coalesce(subject_code, 'none') AS subject_code,
  currency,
  reported_on AS business_date,
  account_kind AS control_code,
  CAST(sum(balance) AS DECIMAL(38,2)) AS balance
FROM account_snapshot
WHERE balance IS NOT NULL
GROUP BY organisation_code, coalesce(subject_code, 'none'), currency, reported_on, account_kind
UNION ALL
SELECT
  $legal_entity_code AS legal_entity_code,
  organisation_code,
  subject_code,
  currency,
  reported_on AS business_date,
  'internal' AS control_code,
  CAST(sum(debit_balance - credit_balance) AS DECIMAL(38,2)) AS balance
FROM internal_account_snapshot
GROUP BY organisation_code, subject_code, currency, reported_on
UNION ALL
SELECT
  $legal_entity_code AS legal_entity_code,
  organisation_code,
  'none' AS subject_code,
  currency,
  reported_on AS business_date,
  'card' AS control_code,
  CAST(sum(overdraft_balance) AS DECIMAL(38,2)) AS balance
FROM credit_card_account_snapshot
GROUP BY organisation_code, currency, reported_on
UNION ALL
SELECT
  $legal_entity_code AS legal_entity_code,
  coalesce(b.organisation_code, 'none') AS organisation_code,
  'none' AS subject_code,
  b.currency,
  b.reported_on AS business_date,
  'discount' AS control_code,
  CAST(sum(CASE WHEN b.bill_status IN ('settled', 'transferred') THEN CAST(0 AS DECIMAL(18,2)) ELSE b.face_amount END) AS DECIMAL(38,2))
    AS balance
FROM bill_discount_snapshot AS b
LEFT JOIN in_accounts AS i ON i.loan_number = b.loan_number AND i.reported_on = b.reported_on
WHERE b.face_amount IS NOT NULL AND i.loan_number IS NULL
GROUP BY coalesce(b.organisation_code, 'none'), b.currency, b.reported_on
UNION ALL
SELECT
  $legal_entity_code AS legal_entity_code,
  coalesce(v.organisation_code, 'none') AS organisation_code,
  'none' AS subject_code,
  v.currency,
  v.reported_on AS business_date,
  'advance' AS control_code,
  CAST(sum(v.balance) AS DECIMAL(38,2)) AS balance
FROM advance_snapshot AS v
LEFT JOIN in_accounts AS i ON i.loan_number = v.loan_number AND i.reported_on = v.reported_on
WHERE v.balance IS NOT NULL AND i.loan_number IS NULL
GROUP BY coalesce(v.organisation_code, 'none'), v.currency, v.reported_on
""",
)
