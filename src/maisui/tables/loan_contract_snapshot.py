"""Loan contract snapshot: Each loan contract as reported on one day."""

from maisui.tables.table import DATE, MONEY, TEXT, Column, Privacy, Table, legal_entity, provenance

LOAN_CONTRACT_SNAPSHOT = Table(
    name="loan_contract_snapshot",
    title_zh="信贷合同快照",
    title_en="Loan contract snapshot",
    meaning_zh="每份信贷合同在一个报送日的状态。",
    meaning_en="Each loan contract as reported on one day.",
    grain=("legal_entity_code", "reported_on", "contract_number"),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column("contract_number", TEXT, "信贷合同号", "Contract number", nullable=False),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL, nullable=False),
        Column("organisation_code", TEXT, "内部机构号", "Outlet", nullable=False),
        Column("product_code", TEXT, "信贷业务种类", "Loan product", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("contract_amount", MONEY, "合同金额", "Contract amount", unit="currency unit", nullable=False),
        Column("starts_on", DATE, "合同起始日期", "Start"),
        Column("matures_on", DATE, "合同到期日期", "End"),
        Column("guarantee_type", TEXT, "担保类型（原文）", "Guarantee type as delivered"),
        Column("manager_number", TEXT, "客户经理工号", "Relationship manager's employee number"),
        Column("contract_status", TEXT, "合同状态（原文）", "Status word as delivered"),
        *provenance(),
    ),
    month_of="reported_on",
    settled_by="reported_on",
)
