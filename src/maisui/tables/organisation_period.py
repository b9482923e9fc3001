"""Organisation period: What each organisation was from one day to the next change."""

from maisui.tables.table import DATE, FLAG, TEXT, Column, Table, legal_entity

ORGANISATION_PERIOD = Table(
    name="organisation_period",
    title_zh="机构时段",
    title_en="Organisation period",
    meaning_zh="每个机构在各时段的名称、类别、上级、等级与营业状态，由相邻两次报送比较得出；关闭的机构以关闭之日另起一段：取网点档案的撤并日期；没有的，取原账户首次记在其他机构、且本机构此后不再有记账、也不再报送其账户之日（须有两户记在同一承接机构；原只有一户的，以该户为准；单独转走的一户不算）；都没有的，取首次报送为停业之日。",
    meaning_en="Name, kind, parent, grade and state of each organisation over time, from consecutive reports; closing begins a period of its own, on the day of the profile, else on the first day on which its accounts are posted elsewhere and none is posted or reported here any more (two of them at the same successor, or its only one: a single account that moves closes nothing), else on the day of the report.",
    grain=("legal_entity_code", "organisation_code", "valid_from"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "内部机构号", "The bank's organisation number", nullable=False),
        Column("valid_from", DATE, "起始日", "First day of the period", nullable=False),
        Column("valid_until", DATE, "截止日（不含），至今为空", "First day after it, null while it lasts"),
        Column("organisation_name", TEXT, "机构名称", "Name"),
        Column("organisation_kind", TEXT, "机构类别", "Kind: head_office, outlet, department, virtual, other", nullable=False),
        Column("parent_code", TEXT, "上级机构号，最高一级为空", "Parent organisation, null at the top"),
        Column("grade_code", TEXT, "网点等级，未报送为空", "Grade of the outlet, null where nobody delivers it"),
        Column("is_open", FLAG, "是否营业", "Whether it is open for business", nullable=False),
    ),
)
