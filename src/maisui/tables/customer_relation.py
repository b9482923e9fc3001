"""Customer relation: Unbroken periods in which a customer is a holder (at least one open account) or a borrower (loan balance above zero)."""

from maisui.tables.table import DATE, FLAG, TEXT, Column, Privacy, Table, legal_entity

CUSTOMER_RELATION = Table(
    name="customer_relation",
    title_zh="客户关系区间",
    title_en="Customer relation",
    meaning_zh="客户作为 holder（至少一个未销账户）或 borrower（有贷款余额）的连续区间；区间相接则合并。",
    meaning_en="Unbroken periods in which a customer is a holder (at least one open account) or a borrower (loan balance above zero).",
    grain=("legal_entity_code", "customer_number", "relation", "valid_from"),
    columns=(
        legal_entity(),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL, nullable=False),
        Column("relation", TEXT, "关系：holder、borrower、depositor", "Relation: holder, borrower, depositor", nullable=False),
        Column("valid_from", DATE, "起始日", "First day", nullable=False),
        Column("valid_until", DATE, "终止日（不含），仍有效为空", "Day after the last, null while it lasts"),
        Column("is_first", FLAG, "是否该客户首个区间", "Whether it is the customer's first such period", nullable=False),
    ),
    begins_by="valid_from",
)
