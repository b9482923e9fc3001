"""Product: The category, group and line of each product code; a code that nobody maps is in the line unmapped, never dropped."""

from maisui.tables.table import FLAG, TEXT, Column, Table, legal_entity

PRODUCT = Table(
    name="product",
    title_zh="产品",
    title_en="Product",
    meaning_zh="每个产品代码归入的类别、产品组与产品线；无人归类的代码进入 unmapped（未归类）产品线，从不丢弃。",
    meaning_en="The category, group and line of each product code; a code that nobody maps is in the line unmapped, never dropped.",
    grain=("legal_entity_code", "product_code"),
    columns=(
        legal_entity(),
        Column("product_code", TEXT, "产品代码", "Product code", nullable=False),
        Column("product_name", TEXT, "产品名称", "Name of the product"),
        Column("product_category", TEXT, "产品类别", "Product category", nullable=False),
        Column("product_group", TEXT, "产品组", "Product group", nullable=False),
        Column("product_line", TEXT, "产品线", "Product line", nullable=False),
        Column(
            "mapped_by",
            TEXT,
            "归类依据：master 产品目录、word 归类词、source 来源、feed 所在接口、none 未归类",
            "What mapped it: master, word, source, feed, none",
            nullable=False,
        ),
        Column("is_used", FLAG, "是否出现在账户、借据或代销中", "Whether an account, a loan or a sale names it", nullable=False),
    ),
)
