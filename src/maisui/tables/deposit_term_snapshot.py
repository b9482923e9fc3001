"""Deposit term snapshot: Value date, term, maturity and renewal of term deposits, which EAST does not carry."""

from maisui.tables.table import COUNT, DATE, FLAG, TEXT, Column, Privacy, Table, legal_entity, provenance

DEPOSIT_TERM_SNAPSHOT = Table(
    name="deposit_term_snapshot",
    title_zh="存款期限快照",
    title_en="Deposit term snapshot",
    meaning_zh="定期类存款的起息日、期限、到期日与自动转存约定；EAST 不提供。",
    meaning_en="Value date, term, maturity and renewal of term deposits, which EAST does not carry.",
    grain=("legal_entity_code", "reported_on", "account_number", "currency"),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column("account_number", TEXT, "账号", "Account number", privacy=Privacy.PERSONAL, nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("value_on", DATE, "起息日", "Day from which interest runs"),
        Column("term_month_count", COUNT, "期限（月）", "Term in months", unit="count"),
        Column("matures_on", DATE, "到期日", "Day it falls due", nullable=False),
        Column("is_auto_renewal", FLAG, "是否自动转存", "Whether it renews by itself"),
        Column("product_code", TEXT, "银行产品代码", "The bank's own product code"),
        *provenance(),
    ),
    published=False,
)
