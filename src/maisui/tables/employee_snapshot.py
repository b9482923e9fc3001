"""Employee snapshot: Each employee as reported on one day, including those who left since the report before."""

from maisui.tables.table import DATE, FLAG, TEXT, Column, Privacy, Table, legal_entity, provenance

EMPLOYEE_SNAPSHOT = Table(
    name="employee_snapshot",
    title_zh="员工快照",
    title_en="Employee snapshot",
    meaning_zh="银行每次报送的员工，含已离职者（离职后首次报送）。",
    meaning_en="Each employee as reported on one day, including those who left since the report before.",
    grain=("legal_entity_code", "reported_on", "employee_number"),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column("employee_number", TEXT, "工号", "Employee number", nullable=False),
        Column("organisation_code", TEXT, "所属机构号", "Organisation he works in", nullable=False),
        Column("employee_name", TEXT, "姓名", "Name", privacy=Privacy.PERSONAL),
        Column("post_name", TEXT, "岗位名称", "Post"),
        Column("post_code", TEXT, "岗位编号", "Post code"),
        Column("certificate_type", TEXT, "证件类别（原文）", "Certificate type as delivered"),
        Column("certificate_number", TEXT, "证件号码", "Certificate number", privacy=Privacy.PERSONAL),
        Column("is_on_duty", FLAG, "是否在岗", "Whether he is on duty", nullable=False),
        Column("started_on", DATE, "任职日期", "Day he took the post"),
        *provenance(),
    ),
)
