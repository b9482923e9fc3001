"""Each financial statement as last reported."""

from maisui.steps.step import Step
from maisui.tables.financial_statement import FINANCIAL_STATEMENT

RESOLVE_FINANCIAL_STATEMENTS = Step(
    name="resolve_financial_statements",
    writes=FINANCIAL_STATEMENT,
    reads=("financial_statement_snapshot",),
    query="""
SELECT
  $legal_entity_code AS legal_entity_code,
  customer_number,
  statement_number,
  statement_on,
  is_audited,
  scope_type,
  period_type,
  currency,
  assets_amount,
  liabilities_amount,
  net_profit_amount,
  revenue_amount,
  net_cash_flow_amount,
  receivables_amount,
  reported_on AS last_reported_on
FROM financial_statement_snapshot
QUALIFY row_number() OVER (
  PARTITION BY customer_number, statement_number ORDER BY reported_on DESC, source_file_id DESC, source_line DESC
) = 1
""",
)
