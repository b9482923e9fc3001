"""Write-off snapshot: What was written off of each asset and what was recovered, as reported on one day."""

from maisui.tables.table import DATE, MONEY, TEXT, Column, Privacy, Table, legal_entity, provenance

WRITE_OFF_SNAPSHOT = Table(
    name="write_off_snapshot",
    title_zh="核销快照",
    title_en="Write-off snapshot",
    meaning_zh="每笔核销资产在一个报送日的核销与收回金额。",
    meaning_en="What was written off of each asset and what was recovered, as reported on one day.",
    grain=("legal_entity_code", "source_file_id", "source_line"),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column("loan_number", TEXT, "借据号", "Loan receipt number", nullable=False),
        Column("contract_number", TEXT, "合同号", "Contract number"),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL),
        Column("organisation_code", TEXT, "内部机构号", "Outlet"),
        Column("asset_type", TEXT, "资产类型（原文）", "Asset type as delivered"),
        Column("currency", TEXT, "币种", "ISO currency"),
        Column("written_off_principal_amount", MONEY, "实核本金", "Principal written off", unit="currency unit"),
        Column(
            "written_off_interest_amount", MONEY, "实核表内外利息", "Interest written off, on and off balance sheet", unit="currency unit"
        ),
        Column("written_off_on", DATE, "核销日期", "Day written off"),
        Column("recovered_principal_amount", MONEY, "收回本金", "Principal recovered", unit="currency unit"),
        Column("recovered_interest_amount", MONEY, "收回利息", "Interest recovered", unit="currency unit"),
        Column("recovered_on", DATE, "收回日期", "Day of the last recovery"),
        Column("write_off_status", TEXT, "核销状态（原文）", "State as delivered"),
        *provenance(),
    ),
)
