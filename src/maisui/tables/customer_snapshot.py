"""Customer snapshot: Each customer as reported on one day, persons and firms together."""

from maisui.tables.table import DATE, FLAG, TEXT, Column, Privacy, Table, legal_entity, provenance

CUSTOMER_SNAPSHOT = Table(
    name="customer_snapshot",
    title_zh="客户快照",
    title_en="Customer snapshot",
    meaning_zh="银行每次报送的客户基本信息；个人与对公在一起，以 customer_kind 区分。变形报送的姓名与证件号原样保留，绝不还原。",
    meaning_en="Each customer as reported on one day, persons and firms together. Deformed names and numbers stay as delivered and are never decoded.",
    grain=("legal_entity_code", "reported_on", "customer_number"),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column("customer_number", TEXT, "客户统一编号", "The bank's customer number", privacy=Privacy.PERSONAL, nullable=False),
        Column("customer_kind", TEXT, "客户大类：personal 个人、corporate 对公", "Kind: personal or corporate", nullable=False),
        Column("customer_type", TEXT, "客户类型（原文）", "Type word as delivered"),
        Column("customer_name", TEXT, "客户名称", "Name", privacy=Privacy.PERSONAL),
        Column("certificate_type", TEXT, "证件类别（原文）", "Certificate type as delivered"),
        Column("certificate_number", TEXT, "证件号码", "Certificate number", privacy=Privacy.PERSONAL),
        Column("organisation_code", TEXT, "归属机构号", "Outlet that the bank names as the customer's own"),
        Column("sex", TEXT, "性别：male、female", "Sex: male, female"),
        Column(
            "born_on",
            DATE,
            "出生日期（只有年月时为当月一日）",
            "Day of birth; the first of the month where only the month is known",
            privacy=Privacy.PERSONAL,
        ),
        Column("is_farmer", FLAG, "是否农户", "Whether a farmer"),
        Column("is_employee", FLAG, "是否本行员工", "Whether the bank's own employee"),
        Column("industry_code", TEXT, "所属行业", "Industry as delivered"),
        Column("region_code", TEXT, "行政区划代码", "Administrative division"),
        *provenance(),
    ),
    published=False,
)
