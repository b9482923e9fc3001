"""What belongs to customer managers, and what belongs to nobody."""

from maisui.metrics.metric import Measure, Metric, Timing, Unit

UNASSIGNED_DEPOSITS = Measure(
    mart="manager_day",
    expression="sum(CASE WHEN employee_number = 'unassigned' THEN balance ELSE 0 END)",
    timing=Timing.POINT,
    where="account_kind = 'deposit'",
    delivered_where="account_kind = 'deposit'",
)
MANAGED_CUSTOMERS = Measure(
    mart="managed_customer_month",
    expression="nullif(count(DISTINCT CASE WHEN business_date <= $date AND managed_until > $date THEN customer_number END), 0)",
    timing=Timing.PERIOD,
    distinct_over=("manager", "person"),
)
MANAGED_DEPOSIT_DAYS = Measure(
    mart="manager_day",
    expression="sum(balance)",
    timing=Timing.AVERAGE,
    where="account_kind = 'deposit' AND employee_number <> 'unassigned'",
    delivered_where="account_kind = 'deposit'",
)
MANAGED_DEPOSITS = Measure(
    mart="manager_day",
    expression="sum(balance)",
    timing=Timing.POINT,
    where="account_kind = 'deposit' AND employee_number <> 'unassigned'",
    delivered_where="account_kind = 'deposit'",
)
MANAGED_LOANS = Measure(
    mart="manager_day",
    expression="sum(balance)",
    timing=Timing.POINT,
    where="account_kind = 'loan' AND employee_number <> 'unassigned'",
    delivered_where="account_kind = 'loan'",
)
MANAGED_QUALITY = Measure(
    mart="managed_standing",
    expression="CASE WHEN count(*) > 0 THEN count(DISTINCT CASE WHEN is_quality THEN customer_number END) END",
    timing=Timing.POINT,
    distinct_over=("manager", "person"),
)
MANAGED_MEASURED = Measure(
    mart="managed_standing",
    expression="nullif(count(DISTINCT customer_number), 0)",
    timing=Timing.POINT,
    distinct_over=("manager", "person"),
)
MANAGED_ELECTRONIC = Measure(mart="managed_standing", expression="CAST(sum(electronic_transaction_count) AS BIGINT)", timing=Timing.POINT)
MANAGED_CHANNELLED = Measure(
    mart="managed_standing",
    expression="CAST(sum(electronic_transaction_count + counter_transaction_count) AS BIGINT)",
    timing=Timing.POINT,
)
_OWNER = "绩效管理部 / Performance"

METRICS: tuple[Metric, ...] = (
    Metric(
        code="managed_customer_count",
        name_zh="管户数",
        name_en="Managed customers",
        meaning_zh="当日有未销账户归属于客户经理的客户数，主办与协办各计；一个客户有两位经理时两人各计一户，合计只计一户；月末已归并的客户号只计一户。",
        meaning_en="Customers with an open account that belongs to a manager on the day; one with two managers counts for each, and once in total; numbers that are merged at the month's end are one customer.",
        formula_zh="去重客户数",
        formula_en="distinct customers",
        unit=Unit.COUNT,
        numerator=MANAGED_CUSTOMERS,
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="managed_deposit_average_daily_balance",
        name_zh="管户存款日均",
        name_en="Managed average daily deposits",
        meaning_zh="归属于客户经理的存款日均；与未分配之和等于全部存款日均。",
        meaning_en="Average daily deposits that belong to managers; with the unassigned they are all deposits.",
        formula_zh="Σ 每日归属余额 ÷ 天数",
        formula_en="Σ daily balance that belongs to managers ÷ days",
        unit=Unit.YUAN,
        numerator=MANAGED_DEPOSIT_DAYS,
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="managed_deposit_balance",
        name_zh="管户存款余额",
        name_en="Managed deposits",
        meaning_zh="归属于客户经理的存款余额；与未分配存款余额之和等于全部存款余额，分毫不差。",
        meaning_en="Deposits that belong to managers; with the unassigned they are all deposits, to the cent.",
        formula_zh="Σ 归属余额",
        formula_en="Σ balance that belongs to managers",
        unit=Unit.YUAN,
        numerator=MANAGED_DEPOSITS,
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="managed_loan_balance",
        name_zh="管户贷款余额",
        name_en="Managed loan balance",
        meaning_zh="归属于客户经理的贷款余额。",
        meaning_en="Loan balances that belong to managers.",
        formula_zh="Σ 归属余额",
        formula_en="Σ balance that belongs to managers",
        unit=Unit.YUAN,
        numerator=MANAGED_LOANS,
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="unassigned_deposit_balance",
        name_zh="未分配存款余额",
        name_en="Unassigned deposits",
        meaning_zh="不归属于任何客户经理的存款余额，即公共存款；从未报送过分配时无此数。",
        meaning_en="Deposits that belong to no manager; the figure does not exist while no assignments are delivered.",
        formula_zh="存款余额 − Σ 归属余额",
        formula_en="deposits − Σ balance that belongs to managers",
        unit=Unit.YUAN,
        numerator=UNASSIGNED_DEPOSITS,
        owner=_OWNER,
        more_is_better=False,
    ),
    Metric(
        code="managed_quality_customer_share",
        name_zh="管户优质客户占比",
        name_en="Share of quality among managed customers",
        meaning_zh="归属于客户经理的客户中优质客户的比例，口径同优质客户占比；月末与数据日计量，两位经理共管的客户各计一户，合计只计一户。",
        meaning_en="Quality customers as a share of those that belong to managers, as in the share of quality customers; measured at month ends and on the reporting date; one of two managers counts for each, and once in total.",
        formula_zh="管户优质客户数 ÷ 管户数",
        formula_en="managed quality customers ÷ managed customers",
        unit=Unit.SHARE,
        numerator=MANAGED_QUALITY,
        denominator=MANAGED_MEASURED,
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="managed_electronic_substitution_rate",
        name_zh="管户电子替代率",
        name_en="Electronic substitution of managed customers",
        meaning_zh="归属于客户经理的客户当月电子渠道笔数占电子与柜面之和的比例；按月末（数据日）的归属与渠道参数计，两位经理共管的客户各计。",
        meaning_en="Electronic transactions of the month as a share of electronic and counter ones, of customers that belong to managers at the month's end (or the reporting date) and by its parameters; one of two managers counts for each.",
        formula_zh="电子渠道笔数 ÷（电子渠道 + 柜面）笔数",
        formula_en="electronic ÷ (electronic + counter), by count",
        unit=Unit.SHARE,
        numerator=MANAGED_ELECTRONIC,
        denominator=MANAGED_CHANNELLED,
        owner=_OWNER,
        more_is_better=True,
    ),
)
"""Every metric of this topic, one definition each."""
