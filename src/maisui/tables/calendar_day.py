"""Calendar day: Every day from the first data to the reporting date."""

from maisui.tables.table import DATE, Column, Table

CALENDAR_DAY = Table(
    name="calendar_day",
    title_zh="日历",
    title_en="Calendar day",
    meaning_zh="从第一份数据到报告日的每一天。",
    meaning_en="Every day from the first data to the reporting date.",
    grain=("business_date",),
    columns=(
        Column("business_date", DATE, "日期", "Day", nullable=False),
        Column("month_start", DATE, "当月一日", "First day of its month", nullable=False),
        Column("month_end", DATE, "当月最后一日", "Last day of its month", nullable=False),
    ),
)
