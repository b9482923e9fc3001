"""What counts as a loan, and how loan figures are made."""

from maisui.metrics.metric import Measure, Metric, Timing, Unit

BALANCE = Measure(
    mart="product_day",
    expression="sum(balance)",
    timing=Timing.POINT,
    where="account_kind = 'loan'",
    delivered_where="account_kind = 'loan' AND balance IS NOT NULL",
)
BALANCE_DAYS = Measure(
    mart="product_day",
    expression="sum(balance)",
    timing=Timing.AVERAGE,
    where="account_kind = 'loan'",
    delivered_where="account_kind = 'loan' AND balance IS NOT NULL",
)
BALANCE_CHANGE = Measure(
    mart="product_day",
    expression="sum(CASE WHEN business_date = $date THEN balance ELSE -balance END)",
    timing=Timing.YEAR_START,
    where="account_kind = 'loan'",
    delivered_where="account_kind = 'loan' AND balance IS NOT NULL",
)
DISBURSED = Measure(
    mart="loan_flow_day",
    expression="sum(disbursed_amount)",
    timing=Timing.PERIOD,
)
DISBURSED_COUNT = Measure(
    mart="loan_flow_day",
    expression="CAST(sum(disbursed_count) AS BIGINT)",
    timing=Timing.PERIOD,
)
COLLECTED = Measure(
    mart="loan_flow_day",
    expression="sum(collected_amount)",
    timing=Timing.PERIOD,
)
DEPOSIT_BALANCE = Measure(
    mart="product_day",
    expression="sum(balance)",
    timing=Timing.POINT,
    where="account_kind = 'deposit'",
    delivered_where="account_kind = 'deposit' AND balance IS NOT NULL",
)
BORROWERS = Measure(
    mart="customer_day",
    expression="CAST(sum(borrower_count) AS BIGINT)",
    timing=Timing.POINT,
)

METRICS: tuple[Metric, ...] = (
    Metric(
        code="loan_balance",
        name_zh="贷款余额",
        name_en="Loan balance",
        meaning_zh="贷款分户账未还本金之和；不含贴现与垫款（无分户账），也不含信用卡透支（另为信用卡账户）。",
        meaning_en="Outstanding principal of loan accounts; without discounts and advances, which have no sub-ledger, and card overdrafts, which are credit-card accounts.",
        formula_zh="Σ 贷款账户日终余额",
        formula_en="Σ day-end balance of loan accounts",
        unit=Unit.YUAN,
        numerator=BALANCE,
        owner="信贷管理部 / Credit",
        more_is_better=True,
    ),
    Metric(
        code="loan_average_daily_balance",
        name_zh="贷款日均余额",
        name_en="Average daily loan balance",
        meaning_zh="期间内每日贷款余额之和除以日历天数。",
        meaning_en="Sum of daily loan balances of the period over its calendar days.",
        formula_zh="积数 ÷ 日历天数",
        formula_en="balance-days ÷ calendar days",
        unit=Unit.YUAN,
        numerator=BALANCE_DAYS,
        owner="信贷管理部 / Credit",
        more_is_better=True,
    ),
    Metric(
        code="loan_net_increase_since_year_start",
        name_zh="贷款较年初净增",
        name_en="Net increase of loans since year start",
        meaning_zh="报告日贷款余额减去上年 12 月 31 日余额。",
        meaning_en="Loan balance on the day less the balance on 31 December of the year before.",
        formula_zh="报告日余额 − 上年末余额",
        formula_en="balance − balance at last year end",
        unit=Unit.YUAN,
        numerator=BALANCE_CHANGE,
        owner="信贷管理部 / Credit",
        more_is_better=True,
    ),
    Metric(
        code="loan_disbursed_amount",
        name_zh="贷款累放",
        name_en="Loans disbursed",
        meaning_zh="期间内发放的贷款本金。没有贷款明细账的来源按借据金额与发放日计。",
        meaning_en="Principal disbursed in the period; sources without loan transactions count receipts on their disbursement day.",
        formula_zh="Σ 期间发放本金",
        formula_en="Σ principal disbursed in the period",
        unit=Unit.YUAN,
        numerator=DISBURSED,
        owner="信贷管理部 / Credit",
        more_is_better=True,
    ),
    Metric(
        code="loan_disbursed_count",
        name_zh="贷款发放笔数",
        name_en="Number of loans disbursed",
        meaning_zh="期间内发放的贷款笔数，冲销按负一笔。",
        meaning_en="Disbursements in the period, reversals counting minus one.",
        formula_zh="Σ 期间发放笔数",
        formula_en="Σ disbursements in the period",
        unit=Unit.COUNT,
        numerator=DISBURSED_COUNT,
        owner="信贷管理部 / Credit",
        more_is_better=True,
    ),
    Metric(
        code="loan_collected_amount",
        name_zh="贷款累收",
        name_en="Loans collected",
        meaning_zh="期间内收回的贷款本金，不含利息。",
        meaning_en="Principal collected in the period, interest not included.",
        formula_zh="Σ 期间收回本金",
        formula_en="Σ principal collected in the period",
        unit=Unit.YUAN,
        numerator=COLLECTED,
        owner="信贷管理部 / Credit",
        more_is_better=True,
    ),
    Metric(
        code="loan_per_customer",
        name_zh="贷款户均",
        name_en="Loan per customer",
        meaning_zh="贷款余额除以有贷款余额的客户数；已归并的客户号合为一户。",
        meaning_en="Loans over customers with a loan balance; numbers that are merged are one customer.",
        formula_zh="贷款余额 ÷ 借款客户数",
        formula_en="loans ÷ borrowers",
        unit=Unit.YUAN_EACH,
        numerator=BALANCE,
        denominator=BORROWERS,
        owner="信贷管理部 / Credit",
    ),
    Metric(
        code="loan_to_deposit_ratio",
        name_zh="存贷比",
        name_en="Loan-to-deposit ratio",
        meaning_zh="贷款余额除以存款余额。",
        meaning_en="Loans over deposits.",
        formula_zh="贷款余额 ÷ 存款余额",
        formula_en="loans ÷ deposits",
        unit=Unit.SHARE,
        numerator=BALANCE,
        denominator=DEPOSIT_BALANCE,
        owner="计划财务部 / Finance",
    ),
)
"""Every metric of this topic, one definition each."""
