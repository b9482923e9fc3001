"""Market total: What each bank of the county holds in a product and town at a month end, as the county publishes it."""

from maisui.tables.table import DATE, FLAG, MONEY, TEXT, Column, Table, legal_entity, provenance

MARKET_TOTAL = Table(
    name="market_total",
    title_zh="县域市场总量",
    title_en="Market total",
    meaning_zh="县域内各银行分产品、分乡镇的月末余额，由人民银行或同业交换取得；同一键以最后交付为准。",
    meaning_en="What each bank of the county holds in a product and town at a month end; the last delivery of a key counts.",
    grain=("legal_entity_code", "month_end_on", "business_kind", "bank_name", "market_product_name", "town_code"),
    columns=(
        legal_entity(),
        Column("month_end_on", DATE, "月末日期", "Month end", nullable=False),
        Column("business_kind", TEXT, "业务大类：deposit 存款、loan 贷款", "Business: deposit or loan", nullable=False),
        Column("bank_name", TEXT, "银行名称", "Bank", nullable=False),
        Column("is_own_bank", FLAG, "是否本行", "Whether it is this bank itself", nullable=False),
        Column("market_product_name", TEXT, "产品（末级）", "Product, lowest level", nullable=False),
        Column("town_code", TEXT, "乡镇代码", "Town", nullable=False),
        Column("town_name", TEXT, "乡镇名称", "Name of the town"),
        Column("market_balance", MONEY, "月末余额", "Balance at the month end", unit="CNY", nullable=False),
        *provenance(),
    ),
)
