"""Internal account entry: Each posting on an internal account."""

from maisui.tables.table import DATE, FLAG, MONEY, TEXT, Column, Privacy, Table, legal_entity, provenance

INTERNAL_ACCOUNT_ENTRY = Table(
    name="internal_account_entry",
    title_zh="内部分户账明细",
    title_en="Internal account entry",
    meaning_zh="内部账户的每笔记账。",
    meaning_en="Each posting on an internal account.",
    grain=("legal_entity_code", "account_number", "currency", "transaction_number"),
    columns=(
        legal_entity(),
        Column("account_number", TEXT, "内部分户账账号", "Internal account", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("transaction_number", TEXT, "交易序列号", "Serial number of the posting", nullable=False),
        Column("organisation_code", TEXT, "内部机构号，未报送为 none", "Outlet, none where not delivered", nullable=False),
        Column("subject_code", TEXT, "明细科目编号，未报送为 none", "Detail ledger subject, none where not delivered", nullable=False),
        Column("posted_on", DATE, "核心交易日期，未报送取采集日期", "Day posted, the day delivered where none is given", nullable=False),
        Column("posted_time", TEXT, "核心交易时间", "Time posted"),
        Column("debit_amount", MONEY, "借方发生额", "Debit", unit="currency unit", nullable=False),
        Column("credit_amount", MONEY, "贷方发生额", "Credit", unit="currency unit", nullable=False),
        Column("contra_subject_code", TEXT, "对方科目编号", "Ledger subject on the other side"),
        Column("counterparty_account", TEXT, "对方账号", "Account on the other side", privacy=Privacy.PERSONAL),
        Column("is_reversal", FLAG, "是否冲补抹", "Whether it takes another posting back"),
        Column("teller_number", TEXT, "交易柜员号", "Teller"),
        *provenance(),
    ),
    month_of="posted_on",
    published=False,
)
