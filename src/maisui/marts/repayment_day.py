"""What fell due and what was collected of it each day, by schedule and receipts."""

from maisui.steps.local_currency_sql import in_local_currency, rate_of_day
from maisui.steps.step import Step
from maisui.tables.repayment_day import REPAYMENT_DAY

# What was collected counts at the rate of the day it fell due, so that an instalment paid in full is collected in full.
_SUMMED = ",\n  ".join(
    f"CAST(sum({in_local_currency(f'd.{name}', 'x')}) AS DECIMAL(38,2)) AS {name}"
    for name in ("due_principal_amount", "due_interest_amount", "collected_principal_amount", "collected_interest_amount")
)

REPAYMENT_DAY_MART = Step(
    name="fill_repayment_day",
    writes=REPAYMENT_DAY,
    reads=("repayment_schedule", "repayment_receipt", "loan", "loan_organisation_period", "local_rate"),
    query=f"""
WITH due AS (
  SELECT
    loan_number, due_on, due_on AS business_date, due_principal_amount, due_interest_amount,
    CAST(0 AS DECIMAL(18,2)) AS collected_principal_amount, CAST(0 AS DECIMAL(18,2)) AS collected_interest_amount
  FROM repayment_schedule
  UNION ALL
  SELECT
    s.loan_number, s.due_on, greatest(s.due_on, r.received_on) AS business_date,
    CAST(0 AS DECIMAL(18,2)) AS due_principal_amount, CAST(0 AS DECIMAL(18,2)) AS due_interest_amount,
    r.principal_amount AS collected_principal_amount, r.interest_amount AS collected_interest_amount
  FROM repayment_receipt AS r
  INNER JOIN repayment_schedule AS s ON s.loan_number = r.loan_number AND s.instalment_number = r.instalment_number
)
SELECT
  $legal_entity_code AS legal_entity_code,
  coalesce(p.organisation_code, l.organisation_code, 'none') AS organisation_code,
  coalesce(l.product_code, 'unknown') AS product_code,
  coalesce(l.customer_kind, 'unknown') AS customer_kind,
  coalesce(l.currency, 'unknown') AS currency,
  d.due_on,
  d.business_date,
  {_SUMMED}
FROM due AS d
LEFT JOIN loan AS l ON l.loan_number = d.loan_number
{rate_of_day("l", "d.due_on", "x")}
LEFT JOIN loan_organisation_period AS p
  ON p.loan_number = d.loan_number
  AND d.business_date >= p.valid_from AND (p.valid_until IS NULL OR d.business_date < p.valid_until)
WHERE d.business_date <= $reporting_date
GROUP BY
  coalesce(p.organisation_code, l.organisation_code, 'none'), coalesce(l.product_code, 'unknown'), coalesce(l.customer_kind, 'unknown'),
  coalesce(l.currency, 'unknown'), d.due_on, d.business_date
""",
)
