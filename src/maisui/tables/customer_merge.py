"""Customer merge: Which customer numbers are one customer, since when, and until when."""

from maisui.tables.table import DATE, TEXT, Column, Privacy, Table, legal_entity

CUSTOMER_MERGE = Table(
    name="customer_merge",
    title_zh="客户归并",
    title_en="Customer merge",
    meaning_zh="同一证件的几个客户号归并到最早的一个，经人工核对的也可归并，逐笔记依据与起止日；撤销即截止。账户所属客户号不改，已结的数不变。",
    meaning_en="Customer numbers with one certificate are merged into the oldest, others where people have looked at them, each with its evidence and days; undoing ends it. Accounts keep their number, settled figures stay.",
    grain=("legal_entity_code", "customer_number", "valid_from"),
    columns=(
        legal_entity(),
        Column("customer_number", TEXT, "被归并的客户号", "Number merged into another", privacy=Privacy.PERSONAL, nullable=False),
        Column("valid_from", DATE, "起始日", "First day", nullable=False),
        Column("valid_until", DATE, "截止日（不含），有效为空", "First day after it, null while in force"),
        Column("surviving_number", TEXT, "保留的客户号", "Number that stands for both", privacy=Privacy.PERSONAL, nullable=False),
        Column(
            "certificate_group",
            TEXT,
            "依据的证件组，人工核对为 by_hand",
            "Group of the certificate that both have; by_hand where people decided without one",
            nullable=False,
        ),
        Column("decided_by", TEXT, "决定人工号，自动归并为空", "Employee who decided, null where the rule did"),
        Column("decision_reason", TEXT, "理由", "Reason"),
    ),
    begins_by="valid_from",
)
