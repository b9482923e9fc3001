"""How good the customers are: tiers, effective customers, products held, who stays and who rises."""

from maisui.metrics.metric import Measure, Metric, Timing, Unit


def _base(column: str) -> Measure:
    """Return one column of the customer base on the day: month ends and the reporting date are measured."""
    return Measure(mart="customer_base_day", expression=f"CAST(sum({column}) AS BIGINT)", timing=Timing.POINT)


def _average(column: str) -> Measure:
    """Return one sum of the month's averages on the day."""
    return Measure(mart="customer_base_day", expression=f"sum({column})", timing=Timing.POINT)


def _holders(column: str) -> Measure:
    """Return holders of product groups, or the customers who could hold them."""
    return Measure(mart="product_holder_day", expression=f"CAST(sum({column}) AS BIGINT)", timing=Timing.POINT)


def _opening(condition: str = "") -> Measure:
    """Return the customers at the beginning of the period, or those of them for whom `condition` holds today."""
    wanted = f"period_start = $period_start AND {condition}" if condition else "period_start = $period_start"
    return Measure(
        mart="tier_migration_day",
        expression=f"CAST(sum(CASE WHEN {wanted} THEN customer_count ELSE 0 END) AS BIGINT)",
        timing=Timing.POINT,
    )


def _dormant(column: str) -> Measure:
    """Return one count of deposit accounts on the day."""
    return Measure(mart="dormant_account_day", expression=f"CAST(sum({column}) AS BIGINT)", timing=Timing.POINT)


RECOGNISED = Measure(
    mart="customer_characteristic",
    expression="nullif(count(DISTINCT customer_number), 0)",
    timing=Timing.POINT,
    distinct_over=("characteristic",),
)
_RETAIL = "个人与公司金融部 / Retail and corporate banking"
_MEASURED_ZH = "按月末与报告日计算"
_MEASURED_EN = "measured at month ends and on the reporting date"

METRICS: tuple[Metric, ...] = (
    Metric(
        code="effective_customer_count",
        name_zh="有效户数",
        name_en="Effective customers",
        meaning_zh=f"当月金融资产日均不低于参数（默认 500 元）或有贷款余额的客户，在归属机构计一次；{_MEASURED_ZH}。",
        meaning_en=f"Customers whose average assets of the month reach the parameter (500 yuan by default) or who have a loan, each once at home; {_MEASURED_EN}.",
        formula_zh="金融资产日均达标或有贷款的客户数",
        formula_en="customers with enough average assets or a loan",
        unit=Unit.COUNT,
        numerator=_base("effective_customer_count"),
        owner=_RETAIL,
        more_is_better=True,
    ),
    Metric(
        code="recognised_customer_count",
        name_zh="已识别特征客户数",
        name_en="Customers with a characteristic",
        meaning_zh="报告日由自己的交易识别出至少一项特征（工资、养老金、补贴、经营收款、他行本人账户等）的客户，在归属机构计一次；一户可有多项特征，按特征拆分之和大于合计；只有报告日有数。",
        meaning_en="Customers whose own transactions show at least one characteristic (wage, pension, subsidy, takings, own account elsewhere …), each once at home; one may show several, so that a split by characteristic adds up to more; only the reporting date has a figure.",
        formula_zh="去重客户数",
        formula_en="distinct customers",
        unit=Unit.COUNT,
        numerator=RECOGNISED,
        owner=_RETAIL,
    ),
    Metric(
        code="quality_customer_share",
        name_zh="优质客户占比",
        name_en="Share of quality customers",
        meaning_zh=f"等级不低于参数（默认金卡）的客户占全部客户的比例；等级按金融资产加权日均，达到即升、保护期满才降；{_MEASURED_ZH}。",
        meaning_en=f"Customers of the parameter's tier or above (gold by default) as a share of all; tiers follow weighted average assets, up at once and down after months of protection; {_MEASURED_EN}.",
        formula_zh="优质客户数 ÷ 客户数",
        formula_en="quality customers ÷ customers",
        unit=Unit.SHARE,
        numerator=_base("quality_customer_count"),
        denominator=_base("customer_count"),
        owner=_RETAIL,
        more_is_better=True,
    ),
    Metric(
        code="products_per_customer",
        name_zh="户均产品数",
        name_en="Products per customer",
        meaning_zh=f"客户平均持有的产品组数：未销的存贷款账户、银行卡、代理与理财持有；{_MEASURED_ZH}。",
        meaning_en=f"Product groups held by a customer on average: open accounts, cards, agency and wealth holdings; {_MEASURED_EN}.",
        formula_zh="Σ 客户持有产品组数 ÷ 客户数",
        formula_en="Σ product groups held ÷ customers",
        unit=Unit.COUNT_EACH,
        numerator=_base("product_group_count"),
        denominator=_base("customer_count"),
        owner=_RETAIL,
        more_is_better=True,
    ),
    Metric(
        code="cross_sell_ratio",
        name_zh="交叉销售率",
        name_en="Cross-sell ratio",
        meaning_zh=f"持有两个及以上产品组的客户占全部客户的比例；{_MEASURED_ZH}。",
        meaning_en=f"Customers with two product groups or more as a share of all; {_MEASURED_EN}.",
        formula_zh="持有 ≥ 2 个产品组的客户数 ÷ 客户数",
        formula_en="customers with ≥ 2 product groups ÷ customers",
        unit=Unit.SHARE,
        numerator=_base("cross_sold_customer_count"),
        denominator=_base("customer_count"),
        owner=_RETAIL,
        more_is_better=True,
    ),
    Metric(
        code="product_penetration",
        name_zh="产品渗透率",
        name_en="Product penetration",
        meaning_zh=f"产品组的持有客户占目标客户（同机构、同大类的全部客户）的比例；按产品组拆分看每一组，合计为各组平均；{_MEASURED_ZH}。",
        meaning_en=f"Holders of a product group as a share of the customers who could hold it (all of the outlet and kind); split it by product group, the total is the average of all groups; {_MEASURED_EN}.",
        formula_zh="Σ 持有客户数 ÷ Σ 目标客户数",
        formula_en="Σ holders ÷ Σ customers who could hold it",
        unit=Unit.SHARE,
        numerator=_holders("holder_count"),
        denominator=_holders("target_customer_count"),
        owner=_RETAIL,
        more_is_better=True,
    ),
    Metric(
        code="deposit_return_on_lending",
        name_zh="贷款客户存款回报率",
        name_en="Deposit return on lending",
        meaning_zh=f"当月有贷款的客户的存款日均之和除以其贷款日均之和（授信吸存率）；{_MEASURED_ZH}，看该日所在月的日均。",
        meaning_en=f"Average deposits of the month of customers with loans over their average loans; {_MEASURED_EN}, by the averages of that month.",
        formula_zh="贷款客户存款日均 ÷ 贷款客户贷款日均",
        formula_en="borrowers' average deposits ÷ borrowers' average loans",
        unit=Unit.SHARE,
        numerator=_average("borrower_deposit_average_balance"),
        denominator=_average("borrower_loan_average_balance"),
        owner=_RETAIL,
        more_is_better=True,
    ),
    Metric(
        code="attrition_rate",
        name_zh="客户流失率",
        name_en="Attrition rate",
        meaning_zh=f"期初（月、季、年初）在册客户中，当日已无未销账户者的比例；{_MEASURED_ZH}，期初须在历史之内。",
        meaning_en=f"Of the customers there when the month, quarter or year began, those without an open account now; {_MEASURED_EN}, where the beginning lies within the history.",
        formula_zh="期初客户中已离开者 ÷ 期初客户数",
        formula_en="opening customers who are gone ÷ opening customers",
        unit=Unit.SHARE,
        numerator=_opening("NOT is_retained"),
        denominator=_opening(),
        owner=_RETAIL,
        more_is_better=False,
    ),
    Metric(
        code="retention_rate",
        name_zh="客户留存率",
        name_en="Retention rate",
        meaning_zh=f"期初（月、季、年初）在册客户中，当日仍有未销账户者的比例，即 1 − 流失率；{_MEASURED_ZH}。",
        meaning_en=f"Of the customers there when the month, quarter or year began, those who still have an open account: 1 − attrition; {_MEASURED_EN}.",
        formula_zh="期初客户中仍在者 ÷ 期初客户数",
        formula_en="opening customers still here ÷ opening customers",
        unit=Unit.SHARE,
        numerator=_opening("is_retained"),
        denominator=_opening(),
        owner=_RETAIL,
        more_is_better=True,
    ),
    Metric(
        code="upgrade_rate",
        name_zh="客户升级率",
        name_en="Upgrade rate",
        meaning_zh=f"期初（月、季、年初）在册客户中，当日等级高于期初者的比例；按期初等级拆分；{_MEASURED_ZH}。",
        meaning_en=f"Of the customers there when the month, quarter or year began, those of a higher tier now; splits go by the tier then; {_MEASURED_EN}.",
        formula_zh="期初客户中升级者 ÷ 期初客户数",
        formula_en="opening customers who rose ÷ opening customers",
        unit=Unit.SHARE,
        numerator=_opening("is_upgraded"),
        denominator=_opening(),
        owner=_RETAIL,
        more_is_better=True,
    ),
    Metric(
        code="downgrade_rate",
        name_zh="客户降级率",
        name_en="Downgrade rate",
        meaning_zh=f"期初（月、季、年初）在册客户中，当日等级低于期初者的比例，已离开的不算；按期初等级拆分；{_MEASURED_ZH}。",
        meaning_en=f"Of the customers there when the month, quarter or year began, those of a lower tier now, without those who left; splits go by the tier then; {_MEASURED_EN}.",
        formula_zh="期初客户中降级者 ÷ 期初客户数",
        formula_en="opening customers who fell ÷ opening customers",
        unit=Unit.SHARE,
        numerator=_opening("is_downgraded"),
        denominator=_opening(),
        owner=_RETAIL,
        more_is_better=False,
    ),
    Metric(
        code="dormant_account_count",
        name_zh="睡眠户数",
        name_en="Dormant accounts",
        meaning_zh=f"长期无主动收付的未销存款账户：个人超过三年且余额不超过 100 元，单位超过一年（均为参数；结息与批量不算）；{_MEASURED_ZH}。",
        meaning_en=f"Open deposit accounts without a movement of the owner's own: persons for more than three years with no more than 100 yuan, firms for more than one year (parameters; interest and batches do not count); {_MEASURED_EN}.",
        formula_zh="睡眠的未销存款账户数",
        formula_en="open deposit accounts that lie dormant",
        unit=Unit.COUNT,
        numerator=_dormant("dormant_account_count"),
        owner="运营管理部 / Operations",
        more_is_better=False,
    ),
    Metric(
        code="dormancy_rate",
        name_zh="睡眠率",
        name_en="Dormancy rate",
        meaning_zh=f"睡眠户占未销存款账户的比例；{_MEASURED_ZH}。",
        meaning_en=f"Dormant accounts as a share of open deposit accounts; {_MEASURED_EN}.",
        formula_zh="睡眠户数 ÷ 未销存款账户数",
        formula_en="dormant accounts ÷ open deposit accounts",
        unit=Unit.SHARE,
        numerator=_dormant("dormant_account_count"),
        denominator=_dormant("account_count"),
        owner="运营管理部 / Operations",
        more_is_better=False,
    ),
)
"""Every metric of this topic, one definition each."""
