"""Customer merge decision: What people decided about a merge."""

from maisui.tables.table import COUNT, DATE, TEXT, Column, Privacy, Table, legal_entity, provenance

CUSTOMER_MERGE_DECISION = Table(
    name="customer_merge_decision",
    title_zh="客户归并决定",
    title_en="Customer merge decision",
    meaning_zh="人工对客户号归并的确认或撤销，每次一行。",
    meaning_en="Each confirmation or undoing of a merge of two customer numbers, one row each.",
    grain=("legal_entity_code", "customer_number", "decided_on", "decision_number"),
    columns=(
        legal_entity(),
        Column("customer_number", TEXT, "被归并的客户号", "Number that was merged into another", privacy=Privacy.PERSONAL, nullable=False),
        Column("surviving_number", TEXT, "保留的客户号", "Number into which it was merged", privacy=Privacy.PERSONAL),
        Column("decided_on", DATE, "决定日期", "Day of the decision", nullable=False),
        Column("decision_number", COUNT, "当日顺序号", "Order within the day", unit="count", nullable=False),
        Column("merge_decision", TEXT, "决定：confirm 确认、undo 撤销", "Decision: confirm or undo", nullable=False),
        Column("decided_by", TEXT, "决定人工号", "Employee number of who decided"),
        Column("decision_reason", TEXT, "理由", "Reason"),
        *provenance(),
    ),
)
