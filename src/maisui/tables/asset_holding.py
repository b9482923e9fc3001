"""Asset holding: Agency and wealth products held between two reports, at market value; wealth goes by certificate with a grade, none where nobody has it."""

from maisui.tables.table import DATE, MONEY, TEXT, Column, Privacy, Table, legal_entity

ASSET_HOLDING = Table(
    name="asset_holding",
    title_zh="资产持有区间",
    title_en="Asset holding",
    meaning_zh="客户在两次报送之间持有的代理与理财产品市值；理财以证件认人并注明等级，认不出的客户为 none。",
    meaning_en="Agency and wealth products held between two reports, at market value; wealth goes by certificate with a grade, none where nobody has it.",
    grain=("legal_entity_code", "origin_kind", "holding_number", "valid_from"),
    columns=(
        legal_entity(),
        Column("origin_kind", TEXT, "来源：agency 代理持有、wealth 理财持有", "Origin: agency, wealth", nullable=False),
        Column(
            "holding_number",
            TEXT,
            "持有标识（来源文件与行）",
            "Identifier of the holding: file and line",
            nullable=False,
        ),
        Column(
            "customer_number",
            TEXT,
            "客户统一编号，认不出为 none",
            "Customer number, none where nobody is found",
            privacy=Privacy.PERSONAL,
            nullable=False,
        ),
        Column(
            "identity_grade",
            TEXT,
            "认人等级：number 按客户编号、exact、deformed、unresolved",
            "Grade: number (by customer number), exact, deformed, unresolved",
            nullable=False,
        ),
        Column("product_code", TEXT, "产品代码", "Product code", nullable=False),
        Column("product_group", TEXT, "产品组", "Product group", nullable=False),
        Column("product_line", TEXT, "产品线", "Product line", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("valid_from", DATE, "自", "From", nullable=False),
        Column("valid_until", DATE, "至（不含）", "Until, exclusive"),
        Column("market_amount", MONEY, "市值", "Market value", unit="currency unit", nullable=False),
    ),
    begins_by="valid_from",
)
