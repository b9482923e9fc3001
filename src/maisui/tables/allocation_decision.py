"""Allocation decision: Each line that two people decided about whose results are whose, in force or refused with the reason."""

from maisui.tables.table import COUNT, DATE, FLAG, RATE, TEXT, Column, Privacy, Table, legal_entity, provenance

ALLOCATION_DECISION = Table(
    name="allocation_decision",
    title_zh="业绩归属决定",
    title_en="Allocation decision",
    meaning_zh="每条业绩归属决定：有效，或被拒绝并写明原因；一个对象的决定有一条不成立，则该对象的这次决定整体不生效。",
    meaning_en="Each line of a decision, in force or refused with the reason; where one line of an object does not hold, the whole decision about that object does not.",
    grain=("legal_entity_code", "decision_number", "line_number"),
    columns=(
        legal_entity(),
        Column(
            "decision_number",
            COUNT,
            "决定顺序号",
            "Order of the decision; of two for the same days the later holds",
            unit="count",
            nullable=False,
        ),
        Column("line_number", COUNT, "决定内行号", "Line within the decision", unit="count", nullable=False),
        Column(
            "decision_kind",
            TEXT,
            "事项：claim 认领、transfer 移交、hand_over 离职交接、share_out 再分配、correction 更正",
            "What was decided: claim, transfer, hand_over, share_out, correction",
            nullable=False,
        ),
        Column("object_kind", TEXT, "对象：account、customer、village", "Whose results: account, customer, village", nullable=False),
        Column("object_number", TEXT, "账号、客户统一编号或村编号", "Its number", privacy=Privacy.PERSONAL, nullable=False),
        Column("business_line", TEXT, "业务条线：deposit、loan、all", "Business line: deposit, loan, all", nullable=False),
        Column("employee_number", TEXT, "归属工号；空为放回未分配", "Employee to whom they belong; null gives them back to the unassigned"),
        Column("result_share", RATE, "占比", "Share of the results", unit="fraction", nullable=False),
        Column("valid_from", DATE, "生效日期", "First day", nullable=False),
        Column("valid_until", DATE, "失效日期（不含），至今为空", "First day after it, null while it lasts"),
        Column("proposed_by", TEXT, "提出人", "Who proposed it"),
        Column("approved_by", TEXT, "审批人", "Who approved it"),
        Column("decision_reason", TEXT, "理由", "Reason"),
        Column("is_accepted", FLAG, "是否有效", "Whether it is in force", nullable=False),
        Column(
            "refusal_code",
            TEXT,
            "拒绝原因：share_out_of_bounds 占比不成立、dates_reversed 起止颠倒、object_unknown 对象不存在、employee_unknown 工号不存在、line_refused 同一决定的另一行不成立、overlaps_itself 同一人两行、dates_differ 同一对象各行起止不同、above_100_percent 合计超过 100%；有效为空",
            "Why refused: share_out_of_bounds, dates_reversed, object_unknown, employee_unknown, line_refused (another line of the same object), overlaps_itself, dates_differ, above_100_percent; null when in force",
        ),
        *provenance(),
    ),
)
