"""Manager assignment snapshot: Which share of an account, customer or village belongs to which manager, as delivered."""

from maisui.tables.table import DATE, RATE, TEXT, Column, Privacy, Table, legal_entity, provenance

MANAGER_ASSIGNMENT_SNAPSHOT = Table(
    name="manager_assignment_snapshot",
    title_zh="客户经理分配快照",
    title_en="Manager assignment snapshot",
    meaning_zh="每次报送的全部分配：对象（账户、客户、村）、客户经理、业务条线、占比与生效区间；最后一次报送为准。",
    meaning_en="All assignments as delivered on one day: account, customer or village, manager, business line, share and days; the last delivery counts.",
    grain=("legal_entity_code", "reported_on", "object_kind", "object_number", "employee_number", "business_line", "valid_from"),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column("object_kind", TEXT, "对象：account、customer、village", "What is assigned: account, customer, village", nullable=False),
        Column("object_number", TEXT, "账号、客户统一编号或村编号", "Its number", privacy=Privacy.PERSONAL, nullable=False),
        Column("employee_number", TEXT, "客户经理工号", "Manager's employee number", nullable=False),
        Column("business_line", TEXT, "业务条线：deposit、loan、all", "Business line: deposit, loan, all", nullable=False),
        Column("result_share", RATE, "占比", "Share of the results", unit="fraction", nullable=False),
        Column("valid_from", DATE, "生效日期", "First day", nullable=False),
        Column("valid_until", DATE, "失效日期（不含），至今为空", "First day after it, null while it lasts"),
        *provenance(),
    ),
    published=False,
)
