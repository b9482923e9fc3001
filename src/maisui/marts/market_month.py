"""The county's market at each month end, from which shares are asked; months after the reporting date do not count yet."""

from maisui.steps.step import Step
from maisui.tables.market_month import MARKET_MONTH

MARKET_MONTH_MART = Step(
    name="fill_market_month",
    writes=MARKET_MONTH,
    reads=("market_total",),
    query="""
SELECT
  $legal_entity_code AS legal_entity_code,
  m.month_end_on AS business_date,
  m.business_kind,
  m.bank_name,
  m.is_own_bank,
  m.market_product_name,
  m.town_code,
  m.market_balance
FROM market_total AS m
WHERE m.month_end_on <= $reporting_date
""",
)
