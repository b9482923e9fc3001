"""Dormant account day: How many deposit accounts nobody has moved for so long that they count as dormant."""

from maisui.tables.table import COUNT, DATE, MONEY_SUM, TEXT, Column, Table, legal_entity

DORMANT_ACCOUNT_DAY = Table(
    name="dormant_account_day",
    title_zh="睡眠户统计",
    title_en="Dormant account day",
    meaning_zh="月末与报告日，每个机构、客户大类、产品组的未销存款账户数与其中的睡眠户（个人与单位按各自参数）。",
    meaning_en="At month ends and on the reporting date: open deposit accounts of each outlet, customer kind and product group, and the dormant ones among them, by the parameters for persons and for firms.",
    grain=("legal_entity_code", "organisation_code", "customer_kind", "product_group", "currency", "business_date"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "账户所属机构号", "Outlet that holds the accounts", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("product_group", TEXT, "产品组", "Product group", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("business_date", DATE, "月末或报告日", "Month end or reporting date", nullable=False),
        Column("account_count", COUNT, "未销存款账户数", "Open deposit accounts", unit="count", nullable=False),
        Column("dormant_account_count", COUNT, "睡眠户数", "Dormant accounts", unit="count", nullable=False),
        Column("dormant_balance", MONEY_SUM, "睡眠户余额", "Balance of the dormant accounts", unit="currency unit", nullable=False),
    ),
    settled_by="business_date",
)
