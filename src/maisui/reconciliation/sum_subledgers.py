"""What the accounts of each kind add up to under each ledger subject, on every day on which they were reported; bills at their face."""

from maisui.steps.step import Step
from maisui.tables.subledger_day import SUBLEDGER_DAY

SUM_SUBLEDGERS = Step(
    name="sum_subledgers",
    writes=SUBLEDGER_DAY,
    reads=("account_snapshot", "internal_account_snapshot", "credit_card_account_snapshot", "bill_discount_snapshot", "advance_snapshot"),
    query="""
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
  organisation_code,
  'none' AS subject_code,
  currency,
  reported_on AS business_date,
  'discount' AS control_code,
  CAST(sum(CASE WHEN bill_status IN ('held', 'overdue') THEN face_amount ELSE CAST(0 AS DECIMAL(18,2)) END) AS DECIMAL(38,2)) AS balance
FROM bill_discount_snapshot
WHERE organisation_code IS NOT NULL AND face_amount IS NOT NULL
GROUP BY organisation_code, currency, reported_on
UNION ALL
SELECT
  $legal_entity_code AS legal_entity_code,
  organisation_code,
  'none' AS subject_code,
  currency,
  reported_on AS business_date,
  'advance' AS control_code,
  CAST(sum(balance) AS DECIMAL(38,2)) AS balance
FROM advance_snapshot
WHERE balance IS NOT NULL AND organisation_code IS NOT NULL
GROUP BY organisation_code, currency, reported_on
""",
)
