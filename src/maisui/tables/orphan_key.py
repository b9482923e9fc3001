"""Orphan key: Keys that delivered rows name and no delivered table explains, counted by what they are and where they stand."""

from maisui.tables.table import COUNT, DATE, TEXT, Column, Table, legal_entity

ORPHAN_KEY = Table(
    name="orphan_key",
    title_zh="悬空键",
    title_en="Orphan key",
    meaning_zh="送来的行提到、而应有的表中找不到的键：按种类与机构计数，不含键值。",
    meaning_en="Keys that delivered rows name and the table they belong to lacks: counted by kind and organisation, never the keys themselves.",
    grain=("legal_entity_code", "check_code", "organisation_code"),
    columns=(
        legal_entity(),
        Column(
            "check_code",
            TEXT,
            "种类：account_customer 账户无客户、loan_account 贷款无账户、transaction_account 交易无账户、teller_employee 柜员无员工、officer_employee 信贷员无员工、terminal_merchant 机具无商户、organisation 机构未报送",
            "Kind: account_customer, loan_account, transaction_account, teller_employee, officer_employee, terminal_merchant, organisation",
            nullable=False,
        ),
        Column("organisation_code", TEXT, "提到它的机构", "Organisation that names it", nullable=False),
        Column("key_count", COUNT, "键数", "Distinct keys", unit="count", nullable=False),
        Column("row_count", COUNT, "行数", "Rows that name them", unit="count", nullable=False),
        Column("first_seen_on", DATE, "最早提到", "First day they were named", nullable=False),
        Column("last_seen_on", DATE, "最近提到", "Last day they were named", nullable=False),
    ),
)
