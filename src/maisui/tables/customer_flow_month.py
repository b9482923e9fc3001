"""Customer flow month: What came in and went out for each person in each month, by where it came from or went to."""

from __future__ import annotations

from maisui.tables.table import COUNT, DATE, MONEY_SUM, TEXT, Column, Privacy, Table, legal_entity

CUSTOMER_FLOW_MONTH = Table(
    name="customer_flow_month",
    title_zh="客户资金流月统计",
    title_en="Customer flow month",
    meaning_zh="每个客户每月存款账户上的流入与流出，按来源去向；不含本人账户之间、结息与被冲补抹的部分，月末归并的客户号合为一户。",
    meaning_en="Money in and out of each person's deposit accounts in each month, by where it came from or went to; without transfers between his own accounts here, interest and what was reversed. Numbers merged at the month's end are one person.",
    grain=("legal_entity_code", "customer_number", "month_start", "flow_code"),
    columns=(
        legal_entity(),
        Column(
            "customer_number",
            TEXT,
            "月末代表该客户的客户号，无客户为 none",
            "Number that stands for the customer at the month's end, none where a posting names nobody",
            privacy=Privacy.PERSONAL,
            nullable=False,
        ),
        Column("month_start", DATE, "当月一日", "First day of the month", nullable=False),
        Column(
            "flow_code",
            TEXT,
            "来源去向：payroll 代发、loan 贷款收放、own_account_elsewhere 本人他行账户、off_us 他行、on_us 本行他人、cash 现金、other 其他",
            "From or to: payroll, loan, own account elsewhere, off-us, on-us, cash, other",
            nullable=False,
        ),
        Column("inflow_amount", MONEY_SUM, "流入金额", "What came in", unit="currency unit", nullable=False),
        Column("outflow_amount", MONEY_SUM, "流出金额", "What went out", unit="currency unit", nullable=False),
        Column("transaction_count", COUNT, "笔数（扣除冲补抹）", "Transactions, less reversals", unit="count", nullable=False),
    ),
    month_of="month_start",
    settled_by="month_start",
)
