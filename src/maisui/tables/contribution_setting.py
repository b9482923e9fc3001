"""Contribution setting: The parameter values that hold for each month, kind of account and product group when contribution is reckoned."""

from maisui.tables.table import COUNT, DATE, RATE, TEXT, Column, Table, legal_entity

CONTRIBUTION_SETTING = Table(
    name="contribution_setting",
    title_zh="贡献度参数",
    title_en="Contribution setting",
    meaning_zh="计算每月贡献度时，每个账户大类与产品组所用的参数值：取月末（当月为报告日）有效的一行，产品组没有自己的值时取账户大类的值。",
    meaning_en=(
        "The values used when the contribution of a month is reckoned for a kind of account and product group: those in force on the "
        "last day of the month (this month: the reporting date); a group without a value of its own takes that of its kind."
    ),
    grain=("legal_entity_code", "business_date", "account_kind", "product_group"),
    columns=(
        legal_entity(),
        Column("business_date", DATE, "月末或报告日", "Month end or reporting date", nullable=False),
        Column("month_start", DATE, "当月一日", "First day of the month", nullable=False),
        Column(
            "account_kind",
            TEXT,
            "账户大类：deposit、loan、none（无账户的手续费）",
            "Kind: deposit, loan, none (fees without account)",
            nullable=False,
        ),
        Column("product_group", TEXT, "产品组", "Product group", nullable=False),
        Column("day_basis_count", COUNT, "计息年天数", "Days of an interest year", unit="day", nullable=False),
        Column("vat_rate", RATE, "增值税率（免税为 0）", "Rate of value-added tax, 0 where exempt", unit="fraction", nullable=False),
        Column(
            "surcharge_rate", RATE, "附加税费占增值税的比例", "Surcharges as a share of value-added tax", unit="fraction", nullable=False
        ),
        Column("income_tax_rate", RATE, "所得税率", "Rate of income tax", unit="fraction", nullable=False),
        Column("risk_weight", RATE, "风险权重", "Risk weight", unit="fraction", nullable=False),
        Column(
            "capital_ratio",
            RATE,
            "资本占风险加权资产的比例",
            "Capital to be held against risk-weighted assets",
            unit="fraction",
            nullable=False,
        ),
        Column("capital_cost_rate", RATE, "资本成本率（年）", "Yearly cost of capital", unit="fraction", nullable=False),
        Column("loss_given_default", RATE, "违约损失率", "Loss given default", unit="fraction", nullable=False),
        Column(
            "demand_deposit_rate",
            RATE,
            "活期挂牌利率（提前支取重定价用）",
            "Posted rate of demand money, for early withdrawals",
            unit="fraction",
            nullable=False,
        ),
    ),
    begins_by="month_start",
)
