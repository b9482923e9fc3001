"""What serving accounts cost through each channel in each month."""

from maisui.steps.step import Step
from maisui.tables.service_cost_month import SERVICE_COST_MONTH

_KEYS = (
    "h.organisation_code, h.product_code, a.product_category, a.product_group, a.product_line, a.customer_kind, s.channel_code, "
    "s.currency, s.business_date"
)

SERVICE_COST_MONTH_MART = Step(
    name="fill_service_cost_month",
    writes=SERVICE_COST_MONTH,
    reads=("account_activity_month", "account", "account_month", "unit_cost"),
    query=f"""
SELECT
  $legal_entity_code AS legal_entity_code,
  {_KEYS},
  CAST(sum(s.activity_count) AS BIGINT) AS activity_count,
  CAST(sum(s.cost_amount) AS DECIMAL(38,2)) AS cost_amount
FROM account_activity_month AS s
INNER JOIN account_month AS h
  ON h.account_number = s.account_number AND h.currency = s.currency AND h.month_start = CAST(date_trunc('month', s.business_date) AS DATE)
INNER JOIN account AS a ON a.account_number = s.account_number AND a.currency = s.currency
WHERE h.month_start >= $needed_from AND EXISTS (SELECT 1 FROM unit_cost)
GROUP BY {_KEYS}
""",
)
