"""Ledger break: Where the delivered ledger contradicts itself: check, day, organisation, subject and currency, with the difference."""

from maisui.tables.table import DATE, MONEY_SUM, TEXT, Column, Table, legal_entity

LEDGER_BREAK = Table(
    name="ledger_break",
    title_zh="总账自相矛盾",
    title_en="Ledger break",
    meaning_zh="送来的总账自身不平之处：检查项、会计日、机构、科目、币种及差额。",
    meaning_en="Where the delivered ledger contradicts itself: check, day, organisation, subject and currency, with the difference.",
    grain=("legal_entity_code", "check_code", "business_date", "organisation_code", "subject_code", "currency"),
    columns=(
        legal_entity(),
        Column(
            "check_code",
            TEXT,
            "检查项：opening、turnover、closing 借贷平衡，roll 期初加发生等于期末，parent 上级等于下级之和，carried 上日期末等于本日期初",
            "Check: opening, turnover, closing (debits equal credits), roll (opening + turnover = closing), parent (= sum of its children), carried (previous closing = opening)",
            nullable=False,
        ),
        Column("business_date", DATE, "会计日期", "Accounting day", nullable=False),
        Column("organisation_code", TEXT, "机构号", "Organisation", nullable=False),
        Column("subject_code", TEXT, "会计科目编号，all 为全部末级科目", "Subject; all is every leaf subject", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("difference_amount", MONEY_SUM, "差额", "Difference", unit="currency unit", nullable=False),
    ),
)
