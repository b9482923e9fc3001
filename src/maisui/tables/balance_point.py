"""Balance point: Each day on which an account moved or was reported: running movement and reported balance."""

from maisui.tables.table import DATE, MONEY_SUM, TEXT, Column, Privacy, Table, legal_entity

BALANCE_POINT = Table(
    name="balance_point",
    title_zh="余额节点",
    title_en="Balance point",
    meaning_zh="每个账户有变动或有快照的日子：累计变动与快照余额；余额区间由此得出。",
    meaning_en="Each day on which an account moved or was reported: running movement and reported balance; balances are built from it.",
    grain=("legal_entity_code", "account_number", "currency", "business_date"),
    columns=(
        legal_entity(),
        Column("account_number", TEXT, "账号", "Account number", privacy=Privacy.PERSONAL, nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("business_date", DATE, "日期", "Day", nullable=False),
        Column("running_movement", MONEY_SUM, "自首日起的累计变动", "Movements since the first day", unit="currency unit", nullable=False),
        Column("reported_balance", MONEY_SUM, "快照余额", "Reported balance, null without a report that day", unit="currency unit"),
        Column(
            "earlier_offset",
            MONEY_SUM,
            "上一快照与累计变动之差",
            "Reported balance less running movement at the last report up to this day",
            unit="currency unit",
        ),
        Column(
            "later_offset", MONEY_SUM, "之后第一个快照与累计变动之差", "The same at the first report after this day", unit="currency unit"
        ),
        Column(
            "previous_offset",
            MONEY_SUM,
            "当日之前最近一个快照与累计变动之差",
            "The same at the last report before this day",
            unit="currency unit",
        ),
    ),
    published=False,
    settled_by="business_date",
)
