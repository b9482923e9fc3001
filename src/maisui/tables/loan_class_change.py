"""Loan class change: Each change of a receipt's five-category class, reported one by one."""

from maisui.tables.table import DATE, TEXT, Column, Privacy, Table, legal_entity, provenance

LOAN_CLASS_CHANGE = Table(
    name="loan_class_change",
    title_zh="五级分类变动",
    title_en="Loan class change",
    meaning_zh="借据五级分类的每一次调整，逐笔报送。",
    meaning_en="Each change of a receipt's five-category class, reported one by one.",
    grain=(
        "legal_entity_code",
        "source_file_id",
        "source_line",
    ),
    columns=(
        legal_entity(),
        Column("loan_number", TEXT, "信贷借据号", "Loan receipt number", nullable=False),
        Column("contract_number", TEXT, "信贷合同号", "Contract number"),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL),
        Column("organisation_code", TEXT, "内部机构号", "Outlet"),
        Column("changed_on", DATE, "调整日期", "Day of the change", nullable=False),
        Column("previous_class", TEXT, "原五级分类", "Class before", nullable=False),
        Column("loan_class", TEXT, "新五级分类", "Class after", nullable=False),
        Column("change_reason", TEXT, "变动原因（原文）", "Reason as delivered"),
        Column("change_method", TEXT, "变动方式（原文）", "Method as delivered"),
        Column("officer_number", TEXT, "经办人工号", "Officer's employee number"),
        *provenance(),
    ),
)
