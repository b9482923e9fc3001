"""Guarantee contract snapshot: Each guarantee contract and each contract it secures, as reported on one day; one guarantee may secure several contracts."""

from maisui.tables.table import DATE, MONEY, TEXT, Column, Table, legal_entity, provenance

GUARANTEE_CONTRACT_SNAPSHOT = Table(
    name="guarantee_contract_snapshot",
    title_zh="担保合同快照",
    title_en="Guarantee contract snapshot",
    meaning_zh="每份担保合同与其担保的每份业务合同在一个报送日的状态；一份担保合同可担保多份合同。",
    meaning_en="Each guarantee contract and each contract it secures, as reported on one day; one guarantee may secure several contracts.",
    grain=(
        "legal_entity_code",
        "reported_on",
        "guarantee_contract_number",
        "guaranteed_contract_number",
    ),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column("guarantee_contract_number", TEXT, "担保合同号", "Guarantee contract number", nullable=False),
        Column("guaranteed_contract_number", TEXT, "被担保合同号", "Number of the contract it secures", nullable=False),
        Column("organisation_code", TEXT, "内部机构号", "Outlet"),
        Column(
            "guarantee_contract_kind",
            TEXT,
            "担保合同类型：general 一般、maximum_amount 最高额、other",
            "Kind: general, maximum_amount, other",
            nullable=False,
        ),
        Column(
            "guarantee_type",
            TEXT,
            "担保类型：surety 保证、joint_surety 联保、mortgage 抵押、pledge 质押、mixed 混合、other",
            "Type: surety, joint_surety, mortgage, pledge, mixed, other",
            nullable=False,
        ),
        Column("currency", TEXT, "担保币种", "ISO currency"),
        Column("guarantee_amount", MONEY, "担保金额", "Amount guaranteed", unit="currency unit"),
        Column("starts_on", DATE, "担保起始日期", "Start"),
        Column("matures_on", DATE, "担保到期日期", "End"),
        Column(
            "contract_status",
            TEXT,
            "担保合同状态：in_force 有效、not_yet 未生效、ended 已终止、unknown 未识别",
            "State: in_force, not_yet, ended, unknown",
            nullable=False,
        ),
        *provenance(),
    ),
    published=False,
)
