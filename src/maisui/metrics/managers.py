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
MANAGED_BORROWERS = Measure(
    mart="managed_standing",
    expression="CASE WHEN count(is_borrower) > 0 THEN count(DISTINCT CASE WHEN is_borrower THEN customer_number END) END",
    timing=Timing.POINT,
    where="is_borrower IS NOT NULL",
    delivered_where="is_borrower IS NOT NULL",
    distinct_over=("manager", "person"),
)
MANAGED_PRODUCTS = Measure(
    mart="managed_standing",
    expression="CAST(sum(product_group_count) AS BIGINT)",
    timing=Timing.POINT,
    where="product_group_count IS NOT NULL",
    delivered_where="product_group_count IS NOT NULL",
)
MANAGED_LINES = Measure(
    mart="managed_standing",
    expression="nullif(count(product_group_count), 0)",
    timing=Timing.POINT,
    where="product_group_count IS NOT NULL",
    delivered_where="product_group_count IS NOT NULL",
)
AGENCY_SALES = Measure(
    mart="agency_business_day", expression="CAST(sum(sale_count) AS BIGINT)", timing=Timing.PERIOD, where="sale_kind = 'buy'"
)
AGENCY_AMOUNT = Measure(mart="agency_business_day", expression="sum(sale_amount)", timing=Timing.PERIOD, where="sale_kind = 'buy'")
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
    Metric(
        code="managed_borrower_count",
        name_zh="管贷户数",
        name_en="Managed borrowers",
        meaning_zh="归属于客户经理的客户中有贷款余额的户数；月末与数据日计量，两位经理共管的客户各计一户，合计只计一户。",
        meaning_en="Customers that belong to managers and owe a loan; measured at month ends and on the reporting date; one of two managers counts for each, and once in total.",
        formula_zh="去重有贷款余额的管户数",
        formula_en="distinct managed customers with a loan",
        unit=Unit.COUNT,
        numerator=MANAGED_BORROWERS,
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="managed_products_per_customer",
        name_zh="管户户均产品数",
        name_en="Products per managed customer",
        meaning_zh="归属于客户经理的客户持有的产品组数与户数之比，口径同客户产品持有数；两位经理共管的客户各计。",
        meaning_en="Product groups held by customers that belong to managers over those customers, as in products per customer; one of two managers counts for each.",
        formula_zh="Σ 持有产品组数 ÷ Σ 管户",
        formula_en="Σ product groups held ÷ Σ managed customers",
        unit=Unit.COUNT_EACH,
        numerator=MANAGED_PRODUCTS,
        denominator=MANAGED_LINES,
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="agency_sale_count",
        name_zh="代理代销笔数",
        name_en="Agency sales",
        meaning_zh="代理代销（基金、保险、国债等）买入笔数；归属随交易账户当日的业绩归属，多人分享的记在占比最高者名下，各人与未分配之和等于机构。",
        meaning_en="Purchases of products sold for other institutions (funds, insurance, treasury bonds); they belong to whom the account belonged on the day, a shared one to who has most of it; persons and unassigned are the branch's.",
        formula_zh="Σ 代销买入笔数",
        formula_en="Σ purchases",
        unit=Unit.COUNT,
        numerator=AGENCY_SALES,
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="agency_sale_amount",
        name_zh="代理代销金额",
        name_en="Amount of agency sales",
        meaning_zh="代理代销买入金额（折人民币）；归属随交易账户当日的业绩归属，多人分享的拆分到分，各人与未分配之和等于机构，分毫不差。",
        meaning_en="Amount of purchases of products sold for other institutions, in yuan; it belongs to whom the account belonged on the day, split to the cent; persons and unassigned are the branch's.",
        formula_zh="Σ 代销买入金额",
        formula_en="Σ amount of purchases",
        unit=Unit.YUAN,
        numerator=AGENCY_AMOUNT,
        owner=_OWNER,
        more_is_better=True,
    ),
)
"""Every metric of this topic, one definition each."""
