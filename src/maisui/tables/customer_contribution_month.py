"""Customer contribution month: What each customer contributed in each month, part by part."""

from maisui.tables.table import DATE, FLAG, MONEY_SUM, TEXT, Column, Privacy, Table, legal_entity

CUSTOMER_CONTRIBUTION_MONTH = Table(
    name="customer_contribution_month",
    title_zh="客户贡献月统计",
    title_en="Customer contribution month",
    meaning_zh="每个客户每月的贡献及其各部分，为其全部账户与无账户手续费之和。",
    meaning_en="What each customer contributed in each month, part by part: the sum of all accounts and of fees without account.",
    grain=("legal_entity_code", "customer_number", "currency", "business_date"),
    columns=(
        legal_entity(),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL, nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("business_date", DATE, "月末或报告日", "Month end or reporting date", nullable=False),
        Column("organisation_code", TEXT, "当日归属机构号", "Home outlet of the day", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("deposit_margin_amount", MONEY_SUM, "存款利差", "Margin of deposits", unit="currency unit", nullable=False),
        Column("loan_margin_amount", MONEY_SUM, "贷款利差", "Margin of loans", unit="currency unit", nullable=False),
        Column("fee_amount", MONEY_SUM, "手续费", "Fees charged", unit="currency unit", nullable=False),
        Column("vat_amount", MONEY_SUM, "增值税及附加", "Value-added tax and surcharges", unit="currency unit", nullable=False),
        Column("servicing_cost_amount", MONEY_SUM, "服务成本", "Servicing cost", unit="currency unit", nullable=False),
        Column("expected_loss_amount", MONEY_SUM, "预期损失", "Expected loss", unit="currency unit", nullable=False),
        Column("tax_amount", MONEY_SUM, "所得税", "Income tax", unit="currency unit", nullable=False),
        Column(
            "contribution_amount", MONEY_SUM, "贡献（资本成本前）", "Contribution before capital cost", unit="currency unit", nullable=False
        ),
        Column("capital_charge_amount", MONEY_SUM, "资本成本", "Capital charge", unit="currency unit", nullable=False),
        Column("economic_value_added_amount", MONEY_SUM, "经济增加值", "Economic value added", unit="currency unit", nullable=False),
        Column("is_estimated", FLAG, "是否含估计", "Whether something in it is estimated", nullable=False),
    ),
    month_of="business_date",
    settled_by="business_date",
)
