"""Ledger snapshot: Opening, turnover and closing of each organisation, subject and currency on one accounting day."""

from maisui.tables.table import DATE, MONEY, TEXT, Column, Table, legal_entity, provenance

LEDGER_SNAPSHOT = Table(
    name="ledger_snapshot",
    title_zh="总账快照",
    title_en="Ledger snapshot",
    meaning_zh="每个机构、科目、币种在一个会计日的期初、发生与期末借贷余额。",
    meaning_en="Opening, turnover and closing of each organisation, subject and currency on one accounting day.",
    grain=("legal_entity_code", "reported_on", "organisation_code", "subject_code", "currency"),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "会计日期", "Accounting day", nullable=False),
        Column("organisation_code", TEXT, "内部机构号", "Organisation", nullable=False),
        Column("subject_code", TEXT, "会计科目编号", "Subject code", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("period_kind", TEXT, "报送周期：day、month、quarter、half_year、year", "Period the turnover covers"),
        Column("opening_debit_balance", MONEY, "期初借方余额", "Opening debit balance", unit="currency unit", nullable=False),
        Column("opening_credit_balance", MONEY, "期初贷方余额", "Opening credit balance", unit="currency unit", nullable=False),
        Column("debit_amount", MONEY, "本期借方发生额", "Debit turnover", unit="currency unit", nullable=False),
        Column("credit_amount", MONEY, "本期贷方发生额", "Credit turnover", unit="currency unit", nullable=False),
        Column("closing_debit_balance", MONEY, "期末借方余额", "Closing debit balance", unit="currency unit", nullable=False),
        Column("closing_credit_balance", MONEY, "期末贷方余额", "Closing credit balance", unit="currency unit", nullable=False),
        *provenance(),
    ),
    month_of="reported_on",
)
