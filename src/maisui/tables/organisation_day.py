"""Organisation day: Open outlets and employees on duty of each organisation on each day, from the last report on or before it."""

from maisui.tables.table import COUNT, DATE, TEXT, Column, Table, legal_entity

ORGANISATION_DAY = Table(
    name="organisation_day",
    title_zh="机构日统计",
    title_en="Organisation day",
    meaning_zh="每个机构每日的营业网点数与在岗员工数，取当日或之前最近一次报送；两次报送之间停业的网点计至停业日前一日。",
    meaning_en="Open outlets and employees on duty of each organisation on each day, from the last report on or before it; an outlet that closed between two reports counts until the day before.",
    grain=("legal_entity_code", "organisation_code", "business_date"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "机构号", "Organisation", nullable=False),
        Column("business_date", DATE, "日期", "Day", nullable=False),
        Column("outlet_count", COUNT, "营业网点数", "Open outlets", unit="count", nullable=False),
        Column("employee_count", COUNT, "在岗员工数", "Employees on duty", unit="count", nullable=False),
    ),
)
