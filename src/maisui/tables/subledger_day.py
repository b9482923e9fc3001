"""Subledger day: Sum of account balances of each organisation, subject, currency and kind of account on each day reported."""

from maisui.tables.table import DATE, MONEY_SUM, TEXT, Column, Table, legal_entity

SUBLEDGER_DAY = Table(
    name="subledger_day",
    title_zh="分户账日合计",
    title_en="Sub-ledger day",
    meaning_zh="每个报送日、机构、明细科目、币种与核对集的分户账余额合计；分户账不带科目的集以 * 记。",
    meaning_en="Sum of account balances of each organisation, subject, currency and kind of account on each day reported; * where accounts name no subject.",
    grain=("legal_entity_code", "organisation_code", "subject_code", "currency", "business_date", "control_code"),
    columns=(
        legal_entity(),
        Column("organisation_code", TEXT, "机构号", "Organisation", nullable=False),
        Column("subject_code", TEXT, "明细科目编号", "Detail subject", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("business_date", DATE, "报送日期", "Day reported", nullable=False),
        Column("control_code", TEXT, "核对集", "Set of the control", nullable=False),
        Column("balance", MONEY_SUM, "余额合计", "Sum of balances", unit="currency unit", nullable=False),
    ),
    published=False,
)
