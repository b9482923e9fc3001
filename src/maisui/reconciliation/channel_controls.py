"""Which successes of the channel log must stand in the books, and what merchants paid."""

from maisui.reconciliation.control import Rule
from maisui.reconciliation.mart_controls import equal

ATTEMPTS_ARE_POSTED = Rule(
    code="attempts_are_posted",
    name_zh="渠道流水：本行卡动账成功的均有对应入账",
    name_en="Successful movements of our cards in the channel log are posted",
    violations="""
SELECT
  CAST(business_date AS VARCHAR) AS business_date, organisation_code, channel_code, transaction_type, agency_code,
  CAST(sum(unposted_count) AS DECIMAL(38,2)) AS difference_amount
FROM channel_attempt_day
WHERE unposted_count > 0
GROUP BY business_date, organisation_code, channel_code, transaction_type, agency_code
""",
    checked="SELECT CAST(coalesce(sum(success_count), 0) AS BIGINT) FROM channel_attempt_day WHERE is_financial",
    severity="warn",
)

MERCHANT_FEES_EQUAL_LEDGER = Rule(
    code="merchant_fee_equals_ledger",
    name_zh="总分核对：商户手续费收入与支出（pos_acquiring）等于总账收单科目的发生额（整月）",
    name_en="Merchants' fees earned and passed on (pos_acquiring) equal what the ledger's acquiring subjects earned and cost, whole months",
    violations="""
SELECT CAST(business_date AS VARCHAR) AS business_date, line_code, currency, difference_amount
FROM merchant_fee_tie
WHERE difference_amount <> 0
""",
    checked="SELECT count(*) FROM merchant_fee_tie",
    severity="warn",
)
MERCHANTS_EQUAL_TRADES = equal(
    "merchants_equal_trades",
    "商户月统计等于收单商户交易日汇总（每月收款、手续费收入与成本）",
    "Merchant months equal the daily takings, fee income and fee cost of each month",
    ("month_start", "counted"),
    """
  SELECT c.month_start, 'takings' AS counted, sum(m.trade_amount) AS amount
  FROM merchant_month AS m INNER JOIN calendar_day AS c ON c.business_date = m.business_date
  GROUP BY c.month_start
  UNION ALL
  SELECT c.month_start, 'fees' AS counted, sum(m.fee_income_amount - m.fee_cost_amount) AS amount
  FROM merchant_month AS m INNER JOIN calendar_day AS c ON c.business_date = m.business_date
  GROUP BY c.month_start
""",
    """
  SELECT c.month_start, 'takings' AS counted, sum(t.trade_amount) AS amount
  FROM merchant_trade_day AS t INNER JOIN calendar_day AS c ON c.business_date = t.traded_on
  GROUP BY c.month_start
  UNION ALL
  SELECT c.month_start, 'fees' AS counted, sum(t.fee_income_amount - t.fee_cost_amount) AS amount
  FROM merchant_trade_day AS t INNER JOIN calendar_day AS c ON c.business_date = t.traded_on
  GROUP BY c.month_start
""",
)
