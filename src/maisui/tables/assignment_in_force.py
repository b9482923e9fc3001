"""Assignment in force: Whose an account, customer or village is from when to when, the delivered list and all decisions taken together."""

from maisui.tables.table import COUNT, DATE, RATE, TEXT, Column, Privacy, Table, legal_entity, provenance

ASSIGNMENT_IN_FORCE = Table(
    name="assignment_in_force",
    title_zh="有效归属区间",
    title_en="Assignment in force",
    meaning_zh="客户经理分配与业绩归属决定合并后的有效归属：决定自生效日起取代该对象此前的归属，多次决定以后作出的为准；期满后回到此前的归属。",
    meaning_en="The delivered list and all decisions taken together: a decision takes the place of what held for its object from its first day, of several the last one decided holds; after its last day what held before holds again.",
    grain=("legal_entity_code", "object_kind", "object_number", "account_kind", "employee_number", "valid_from"),
    columns=(
        legal_entity(),
        Column("object_kind", TEXT, "对象：account、customer、village", "Whose results: account, customer, village", nullable=False),
        Column("object_number", TEXT, "账号、客户统一编号或村编号", "Its number", privacy=Privacy.PERSONAL, nullable=False),
        Column("account_kind", TEXT, "账户种类：deposit、loan", "Kind of account: deposit, loan", nullable=False),
        Column("employee_number", TEXT, "归属工号", "Employee to whom the results belong", nullable=False),
        Column("valid_from", DATE, "起始日", "First day", nullable=False),
        Column("valid_until", DATE, "终止日（不含），至今为空", "First day after it, null while it lasts"),
        Column("result_share", RATE, "占比", "Share of the results", unit="fraction", nullable=False),
        Column(
            "decision_number", COUNT, "依据的决定，按报送的分配为空", "Decision by which it holds, null by the delivered list", unit="count"
        ),
        *provenance(),
    ),
    begins_by="valid_from",
)
