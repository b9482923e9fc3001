"""Product activity month: What customers moved on the accounts of each product, by outlet and channel."""

from maisui.tables.table import COUNT, DATE, MONEY_SUM, TEXT, Column, Table, legal_entity

PRODUCT_ACTIVITY_MONTH = Table(
    name="product_activity_month",
    title_zh="产品交易月统计",
    title_en="Product activity month",
    meaning_zh="每月每个持有机构、产品、渠道的非银行发起交易笔数与金额，冲补抹已抵消；加总等于渠道统计。",
    meaning_en=(
        "In each month, by holding outlet, product and channel: transactions that the bank did not initiate and their amount, reversals set "
        "off; they add up to the totals of channels."
    ),
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
        Column("organisation_code", TEXT, "持有机构号", "Outlet that holds the account", nullable=False),
        Column("product_code", TEXT, "产品代码", "Product code", nullable=False),
        Column("product_group", TEXT, "产品组", "Product group", nullable=False),
        Column("product_line", TEXT, "产品线", "Product line", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("channel_code", TEXT, "渠道，无渠道为 none", "Channel, none without one", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("business_date", DATE, "月末或报告日", "Month end or reporting date", nullable=False),
        Column("transaction_count", COUNT, "交易笔数", "Transactions", unit="count", nullable=False),
        Column("transaction_amount", MONEY_SUM, "交易金额", "Amount of transactions", unit="currency unit", nullable=False),
    ),
    settled_by="business_date",
)
