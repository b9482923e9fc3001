"""Product word: Which whole product code, or part of one, leads to which category."""

from maisui.tables.table import FLAG, TEXT, Column, Table

PRODUCT_WORD = Table(
    name="product_word",
    title_zh="产品归类词",
    title_en="Product word",
    meaning_zh="完整的产品代码或其中的词归入哪个产品类别；整词优先，其次最长的词。",
    meaning_en="Which whole product code, or part of one, leads to which category; whole codes come first, then the longest part.",
    grain=("product_word",),
    columns=(
        Column("product_word", TEXT, "产品代码或其中的词", "Product code or part of one", nullable=False),
        Column("is_whole", FLAG, "是否须与代码完全相同", "Whether the whole code must be this", nullable=False),
        Column("product_category", TEXT, "产品类别", "Product category", nullable=False),
    ),
    published=False,
)
