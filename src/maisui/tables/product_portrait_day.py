"""Product portrait day: Who holds each product group, trait by trait, beside all customers who have the trait."""

from maisui.tables.table import COUNT, DATE, TEXT, Column, Table, legal_entity

PRODUCT_PORTRAIT_DAY = Table(
    name="product_portrait_day",
    title_zh="产品画像统计",
    title_en="Product portrait day",
    meaning_zh=(
        "报告日，每个归属机构、客户大类、产品组、特征取值：持有该组的客户数；产品组 all 为全部客户。"
        "特征：tier 等级、age 年龄段（参数 product_band.age）、sex 性别、farmer 农户、groups 持有产品组数（5 为五组及以上）。"
    ),
    meaning_en=(
        "On the reporting date, by home outlet, kind, product group and value of a trait: customers who hold the group; the group all is every "
        "customer. Traits: tier, age (bands of the parameter product_band.age), sex, farmer, groups held (5 is five and more)."
    ),
    grain=("legal_entity_code", "organisation_code", "customer_kind", "product_group", "trait_kind", "trait_code", "business_date"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "归属机构号", "Home outlet", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("product_group", TEXT, "产品组，all 为全部客户", "Product group, all is every customer", nullable=False),
        Column("trait_kind", TEXT, "特征：tier、age、sex、farmer、groups", "Trait: tier, age, sex, farmer, groups", nullable=False),
        Column("trait_code", TEXT, "取值，未知为 unknown", "Value of the trait, unknown where nobody says", nullable=False),
        Column("business_date", DATE, "报告日", "Reporting date", nullable=False),
        Column("customer_count", COUNT, "客户数", "Customers", unit="count", nullable=False),
    ),
)
