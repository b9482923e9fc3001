"""Post snapshot: Each post of each organisation as reported on one day."""

from maisui.tables.table import DATE, TEXT, Column, Table, legal_entity, provenance

POST_SNAPSHOT = Table(
    name="post_snapshot",
    title_zh="岗位快照",
    title_en="Post snapshot",
    meaning_zh="银行每次报送的各机构岗位及其种类。",
    meaning_en="The posts of each organisation and their kinds as reported on one day.",
    grain=("legal_entity_code", "reported_on", "organisation_code", "post_code"),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column("organisation_code", TEXT, "内部机构号", "Organisation", nullable=False),
        Column("post_code", TEXT, "岗位编号", "Post code", nullable=False),
        Column("post_name", TEXT, "岗位名称", "Post"),
        Column("post_kind", TEXT, "岗位种类（原文）", "Kind of post as delivered"),
        Column("post_status", TEXT, "岗位状态（原文）", "State of the post as delivered"),
        *provenance(),
    ),
)
