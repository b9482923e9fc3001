"""Teller duty day: On which days each teller was on duty, and for how long."""

from maisui.tables.table import COUNT, DATE, TEXT, Column, Table, legal_entity

TELLER_DUTY_DAY = Table(
    name="teller_duty_day",
    title_zh="柜员出勤日",
    title_en="Teller duty day",
    meaning_zh="持有柜员号的员工每日出勤与工作分钟数，来自考勤；休假、病事假、培训不计出勤。",
    meaning_en="Days on duty and minutes worked of employees who hold a teller number, from attendance; leave, sickness and training are no duty.",
    grain=("legal_entity_code", "organisation_code", "employee_number", "business_date"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "出勤机构号", "Outlet he worked in", nullable=False),
        Column("employee_number", TEXT, "工号", "Employee number", nullable=False),
        Column("person_number", TEXT, "该人当日的代表工号", "The employee number that stands for the person on the day", nullable=False),
        Column("business_date", DATE, "日期", "Day", nullable=False),
        Column("duty_count", COUNT, "出勤为 1，否则为 0", "1 on duty, else 0", unit="count", nullable=False),
        Column("work_minute_count", COUNT, "工作分钟数", "Minutes worked", unit="count"),
    ),
    month_of="business_date",
)
