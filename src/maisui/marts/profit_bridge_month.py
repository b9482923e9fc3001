"""From the contribution of accounts to the ledger's net profit, each line from ledger subjects and accounts, never a plug."""

from maisui.steps.step import Step
from maisui.tables.profit_bridge_month import PROFIT_BRIDGE_MONTH

TREASURY_INTEREST = "存放|同业|债券|债权|国债|拆出|拆放|返售|央行|中央银行|系统内|转贴现|存单"
"""Interest income whose subject is called so was earned on investments and interbank money, all other on loans."""

_LINE = f"""
CASE
  WHEN i.line_code = 'interest_income' AND regexp_matches(coalesce(s.subject_name, ''), '{TREASURY_INTEREST}') THEN 'treasury'
  WHEN i.line_code IN ('investment_income', 'interest_expense') THEN 'treasury'
  WHEN i.line_code IN ('interest_income', 'deposit_interest_expense') THEN 'accrual_difference'
  WHEN i.line_code IN ('fee_income', 'fee_expense') THEN 'fee_difference'
  WHEN i.line_code = 'tax_surcharge' THEN 'vat_difference'
  WHEN i.line_code = 'operating_expense' THEN 'expense_absorption'
  WHEN i.line_code = 'impairment' THEN 'impairment_difference'
  WHEN i.line_code = 'income_tax' THEN 'tax_difference'
  WHEN i.line_code IN (
    'other_income', 'other_expense', 'non_operating_income', 'non_operating_expense', 'prior_year_adjustment'
  ) THEN 'non_operating'
  ELSE 'unexplained'
END"""


def _from_accounts(line: str, amount: str) -> str:
    return (
        f"SELECT organisation_code, '{line}' AS bridge_line_code, currency, business_date, {amount} AS profit_amount "
        "FROM contribution_month"
    )


_ACCOUNT_LINES = "\n  UNION ALL\n  ".join((
    _from_accounts("contribution", "contribution_amount"),
    _from_accounts("transfer_centre", "CASE account_kind WHEN 'deposit' THEN -transfer_amount ELSE transfer_amount END"),
    _from_accounts("accrual_difference", "CASE account_kind WHEN 'deposit' THEN interest_amount ELSE -interest_amount END"),
    _from_accounts("fee_difference", "-fee_amount"),
    _from_accounts("vat_difference", "vat_amount"),
    _from_accounts("expense_absorption", "servicing_cost_amount"),
    _from_accounts("impairment_difference", "expected_loss_amount"),
    _from_accounts("tax_difference", "tax_amount"),
))  # fmt: skip
"""What is in the contribution and not in the ledger, or there in another amount, taken out line by line."""

PROFIT_BRIDGE_MONTH_MART = Step(
    name="fill_profit_bridge_month",
    writes=PROFIT_BRIDGE_MONTH,
    reads=("contribution_month", "income_day", "ledger_subject_line", "calendar_day"),
    query=f"""
WITH months AS (
  SELECT month_start, max(business_date) AS business_date
  FROM calendar_day
  GROUP BY month_start
),
priced_months AS (
  SELECT DISTINCT business_date FROM contribution_month
),
booked_months AS (
  SELECT DISTINCT m.business_date
  FROM income_day AS i
  INNER JOIN months AS m ON i.business_date = m.business_date
),
ledger_lines AS (
  SELECT
    i.organisation_code, {_LINE} AS bridge_line_code, i.currency, m.business_date, i.local_profit_amount AS profit_amount
  FROM income_day AS i
  INNER JOIN months AS m ON i.business_date >= m.month_start AND i.business_date <= m.business_date
  LEFT JOIN ledger_subject_line AS s ON s.subject_code = i.subject_code
),
lines AS (
  SELECT organisation_code, bridge_line_code, currency, business_date, profit_amount FROM ledger_lines
  UNION ALL
  SELECT DISTINCT organisation_code, 'unexplained' AS bridge_line_code, currency, business_date, CAST(0 AS DECIMAL(18,2)) AS profit_amount
  FROM ledger_lines
  UNION ALL
  {_ACCOUNT_LINES}
)
SELECT
  $legal_entity_code AS legal_entity_code,
  l.organisation_code,
  l.bridge_line_code,
  l.currency,
  l.business_date,
  CAST(sum(l.profit_amount) AS DECIMAL(38,2)) AS profit_amount
FROM lines AS l
INNER JOIN priced_months AS p ON p.business_date = l.business_date
INNER JOIN booked_months AS b ON b.business_date = l.business_date
GROUP BY l.organisation_code, l.bridge_line_code, l.currency, l.business_date
""",
)
