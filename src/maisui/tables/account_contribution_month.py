"""Account contribution month: What each account contributed in each month, part by part."""

from maisui.tables.table import DATE, FLAG, MONEY, MONEY_SUM, RATE, TEXT, Column, Privacy, Table, legal_entity

ACCOUNT_CONTRIBUTION_MONTH = Table(
    name="account_contribution_month",
    title_zh="账户贡献月统计",
    title_en="Account contribution month",
    meaning_zh=(
        "每个账户每月的贡献：转移价格利差 ＋ 手续费 − 增值税及附加 − 服务成本 − 预期损失 − 所得税；另列资本成本与经济增加值。"
        "不属于任何账户的手续费列在账号 none。"
    ),
    meaning_en=(
        "What each account contributed in each month: margin over the transfer price + fees − value-added tax and surcharges − servicing "
        "cost − expected loss − income tax; beside it capital charge and economic value added. Fees that belong to no account stand "
        "under the account none."
    ),
    grain=("legal_entity_code", "account_number", "customer_number", "organisation_code", "product_code", "currency", "business_date"),
    columns=(
        legal_entity(),
        Column(
            "account_number", TEXT, "账号，无账户为 none", "Account number, none without account", privacy=Privacy.PERSONAL, nullable=False
        ),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL, nullable=False),
        Column("organisation_code", TEXT, "账户所属机构号", "Outlet that holds it", nullable=False),
        Column("product_code", TEXT, "产品代码", "Product code", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("business_date", DATE, "月末或报告日", "Month end or reporting date", nullable=False),
        Column("account_kind", TEXT, "账户大类：deposit、loan、none", "Kind: deposit, loan, none", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("product_category", TEXT, "产品类别", "Product category", nullable=False),
        Column("product_group", TEXT, "产品组", "Product group", nullable=False),
        Column("product_line", TEXT, "产品线", "Product line", nullable=False),
        Column("interest_rate", RATE, "月末客户利率", "Customer rate at the month's end", unit="fraction"),
        Column("transfer_rate", RATE, "月末转移价格", "Transfer price at the month's end", unit="fraction"),
        Column("balance_days", MONEY_SUM, "积数", "Sum of day-end balances", unit="currency unit · day", nullable=False),
        Column(
            "interest_amount",
            MONEY,
            "按利率与积数计算的利息：存款为付出，贷款为含税收入",
            "Interest by rate and balance-days: paid on deposits, earned on loans before tax",
            unit="currency unit",
            nullable=False,
        ),
        Column(
            "transfer_amount",
            MONEY,
            "转移价格金额：存款为收入，贷款为成本",
            "Amount at transfer price: income of deposits, cost of loans",
            unit="currency unit",
            nullable=False,
        ),
        Column("margin_amount", MONEY, "转移价格利差", "Margin over the transfer price", unit="currency unit", nullable=False),
        Column("fee_amount", MONEY, "手续费", "Fees charged", unit="currency unit", nullable=False),
        Column("vat_amount", MONEY, "增值税及附加", "Value-added tax and surcharges", unit="currency unit", nullable=False),
        Column("servicing_cost_amount", MONEY, "服务成本", "Servicing cost", unit="currency unit", nullable=False),
        Column("expected_loss_amount", MONEY, "预期损失", "Expected loss", unit="currency unit", nullable=False),
        Column("tax_amount", MONEY, "所得税", "Income tax", unit="currency unit", nullable=False),
        Column(
            "contribution_amount", MONEY, "贡献（资本成本前）", "Contribution before capital cost", unit="currency unit", nullable=False
        ),
        Column("capital_days", MONEY_SUM, "经济资本积数", "Sum of day-end economic capital", unit="currency unit · day", nullable=False),
        Column("capital_charge_amount", MONEY, "资本成本", "Capital charge", unit="currency unit", nullable=False),
        Column("economic_value_added_amount", MONEY, "经济增加值", "Economic value added", unit="currency unit", nullable=False),
        Column("is_estimated", FLAG, "是否含估计", "Whether something in it is estimated", nullable=False),
    ),
    month_of="business_date",
    settled_by="business_date",
)
