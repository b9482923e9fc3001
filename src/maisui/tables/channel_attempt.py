"""Channel attempt: Every attempt on a channel, successful or not, as its systems log it."""

from maisui.tables.table import DATE, FLAG, MONEY, TEXT, Column, Privacy, Table, legal_entity, provenance

CHANNEL_ATTEMPT = Table(
    name="channel_attempt",
    title_zh="渠道流水",
    title_en="Channel attempt",
    meaning_zh="各渠道系统记录的每次尝试，成败均有，含登录、查询、电话银行和他行卡；EAST 只有本行账户的成功入账。",
    meaning_en="Every attempt as the channels' systems log it, successful or not, with log-ins, enquiries, telephone bank and other banks' cards; EAST holds only successful postings of our own accounts.",
    grain=("legal_entity_code", "attempt_number", "attempted_on"),
    columns=(
        legal_entity(),
        Column("attempt_number", TEXT, "渠道流水号", "Number of the attempt", nullable=False),
        Column("attempted_on", DATE, "日期", "Day", nullable=False),
        Column("attempted_time", TEXT, "时间 hhmmss", "Time, hhmmss"),
        Column("channel_code", TEXT, "渠道", "Channel", nullable=False),
        Column(
            "transaction_type",
            TEXT,
            "业务：交易类型，另有 enquiry 查询、log_in 登录",
            "What was tried: content of a transaction, enquiry or log_in",
            nullable=False,
        ),
        Column("terminal_number", TEXT, "终端号", "Terminal"),
        Column("organisation_code", TEXT, "受理机构号", "Outlet of our machine or counter"),
        Column("card_number", TEXT, "卡号或账号", "Card or account number", privacy=Privacy.PERSONAL),
        Column("card_bank_code", TEXT, "发卡行行号", "Code of the card's bank"),
        Column("acquirer_bank_code", TEXT, "受理行行号", "Code of the acquiring bank"),
        Column("is_successful", FLAG, "是否成功", "Whether it succeeded", nullable=False),
        Column("error_code", TEXT, "失败原因代码", "Error code"),
        Column("attempt_amount", MONEY, "金额", "Amount", unit="CNY"),
        Column("fee_amount", MONEY, "手续费，收入为正", "Fee, income positive", unit="CNY"),
        Column("session_number", TEXT, "会话号", "Session"),
        Column("transaction_number", TEXT, "核心交易序列号", "Number of the posting in the core system"),
        *provenance(),
    ),
    month_of="attempted_on",
    published=False,
)
