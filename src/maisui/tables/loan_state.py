"""Loan state: Balance, class and arrears of a loan receipt between two reports."""

from maisui.tables.table import DATE, FLAG, MONEY, TEXT, Column, Table, legal_entity

LOAN_STATE = Table(
    name="loan_state",
    title_zh="贷款状态区间",
    title_en="Loan state",
    meaning_zh="借据余额、五级分类、拖欠的有效区间，以每次报送为界。",
    meaning_en="Balance, class and arrears of a loan receipt between two reports.",
    grain=("legal_entity_code", "loan_number", "valid_from"),
    columns=(
        legal_entity(),
        Column("loan_number", TEXT, "信贷借据号", "Loan receipt number", nullable=False),
        Column("valid_from", DATE, "起始日", "First day", nullable=False),
        Column("valid_until", DATE, "终止日（不含），最新为空", "Day after the last, null for the latest"),
        Column("organisation_code", TEXT, "经办机构号", "Outlet that keeps it", nullable=False),
        Column("balance", MONEY, "贷款余额", "Outstanding principal", unit="currency unit", nullable=False),
        Column("loan_class", TEXT, "五级分类", "Five-category class", nullable=False),
        Column("loan_status", TEXT, "贷款状态", "State of the loan", nullable=False),
        Column("overdue_since", DATE, "最早拖欠日期", "Overdue since"),
        Column("is_agriculture", FLAG, "是否涉农贷款", "Agriculture-related", nullable=False),
        Column("is_inclusive_small_micro", FLAG, "是否普惠型小微企业贷款", "Inclusive small-and-micro", nullable=False),
    ),
    month_of="valid_from",
    begins_by="valid_from",
)
