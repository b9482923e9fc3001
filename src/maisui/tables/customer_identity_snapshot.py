"""Customer identity snapshot: Real names and certificates by customer number, from the bank's own system."""

from maisui.tables.table import DATE, TEXT, Column, Privacy, Table, legal_entity, provenance

CUSTOMER_IDENTITY_SNAPSHOT = Table(
    name="customer_identity_snapshot",
    title_zh="客户身份快照",
    title_en="Customer identity snapshot",
    meaning_zh="银行补充报送的未变形客户身份：一个客户号可有几种证件。",
    meaning_en="Undeformed identity delivered beside the regulator's files; a customer number may have several certificates.",
    grain=("legal_entity_code", "reported_on", "customer_number", "certificate_type", "certificate_number"),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column("customer_number", TEXT, "客户统一编号", "The bank's customer number", privacy=Privacy.PERSONAL, nullable=False),
        Column("customer_name", TEXT, "姓名或名称", "Name", privacy=Privacy.PERSONAL),
        Column("certificate_type", TEXT, "证件类别（原文）", "Certificate type as delivered", nullable=False),
        Column("certificate_number", TEXT, "证件号码", "Certificate number", privacy=Privacy.PERSONAL, nullable=False),
        Column("phone_number", TEXT, "联系电话", "Telephone number", privacy=Privacy.PERSONAL),
        *provenance(),
    ),
)
