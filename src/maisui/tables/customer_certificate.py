"""Customer certificate: Which genuine certificates each customer number has, in one form."""

from maisui.tables.table import DATE, TEXT, Column, Privacy, Table, legal_entity

CUSTOMER_CERTIFICATE = Table(
    name="customer_certificate",
    title_zh="客户证件",
    title_en="Customer certificate",
    meaning_zh="每个客户号的未变形证件，统一为一种写法（15 位升 18 位、全角转半角、大小写一致），只留校验成立者。",
    meaning_en="Genuine certificates of each customer number in one form (15 digits made 18, narrow letters, upper case); only those whose check digit is right.",
    grain=("legal_entity_code", "customer_number", "certificate_group", "certificate_number"),
    columns=(
        legal_entity(),
        Column("customer_number", TEXT, "客户统一编号", "The bank's customer number", privacy=Privacy.PERSONAL, nullable=False),
        Column(
            "certificate_group",
            TEXT,
            "证件组：resident 居民身份证、credit_code 统一社会信用代码、其他为证件类别原文",
            "Group: resident, credit_code, otherwise the type as delivered",
            nullable=False,
        ),
        Column(
            "certificate_number", TEXT, "证件号码（统一写法）", "Certificate number in one form", privacy=Privacy.PERSONAL, nullable=False
        ),
        Column("first_reported_on", DATE, "首次报送日期", "First day reported", nullable=False),
        Column("last_reported_on", DATE, "最近报送日期", "Last day reported", nullable=False),
    ),
    published=False,
)
