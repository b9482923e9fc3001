"""Organisation: Each organisation as last reported."""

from maisui.tables.table import DATE, FLAG, TEXT, Column, Table, legal_entity

ORGANISATION = Table(
    name="organisation",
    title_zh="机构",
    title_en="Organisation",
    meaning_zh="每个机构的最新情况；树的关系见 organisation_closure。",
    meaning_en="Each organisation as last reported; the tree is in organisation_closure.",
    grain=("legal_entity_code", "organisation_code"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "内部机构号", "The bank's organisation number", nullable=False),
        Column("organisation_name", TEXT, "机构名称", "Name"),
        Column("organisation_kind", TEXT, "机构类别", "Kind: head_office, outlet, department, virtual, other", nullable=False),
        Column("parent_code", TEXT, "上级机构号，最高一级为空", "Parent organisation, null at the top"),
        Column("region_code", TEXT, "行政区划代码", "Administrative division"),
        Column("opened_on", DATE, "成立日期", "Day founded"),
        Column("is_open", FLAG, "最近一次报送是否营业", "Whether open in the last report", nullable=False),
        Column("first_reported_on", DATE, "首次报送日期", "First day reported", nullable=False),
        Column("last_reported_on", DATE, "最近报送日期", "Last day reported", nullable=False),
    ),
)
