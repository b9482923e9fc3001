"""Control subject: Lines that place ledger subjects in the sets that are held against sub-ledgers, in order of decision."""

from maisui.tables.table import COUNT, DATE, FLAG, TEXT, Column, Table

CONTROL_SUBJECT = Table(
    name="control_subject",
    title_zh="核对科目集",
    title_en="Control subject",
    meaning_zh="把总账科目归入各分户账核对集的规则行，按先后生效：先本行自定，后产品默认。",
    meaning_en="Lines that place ledger subjects in the sets that are held against sub-ledgers, in order of decision: the bank's own first.",
    grain=("line_number",),
    columns=(
        Column("line_number", COUNT, "行序，小者优先", "Place in the order of decision", unit="count", nullable=False),
        Column("control_code", TEXT, "核对集：deposit、loan 等，none 为无分户账", "Set; none has no sub-ledger", nullable=False),
        Column("match_by", TEXT, "匹配方式：subclass、code、name", "What is matched: subclass, code or name", nullable=False),
        Column(
            "pattern",
            TEXT,
            "匹配内容：子类、科目号开头或名称所含",
            "A subclass, the beginning of a code or a part of a name",
            nullable=False,
        ),
        Column("element_code", TEXT, "只限会计要素，空为不限", "Only subjects of this element; null is any"),
        Column("valid_from", DATE, "生效日", "First day", nullable=False),
        Column("valid_until", DATE, "失效日（不含）", "Day after the last"),
        Column("is_own", FLAG, "是否本行自定", "Whether the bank itself set it", nullable=False),
    ),
)
