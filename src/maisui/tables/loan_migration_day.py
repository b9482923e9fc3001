"""Loan migration day: What became of the loans of last year end by each month end and the reporting date, class by class."""

from maisui.tables.table import COUNT, DATE, MONEY_SUM, TEXT, Column, Table, legal_entity

LOAN_MIGRATION_DAY = Table(
    name="loan_migration_day",
    title_zh="贷款迁徙日统计",
    title_en="Loan migration day",
    meaning_zh="上年末存在的贷款到每个月末与报告日的五级分类迁徙。",
    meaning_en="What became of the loans of last year end by each month end and the reporting date, class by class.",
    grain=(
        "legal_entity_code",
        "organisation_code",
        "product_code",
        "customer_kind",
        "currency",
        "opening_class",
        "closing_class",
        "business_date",
    ),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "当日贷款经办机构号", "Outlet that keeps the loans on that day", nullable=False),
        Column("product_code", TEXT, "贷款产品", "Loan product", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("opening_class", TEXT, "上年末五级分类", "Class at last year end", nullable=False),
        Column(
            "closing_class",
            TEXT,
            "当日五级分类，或 settled 结清、written_off 核销、transferred 转让",
            "Class on the day, or settled, written_off, transferred",
            nullable=False,
        ),
        Column("business_date", DATE, "日期", "Day", nullable=False),
        Column("opening_balance", MONEY_SUM, "上年末余额", "Balance at last year end", unit="currency unit", nullable=False),
        Column("remaining_balance", MONEY_SUM, "其中当日仍在的余额", "What remains of it on the day", unit="currency unit", nullable=False),
        Column("loan_count", COUNT, "借据数", "Loan receipts", unit="count", nullable=False),
    ),
)
