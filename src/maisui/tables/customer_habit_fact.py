"""Customer habit fact: what a customer's movements of one kind come to, whoever the counterparty: takings, school fees, cash, nights, seasons."""

from maisui.tables.table import COUNT, DATE, MONEY, MONEY_SUM, TEXT, Column, Privacy, Table, legal_entity

CUSTOMER_HABIT_FACT = Table(
    name="customer_habit_fact",
    title_zh="客户习惯事实",
    title_en="Customer habit fact",
    meaning_zh="客户每类动账的汇总，不分对方：收款、学费、现金、夜间、春节返乡、农忙。",
    meaning_en="Movements of a customer added up by kind, whoever the counterparty: takings, school fees, cash, nights, homecoming, farming season.",
    grain=("legal_entity_code", "customer_number", "rule_code"),
    columns=(
        legal_entity(),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL, nullable=False),
        Column("rule_code", TEXT, "识别内容", "What is looked for", nullable=False),
        Column("counterparty_name", TEXT, "对方户名", "Counterparty's name", privacy=Privacy.PERSONAL),
        Column("counterparty_bank_name", TEXT, "对方行名", "Name of the counterparty's bank"),
        Column("event_count", COUNT, "笔数", "Movements", nullable=False),
        Column("month_count", COUNT, "有动账的月数", "Months with one", nullable=False),
        Column("total_amount", MONEY_SUM, "金额合计", "Sum", unit="currency unit", nullable=False),
        Column("median_amount", MONEY, "金额中位数", "Median", unit="currency unit", nullable=False),
        Column("usual_day", COUNT, "通常在几号；不按此识别的为空", "Usual day of the month, where it is evidence"),
        Column("first_seen_on", DATE, "最早一笔", "First", nullable=False),
        Column("last_seen_on", DATE, "最近一笔", "Last", nullable=False),
    ),
    published=False,
)
