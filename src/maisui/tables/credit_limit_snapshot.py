"""Credit limit snapshot: Limit and use of each credit agreement as reported on one day."""

from maisui.tables.table import DATE, MONEY, TEXT, Column, Privacy, Table, legal_entity, provenance

CREDIT_LIMIT_SNAPSHOT = Table(
    name="credit_limit_snapshot",
    title_zh="授信快照",
    title_en="Credit limit snapshot",
    meaning_zh="每份授信协议在一个报送日的额度与已用额度。",
    meaning_en="Limit and use of each credit agreement as reported on one day.",
    grain=("legal_entity_code", "source_file_id", "source_line"),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column("limit_number", TEXT, "授信协议号", "Number of the credit agreement"),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL, nullable=False),
        Column("organisation_code", TEXT, "内部机构号", "Outlet"),
        Column("limit_subject_kind", TEXT, "授信主体种类（原文）", "Kind of the party as delivered"),
        Column("limit_kind", TEXT, "授信种类（原文）", "Kind of the limit as delivered"),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("limit_amount", MONEY, "授信额度", "Limit", unit="currency unit"),
        Column("used_amount", MONEY, "已用额度，来源不提供时为空", "Used, null where not delivered", unit="currency unit"),
        Column("starts_on", DATE, "授信开始日期", "Start"),
        Column("matures_on", DATE, "授信到期日期", "End"),
        Column(
            "limit_status",
            TEXT,
            "授信状态：in_force 有效、not_yet 未生效、ended 已终止、unknown 未识别",
            "State: in_force, not_yet, ended, unknown",
            nullable=False,
        ),
        Column("approver_number", TEXT, "审批人工号", "Approver's employee number"),
        Column("manager_number", TEXT, "经办人工号", "Officer's employee number"),
        *provenance(),
    ),
    published=False,
)
