"""Guarantor snapshot: Each guarantor of each guarantee contract as reported on one day; no customer number is delivered."""

from maisui.tables.table import DATE, MONEY, TEXT, Column, Privacy, Table, legal_entity, provenance

GUARANTOR_SNAPSHOT = Table(
    name="guarantor_snapshot",
    title_zh="担保人快照",
    title_en="Guarantor snapshot",
    meaning_zh="每份担保合同的每个担保人在一个报送日的情况；报送中没有客户统一编号。",
    meaning_en="Each guarantor of each guarantee contract as reported on one day; no customer number is delivered.",
    grain=(
        "legal_entity_code",
        "source_file_id",
        "source_line",
    ),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column("guarantee_contract_number", TEXT, "担保合同号", "Guarantee contract number", nullable=False),
        Column("organisation_code", TEXT, "内部机构号", "Outlet"),
        Column("guarantor_kind", TEXT, "担保人类别（原文）", "Kind as delivered"),
        Column("guarantor_name", TEXT, "担保人名称", "Name", privacy=Privacy.PERSONAL),
        Column("certificate_type", TEXT, "担保人证件类别（原文）", "Certificate type as delivered"),
        Column("certificate_number", TEXT, "担保人证件号码", "Certificate number", privacy=Privacy.PERSONAL),
        Column("net_assets_currency", TEXT, "担保人净资产币种", "Currency of net assets"),
        Column("net_assets_amount", MONEY, "担保人净资产", "Net assets of the guarantor", unit="currency unit", privacy=Privacy.PERSONAL),
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
