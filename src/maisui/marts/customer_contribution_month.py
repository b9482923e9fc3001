"""What each customer contributed in each month: all his accounts and the fees of no account."""

from maisui.steps.step import Step
from maisui.tables.customer_contribution_month import CUSTOMER_CONTRIBUTION_MONTH

_SUMMED = (
    "fee_amount", "vat_amount", "servicing_cost_amount", "expected_loss_amount", "tax_amount", "contribution_amount",
    "capital_charge_amount", "economic_value_added_amount",
)  # fmt: skip

CUSTOMER_CONTRIBUTION_MONTH_MART = Step(
    name="fill_customer_contribution_month",
    writes=CUSTOMER_CONTRIBUTION_MONTH,
    reads=("account_contribution_month", "customer", "customer_home_period"),
    query=f"""
WITH summed AS (
  SELECT
    customer_number, currency, business_date,
    CAST(coalesce(sum(margin_amount) FILTER (WHERE account_kind = 'deposit'), 0) AS DECIMAL(38,2)) AS deposit_margin_amount,
    CAST(coalesce(sum(margin_amount) FILTER (WHERE account_kind = 'loan'), 0) AS DECIMAL(38,2)) AS loan_margin_amount,
    {", ".join(f"CAST(sum({name}) AS DECIMAL(38,2)) AS {name}" for name in _SUMMED)},
    count(*) FILTER (WHERE is_estimated) > 0 AS is_estimated
  FROM account_contribution_month
  WHERE business_date >= $needed_from
  GROUP BY customer_number, currency, business_date
)
SELECT
  $legal_entity_code AS legal_entity_code,
  s.customer_number,
  s.currency,
  s.business_date,
  coalesce(p.organisation_code, c.home_organisation_code, 'none') AS organisation_code,
  coalesce(c.customer_kind, 'unknown') AS customer_kind,
  s.deposit_margin_amount,
  s.loan_margin_amount,
  {", ".join(f"s.{name}" for name in _SUMMED)},
  s.is_estimated
FROM summed AS s
LEFT JOIN customer AS c ON c.customer_number = s.customer_number
LEFT JOIN customer_home_period AS p
  ON p.customer_number = s.customer_number
  AND s.business_date >= p.valid_from AND (p.valid_until IS NULL OR s.business_date < p.valid_until)
""",
    covers="""
SELECT DISTINCT customer_number, currency, business_date FROM account_contribution_month WHERE business_date >= $needed_from
""",
)
