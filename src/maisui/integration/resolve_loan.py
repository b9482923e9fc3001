"""What each loan receipt is now."""

from maisui.steps.step import Step
from maisui.tables.loan import LOAN

RESOLVE_LOAN = Step(
    name="resolve_loan",
    writes=LOAN,
    reads=("loan_snapshot", "customer"),
    query="""
WITH recent AS (
  SELECT
    loan_number, account_number, contract_number, customer_number, organisation_code, product_code, currency,
    disbursed_amount, disbursed_on, matures_on, ended_on, loan_class, loan_status, reported_on,
    source_file_id, source_line,
    row_number() OVER (
      PARTITION BY loan_number ORDER BY reported_on DESC, source_file_id DESC, source_line DESC
    ) AS recency
  FROM loan_snapshot
)
SELECT
  $legal_entity_code AS legal_entity_code,
  r.loan_number,
  r.account_number,
  r.contract_number,
  r.customer_number,
  coalesce(c.customer_kind, 'unknown') AS customer_kind,
  r.organisation_code,
  r.product_code,
  r.currency,
  r.disbursed_amount,
  r.disbursed_on,
  r.matures_on,
  r.ended_on,
  r.loan_class,
  r.loan_status,
  r.reported_on AS last_reported_on,
  r.source_file_id,
  r.source_line
FROM recent AS r
LEFT JOIN customer AS c ON c.customer_number = r.customer_number
WHERE r.recency = 1
""",
    covers="""
SELECT DISTINCT loan_number FROM loan_snapshot
""",
)
