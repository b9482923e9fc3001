"""Account rate period: Which yearly interest rate each account had, from one report to the next."""

from maisui.tables.table import DATE, FLAG, RATE, TEXT, Column, Privacy, Table, legal_entity

ACCOUNT_RATE_PERIOD = Table(
    name="account_rate_period",
    title_zh="账户利率区间",
    title_en="Account rate period",
    meaning_zh="每个账户的执行年利率及其有效区间；利率只在报送日可知，两次报送间隔超过一日时变动日为估计。",
    meaning_en=(
        "Yearly interest rate of each account and the days on which it held; rates are known on report days only, so the day of a "
        "change between reports more than a day apart is estimated."
    ),
    grain=("legal_entity_code", "account_number", "currency", "valid_from"),
    columns=(
        legal_entity(),
        Column("account_number", TEXT, "账号", "Account number", privacy=Privacy.PERSONAL, nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("valid_from", DATE, "起始日（首个区间为 1900-01-01）", "First day, 1900-01-01 for the first period", nullable=False),
        Column("valid_until", DATE, "终止日（不含），最新为空", "Day after the last, null for the latest"),
        Column("interest_rate", RATE, "执行年利率", "Yearly interest rate", unit="fraction", nullable=False),
        Column("is_estimated", FLAG, "变动日是否为估计", "Whether the day of the change is estimated", nullable=False),
    ),
    published=False,
)
