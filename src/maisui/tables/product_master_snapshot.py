"""Product master snapshot: The bank's own list of products: code, name and category."""

from maisui.tables.table import DATE, TEXT, Column, Table, legal_entity, provenance

PRODUCT_MASTER_SNAPSHOT = Table(
    name="product_master_snapshot",
    title_zh="产品目录快照",
    title_en="Product master snapshot",
    meaning_zh="银行自己的产品目录：代码、名称与产品类别。",
    meaning_en="The bank's own list of products: code, name and category.",
    grain=("legal_entity_code", "reported_on", "product_code"),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column("product_code", TEXT, "产品代码", "Product code", nullable=False),
        Column("product_name", TEXT, "产品名称", "Name of the product"),
        Column("product_category", TEXT, "产品类别代码", "Code of the product category"),
        *provenance(),
    ),
    published=False,
)
