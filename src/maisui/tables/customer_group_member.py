"""Customer group member: From when until when a customer belonged to a group."""

from maisui.tables.table import DATE, FLAG, MONEY, TEXT, Column, Privacy, Table, legal_entity

CUSTOMER_GROUP_MEMBER = Table(
    name="customer_group_member",
    title_zh="集团成员",
    title_en="Customer group member",
    meaning_zh="每个客户在每个集团中的成员期间。",
    meaning_en="From when until when a customer belonged to a group.",
    grain=("legal_entity_code", "group_number", "customer_number"),
    columns=(
        legal_entity(),
        Column("group_number", TEXT, "集团编号", "Group number", nullable=False),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL, nullable=False),
        Column("group_name", TEXT, "集团名称", "Name of the group"),
        Column("is_parent", FLAG, "是否母公司", "Whether it is the parent", nullable=False),
        Column("member_used_amount", MONEY, "成员已用额度，最近报送", "Used by the member, last reported", unit="currency unit"),
        Column("valid_from", DATE, "首次报送日期", "First day reported", nullable=False),
        Column("valid_until", DATE, "终止日（不含），仍是成员为空", "Day after the last, null while a member"),
    ),
)
