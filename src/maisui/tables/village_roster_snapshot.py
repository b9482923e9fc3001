"""Village roster snapshot: Who belongs to which household of which village or grid, from the village's own list."""

from maisui.tables.table import COUNT, DATE, FLAG, TEXT, Column, Privacy, Table, legal_entity, provenance

VILLAGE_ROSTER_SNAPSHOT = Table(
    name="village_roster_snapshot",
    title_zh="村组名册快照",
    title_en="Village roster snapshot",
    meaning_zh="整村授信等采集的村组（网格）名册：户号、户主与家庭成员。",
    meaning_en="Rosters of villages and grids, gathered for whole-village credit: households, heads and members.",
    grain=("legal_entity_code", "reported_on", "village_code", "household_number", "member_line"),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column("village_code", TEXT, "村组代码", "Village", nullable=False),
        Column("village_name", TEXT, "村组名称", "Name of the village"),
        Column("grid_code", TEXT, "网格代码", "Grid"),
        Column("household_number", TEXT, "户号", "Household number within the village", nullable=False),
        Column("member_line", COUNT, "户内序号", "Line of the member within the household", unit="count", nullable=False),
        Column("member_name", TEXT, "姓名", "Name", privacy=Privacy.PERSONAL),
        Column("certificate_number", TEXT, "身份证号", "Resident number", privacy=Privacy.PERSONAL),
        Column(
            "customer_number", TEXT, "客户统一编号，未建档为空", "Customer number, null for who is no customer", privacy=Privacy.PERSONAL
        ),
        Column("is_head", FLAG, "是否户主", "Whether the head of the household", nullable=False),
        Column("kin_to_head", TEXT, "与户主关系", "Kin to the head"),
        Column("manager_number", TEXT, "责任客户经理工号", "Officer in charge"),
        *provenance(),
    ),
)
