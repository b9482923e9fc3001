"""Ledger tie-out: Sub-ledger total, ledger balance and difference of each accounting day, organisation, subject and currency."""

from maisui.tables.table import DATE, MONEY_SUM, TEXT, Column, Table, legal_entity

LEDGER_TIE = Table(
    name="ledger_tie",
    title_zh="总分核对",
    title_en="Ledger tie-out",
    meaning_zh="每个会计日、机构、科目、币种：分户账合计与总账余额及差额。",
    meaning_en="Sub-ledger total, ledger balance and difference of each accounting day, organisation, subject and currency.",
    grain=("legal_entity_code", "organisation_code", "subject_code", "currency", "business_date"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "机构号", "Organisation", nullable=False),
        Column("subject_code", TEXT, "明细科目编号", "Detail subject", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("business_date", DATE, "会计日期", "Accounting day", nullable=False),
        Column("account_kind", TEXT, "账户大类", "Kind: deposit or loan", nullable=False),
        Column("subledger_balance", MONEY_SUM, "分户账余额合计", "Sum of account balances", unit="currency unit", nullable=False),
        Column("ledger_balance", MONEY_SUM, "总账余额", "Ledger balance", unit="currency unit", nullable=False),
        Column("difference_amount", MONEY_SUM, "差额", "Sub-ledger less ledger", unit="currency unit", nullable=False),
    ),
)
