"""What the accounts of each kind add up to under each ledger subject, on every day on which they were reported."""

from maisui.steps.step import Step
from maisui.tables.subledger_day import SUBLEDGER_DAY

SUM_SUBLEDGERS = Step(
    name="sum_subledgers",
    writes=SUBLEDGER_DAY,
    reads=("account_snapshot", "internal_account_snapshot", "credit_card_account_snapshot"),
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
""",
)
