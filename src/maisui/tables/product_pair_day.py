"""Product pair day: How many customers hold two product groups at once, and who took up one after the other."""

from maisui.tables.table import COUNT, DATE, TEXT, Column, Table, legal_entity

PRODUCT_PAIR_DAY = Table(
    name="product_pair_day",
    title_zh="产品组合统计",
    title_en="Product pair day",
    meaning_zh=(
        "报告日，每个归属机构、客户大类、两个产品组：同时持有的客户数；十二个月前持有前者而未持有后者的客户数，其中现已持有后者的、"
        "现已持有后者而不再持有前者的客户数。前后相同即该组持有客户数，all 为全部客户。"
    ),
    meaning_en=(
        "On the reporting date, by home outlet, kind and two product groups: customers who hold both; who held the first and not the second "
        "twelve months before, how many of them hold the second now, and how many of those no longer the first. A group beside itself "
        "counts its holders; all is every customer."
    ),
    grain=("legal_entity_code", "organisation_code", "customer_kind", "product_group", "other_product_group", "business_date"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "归属机构号", "Home outlet", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("product_group", TEXT, "前一产品组，all 为全部客户", "First product group, all is every customer", nullable=False),
        Column("other_product_group", TEXT, "后一产品组，all 为全部客户", "Second product group, all is every customer", nullable=False),
        Column("business_date", DATE, "报告日", "Reporting date", nullable=False),
        Column("holder_count", COUNT, "同时持有客户数", "Customers who hold both", unit="count", nullable=False),
        Column(
            "earlier_holder_count",
            COUNT,
            "十二个月前持有前者、未持有后者的客户数",
            "Customers who held the first and not the second twelve months before",
            unit="count",
            nullable=False,
        ),
        Column("taken_up_count", COUNT, "其中现已持有后者", "Of these, hold the second now", unit="count", nullable=False),
        Column("switched_count", COUNT, "其中不再持有前者", "Of those, no longer hold the first", unit="count", nullable=False),
    ),
)
