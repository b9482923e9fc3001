"""Complaint: Each complaint and how it was settled; the last delivery of a number counts."""

from maisui.tables.table import DATE, FLAG, TEXT, Column, Table, legal_entity, provenance

COMPLAINT = Table(
    name="complaint",
    title_zh="投诉",
    title_en="Complaint",
    meaning_zh="每件客户投诉及其处理；同一编号以最后交付为准。",
    meaning_en="Each complaint and how it was settled; the last delivery of a number counts.",
    grain=("legal_entity_code", "complaint_number"),
    columns=(
        legal_entity(),
        Column("complaint_number", TEXT, "投诉编号", "Complaint number", nullable=False),
        Column("received_on", DATE, "受理日期", "Day received", nullable=False),
        Column("organisation_code", TEXT, "被投诉机构号", "Organisation complained about", nullable=False),
        Column("customer_number", TEXT, "客户统一编号", "Customer number"),
        Column("employee_number", TEXT, "被投诉人工号", "Employee complained about"),
        Column("intake_channel_type", TEXT, "受理渠道", "Where it came in"),
        Column("complaint_type", TEXT, "投诉类型", "Kind of complaint", nullable=False),
        Column(
            "complaint_status",
            TEXT,
            "处理状态：open 处理中、settled 已办结、withdrawn 已撤回",
            "State: open, settled, withdrawn",
            nullable=False,
        ),
        Column("is_justified", FLAG, "是否属实", "Whether justified"),
        Column("settled_on", DATE, "办结日期", "Day settled"),
        *provenance(),
    ),
    published=False,
)
