"""Product account month: Accounts opened and closed with their balance, rate and whether they ended early, by outlet and product."""

from maisui.tables.table import COUNT, DATE, MONEY_SUM, TEXT, Column, Table, legal_entity

PRODUCT_ACCOUNT_MONTH = Table(
    name="product_account_month",
    title_zh="产品开销户月统计",
    title_en="Product account month",
    meaning_zh="每月每个机构、产品新开与销户的账户数，新开账户的月末余额及其一年利息，提前支取或提前结清的账户数。没有开销户的月份没有行。",
    meaning_en=(
        "In each month, by outlet and product: accounts opened and closed, what stood on the opened ones at the month's end and what that "
        "bears a year, and how many ended before they fell due. A month in which none was opened or closed has no row."
    ),
    grain=("legal_entity_code", "organisation_code", "product_code", "product_group", "customer_kind", "currency", "business_date"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "月末账户所属机构号", "Outlet that holds the account at the month's end", nullable=False),
        Column("product_code", TEXT, "产品代码", "Product code", nullable=False),
        Column("product_group", TEXT, "产品组", "Product group", nullable=False),
        Column("product_line", TEXT, "产品线", "Product line", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("business_date", DATE, "月末或报告日", "Month end or reporting date", nullable=False),
        Column("opened_count", COUNT, "当月开户数", "Accounts opened in the month", unit="count", nullable=False),
        Column(
            "opened_balance",
            MONEY_SUM,
            "当月新开账户的月末余额",
            "Balance of the opened accounts at the month's end",
            unit="currency unit",
            nullable=False,
        ),
        Column(
            "rated_balance",
            MONEY_SUM,
            "其中报送了利率的余额",
            "Part of that balance whose rate is delivered",
            unit="currency unit",
            nullable=False,
        ),
        Column(
            "yearly_interest_amount",
            MONEY_SUM,
            "该余额按执行利率一年的利息",
            "Interest of that part in a year at the rate in force",
            unit="currency unit",
            nullable=False,
        ),
        Column("closed_count", COUNT, "当月销户数", "Accounts closed in the month", unit="count", nullable=False),
        Column(
            "early_closed_count",
            COUNT,
            "其中到期前销户数",
            "Of these, closed before they fell due",
            unit="count",
            nullable=False,
        ),
    ),
)
