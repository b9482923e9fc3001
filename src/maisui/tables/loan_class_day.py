"""Loan class day: Loan balances by class and arrears on each day, from the last report on or before it, card overdrafts among them."""

from maisui.tables.table import COUNT, DATE, FLAG, MONEY_SUM, TEXT, Column, Table, legal_entity

LOAN_CLASS_DAY = Table(
    name="loan_class_day",
    title_zh="贷款质量日统计",
    title_en="Loan class day",
    meaning_zh="每日按五级分类与拖欠的贷款余额，取当日或之前最近一次报送；含信用卡透支（产品 信用卡透支）。",
    meaning_en="Loan balances by class and arrears on each day, from the last report on or before it, card overdrafts among them.",
    grain=(
        "legal_entity_code",
        "organisation_code",
        "product_code",
        "customer_kind",
        "currency",
        "loan_class",
        "loan_status",
        "overdue_bucket",
        "is_agriculture",
        "is_inclusive_small_micro",
        "business_date",
    ),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "机构号", "Outlet", nullable=False),
        Column("product_code", TEXT, "贷款产品", "Loan product", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("loan_class", TEXT, "五级分类", "Five-category class", nullable=False),
        Column("loan_status", TEXT, "贷款状态", "State of the loan", nullable=False),
        Column(
            "overdue_bucket",
            TEXT,
            "拖欠：none 无、to_90d 1—90 天、over_90d 90 天以上",
            "Arrears: none, to_90d (1 to 90 days), over_90d",
            nullable=False,
        ),
        Column("is_agriculture", FLAG, "是否涉农", "Agriculture-related", nullable=False),
        Column("is_inclusive_small_micro", FLAG, "是否普惠小微", "Inclusive small-and-micro", nullable=False),
        Column("business_date", DATE, "日期", "Day", nullable=False),
        Column("balance", MONEY_SUM, "贷款余额", "Outstanding principal", unit="currency unit", nullable=False),
        Column("loan_count", COUNT, "借据数", "Loan receipts", unit="count", nullable=False),
    ),
    settled_by="business_date",
)
