"""Customer party fact: what a customer's movements with one counterparty come to: payroll, own accounts elsewhere, regular payments."""

from maisui.tables.table import COUNT, DATE, MONEY, MONEY_SUM, TEXT, Column, Privacy, Table, legal_entity

CUSTOMER_PARTY_FACT = Table(
    name="customer_party_fact",
    title_zh="客户与对方往来事实",
    title_en="Customer party fact",
    meaning_zh="客户与每个对方的动账汇总：代发、转往本人他行账户、按期付款。",
    meaning_en="Movements of a customer with each counterparty added up: payroll, own accounts elsewhere, regular payments.",
    grain=("legal_entity_code", "customer_number", "rule_code", "counterparty_account"),
    columns=(
        legal_entity(),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL, nullable=False),
        Column("rule_code", TEXT, "识别内容", "What is looked for", nullable=False),
        Column(
            "counterparty_account",
            TEXT,
            "对方账号，没有的为 none",
            "Counterparty's account, or none",
            privacy=Privacy.PERSONAL,
            nullable=False,
        ),
        Column("counterparty_name", TEXT, "对方户名", "Counterparty's name", privacy=Privacy.PERSONAL),
        Column("counterparty_bank_name", TEXT, "对方行名", "Name of the counterparty's bank"),
        Column("event_count", COUNT, "笔数", "Movements", nullable=False),
        Column("month_count", COUNT, "有动账的月数", "Months with one", nullable=False),
        Column("recent_month_count", COUNT, "近六个月中有动账的月数", "Months with one among the last six", nullable=False),
        Column("total_amount", MONEY_SUM, "金额合计", "Sum", unit="currency unit", nullable=False),
        Column("median_amount", MONEY, "金额中位数", "Median", unit="currency unit", nullable=False),
        Column("least_amount", MONEY, "最小一笔", "Smallest", unit="currency unit", nullable=False),
        Column("most_amount", MONEY, "最大一笔", "Largest", unit="currency unit", nullable=False),
        Column("usual_day", COUNT, "通常在几号", "Usual day of the month", nullable=False),
        Column("months_ago", COUNT, "最近一笔距报告月的月数", "Months since the last", nullable=False),
        Column("most_months_ago", COUNT, "最早一笔距报告月的月数", "Months since the first", nullable=False),
        Column("first_seen_on", DATE, "最早一笔", "First", nullable=False),
        Column("last_seen_on", DATE, "最近一笔", "Last", nullable=False),
    ),
    published=False,
)
