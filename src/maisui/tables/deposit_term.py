"""Deposit term: Each maturity of each term deposit, as last reported."""

from maisui.tables.table import COUNT, DATE, FLAG, TEXT, Column, Privacy, Table, legal_entity

DEPOSIT_TERM = Table(
    name="deposit_term",
    title_zh="存款期限",
    title_en="Deposit term",
    meaning_zh="每个定期类存款账户的每一次到期：起息日、期限与自动转存约定，以最后一次报送为准；转存后的新期限是另一行。",
    meaning_en="Each maturity of each term deposit: value date, term and renewal as last reported; a renewed deposit has a row for each term.",
    grain=("legal_entity_code", "account_number", "currency", "matures_on"),
    columns=(
        legal_entity(),
        Column("account_number", TEXT, "账号", "Account number", privacy=Privacy.PERSONAL, nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("matures_on", DATE, "到期日", "Day it falls due", nullable=False),
        Column("value_on", DATE, "起息日", "Day from which interest runs"),
        Column("term_month_count", COUNT, "期限（月）", "Term in months", unit="count"),
        Column("is_auto_renewal", FLAG, "是否自动转存", "Whether it renews by itself"),
        Column("first_reported_on", DATE, "首次报送日期", "First day reported", nullable=False),
        Column("last_reported_on", DATE, "最近报送日期", "Last day reported", nullable=False),
    ),
)
