"""Collateral item snapshot: Value and owner of each item pledged under a guarantee contract as reported on one day; no customer number is delivered."""

from maisui.tables.table import DATE, MONEY, TEXT, Column, Privacy, Table, legal_entity, provenance

COLLATERAL_ITEM_SNAPSHOT = Table(
    name="collateral_item_snapshot",
    title_zh="押品快照",
    title_en="Collateral item snapshot",
    meaning_zh="每份担保合同的每件抵质押物在一个报送日的估值与所有人；报送中没有客户统一编号。",
    meaning_en="Value and owner of each item pledged under a guarantee contract as reported on one day; no customer number is delivered.",
    grain=(
        "legal_entity_code",
        "reported_on",
        "guarantee_contract_number",
        "collateral_number",
    ),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column("guarantee_contract_number", TEXT, "担保合同号", "Guarantee contract number", nullable=False),
        Column("collateral_number", TEXT, "押品编号", "Number of the item", nullable=False),
        Column("organisation_code", TEXT, "内部机构号", "Outlet"),
        Column("collateral_type", TEXT, "押品类型（原文）", "Type as delivered"),
        Column("collateral_name", TEXT, "押品名称", "Name of the item", privacy=Privacy.PERSONAL),
        Column("collateral_status", TEXT, "抵质押物状态（原文）", "State as delivered"),
        Column("currency", TEXT, "币种", "ISO currency"),
        Column("initial_value_amount", MONEY, "起始估值", "First valuation", unit="currency unit"),
        Column("latest_value_amount", MONEY, "最新估值", "Latest valuation", unit="currency unit"),
        Column("pledged_amount", MONEY, "已抵押价值", "Value already pledged", unit="currency unit"),
        Column("disposal_rank", TEXT, "处置权顺位（原文）", "Rank of the bank's claim as delivered"),
        Column("owner_name", TEXT, "押品所有人名称", "Name of the owner", privacy=Privacy.PERSONAL),
        Column("certificate_type", TEXT, "押品所有人证件类别（原文）", "Owner's certificate type as delivered"),
        Column("certificate_number", TEXT, "押品所有人证件号码", "Owner's certificate number", privacy=Privacy.PERSONAL),
        Column(
            "contract_status",
            TEXT,
            "担保合同状态：in_force、not_yet、ended、unknown",
            "State: in_force, not_yet, ended, unknown",
            nullable=False,
        ),
        *provenance(),
    ),
    published=False,
)
