"""Advance snapshot: Balance of each advance as reported on one day."""

from maisui.tables.table import DATE, MONEY, TEXT, Column, Privacy, Table, legal_entity, provenance

ADVANCE_SNAPSHOT = Table(
    name="advance_snapshot",
    title_zh="垫款快照",
    title_en="Advance snapshot",
    meaning_zh="每笔垫款在一个报送日的余额。",
    meaning_en="Balance of each advance as reported on one day.",
    grain=(
        "legal_entity_code",
        "reported_on",
        "loan_number",
    ),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column("loan_number", TEXT, "信贷借据号", "Loan receipt number", nullable=False),
        Column("contract_number", TEXT, "信贷合同号", "Contract number"),
        Column("original_contract_number", TEXT, "原合同编号", "Number of the contract that was paid under"),
        Column("advance_type", TEXT, "垫款类型（原文）", "Type as delivered"),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL),
        Column("organisation_code", TEXT, "内部机构号", "Outlet"),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("advance_amount", MONEY, "垫款金额", "Amount advanced", unit="currency unit"),
        Column("balance", MONEY, "垫款余额", "Outstanding amount", unit="currency unit"),
        Column("advanced_on", DATE, "垫款日期", "Day advanced"),
        Column("advance_status", TEXT, "垫款状态（原文）", "State as delivered"),
        *provenance(),
    ),
    published=False,
)
