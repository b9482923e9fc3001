"""Channel attempt day: Attempts, successes and fees of each outlet, channel and agency on each day."""

from maisui.tables.table import COUNT, DATE, FLAG, MONEY_SUM, TEXT, Column, Table, legal_entity

CHANNEL_ATTEMPT_DAY = Table(
    name="channel_attempt_day",
    title_zh="渠道流水日统计",
    title_en="Channel attempt day",
    meaning_zh="每个机构、渠道、业务、代理关系与级别每日的尝试、成功笔数、金额与手续费。",
    meaning_en="Attempts, successes, amount and fees of each outlet, channel, content, agency and level on each day.",
    grain=(
        "legal_entity_code",
        "organisation_code",
        "handling_organisation_code",
        "channel_code",
        "transaction_type",
        "agency_code",
        "agency_level",
        "business_date",
    ),
    columns=(
        legal_entity(),
        Column(
            "organisation_code",
            TEXT,
            "卡所属机构号，本代他为受理机构",
            "Outlet that holds the card, our machine's for others' cards",
            nullable=False,
        ),
        Column("handling_organisation_code", TEXT, "受理机构号，他行为 none", "Our outlet that handled it, none elsewhere", nullable=False),
        Column("channel_code", TEXT, "渠道", "Channel", nullable=False),
        Column("transaction_type", TEXT, "业务", "What was tried", nullable=False),
        Column("agency_code", TEXT, "代理关系", "Whose card met whose machine", nullable=False),
        Column("agency_level", TEXT, "级别", "Level", nullable=False),
        Column("business_date", DATE, "日期", "Day", nullable=False),
        Column("is_financial", FLAG, "是否动账业务（非查询、登录）", "Whether money was to move (no enquiry, no log-in)", nullable=False),
        Column("attempt_count", COUNT, "尝试次数", "Attempts", unit="count", nullable=False),
        Column("success_count", COUNT, "成功次数", "Successful ones", unit="count", nullable=False),
        Column("terminal_success_count", COUNT, "本行终端上的成功次数", "Successful ones at our terminals", unit="count", nullable=False),
        Column("success_amount", MONEY_SUM, "成功金额", "Amount of successful ones", unit="CNY", nullable=False),
        Column("fee_amount", MONEY_SUM, "手续费", "Fees", unit="CNY", nullable=False),
        Column(
            "unposted_count",
            COUNT,
            "本行卡动账成功而无对应入账的次数",
            "Successful movements of our cards without the posting they name",
            unit="count",
            nullable=False,
        ),
    ),
)
