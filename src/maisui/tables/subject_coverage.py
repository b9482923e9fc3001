"""Subject coverage: What each ledger subject of the whole entity holds on each accounting day, and whether a sub-ledger stands behind it."""

from maisui.tables.table import COUNT, DATE, FLAG, MONEY_SUM, TEXT, Column, Table, legal_entity

SUBJECT_COVERAGE = Table(
    name="subject_coverage",
    title_zh="科目覆盖",
    title_en="Subject coverage",
    meaning_zh="每个会计日全行各末级科目、币种的总账余额，是否有分户账核对，及差额。",
    meaning_en="Ledger balance of each leaf subject and currency of the whole entity on each accounting day, whether a sub-ledger stands behind it, and the difference.",
    grain=("legal_entity_code", "business_date", "subject_code", "currency"),
    columns=(
        legal_entity(),
        Column("business_date", DATE, "会计日期", "Accounting day", nullable=False),
        Column("subject_code", TEXT, "会计科目编号", "Subject code", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("subject_name", TEXT, "会计科目名称", "Subject name"),
        Column("element_code", TEXT, "会计要素", "Element of the balance sheet", nullable=False),
        Column("control_code", TEXT, "核对集，none 为无分户账", "Set of the control; none has no sub-ledger", nullable=False),
        Column("is_covered", FLAG, "当日是否有分户账可核对", "Whether its sub-ledger exists on that day", nullable=False),
        Column(
            "ledger_balance",
            MONEY_SUM,
            "总账余额（科目方向为正）",
            "Ledger balance on the subject's side",
            unit="currency unit",
            nullable=False,
        ),
        Column("subledger_balance", MONEY_SUM, "分户账合计，未覆盖为空", "Sum of accounts, null where uncovered", unit="currency unit"),
        Column("difference_amount", MONEY_SUM, "差额，未覆盖为空", "Sub-ledger less ledger, null where uncovered", unit="currency unit"),
        Column("differing_count", COUNT, "有差额的机构数", "Organisations that differ", unit="count", nullable=False),
    ),
)
