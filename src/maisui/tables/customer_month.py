"""Customer month: Month-end balances, averages and transactions of each customer."""

from maisui.tables.table import COUNT, DATE, MONEY_SUM, TEXT, Column, Privacy, Table, legal_entity

CUSTOMER_MONTH = Table(
    name="customer_month",
    title_zh="客户月统计",
    title_en="Customer month",
    meaning_zh="每个客户每月的存贷款期末余额、日均与交易。",
    meaning_en="Month-end balances, averages and transactions of each customer.",
    grain=("legal_entity_code", "customer_number", "month_start"),
    columns=(
        legal_entity(),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL, nullable=False),
        Column("month_start", DATE, "当月一日", "First day of the month", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("home_organisation_code", TEXT, "当月最后一日归属机构号", "Home outlet on the month's last day", nullable=False),
        Column("deposit_balance", MONEY_SUM, "存款期末余额", "Deposits at the last day", unit="currency unit", nullable=False),
        Column("deposit_average_daily_balance", MONEY_SUM, "存款日均", "Average daily deposits", unit="currency unit", nullable=False),
        Column("loan_balance", MONEY_SUM, "贷款期末余额", "Loans at the last day", unit="currency unit", nullable=False),
        Column("loan_average_daily_balance", MONEY_SUM, "贷款日均", "Average daily loans", unit="currency unit", nullable=False),
        Column(
            "transaction_count",
            COUNT,
            "客户发起的交易笔数（扣除冲补抹）",
            "Transactions the customer made, less reversals",
            unit="count",
            nullable=False,
        ),
    ),
    month_of="month_start",
    settled_by="month_start",
)
