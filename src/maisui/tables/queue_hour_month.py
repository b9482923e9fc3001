"""Queue hour month: How many customers took a ticket in each hour of each month, how long they waited, and how many left."""

from maisui.tables.table import COUNT, DATE, TEXT, Column, Table, legal_entity

QUEUE_HOUR_MONTH = Table(
    name="queue_hour_month",
    title_zh="排队时段月",
    title_en="Queue hour month",
    meaning_zh="每个网点每月按小时的取号数、叫号数、未等到叫号而离开数与等候秒数之和，来自排队叫号；叫号早于取号的不计等候。",
    meaning_en="Tickets of each outlet by hour of each month: taken, called, left before the call, and the seconds waited, from queue tickets; a call before the ticket counts no wait.",
    grain=("legal_entity_code", "organisation_code", "hour_code", "business_date"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "网点机构号", "Outlet", nullable=False),
        Column("hour_code", TEXT, "取号小时：00–23", "Hour in which the ticket was taken: 00 to 23", nullable=False),
        Column("business_date", DATE, "当月已有数据的最后一日", "Last day of the month that the history holds", nullable=False),
        Column(
            "queue_day_count",
            COUNT,
            "该小时有人取号的天数",
            "Days on which somebody took a ticket in the hour",
            unit="count",
            nullable=False,
        ),
        Column("ticket_count", COUNT, "取号数", "Tickets taken", unit="count", nullable=False),
        Column("called_count", COUNT, "叫号数", "Tickets called", unit="count", nullable=False),
        Column("left_count", COUNT, "未叫号即离开数", "Tickets whose holder left before the call", unit="count", nullable=False),
        Column("wait_second_count", COUNT, "等候秒数之和（已叫号的）", "Seconds waited by those called", unit="second", nullable=False),
    ),
)
