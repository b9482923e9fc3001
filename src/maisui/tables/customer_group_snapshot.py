"""Customer group snapshot: Each member of each customer group as reported on one day."""

from maisui.tables.table import DATE, MONEY, TEXT, Column, Privacy, Table, legal_entity, provenance

CUSTOMER_GROUP_SNAPSHOT = Table(
    name="customer_group_snapshot",
    title_zh="集团客户快照",
    title_en="Customer group snapshot",
    meaning_zh="每个集团的每个成员在一个报送日的情况。",
    meaning_en="Each member of each customer group as reported on one day.",
    grain=("legal_entity_code", "reported_on", "group_number", "member_number"),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column("group_number", TEXT, "集团编号", "Group number", nullable=False),
        Column("member_number", TEXT, "成员客户统一编号", "Customer number of the member", privacy=Privacy.PERSONAL, nullable=False),
        Column("group_name", TEXT, "集团名称", "Name of the group"),
        Column("parent_number", TEXT, "母公司客户统一编号", "Customer number of the parent", privacy=Privacy.PERSONAL),
        Column("controller_name", TEXT, "实控人名称", "Name of the controller", privacy=Privacy.PERSONAL),
        Column("controller_type", TEXT, "实控人类型（原文）", "Type of the controller as delivered"),
        Column("currency", TEXT, "币种", "ISO currency"),
        Column("group_assets_amount", MONEY, "集团资产总额", "Assets of the group", unit="currency unit"),
        Column("group_liabilities_amount", MONEY, "集团负债总额", "Liabilities of the group", unit="currency unit"),
        Column("group_limit_amount", MONEY, "集团授信额度", "Limit of the group", unit="currency unit"),
        Column("group_used_amount", MONEY, "集团已用额度", "Used of it", unit="currency unit"),
        Column("member_used_amount", MONEY, "成员已用额度", "Used by the member", unit="currency unit"),
        *provenance(),
    ),
)
