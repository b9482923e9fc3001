"""Ledger subject snapshot: Each ledger subject as reported on one day: level, parent, side and business class."""

from maisui.tables.table import COUNT, DATE, TEXT, Column, Table, legal_entity, provenance

LEDGER_SUBJECT_SNAPSHOT = Table(
    name="ledger_subject_snapshot",
    title_zh="科目快照",
    title_en="Ledger subject snapshot",
    meaning_zh="每个会计科目在一个报送日的级次、上级与归属业务。",
    meaning_en="Each ledger subject as reported on one day: level, parent, side and business class.",
    grain=("legal_entity_code", "reported_on", "subject_code"),
    columns=(
        legal_entity(),
        Column("reported_on", DATE, "报送日期", "Day the row was reported for", nullable=False),
        Column("subject_code", TEXT, "会计科目编号", "Subject code", nullable=False),
        Column("subject_name", TEXT, "会计科目名称", "Subject name"),
        Column("subject_level", COUNT, "会计科目级次", "Level, 1 is the top", unit="count"),
        Column("parent_code", TEXT, "上级科目编号", "Parent subject"),
        Column("balance_side", TEXT, "借贷标志：debit、credit、both", "Side: debit, credit, both", nullable=False),
        Column("business_class", TEXT, "归属业务大类（原文）", "Business class as delivered"),
        Column(
            "business_subclass", TEXT, "归属业务子类：deposit、loan、provision、interest_income、fee_income、other 等", "Business subclass"
        ),
        *provenance(),
    ),
)
