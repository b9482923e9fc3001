"""Customer tie snapshot: Ties of personal and corporate customers as reported on one day, one row for each kind of tie."""

from maisui.tables.table import DATE, FLAG, TEXT, Column, Privacy, Table, legal_entity, provenance

CUSTOMER_TIE_SNAPSHOT = Table(
    name="customer_tie_snapshot",
    title_zh="客户关系报送",
    title_en="Customer tie snapshot",
    meaning_zh="个人与对公客户关系在一个报送日的原样；一种关系一行。",
    meaning_en="Ties of personal and corporate customers as reported on one day, one row for each kind of tie.",
    grain=("legal_entity_code", "source_file_id", "source_line"),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL),
        Column("related_number", TEXT, "关系人客户统一编号", "Customer number of the other", privacy=Privacy.PERSONAL),
        Column("related_name", TEXT, "关系人名称", "Name of the other", privacy=Privacy.PERSONAL),
        Column("certificate_type", TEXT, "关系人证件类别（原文）", "Certificate type of the other as delivered"),
        Column("certificate_number", TEXT, "关系人证件号码", "Certificate number of the other", privacy=Privacy.PERSONAL),
        Column("tie_type", TEXT, "关系类型（原文）", "Type as delivered"),
        Column(
            "tie_kind",
            TEXT,
            "关系大类：kin 亲属、guarantee 担保、control 实际控制、common_control 同受控制、shareholder 股东、legal_representative 法定代表人、officer 高管、group_member 集团成员、trade 上下游、co_investment 共同出资、other 其他",
            "Kind: kin, guarantee, control, common_control, shareholder, legal_representative, officer, group_member, trade, co_investment, other",
            nullable=False,
        ),
        Column("is_ended", FLAG, "是否已终止", "Whether it has ended", nullable=False),
        *provenance(),
    ),
    published=False,
)
