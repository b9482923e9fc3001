"""Employment period: Where each employee number worked, in which post, on duty or not, and when."""

from maisui.tables.table import DATE, FLAG, TEXT, Column, Table, legal_entity

EMPLOYMENT_PERIOD = Table(
    name="employment_period",
    title_zh="任职时段",
    title_en="Employment period",
    meaning_zh="每个工号在各时段的机构、岗位与在岗情况；调动、离职各起一段，不再报送视为离岗。",
    meaning_en="Organisation, post and duty of each employee number over time; transfers and leaving begin a period, who is no longer reported is off duty.",
    grain=("legal_entity_code", "employee_number", "valid_from"),
    columns=(
        legal_entity(),
        Column("employee_number", TEXT, "工号", "Employee number", nullable=False),
        Column("valid_from", DATE, "起始日", "First day", nullable=False),
        Column("valid_until", DATE, "截止日（不含），至今为空", "First day after it, null while it lasts"),
        Column("person_number", TEXT, "代表工号", "The person", nullable=False),
        Column("organisation_code", TEXT, "机构号", "Organisation", nullable=False),
        Column("post_code", TEXT, "岗位编号", "Post code"),
        Column("post_name", TEXT, "岗位名称", "Post"),
        Column("is_on_duty", FLAG, "是否在岗", "Whether on duty", nullable=False),
    ),
)
