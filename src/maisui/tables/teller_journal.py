"""Teller journal: Everything tellers handled, whether money moved or not."""

from maisui.tables.table import DATE, MONEY, TEXT, Column, Table, legal_entity, provenance

TELLER_JOURNAL = Table(
    name="teller_journal",
    title_zh="柜员流水",
    title_en="Teller journal",
    meaning_zh="柜员办理的每笔业务，含非动账业务，及其经办、复核、授权人。",
    meaning_en="Everything tellers handled, whether money moved or not, with who handled, checked and authorised it.",
    grain=("legal_entity_code", "journal_number", "handled_on"),
    columns=(
        legal_entity(),
        Column("journal_number", TEXT, "柜员流水号", "Number in the journal", nullable=False),
        Column("handled_on", DATE, "日期", "Day", nullable=False),
        Column("handled_time", TEXT, "时间 hhmmss", "Time, hhmmss"),
        Column("organisation_code", TEXT, "办理机构号", "Outlet", nullable=False),
        Column("transaction_code", TEXT, "交易码", "Transaction code", nullable=False),
        Column("transaction_title", TEXT, "交易名称", "What it is called"),
        Column("teller_number", TEXT, "经办柜员号", "Teller who handled it", nullable=False),
        Column("checker_number", TEXT, "复核柜员号", "Teller who checked it"),
        Column("authoriser_number", TEXT, "授权柜员号", "Teller who authorised it"),
        Column("journal_amount", MONEY, "金额，非动账为空", "Amount, null where no money moved", unit="CNY"),
        Column("transaction_number", TEXT, "核心交易序列号", "Number of the posting in the core system"),
        *provenance(),
    ),
    month_of="handled_on",
    settled_by="handled_on",
)
