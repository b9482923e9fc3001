"""Ledger subject line: On which line of balance sheet or income statement each ledger subject stands, and by which rule."""

from maisui.tables.table import TEXT, Column, Table, legal_entity

LEDGER_SUBJECT_LINE = Table(
    name="ledger_subject_line",
    title_zh="科目所属报表行",
    title_en="Ledger subject line",
    meaning_zh="每个会计科目归入资产负债表或利润表的哪一行，以及依据：银行参数、归属业务子类、名称规则、代码规则、上级科目；都不符合的列为该类别的“其他”，绝不丢弃。",
    meaning_en=(
        "On which line of balance sheet or income statement each ledger subject stands, and by which rule: the bank's parameter, its "
        "business class, its name, its code or a parent's; what meets none is the line “other” of its statement and never dropped."
    ),
    grain=("legal_entity_code", "subject_code"),
    columns=(
        legal_entity(),
        Column("subject_code", TEXT, "会计科目编号", "Subject code", nullable=False),
        Column("subject_name", TEXT, "会计科目名称", "Subject name"),
        Column(
            "statement_code",
            TEXT,
            "报表：asset 资产、liability 负债、equity 权益、income 损益、joint 共同类、off_balance 表外、unmapped 未知",
            "Statement: asset, liability, equity, income, joint, off_balance, unmapped",
            nullable=False,
        ),
        Column(
            "line_code", TEXT, "报表行，如 interest_income、loan、operating_expense", "Line, e.g. interest_income, loan", nullable=False
        ),
        Column(
            "rule_code",
            TEXT,
            "依据：bank、category、name、code、none",
            "What decided: bank, category, name, code, none",
            nullable=False,
        ),
    ),
)
