"""Subject control: On each accounting day, the set in which a ledger subject is held against a sub-ledger, and its element."""

from maisui.tables.table import DATE, TEXT, Column, Table, legal_entity

SUBJECT_CONTROL = Table(
    name="subject_control",
    title_zh="科目归集",
    title_en="Subject control",
    meaning_zh="每个会计日，总账末级科目归入的核对集（none 为无分户账）与会计要素。",
    meaning_en="On each accounting day, the set in which a leaf subject is held against a sub-ledger (none: it has none), and its element.",
    grain=("legal_entity_code", "subject_code", "business_date"),
    columns=(
        legal_entity(),
        Column("subject_code", TEXT, "会计科目编号", "Subject code", nullable=False),
        Column("business_date", DATE, "会计日期", "Accounting day", nullable=False),
        Column("control_code", TEXT, "核对集", "Set of the control", nullable=False),
        Column(
            "decided_by",
            TEXT,
            "依据：own 本行自定、accounts 有分户账、line 默认规则、nothing 无",
            "What decided: own, accounts, line, nothing",
            nullable=False,
        ),
        Column(
            "element_code",
            TEXT,
            "会计要素：asset 资产、liability 负债、joint 共同、equity 权益、result 损益、off_balance 表外、unknown",
            "Element: asset, liability, joint, equity, result, off_balance, unknown",
            nullable=False,
        ),
    ),
    published=False,
)
