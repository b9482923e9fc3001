"""Allocation decision line: What two people decided about whose results are whose, as delivered."""

from maisui.tables.table import COUNT, DATE, RATE, TEXT, Column, Privacy, Table, legal_entity, provenance

ALLOCATION_DECISION_LINE = Table(
    name="allocation_decision_line",
    title_zh="业绩归属决定明细",
    title_en="Allocation decision line",
    meaning_zh="两人决定的业绩归属，每次决定按对象逐行给出决定后的全部归属人与占比；同一对象以后作出的决定为准。",
    meaning_en="What two people decided about whose results are whose: for each object every person and share that hold from then on; the later decision of an object holds.",
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
        *provenance(),
    ),
    published=False,
)
