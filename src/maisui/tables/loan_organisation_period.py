"""Loan organisation period: Which outlet kept a loan and when, for loans that moved."""

from maisui.tables.table import DATE, TEXT, Column, Table, legal_entity

LOAN_ORGANISATION_PERIOD = Table(
    name="loan_organisation_period",
    title_zh="贷款机构时段",
    title_en="Loan organisation period",
    meaning_zh="换过经办机构的贷款在各时段的机构；从未换过的贷款不在此表，见 loan。1900-01-01 表示自首次报送之前起。",
    meaning_en="Where loans that changed their outlet were kept over time; all others are in loan only. 1900-01-01 means since before the first report.",
    grain=("legal_entity_code", "loan_number", "valid_from"),
    columns=(
        legal_entity(),
        Column("loan_number", TEXT, "信贷借据号", "Loan receipt number", nullable=False),
        Column("valid_from", DATE, "起始日", "First day", nullable=False),
        Column("valid_until", DATE, "截止日（不含），至今为空", "First day after it, null while it lasts"),
        Column("organisation_code", TEXT, "经办机构号", "Outlet that keeps it", nullable=False),
        Column("previous_organisation_code", TEXT, "此前的经办机构号，首段为空", "Outlet that kept it before, null at first"),
    ),
)
