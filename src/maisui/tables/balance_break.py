"""Balance break: Accounts and days on which the rolled balance differs from the snapshot."""

from maisui.tables.table import DATE, MONEY, TEXT, Column, Privacy, Table, legal_entity

BALANCE_BREAK = Table(
    name="balance_break",
    title_zh="余额不连续",
    title_en="Balance break",
    meaning_zh="滚动余额与快照不一致的账户与日期，供核查。",
    meaning_en="Accounts and days on which the rolled balance differs from the snapshot.",
    grain=("legal_entity_code", "account_number", "currency", "reported_on"),
    columns=(
        legal_entity(),
        Column("account_number", TEXT, "账号", "Account number", privacy=Privacy.PERSONAL, nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("reported_on", DATE, "快照日期", "Day of the snapshot", nullable=False),
        Column("rolled_balance", MONEY, "滚动余额", "Rolled balance", unit="currency unit", nullable=False),
        Column("reported_balance", MONEY, "快照余额", "Reported balance", unit="currency unit", nullable=False),
        Column("difference_amount", MONEY, "差额", "Difference", unit="currency unit", nullable=False),
    ),
    settled_by="reported_on",
)
