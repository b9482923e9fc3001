"""Capability: What the delivered data allow, what they do not, and why."""

from maisui.tables.table import COUNT, FLAG, TEXT, Column, Table, legal_entity

CAPABILITY = Table(
    name="capability",
    title_zh="功能可用性",
    title_en="Capability",
    meaning_zh="每项依赖身份或补充数据的功能是否可用及原因。",
    meaning_en="Whether each function that rests on identity or supplement feeds is enabled, and why.",
    grain=("legal_entity_code", "capability_code"),
    columns=(
        legal_entity(),
        Column("capability_code", TEXT, "功能", "Function", nullable=False),
        Column("is_enabled", FLAG, "是否可用", "Whether enabled", nullable=False),
        Column("reason_zh", TEXT, "原因", "Reason in Chinese", nullable=False),
        Column("reason_en", TEXT, "原因（英文）", "Reason in English", nullable=False),
        Column("row_count", COUNT, "支撑行数", "Rows it rests on", unit="count", nullable=False),
    ),
)
