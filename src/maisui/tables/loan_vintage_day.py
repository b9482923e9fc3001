"""Loan vintage day: What was lent in each month and how much of it is overdue, at the ends of months."""

from maisui.tables.table import COUNT, DATE, MONEY_SUM, TEXT, Column, Table, legal_entity

LOAN_VINTAGE_DAY = Table(
    name="loan_vintage_day",
    title_zh="贷款账龄统计",
    title_en="Loan vintage day",
    meaning_zh="月末与报告日，每个发放月份的贷款发放额、现余额与逾期 30 天以上余额；不含委托贷款，已核销、已转让的余额计为 0。",
    meaning_en="At month ends and on the reporting date: amount lent in each month, its balance now and the balance overdue for more than 30 days; without entrusted loans, written-off and transferred ones count with a balance of 0.",
    grain=("legal_entity_code", "organisation_code", "product_code", "customer_kind", "currency", "vintage_month", "business_date"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "当日贷款经办机构号", "Outlet that keeps the loans on that day", nullable=False),
        Column("product_code", TEXT, "信贷业务种类", "Loan product", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("vintage_month", DATE, "发放月份的一日", "First day of the month of disbursement", nullable=False),
        Column("business_date", DATE, "月末或报告日", "Month end or reporting date", nullable=False),
        Column("loan_count", COUNT, "贷款笔数", "Loans", unit="count", nullable=False),
        Column("disbursed_amount", MONEY_SUM, "发放金额", "Amount disbursed", unit="currency unit", nullable=False),
        Column("balance", MONEY_SUM, "现余额", "Balance now", unit="currency unit", nullable=False),
        Column(
            "overdue_30d_balance",
            MONEY_SUM,
            "逾期 30 天以上的余额",
            "Balance overdue for more than 30 days",
            unit="currency unit",
            nullable=False,
        ),
    ),
)
