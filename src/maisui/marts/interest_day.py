"""Interest of the ledger beside the balances that earn and bear it, so that both rates of the spread come from one table."""

from maisui.steps.step import Step
from maisui.tables.interest_day import INTEREST_DAY

_EARNING = "'loan', 'discount', 'advance', 'investment', 'central_bank_asset', 'interbank_asset'"
_BEARING = "'deposit', 'interbank_liability', 'central_bank_liability'"
_NOTHING = "CAST(0 AS DECIMAL(38,2))"

INTEREST_DAY_MART = Step(
    name="fill_interest_day",
    writes=INTEREST_DAY,
    reads=("income_day", "ledger_line_day"),
    query=f"""
WITH parts AS (
  SELECT
    organisation_code, currency, business_date,
    CASE line_code WHEN 'interest_income' THEN CAST(local_profit_amount AS DECIMAL(38,2)) ELSE {_NOTHING} END AS income,
    CASE line_code WHEN 'interest_income' THEN {_NOTHING} ELSE CAST(-local_profit_amount AS DECIMAL(38,2)) END AS expense,
    {_NOTHING} AS earning,
    {_NOTHING} AS bearing
  FROM income_day
  WHERE line_code IN ('interest_income', 'deposit_interest_expense', 'interest_expense')
  UNION ALL
  SELECT
    organisation_code, currency, business_date,
    {_NOTHING} AS income,
    {_NOTHING} AS expense,
    CASE WHEN line_code IN ({_EARNING}) THEN local_balance ELSE {_NOTHING} END AS earning,
    CASE WHEN line_code IN ({_BEARING}) THEN local_balance ELSE {_NOTHING} END AS bearing
  FROM ledger_line_day
  WHERE line_code IN ({_EARNING}, {_BEARING})
)
SELECT
  $legal_entity_code AS legal_entity_code,
  organisation_code,
  currency,
  business_date,
  CAST(sum(income) AS DECIMAL(38,2)) AS interest_income_amount,
  CAST(sum(expense) AS DECIMAL(38,2)) AS interest_expense_amount,
  CAST(sum(earning) AS DECIMAL(38,2)) AS earning_asset_balance,
  CAST(sum(bearing) AS DECIMAL(38,2)) AS bearing_liability_balance
FROM parts
GROUP BY organisation_code, currency, business_date
""",
)
