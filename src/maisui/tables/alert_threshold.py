"""Alert threshold: What each threshold of key focus is for each organisation, over time."""

from maisui.tables.table import DATE, RATE, TEXT, Column, Table, legal_entity

ALERT_THRESHOLD = Table(
    name="alert_threshold",
    title_zh="重点关注阈值",
    title_en="Alert threshold",
    meaning_zh="每个机构每项重点关注阈值在各期间的取值：机构自己的参数行优先，其次为最近上级机构的，再次为全行的。",
    meaning_en="Value of each threshold of key focus for each organisation over time: its own parameter line, else that of the nearest organisation above, else the bank's.",
    grain=("legal_entity_code", "threshold_code", "organisation_code", "valid_from"),
    columns=(
        legal_entity(),
        Column(
            "threshold_code",
            TEXT,
            "阈值代码（参数 alert. 之后的部分）",
            "Threshold, as the parameter names it after alert.",
            nullable=False,
        ),
        Column("organisation_code", TEXT, "机构号", "Organisation", nullable=False),
        Column("valid_from", DATE, "起始日", "First day", nullable=False),
        Column("valid_until", DATE, "终止日（不含），最新为空", "Day after its last day, null for the latest"),
        Column("threshold_value", RATE, "阈值；单位见参数", "Value, in the unit of the parameter", nullable=False),
    ),
)
