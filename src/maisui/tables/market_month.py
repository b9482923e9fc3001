"""Market month: Balance of each bank, product and town of the county at each delivered month end."""

from maisui.tables.table import DATE, FLAG, MONEY_SUM, TEXT, Column, Table, legal_entity

MARKET_MONTH = Table(
    name="market_month",
    title_zh="县域市场月统计",
    title_en="Market month",
    meaning_zh="县域内各银行、产品、乡镇在每个已交付月末的余额。",
    meaning_en="Balance of each bank, product and town of the county at each delivered month end.",
    grain=("legal_entity_code", "business_date", "business_kind", "bank_name", "market_product_name", "town_code"),
    columns=(
        legal_entity(),
        Column("business_date", DATE, "月末日期", "Month end", nullable=False),
        Column("business_kind", TEXT, "业务大类：deposit 存款、loan 贷款", "Business: deposit or loan", nullable=False),
        Column("bank_name", TEXT, "银行名称", "Bank", nullable=False),
        Column("is_own_bank", FLAG, "是否本行", "Whether it is this bank itself", nullable=False),
        Column("market_product_name", TEXT, "产品（末级）", "Product, lowest level", nullable=False),
        Column("town_code", TEXT, "乡镇代码", "Town", nullable=False),
        Column("market_balance", MONEY_SUM, "月末余额", "Balance at the month end", unit="CNY", nullable=False),
    ),
)
