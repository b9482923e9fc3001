"""Ledger tie-out: Sub-ledger total, ledger balance and difference of each accounting day, organisation, subject and currency."""

from maisui.tables.table import DATE, MONEY_SUM, TEXT, Column, Table, legal_entity

LEDGER_TIE = Table(
    name="ledger_tie",
    title_zh="总分核对",
    title_en="Ledger tie-out",
    meaning_zh="每个会计日、机构、科目、币种：分户账合计与总账余额及差额。",
    meaning_en="Sub-ledger total, ledger balance and difference of each accounting day, organisation, subject and currency.",
    grain=("legal_entity_code", "organisation_code", "subject_code", "currency", "business_date", "control_code"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "机构号", "Organisation", nullable=False),
        Column("subject_code", TEXT, "明细科目编号，* 为该集全部科目", "Detail subject; * is all subjects of the set", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("business_date", DATE, "会计日期", "Accounting day", nullable=False),
        Column("control_code", TEXT, "核对集：deposit、loan、internal、card、discount、advance", "Set of the control", nullable=False),
        Column(
            "found_in",
            TEXT,
            "两边情况：both 两边都有、ledger 仅总账、subledger 仅分户账、no_accounts 该机构当日无此类分户账",
            "Where it was found: both, ledger, subledger, or no_accounts (the organisation has no accounts of this kind that day)",
            nullable=False,
        ),
        Column("subledger_balance", MONEY_SUM, "分户账余额合计", "Sum of account balances", unit="currency unit", nullable=False),
        Column("ledger_balance", MONEY_SUM, "总账余额", "Ledger balance", unit="currency unit", nullable=False),
        Column("difference_amount", MONEY_SUM, "差额", "Sub-ledger less ledger", unit="currency unit", nullable=False),
    ),
)
