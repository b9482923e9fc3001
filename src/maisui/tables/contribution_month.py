"""Contribution month: What each outlet, product, kind of customer and manager contributed in each month, part by part."""

from maisui.tables.table import COUNT, DATE, MONEY_SUM, TEXT, Column, Table, legal_entity

CONTRIBUTION_MONTH = Table(
    name="contribution_month",
    title_zh="贡献月统计",
    title_en="Contribution month",
    meaning_zh="账户贡献按机构、产品、客户大类、客户经理汇总；多人分享的账户按当月份额天数分到分，各人与未分配之和等于账户。",
    meaning_en=(
        "Contribution of accounts by outlet, product, kind of customer and manager; what several persons share is split to the cent by the "
        "days and shares of the month, persons and unassigned adding up to the account."
    ),
    grain=(
        "legal_entity_code",
        "organisation_code",
        "product_code",
        "product_group",
        "account_kind",
        "customer_kind",
        "employee_number",
        "currency",
        "business_date",
    ),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "账户所属机构号", "Outlet that holds the accounts", nullable=False),
        Column("product_code", TEXT, "产品代码", "Product code", nullable=False),
        Column("product_category", TEXT, "产品类别", "Product category", nullable=False),
        Column("product_group", TEXT, "产品组", "Product group", nullable=False),
        Column("product_line", TEXT, "产品线", "Product line", nullable=False),
        Column("account_kind", TEXT, "账户大类：deposit、loan、none", "Kind: deposit, loan, none", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("employee_number", TEXT, "客户经理工号，未分配为 unassigned", "Manager, or unassigned", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("business_date", DATE, "月末或报告日", "Month end or reporting date", nullable=False),
        Column("balance_days", MONEY_SUM, "积数", "Sum of day-end balances", unit="currency unit · day", nullable=False),
        Column(
            "interest_amount",
            MONEY_SUM,
            "按利率与积数计算的利息：存款为付出，贷款为含税收入",
            "Interest by rate and balance-days: paid on deposits, earned on loans before tax",
            unit="currency unit",
            nullable=False,
        ),
        Column(
            "transfer_amount",
            MONEY_SUM,
            "转移价格金额：存款为收入，贷款为成本",
            "Amount at transfer price: income of deposits, cost of loans",
            unit="currency unit",
            nullable=False,
        ),
        Column("margin_amount", MONEY_SUM, "转移价格利差", "Margin over the transfer price", unit="currency unit", nullable=False),
        Column("fee_amount", MONEY_SUM, "手续费", "Fees charged", unit="currency unit", nullable=False),
        Column("vat_amount", MONEY_SUM, "增值税及附加", "Value-added tax and surcharges", unit="currency unit", nullable=False),
        Column("servicing_cost_amount", MONEY_SUM, "服务成本", "Servicing cost", unit="currency unit", nullable=False),
        Column("expected_loss_amount", MONEY_SUM, "预期损失", "Expected loss", unit="currency unit", nullable=False),
        Column("tax_amount", MONEY_SUM, "所得税", "Income tax", unit="currency unit", nullable=False),
        Column(
            "contribution_amount", MONEY_SUM, "贡献（资本成本前）", "Contribution before capital cost", unit="currency unit", nullable=False
        ),
        Column("capital_days", MONEY_SUM, "经济资本积数", "Sum of day-end economic capital", unit="currency unit · day", nullable=False),
        Column("capital_charge_amount", MONEY_SUM, "资本成本", "Capital charge", unit="currency unit", nullable=False),
        Column("economic_value_added_amount", MONEY_SUM, "经济增加值", "Economic value added", unit="currency unit", nullable=False),
        Column(
            "account_count",
            COUNT,
            "账户数（多人分享的按主要归属人计一次）",
            "Accounts, shared ones counting once, with whoever has most",
            unit="count",
            nullable=False,
        ),
        Column("estimated_account_count", COUNT, "其中含估计的账户数", "Of these, with something estimated", unit="count", nullable=False),
    ),
    settled_by="business_date",
)
