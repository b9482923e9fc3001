"""Service cost month: What serving accounts cost through each channel in each month."""

from maisui.tables.table import COUNT, DATE, MONEY_SUM, TEXT, Column, Table, legal_entity

SERVICE_COST_MONTH = Table(
    name="service_cost_month",
    title_zh="服务成本月统计",
    title_en="Service cost month",
    meaning_zh="每个机构、产品、客户大类、渠道每月的交易笔数与服务成本；账户维护、开户以及没有渠道的交易列在渠道 none。",
    meaning_en="Transactions and servicing cost of each outlet, product, kind of customer and channel in each month; keeping and opening accounts, and transactions without a channel, stand under the channel none.",
    grain=(
        "legal_entity_code",
        "organisation_code",
        "product_code",
        "product_group",
        "customer_kind",
        "channel_code",
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
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column(
            "channel_code",
            TEXT,
            "渠道，账户维护与无渠道的交易为 none",
            "Channel, none for keeping accounts and for no channel",
            nullable=False,
        ),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("business_date", DATE, "月末或报告日", "Month end or reporting date", nullable=False),
        Column("activity_count", COUNT, "交易笔数", "Transactions", unit="count", nullable=False),
        Column("cost_amount", MONEY_SUM, "服务成本", "Servicing cost", unit="CNY", nullable=False),
    ),
    settled_by="business_date",
)
