"""Attempt agency: For each attempt, whose card met whose machine, and at which level."""

from maisui.tables.table import COUNT, DATE, FLAG, MONEY, TEXT, Column, Privacy, Table, legal_entity, provenance

ATTEMPT_AGENCY = Table(
    name="attempt_agency",
    title_zh="渠道流水的代理关系",
    title_en="Attempt agency",
    meaning_zh="由卡或账号的归属与受理方推导的本代本、本代他、他代本及级别；从不采用报送的标志。",
    meaning_en="Own card at own machine, other bank's card at our machine, our card elsewhere, and the level, derived from card owner and acquirer and never delivered as a flag.",
    grain=("legal_entity_code", "attempt_number", "attempted_on"),
    columns=(
        legal_entity(),
        Column("attempt_number", TEXT, "渠道流水号", "Number of the attempt", nullable=False),
        Column("attempted_on", DATE, "日期", "Day", nullable=False),
        Column(
            "agency_code",
            TEXT,
            "代理关系：own_at_own 本代本、acquiring_for_others 本代他、issued_used_elsewhere 他代本、none 双方均非本行或无法判断",
            "own_at_own, acquiring_for_others (other bank's card at our machine), issued_used_elsewhere (our card elsewhere), none (neither is ours, or nobody can tell)",
            nullable=False,
        ),
        Column(
            "agency_level",
            TEXT,
            "级别：same_outlet 本网点、other_outlet 本行其他网点、union 本省联社内其他行社、rural 外省农村合作金融机构、other_bank 他行、none",
            "Level: same_outlet, other_outlet, union (another bank of the same provincial union), rural (a rural bank of another province), other_bank, none",
            nullable=False,
        ),
        Column(
            "organisation_code",
            TEXT,
            "卡所属机构号；本代他为受理机构；无法判断为 none",
            "Outlet that holds the card; our machine's for other banks' cards; none where nobody can tell",
            nullable=False,
        ),
        Column("handling_organisation_code", TEXT, "受理机构号，他行为 none", "Our outlet that handled it, none elsewhere", nullable=False),
        Column(
            "other_bank_code",
            TEXT,
            "另一方的行号：本代他为发卡行，他代本为受理行，其余为空",
            "Code of the other bank: the card's for others' cards at our machines, the machine's for ours elsewhere, else null",
        ),
        Column("customer_number", TEXT, "本行客户统一编号", "Our customer's number", privacy=Privacy.PERSONAL),
        Column("channel_code", TEXT, "渠道", "Channel", nullable=False),
        Column("transaction_type", TEXT, "业务", "What was tried", nullable=False),
        Column("terminal_number", TEXT, "终端号", "Terminal"),
        Column("is_successful", FLAG, "是否成功", "Whether it succeeded", nullable=False),
        Column("attempt_amount", MONEY, "金额", "Amount", unit="CNY", nullable=False),
        Column("fee_amount", MONEY, "手续费", "Fee", unit="CNY", nullable=False),
        Column("has_posting", FLAG, "是否有对应的核心入账", "Whether the posting it names exists", nullable=False),
        Column("posting_count", COUNT, "对应入账笔数", "Postings it names", unit="count", nullable=False),
        *provenance(),
    ),
    month_of="attempted_on",
    settled_by="attempted_on",
)
