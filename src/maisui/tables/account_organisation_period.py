"""Account organisation period: Where an account was kept and when, for accounts that moved."""

from maisui.tables.table import DATE, TEXT, Column, Privacy, Table, legal_entity

ACCOUNT_ORGANISATION_PERIOD = Table(
    name="account_organisation_period",
    title_zh="账户机构时段",
    title_en="Account organisation period",
    meaning_zh="换过开户机构的账户在各时段的机构；从未换过的账户不在此表，见 account。1900-01-01 表示自首次报送之前起。",
    meaning_en="Where accounts that changed their outlet were kept over time; all others are in account only. 1900-01-01 means since before the first report.",
    grain=("legal_entity_code", "account_number", "currency", "valid_from"),
    columns=(
        legal_entity(),
        Column("account_number", TEXT, "账号", "Account number", privacy=Privacy.PERSONAL, nullable=False),
        Column("currency", TEXT, "币种", "Currency", nullable=False),
        Column("valid_from", DATE, "起始日", "First day", nullable=False),
        Column("valid_until", DATE, "截止日（不含），至今为空", "First day after it, null while it lasts"),
        Column("organisation_code", TEXT, "开户机构号", "Outlet that keeps it", nullable=False),
        Column("previous_organisation_code", TEXT, "此前的开户机构号，首段为空", "Outlet that kept it before, null at first"),
    ),
    begins_by="valid_from",
)
