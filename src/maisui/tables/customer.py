"""Customer: Each customer as last reported."""

from maisui.tables.table import DATE, FLAG, TEXT, Column, Privacy, Table, legal_entity

CUSTOMER = Table(
    name="customer",
    title_zh="客户",
    title_en="Customer",
    meaning_zh="每个客户的最新情况。home 机构是银行最近一次报送的归属机构，没有时取最早开立账户的机构。",
    meaning_en="Each customer as last reported. The home outlet is the one the bank named last, otherwise the outlet of the first account.",
    grain=("legal_entity_code", "customer_number"),
    columns=(
        legal_entity(),
        Column("customer_number", TEXT, "客户统一编号", "The bank's customer number", privacy=Privacy.PERSONAL, nullable=False),
        Column(
            "person_customer_number",
            TEXT,
            "归并后的客户号（未归并为本号）",
            "The number that stands for the customer after merging, his own where nothing was merged",
            privacy=Privacy.PERSONAL,
            nullable=False,
        ),
        Column("customer_kind", TEXT, "客户大类：personal、corporate、unknown", "Kind: personal, corporate, unknown", nullable=False),
        Column("customer_type", TEXT, "客户类型（原文）", "Type word as delivered"),
        Column("customer_name", TEXT, "客户名称", "Name", privacy=Privacy.PERSONAL),
        Column("certificate_type", TEXT, "证件类别（原文）", "Certificate type as delivered"),
        Column("certificate_number", TEXT, "证件号码", "Certificate number", privacy=Privacy.PERSONAL),
        Column("home_organisation_code", TEXT, "归属机构号", "Home outlet", nullable=False),
        Column("sex", TEXT, "性别", "Sex"),
        Column("born_on", DATE, "出生日期", "Day of birth", privacy=Privacy.PERSONAL),
        Column("is_farmer", FLAG, "是否农户", "Whether a farmer"),
        Column("is_employee", FLAG, "是否本行员工", "Whether the bank's own employee"),
        Column("first_reported_on", DATE, "首次报送日期，从未报送为空", "First day reported, null if only accounts name him"),
        Column("last_reported_on", DATE, "最近报送日期", "Last day reported"),
    ),
)
