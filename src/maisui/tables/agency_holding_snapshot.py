"""Agency holding snapshot: What each customer holds of agency and wealth products on one reported day, at market value."""

from maisui.tables.table import DATE, MONEY, TEXT, Column, Privacy, Table, legal_entity, provenance

AGENCY_HOLDING_SNAPSHOT = Table(
    name="agency_holding_snapshot",
    title_zh="代理持有快照",
    title_en="Agency holding snapshot",
    meaning_zh="客户在一个报送日持有的代理与理财产品市值，按客户编号。",
    meaning_en="What each customer holds of agency and wealth products on one reported day, at market value.",
    grain=("legal_entity_code", "reported_on", "customer_number", "product_code", "currency"),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL, nullable=False),
        Column("product_code", TEXT, "产品代码", "Product code", nullable=False),
        Column("product_name", TEXT, "产品名称", "Name of the product"),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("market_amount", MONEY, "市值", "Market value", unit="currency unit", nullable=False),
        Column("held_since", DATE, "持有日期", "Day since which it is held"),
        *provenance(),
    ),
    published=False,
)
