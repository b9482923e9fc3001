"""Product level: Lines, groups of a line and categories of a group, with their names."""

from maisui.tables.table import TEXT, Column, Table

PRODUCT_LEVEL = Table(
    name="product_level",
    title_zh="产品层级",
    title_en="Product level",
    meaning_zh="产品线、其下的产品组与产品类别及名称；由产品自带并可由银行在 products.toml 更改。",
    meaning_en="Lines, groups of a line and categories of a group, with their names; the product's own, changed by the bank in products.toml.",
    grain=("level_kind", "level_code"),
    columns=(
        Column("level_kind", TEXT, "层级：line 产品线、group 产品组、category 产品类别", "Level: line, group, category", nullable=False),
        Column("level_code", TEXT, "层级代码", "Code", nullable=False),
        Column("parent_code", TEXT, "上级代码，产品线为空文本", "Code of the level above, empty for a line", nullable=False),
        Column("chinese_name", TEXT, "中文名称", "Name in Chinese", nullable=False),
        Column("english_name", TEXT, "英文名称", "Name in English", nullable=False),
    ),
)
