"""Account balance: An account's balance and the days it held: anchored on snapshots and rolled by posting day."""

from maisui.tables.table import DATE, FLAG, MONEY, TEXT, Column, Privacy, Table, legal_entity

ACCOUNT_BALANCE = Table(
    name="account_balance",
    title_zh="账户余额区间",
    title_en="Account balance",
    meaning_zh="账户余额及其有效区间：以快照为锚，按核心交易日期滚动。从不使用交易行里的账户余额（一日之内没有可靠顺序）。",
    meaning_en="An account's balance and the days it held: anchored on snapshots and rolled by posting day. The balance printed in a transaction is never used, as there is no reliable order within a day.",
    grain=("legal_entity_code", "account_number", "currency", "valid_from"),
    columns=(
        legal_entity(),
        Column("account_number", TEXT, "账号", "Account number", privacy=Privacy.PERSONAL, nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("valid_from", DATE, "起始日", "First day of the balance", nullable=False),
        Column("valid_until", DATE, "终止日（不含），最新区间为空", "Day after its last day, null for the latest"),
        Column("balance", MONEY, "余额", "Balance at day end", unit="currency unit", nullable=False),
        Column(
            "is_estimated",
            FLAG,
            "是否估计：快照次日起，滚动余额到不了下一快照的区间；快照当日的余额是准的",
            "Whether estimated: from the day after a snapshot on, where the rolled balance does not meet the next one; on a snapshot's day it is certain",
            nullable=False,
        ),
    ),
    month_of="valid_until",
    settled_by="valid_until",
)
