"""Manager assignment: Each assignment of the last delivery, in force or refused with the reason."""

from maisui.tables.table import DATE, FLAG, RATE, TEXT, Column, Privacy, Table, legal_entity, provenance

MANAGER_ASSIGNMENT = Table(
    name="manager_assignment",
    title_zh="客户经理分配",
    title_en="Manager assignment",
    meaning_zh="最后一次报送的每条分配：有效，或被拒绝并写明原因。被拒绝的不缩放、不生效，所占部分归未分配。",
    meaning_en="Each assignment of the last delivery, in force or refused with the reason. A refused one is never scaled: what it would have taken stays unassigned.",
    grain=("legal_entity_code", "object_kind", "object_number", "employee_number", "business_line", "valid_from"),
    columns=(
        legal_entity(),
        Column("object_kind", TEXT, "对象：account、customer、village", "What is assigned: account, customer, village", nullable=False),
        Column("object_number", TEXT, "账号、客户统一编号或村编号", "Its number", privacy=Privacy.PERSONAL, nullable=False),
        Column("employee_number", TEXT, "客户经理工号", "Manager's employee number", nullable=False),
        Column("business_line", TEXT, "业务条线：deposit、loan、all", "Business line: deposit, loan, all", nullable=False),
        Column("valid_from", DATE, "生效日期", "First day", nullable=False),
        Column("valid_until", DATE, "失效日期（不含），至今为空", "First day after it, null while it lasts"),
        Column("result_share", RATE, "占比", "Share of the results", unit="fraction", nullable=False),
        Column("is_accepted", FLAG, "是否有效", "Whether it is in force", nullable=False),
        Column(
            "refusal_code",
            TEXT,
            "拒绝原因：share_out_of_bounds 占比不在 0–100%、dates_reversed 起止颠倒、object_unknown 对象不存在、employee_unknown 工号不存在、overlaps_itself 同一人同一对象重叠、above_100_percent 与先前各条合计超过 100%；有效为空",
            "Why refused: share_out_of_bounds, dates_reversed, object_unknown, employee_unknown, overlaps_itself (the same person twice), above_100_percent (together with those before it); null when in force",
        ),
        *provenance(),
    ),
)
