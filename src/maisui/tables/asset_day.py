"""Asset day: Deposits and holdings at market value of the customers of each organisation on each day; holdings as last reported, from the first day on which any are."""

from maisui.tables.table import DATE, MONEY_SUM, TEXT, Column, Table, legal_entity

ASSET_DAY = Table(
    name="asset_day",
    title_zh="客户资产日统计",
    title_en="Asset day",
    meaning_zh="每日各机构客户的存款与按市值的代理、理财持有；持有取最近一次报送，从首次报送持有之日起。",
    meaning_en="Deposits and holdings at market value of the customers of each organisation on each day; holdings as last reported.",
    grain=(
        "legal_entity_code",
        "organisation_code",
        "customer_kind",
        "asset_kind",
        "product_group",
        "product_line",
        "currency",
        "business_date",
    ),
    columns=(
        legal_entity(),
        Column(
            "organisation_code",
            TEXT,
            "存款为账户机构，持有为客户归属机构",
            "Outlet of the account; of the customer's home for holdings",
            nullable=False,
        ),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("asset_kind", TEXT, "资产大类：deposit 存款、holding 持有", "Kind: deposit, holding", nullable=False),
        Column("product_group", TEXT, "产品组", "Product group", nullable=False),
        Column("product_line", TEXT, "产品线", "Product line", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("business_date", DATE, "日期", "Day", nullable=False),
        Column("balance", MONEY_SUM, "余额或市值", "Balance or market value", unit="currency unit", nullable=False),
    ),
)
