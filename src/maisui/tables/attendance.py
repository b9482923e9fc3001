"""Attendance: What each employee worked on each day."""

from maisui.tables.table import COUNT, DATE, TEXT, Column, Table, legal_entity, provenance

ATTENDANCE = Table(
    name="attendance",
    title_zh="考勤",
    title_en="Attendance",
    meaning_zh="每名员工每日的出勤。",
    meaning_en="What each employee worked on each day.",
    grain=("legal_entity_code", "employee_number", "worked_on"),
    columns=(
        legal_entity(),
        Column("employee_number", TEXT, "工号", "Employee number", nullable=False),
        Column("worked_on", DATE, "日期", "Day", nullable=False),
        Column("organisation_code", TEXT, "机构号", "Organisation he worked in", nullable=False),
        Column(
            "attendance_status",
            TEXT,
            "出勤状态：present 出勤、leave 休假、sick 病假、absence 事假、training 培训、unexcused 旷工、unknown 未识别",
            "Kind of the day: present, leave, sick, absence, training, unexcused, unknown",
            nullable=False,
        ),
        Column("work_minute_count", COUNT, "工作分钟数", "Minutes worked", unit="count"),
        *provenance(),
    ),
    month_of="worked_on",
)
