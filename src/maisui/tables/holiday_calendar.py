"""Holiday calendar: Which days are statutory holidays, and which Saturdays and Sundays are worked to make up for them."""

from maisui.tables.table import DATE, TEXT, Column, Table, legal_entity, provenance

HOLIDAY_CALENDAR = Table(
    name="holiday_calendar",
    title_zh="节假日历",
    title_en="Holiday calendar",
    meaning_zh="放假的日子与调休上班的周末，按国务院办公厅每年的通知；未列出的日子周一至周五为工作日。",
    meaning_en=(
        "Days off and the Saturdays and Sundays worked for them, as the State Council announces each year; of days not listed Monday to "
        "Friday are worked."
    ),
    grain=("legal_entity_code", "holiday_date"),
    columns=(
        legal_entity(),
        Column("holiday_date", DATE, "日期", "Day", nullable=False),
        Column("day_kind", TEXT, "类别：holiday 放假、make_up 调休上班", "Kind: holiday or make_up", nullable=False),
        Column("holiday_name", TEXT, "节日名称", "Name of the holiday", nullable=False),
        *provenance(),
    ),
)
