"""Customer standing: What a customer is worth to be called at the end of a month: tier, effective or not, number of product groups."""

from maisui.tables.table import COUNT, DATE, FLAG, MONEY, MONEY_SUM, TEXT, Column, Privacy, Table, legal_entity

CUSTOMER_STANDING = Table(
    name="customer_standing",
    title_zh="客户等级与标签",
    title_en="Customer standing",
    meaning_zh="每月最后一日（当月为报告日）有未销账户的每个客户：等级、是否有效户、持有产品组数；当日归并的客户号合为一户，记在保留号下。",
    meaning_en="Every customer with an open account on the last day of a month (this month: the reporting date): tier, whether effective, product groups held; numbers merged on the day are one customer under the surviving number.",
    grain=("legal_entity_code", "customer_number", "business_date"),
    columns=(
        legal_entity(),
        Column(
            "customer_number",
            TEXT,
            "当日代表该客户的客户号",
            "Number that stands for the customer on the day",
            privacy=Privacy.PERSONAL,
            nullable=False,
        ),
        Column("business_date", DATE, "月末或报告日", "Month end or reporting date", nullable=False),
        Column("organisation_code", TEXT, "当日归属机构号", "Home outlet of the day", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column(
            "asset_average_balance",
            MONEY,
            "当月金融资产日均：存款与代理、理财持有之和（四舍五入到分）",
            "Average daily assets of the month: deposits, agency and wealth holdings, half-up to the cent",
            unit="currency unit",
            nullable=False,
        ),
        Column(
            "tier_average_balance",
            MONEY,
            "按参数加权后的金融资产日均，据以定级",
            "The same weighted by the parameters, by which the tier is found",
            unit="currency unit",
            nullable=False,
        ),
        Column(
            "deposit_average_balance", MONEY, "当月存款日均", "Average daily deposits of the month", unit="currency unit", nullable=False
        ),
        Column("loan_average_balance", MONEY, "当月贷款日均", "Average daily loans of the month", unit="currency unit", nullable=False),
        Column("loan_balance", MONEY_SUM, "贷款余额", "Loan balance", unit="currency unit", nullable=False),
        Column("reached_tier_code", TEXT, "按当月日均达到的等级", "Tier reached by this month's average", nullable=False),
        Column(
            "tier_code",
            TEXT,
            "等级：人工核定的在有效期内为核定等级，否则为规则等级",
            "Tier: the one set by hand while that holds, else the one of the rule",
            nullable=False,
        ),
        Column(
            "ruled_tier_code",
            TEXT,
            "规则等级：达到即升，保护期满才降",
            "Tier of the rule: up at once, down only after the months of protection",
            nullable=False,
        ),
        Column(
            "tier_decision_number",
            COUNT,
            "当日有效的等级核定的决定顺序号，按规则定级为空",
            "Decision by which the tier is set by hand on the day, null where the rule decides",
            unit="count",
        ),
        Column("tier_rank", COUNT, "等级次序，1 为最低", "Rank of the tier, 1 is the lowest", unit="count", nullable=False),
        Column(
            "is_quality", FLAG, "是否优质客户（等级不低于参数）", "Whether of quality: of the parameter's tier or above", nullable=False
        ),
        Column(
            "is_effective",
            FLAG,
            "是否有效户：金融资产日均不低于参数，或有贷款余额",
            "Whether effective: assets at or above the parameter, or a loan",
            nullable=False,
        ),
        Column("product_group_count", COUNT, "持有产品组数", "Product groups held", unit="count", nullable=False),
    ),
    month_of="business_date",
    settled_by="business_date",
)
