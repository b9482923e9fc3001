"""Internal account snapshot: Debit and credit balance of each of the bank's internal accounts on one reported day, with its ledger subject."""

from maisui.tables.table import DATE, MONEY, TEXT, Column, Table, legal_entity, provenance

INTERNAL_ACCOUNT_SNAPSHOT = Table(
    name="internal_account_snapshot",
    title_zh="内部分户账快照",
    title_en="Internal account snapshot",
    meaning_zh="银行内部账户在一个报送日的借贷余额与其科目；与总账同科目核对。",
    meaning_en="Debit and credit balance of each of the bank's internal accounts on one reported day, with its ledger subject.",
    grain=("legal_entity_code", "reported_on", "account_number", "currency"),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column("account_number", TEXT, "内部分户账账号", "Internal account", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("organisation_code", TEXT, "内部机构号，未报送为 none", "Outlet, none where not delivered", nullable=False),
        Column("subject_code", TEXT, "明细科目编号，未报送为 none", "Detail ledger subject, none where not delivered", nullable=False),
        Column("account_name", TEXT, "账户名称", "Name of the account"),
        Column("balance_side", TEXT, "借贷标志：debit、credit、both", "Side: debit, credit, both", nullable=False),
        Column("debit_balance", MONEY, "借方余额", "Debit balance", unit="currency unit", nullable=False),
        Column("credit_balance", MONEY, "贷方余额", "Credit balance", unit="currency unit", nullable=False),
        Column("opened_on", DATE, "开户日期", "Day opened"),
        Column("closed_on", DATE, "销户日期，未销为空", "Day closed, null while open"),
        Column("account_status", TEXT, "账户状态（原文）", "Status word as delivered"),
        *provenance(),
    ),
    month_of="reported_on",
    published=False,
)
