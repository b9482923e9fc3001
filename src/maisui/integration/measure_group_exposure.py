"""What the members of each group owe, may still draw and guarantee together."""

from maisui.steps.step import Step
from maisui.tables.group_exposure import GROUP_EXPOSURE

MEASURE_GROUP_EXPOSURE = Step(
    name="measure_group_exposure",
    writes=GROUP_EXPOSURE,
    reads=("customer_exposure",),
    query="""
SELECT
  $legal_entity_code AS legal_entity_code,
  group_number,
  business_date,
  count(*) AS member_count,
  CAST(sum(loan_balance) AS DECIMAL(38,2)) AS loan_balance,
  CAST(sum(bad_loan_balance) AS DECIMAL(38,2)) AS bad_loan_balance,
  CAST(sum(undrawn_amount) AS DECIMAL(38,2)) AS undrawn_amount,
  CAST(sum(guaranteed_amount) AS DECIMAL(38,2)) AS guaranteed_amount,
  CAST(sum(loan_balance) + sum(undrawn_amount) AS DECIMAL(38,2)) AS exposure_amount
FROM customer_exposure
WHERE group_number IS NOT NULL
GROUP BY group_number, business_date
""",
)
