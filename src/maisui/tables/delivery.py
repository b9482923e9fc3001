"""Delivery: Each registered file with its rows: rows in the file = loaded + quarantined + duplicate."""

from maisui.tables.table import COUNT, DATE, TEXT, Column, Table, legal_entity

DELIVERY = Table(
    name="delivery",
    title_zh="到数",
    title_en="Delivery",
    meaning_zh="每个已登记的交付文件及其行数：文件行数 = 装载 + 隔离 + 重复。",
    meaning_en="Each registered file with its rows: rows in the file = loaded + quarantined + duplicate.",
    grain=("legal_entity_code", "source_file_id"),
    columns=(
        legal_entity(),
        Column("source_file_id", TEXT, "文件标识", "File identifier", nullable=False),
        Column("source_code", TEXT, "来源系统", "Source system", nullable=False),
        Column("feed_code", TEXT, "接口", "Feed", nullable=False),
        Column("file_name", TEXT, "文件名", "File name", nullable=False),
        Column("business_date", DATE, "业务日期", "Business date", nullable=False),
        Column("line_count", COUNT, "文件行数", "Rows in the file", unit="count", nullable=False),
        Column("loaded_count", COUNT, "装载行数", "Rows loaded", unit="count", nullable=False),
        Column("quarantined_count", COUNT, "隔离行数", "Rows quarantined", unit="count", nullable=False),
        Column("duplicate_count", COUNT, "重复行数", "Duplicate rows", unit="count", nullable=False),
        Column("first_line", COUNT, "首行行号", "First data line", unit="count", nullable=False),
        Column("last_line", COUNT, "末行行号", "Last data line", unit="count", nullable=False),
    ),
)
