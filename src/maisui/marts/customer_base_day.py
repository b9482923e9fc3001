"""How good the customers of each outlet are at the ends of months."""

from maisui.steps.step import Step
from maisui.tables.customer_base_day import CUSTOMER_BASE_DAY

CUSTOMER_BASE_DAY_MART = Step(
    name="fill_customer_base_day",
    writes=CUSTOMER_BASE_DAY,
    reads=("customer_standing",),
    query="""
SELECT
  $legal_entity_code AS legal_entity_code,
  organisation_code,
  customer_kind,
  tier_code,
  business_date,
  count(*) AS customer_count,
  count(*) FILTER (WHERE is_effective) AS effective_customer_count,
  count(*) FILTER (WHERE is_quality) AS quality_customer_count,
  CAST(sum(product_group_count) AS BIGINT) AS product_group_count,
  count(*) FILTER (WHERE product_group_count >= 2) AS cross_sold_customer_count,
  CAST(coalesce(sum(deposit_average_balance) FILTER (WHERE loan_average_balance > 0), 0) AS DECIMAL(38,2))
    AS borrower_deposit_average_balance,
  CAST(coalesce(sum(loan_average_balance) FILTER (WHERE loan_average_balance > 0), 0) AS DECIMAL(38,2)) AS borrower_loan_average_balance
FROM customer_standing
GROUP BY organisation_code, customer_kind, tier_code, business_date
""",
)
