"""Product structure day: Accounts and their balance by bands of term, rate, amount and time to maturity."""

from maisui.tables.table import COUNT, DATE, MONEY_SUM, RATE, TEXT, Column, Table, legal_entity

PRODUCT_STRUCTURE_DAY = Table(
    name="product_structure_day",
    title_zh="产品结构统计",
    title_en="Product structure day",
    meaning_zh=(
        "报告日开立或仍有余额的账户按机构、产品分段，户数只计开立的：期限（月）、利率、金额（万元）、剩余期限（天）四种分段各自加总等于账户余额。"
        "分段下限为有生效日的参数 product_band；没有期限或利率的账户在第 −1 段。"
    ),
    meaning_en=(
        "Accounts open or with a balance on the reporting date (only open ones are counted) by outlet and product, cut four ways: term in months, rate, amount in ten thousand yuan and days to "
        "maturity; each way adds up to the balance of accounts. Lower limits of bands are the dated parameters product_band; what has no "
        "term or rate stands in band −1."
    ),
    grain=(
        "legal_entity_code",
        "organisation_code",
        "product_code",
        "product_group",
        "customer_kind",
        "currency",
        "section_kind",
        "band_number",
        "business_date",
    ),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "账户所属机构号", "Outlet that holds the account", nullable=False),
        Column("product_code", TEXT, "产品代码", "Product code", nullable=False),
        Column("product_group", TEXT, "产品组", "Product group", nullable=False),
        Column("product_line", TEXT, "产品线", "Product line", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column(
            "section_kind", TEXT, "分段方式：term、rate、amount、maturity", "How it is cut: term, rate, amount, maturity", nullable=False
        ),
        Column(
            "band_number", COUNT, "段号，0 为最低段，−1 为无", "Number of the band, 0 the lowest, -1 none", unit="count", nullable=False
        ),
        Column("business_date", DATE, "报告日", "Reporting date", nullable=False),
        Column("lower_limit_number", RATE, "该段下限（含），最低段为空", "Lower limit of the band, null for the lowest"),
        Column("upper_limit_number", RATE, "该段上限（不含），最高段为空", "Upper limit of the band, exclusive, null for the highest"),
        Column("account_count", COUNT, "账户数", "Accounts", unit="count", nullable=False),
        Column("balance", MONEY_SUM, "余额", "Balance", unit="currency unit", nullable=False),
    ),
)
