"""Account activity month: How often each account was used through each channel in a month, and what that cost by unit costs."""

from maisui.tables.table import COUNT, DATE, MONEY, TEXT, Column, Privacy, Table, legal_entity

ACCOUNT_ACTIVITY_MONTH = Table(
    name="account_activity_month",
    title_zh="账户业务量月统计",
    title_en="Account activity month",
    meaning_zh="每个账户每月经各渠道的交易笔数（扣除冲补抹）及按月末有效单位成本计算的服务成本；账户维护与开户成本以及没有渠道的交易列在渠道 none。",
    meaning_en=(
        "Transactions of each account and month through each channel, less those reversed, and their cost by the unit costs in force at the "
        "month's end; keeping and opening the account, and transactions without a channel, stand under the channel none."
    ),
    grain=("legal_entity_code", "account_number", "currency", "channel_code", "business_date"),
    columns=(
        legal_entity(),
        Column("account_number", TEXT, "账号", "Account number", privacy=Privacy.PERSONAL, nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column(
            "channel_code",
            TEXT,
            "渠道，账户维护与无渠道的交易为 none",
            "Channel, none for keeping the account and for no channel",
            nullable=False,
        ),
        Column("business_date", DATE, "月末或报告日", "Month end or reporting date", nullable=False),
        Column("activity_count", COUNT, "笔数（账户维护不计）", "Transactions; keeping the account is none", unit="count", nullable=False),
        Column("cost_amount", MONEY, "服务成本", "Servicing cost", unit="CNY", nullable=False),
    ),
    published=False,
    settled_by="business_date",
)
