"""What the bank earned and spent according to its ledger, and the ratios made of it."""

from maisui.metrics.metric import Measure, Metric, Timing, Unit
from maisui.steps.portable import div_half_up

_OPERATING_INCOME = (
    "line_code IN ('interest_income', 'deposit_interest_expense', 'interest_expense', 'fee_income', 'fee_expense', "
    "'investment_income', 'other_income', 'other_expense')"
)
_NET_INTEREST = "line_code IN ('interest_income', 'deposit_interest_expense', 'interest_expense')"
_EARNING_ASSETS = "line_code IN ('loan', 'discount', 'advance', 'investment', 'central_bank_asset', 'interbank_asset')"


def _result(where: str = "", *, expression: str = "sum(local_profit_amount)", delivered: bool = False) -> Measure:
    """Return a sum of result lines; with `delivered` it does not exist where the ledger of the period has none of them."""
    return Measure(mart="income_day", expression=expression, timing=Timing.PERIOD, where=where, delivered_where=where if delivered else "")


def _balance_days(where: str) -> Measure:
    return Measure(mart="ledger_line_day", expression="sum(local_balance)", timing=Timing.PERIOD, where=where)


_A_YEAR = "CAST(sum(local_profit_amount) * 365 AS DECIMAL(38,2))"
_COST = "CAST(-sum(local_profit_amount) AS DECIMAL(38,2))"
_COST_A_YEAR = "CAST(-sum(local_profit_amount) * 365 AS DECIMAL(38,2))"

INTEREST_INCOME = _result("line_code = 'interest_income'")
INTEREST_EXPENSE = _result("line_code IN ('deposit_interest_expense', 'interest_expense')", expression=_COST)
FEE_INCOME = _result("line_code = 'fee_income'")
NET_FEES = _result("line_code IN ('fee_income', 'fee_expense')", delivered=True)
OPERATING_EXPENSE = _result("line_code = 'operating_expense'", expression=_COST, delivered=True)
OPERATING_INCOME = _result(_OPERATING_INCOME)
NET_PROFIT = _result()
NET_PROFIT_A_YEAR = _result(expression=_A_YEAR)
NET_INTEREST_A_YEAR = _result(_NET_INTEREST, expression=_A_YEAR)
DEPOSIT_COST_A_YEAR = _result("line_code = 'deposit_interest_expense'", expression=_COST_A_YEAR, delivered=True)
ASSETS = Measure(mart="ledger_line_day", expression="sum(local_balance)", timing=Timing.POINT, where="statement_code = 'asset'")
ASSET_DAYS = _balance_days("statement_code = 'asset'")
EQUITY_DAYS = _balance_days("statement_code IN ('equity', 'income')")
EARNING_ASSET_DAYS = _balance_days(_EARNING_ASSETS)
DEPOSIT_DAYS = Measure(
    mart="product_day",
    expression="sum(balance)",
    timing=Timing.PERIOD,
    where="account_kind = 'deposit'",
    delivered_where="account_kind = 'deposit' AND balance IS NOT NULL",
)
SPREAD_A_YEAR = Measure(
    mart="interest_day",
    expression=div_half_up(
        "(CAST(sum(interest_income_amount) * 365 AS DECIMAL(38,2)) * sum(bearing_liability_balance)"
        " - CAST(sum(interest_expense_amount) * 365 AS DECIMAL(38,2)) * sum(earning_asset_balance))",
        "sum(bearing_liability_balance)",
        numerator_scale=4,
        denominator_scale=2,
    ),
    timing=Timing.PERIOD,
    distinct_over=("organisation", "currency", "date"),
)
EARNING_DAYS_BESIDE_BEARING = Measure(
    mart="interest_day",
    expression="CASE WHEN sum(bearing_liability_balance) = 0 THEN CAST(0 AS DECIMAL(38,2)) ELSE CAST(sum(earning_asset_balance) AS DECIMAL(38,2)) END",
    timing=Timing.PERIOD,
    distinct_over=("organisation", "currency", "date"),
)

METRICS: tuple[Metric, ...] = (
    Metric(
        code="interest_income",
        name_zh="利息收入",
        name_en="Interest income",
        meaning_zh="总账利息收入类科目在期间内的发生额（归属业务子类为利息收入，或按名称、代码规则归入）；不含增值税。",
        meaning_en="What interest income subjects of the ledger earned in the period, by business class, name or code; net of VAT.",
        formula_zh="Σ 利息收入科目发生额",
        formula_en="Σ of interest income subjects",
        unit=Unit.YUAN,
        numerator=INTEREST_INCOME,
        owner="计划财务部 / Finance",
        more_is_better=True,
    ),
    Metric(
        code="interest_expense",
        name_zh="利息支出",
        name_en="Interest expense",
        meaning_zh="总账利息支出类科目在期间内的发生额，存款与其他负债合计。",
        meaning_en="What interest expense subjects of the ledger cost in the period, deposits and other liabilities together.",
        formula_zh="Σ 利息支出科目发生额",
        formula_en="Σ of interest expense subjects",
        unit=Unit.YUAN,
        numerator=INTEREST_EXPENSE,
        owner="计划财务部 / Finance",
        more_is_better=False,
    ),
    Metric(
        code="fee_income",
        name_zh="手续费及佣金收入",
        name_en="Fee and commission income",
        meaning_zh="总账手续费及佣金收入（中间业务收入）科目在期间内的发生额，不扣手续费支出。",
        meaning_en="What fee and commission subjects of the ledger earned in the period, before fees paid.",
        formula_zh="Σ 手续费收入科目发生额",
        formula_en="Σ of fee income subjects",
        unit=Unit.YUAN,
        numerator=FEE_INCOME,
        owner="计划财务部 / Finance",
        more_is_better=True,
    ),
    Metric(
        code="operating_expense",
        name_zh="业务及管理费",
        name_en="Operating expense",
        meaning_zh="总账业务及管理费科目在期间内的发生额。",
        meaning_en="What business and administrative expense subjects of the ledger cost in the period.",
        formula_zh="Σ 业务及管理费科目发生额",
        formula_en="Σ of operating expense subjects",
        unit=Unit.YUAN,
        numerator=OPERATING_EXPENSE,
        owner="计划财务部 / Finance",
        more_is_better=False,
    ),
    Metric(
        code="net_profit",
        name_zh="净利润",
        name_en="Net profit",
        meaning_zh="总账全部损益类科目在期间内的贷方减借方；年末结转不计入，未能归类的损益科目也计入。",
        meaning_en="Credit less debit of all result subjects of the ledger in the period; closing the year does not count, unclassified result subjects do.",
        formula_zh="Σ 收入 − Σ 支出",
        formula_en="Σ income − Σ expense",
        unit=Unit.YUAN,
        numerator=NET_PROFIT,
        owner="计划财务部 / Finance",
        more_is_better=True,
    ),
    Metric(
        code="total_asset_balance",
        name_zh="资产总额",
        name_en="Total assets",
        meaning_zh="总账资产类科目余额之和，备抵科目（如贷款损失准备）为负；两次总账之间取两端平均。",
        meaning_en="Sum of asset subjects of the ledger, contra subjects such as provisions negative; between two ledger days the mean of both.",
        formula_zh="Σ 资产类科目余额",
        formula_en="Σ balances of asset subjects",
        unit=Unit.YUAN,
        numerator=ASSETS,
        owner="计划财务部 / Finance",
        more_is_better=True,
    ),
    Metric(
        code="net_interest_margin",
        name_zh="净息差",
        name_en="Net interest margin",
        meaning_zh="期间利息净收入折年，除以生息资产（贷款、贴现、垫款、投资、存放央行与同业）总账积数；总账只有月末时日均取两端平均。",
        meaning_en="Net interest income of the period, annualised, over balance-days of interest-earning assets (loans, discounts, advances, investments, central bank and interbank) in the ledger; with monthly ledgers the mean of both ends.",
        formula_zh="（利息收入 − 利息支出）× 365 ÷ 生息资产积数",
        formula_en="(interest income − interest expense) × 365 ÷ balance-days of earning assets",
        unit=Unit.SHARE,
        numerator=NET_INTEREST_A_YEAR,
        denominator=EARNING_ASSET_DAYS,
        owner="计划财务部 / Finance",
        more_is_better=True,
    ),
    Metric(
        code="net_interest_spread",
        name_zh="净利差",
        name_en="Net interest spread",
        meaning_zh="期间生息资产收益率减付息负债成本率，均折年、按总账积数；付息负债为存款、同业与央行负债。与净息差不同，不受无息资金多少的影响；没有付息负债时为“—”。",
        meaning_en="Yield on earning assets less cost of interest-bearing liabilities in the period, both annualised over balance-days of the ledger; such liabilities are deposits, interbank and central bank ones. Unlike the margin it does not rise with funds that cost nothing; without such liabilities it is —.",
        formula_zh="利息收入 × 365 ÷ 生息资产积数 − 利息支出 × 365 ÷ 付息负债积数",
        formula_en="interest income × 365 ÷ balance-days of earning assets − interest expense × 365 ÷ balance-days of interest-bearing liabilities",
        unit=Unit.SHARE,
        numerator=SPREAD_A_YEAR,
        denominator=EARNING_DAYS_BESIDE_BEARING,
        owner="计划财务部 / Finance",
        more_is_better=True,
    ),
    Metric(
        code="cost_to_income_ratio",
        name_zh="成本收入比",
        name_en="Cost-to-income ratio",
        meaning_zh="业务及管理费除以营业收入（利息净收入、手续费净收入、投资与其他业务收益）。",
        meaning_en="Operating expense over operating income (net interest, net fees, investment and other operating income).",
        formula_zh="业务及管理费 ÷ 营业收入",
        formula_en="operating expense ÷ operating income",
        unit=Unit.SHARE,
        numerator=OPERATING_EXPENSE,
        denominator=OPERATING_INCOME,
        owner="计划财务部 / Finance",
        more_is_better=False,
    ),
    Metric(
        code="fee_income_share",
        name_zh="中间业务收入占比",
        name_en="Fee income share",
        meaning_zh="手续费及佣金净收入占营业收入的比重。",
        meaning_en="Net fee and commission income as a share of operating income.",
        formula_zh="手续费净收入 ÷ 营业收入",
        formula_en="net fees ÷ operating income",
        unit=Unit.SHARE,
        numerator=NET_FEES,
        denominator=OPERATING_INCOME,
        owner="计划财务部 / Finance",
        more_is_better=True,
    ),
    Metric(
        code="return_on_assets",
        name_zh="资产利润率",
        name_en="Return on assets",
        meaning_zh="期间净利润折年除以资产总额积数。",
        meaning_en="Net profit of the period, annualised, over balance-days of total assets.",
        formula_zh="净利润 × 365 ÷ 资产积数",
        formula_en="net profit × 365 ÷ balance-days of assets",
        unit=Unit.SHARE,
        numerator=NET_PROFIT_A_YEAR,
        denominator=ASSET_DAYS,
        owner="计划财务部 / Finance",
        more_is_better=True,
    ),
    Metric(
        code="return_on_equity",
        name_zh="资本利润率",
        name_en="Return on equity",
        meaning_zh="期间净利润折年除以所有者权益（含本年损益）积数。",
        meaning_en="Net profit of the period, annualised, over balance-days of equity, this year's result included.",
        formula_zh="净利润 × 365 ÷ 权益积数",
        formula_en="net profit × 365 ÷ balance-days of equity",
        unit=Unit.SHARE,
        numerator=NET_PROFIT_A_YEAR,
        denominator=EQUITY_DAYS,
        owner="计划财务部 / Finance",
        more_is_better=True,
    ),
    Metric(
        code="deposit_cost_rate",
        name_zh="存款付息率",
        name_en="Deposit cost rate",
        meaning_zh="存款利息支出折年除以存款积数（分户账口径）；乘以 100 即百元付息率。总账没有把存款利息支出单列时为“—”。",
        meaning_en="Interest paid on deposits, annualised, over balance-days of deposit accounts; times 100 it is the cost of a hundred yuan. Where the ledger does not tell deposit interest from other interest it is —.",
        formula_zh="存款利息支出 × 365 ÷ 存款积数",
        formula_en="deposit interest × 365 ÷ deposit balance-days",
        unit=Unit.SHARE,
        numerator=DEPOSIT_COST_A_YEAR,
        denominator=DEPOSIT_DAYS,
        owner="计划财务部 / Finance",
        more_is_better=False,
    ),
)
"""Every metric of this topic, one definition each."""
