"""Organisation, product and day: Balance and open accounts of each organisation, product, customer kind and currency on each day."""

from maisui.tables.table import COUNT, DATE, MONEY_SUM, TEXT, Column, Table, legal_entity

PRODUCT_DAY = Table(
    name="product_day",
    title_zh="机构产品日统计",
    title_en="Organisation, product and day",
    meaning_zh="每个机构、产品、客户大类、币种每日的余额与未销账户数。",
    meaning_en="Balance and open accounts of each organisation, product, customer kind and currency on each day.",
    grain=(
        "legal_entity_code",
        "organisation_code",
        "product_code",
        "product_group",
        "account_kind",
        "customer_kind",
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
        Column("account_kind", TEXT, "账户大类", "Kind: deposit or loan", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("business_date", DATE, "日期", "Day", nullable=False),
        Column(
            "balance",
            MONEY_SUM,
            "余额；至当日没有报送过该类账户余额时为空",
            "Balance at day end; null while no balance of an account of the kind was delivered",
            unit="currency unit",
        ),
        Column("account_count", COUNT, "未销账户数", "Open accounts", unit="count", nullable=False),
    ),
    settled_by="business_date",
)
