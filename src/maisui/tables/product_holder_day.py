"""Product holder day: How many customers hold something of each product group, beside how many there are."""

from maisui.tables.table import COUNT, DATE, TEXT, Column, Table, legal_entity

PRODUCT_HOLDER_DAY = Table(
    name="product_holder_day",
    title_zh="产品持有客户统计",
    title_en="Product holder day",
    meaning_zh="月末与报告日，每个归属机构、客户大类、产品组的持有客户数与目标客户数（同机构同大类的全部客户；该大类从无人持有的产品组不列）。",
    meaning_en="At month ends and on the reporting date: holders of each product group beside all customers of the same home outlet and kind; groups that nobody of a kind holds are left out.",
    grain=("legal_entity_code", "organisation_code", "customer_kind", "product_group", "business_date"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "归属机构号", "Home outlet", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("product_line", TEXT, "产品线", "Product line", nullable=False),
        Column("product_group", TEXT, "产品组", "Product group", nullable=False),
        Column("business_date", DATE, "月末或报告日", "Month end or reporting date", nullable=False),
        Column("holder_count", COUNT, "持有客户数", "Customers who hold it", unit="count", nullable=False),
        Column("target_customer_count", COUNT, "目标客户数", "Customers who could", unit="count", nullable=False),
    ),
)
