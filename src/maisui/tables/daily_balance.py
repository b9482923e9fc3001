"""Daily balance: Day-end balance of an account as the bank's own system gives it; it decides on the days that it covers."""

from maisui.tables.table import DATE, MONEY, TEXT, Column, Privacy, Table, legal_entity, provenance

DAILY_BALANCE = Table(
    name="daily_balance",
    title_zh="每日余额",
    title_en="Daily balance",
    meaning_zh="银行自己系统给出的账户日终余额；有它的日子以它为准。",
    meaning_en="Day-end balance of an account as the bank's own system gives it; it decides on the days that it covers.",
    grain=("legal_entity_code", "account_number", "currency", "held_on"),
    columns=(
        legal_entity(),
        Column("account_number", TEXT, "账号", "Account number", privacy=Privacy.PERSONAL, nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("held_on", DATE, "日期", "Day", nullable=False),
        Column("balance", MONEY, "日终余额", "Balance at day end", unit="currency unit", nullable=False),
        *provenance(),
    ),
    month_of="held_on",
    published=False,
)
