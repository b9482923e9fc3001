"""Customer event: what a customer's own deposit account moved and was not taken back, as far back as habits are looked for."""

from maisui.tables.table import COUNT, DATE, FLAG, MONEY, TEXT, Column, Privacy, Table, legal_entity

CUSTOMER_EVENT = Table(
    name="customer_event",
    title_zh="客户动账",
    title_en="Customer event",
    meaning_zh="识别客户特征所看的存款账户动账：不含银行发起的与冲补抹，每行一笔，只到各特征最长的回看月数。",
    meaning_en=(
        "Movements of deposit accounts in which characteristics of customers are looked for: one row each, "
        "without the bank's own and what was reversed, as far back as the longest window."
    ),
    grain=("legal_entity_code", "account_number", "currency", "transaction_number"),
    columns=(
        legal_entity(),
        Column("account_number", TEXT, "账号", "Account number", privacy=Privacy.PERSONAL, nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("transaction_number", TEXT, "交易流水号", "Transaction number", nullable=False),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL, nullable=False),
        Column("posted_on", DATE, "核心交易日期", "Day posted", nullable=False),
        Column("is_night", FLAG, "是否 22 时至次日 6 时", "Whether between 22:00 and 06:00", nullable=False),
        Column("transaction_type", TEXT, "交易内容", "What it was"),
        Column("channel_code", TEXT, "渠道", "Channel"),
        Column("counterparty_account", TEXT, "对方账号", "Counterparty's account", privacy=Privacy.PERSONAL),
        Column("counterparty_name", TEXT, "对方户名", "Counterparty's name", privacy=Privacy.PERSONAL),
        Column("counterparty_bank_code", TEXT, "对方行号", "Counterparty's bank"),
        Column("counterparty_bank_name", TEXT, "对方行名", "Name of the counterparty's bank"),
        Column("is_namesake", FLAG, "对方是否同名", "Whether the counterparty bears the same name", nullable=False),
        Column("is_cash", FLAG, "是否现金", "Whether cash", nullable=False),
        Column("is_own", FLAG, "是否客户发起", "Whether the customer began it", nullable=False),
        Column("is_incoming", FLAG, "是否转入", "Whether money came in", nullable=False),
        Column("amount", MONEY, "金额，恒为正", "Amount, always positive", unit="currency unit", nullable=False),
        Column("months_ago", COUNT, "距报告月的月数", "Months before the month of the reporting date", nullable=False),
        Column("is_recent", FLAG, "是否在一般回看月数之内", "Whether within the usual window", nullable=False),
    ),
    published=False,
)
