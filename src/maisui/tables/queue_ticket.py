"""Queue ticket: Each ticket of an outlet's queue machine."""

from maisui.tables.table import DATE, TEXT, Column, Privacy, Table, legal_entity, provenance

QUEUE_TICKET = Table(
    name="queue_ticket",
    title_zh="排队叫号",
    title_en="Queue ticket",
    meaning_zh="网点叫号机的每张号票。",
    meaning_en="Each ticket of an outlet's queue machine.",
    grain=("legal_entity_code", "organisation_code", "taken_on", "ticket_number"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "网点机构号", "Outlet", nullable=False),
        Column("taken_on", DATE, "取号日期", "Day taken", nullable=False),
        Column("ticket_number", TEXT, "号票号", "Ticket", nullable=False),
        Column("taken_time", TEXT, "取号时间 hhmmss", "Time taken, hhmmss", nullable=False),
        Column("called_time", TEXT, "叫号时间 hhmmss", "Time called, hhmmss"),
        Column("finished_time", TEXT, "办结时间 hhmmss", "Time finished, hhmmss"),
        Column("counter_code", TEXT, "窗口号", "Counter"),
        Column("teller_number", TEXT, "柜员号", "Teller"),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL),
        Column("service_type", TEXT, "业务类型", "Kind of business"),
        Column(
            "rating_type",
            TEXT,
            "客户评价：satisfied 满意、neutral 一般、dissatisfied 不满意、unknown 未识别",
            "Customer's rating: satisfied, neutral, dissatisfied, unknown",
        ),
        *provenance(),
    ),
    month_of="taken_on",
    settled_by="taken_on",
)
