"""Unknown word: How many rows of each coded column hold a word that no mapping knows, or one that says only 'other'."""

from maisui.tables.table import COUNT, DATE, TEXT, Column, Table, legal_entity

UNKNOWN_WORD = Table(
    name="unknown_word",
    title_zh="未识别词",
    title_en="Unknown word",
    meaning_zh="每个代码列中未识别（unknown，或映射给出而模型不认识的词）与其他（other、其他-…）的行数；只有计数，不含原文。",
    meaning_en="How many rows of each coded column hold a word that no mapping knows (unknown, or one that a mapping gives and the model does not know) or one that says only other; counts only, never the words.",
    grain=("legal_entity_code", "table_name", "column_name"),
    columns=(
        legal_entity(),
        Column("table_name", TEXT, "表", "Table", nullable=False),
        Column("column_name", TEXT, "列", "Column", nullable=False),
        Column("row_count", COUNT, "有值的行数", "Rows in which it is filled", unit="count", nullable=False),
        Column("unknown_count", COUNT, "未识别行数", "Rows with a word that no mapping knows", unit="count", nullable=False),
        Column("other_count", COUNT, "其他行数", "Rows with a word that says only other", unit="count", nullable=False),
        Column("first_unknown_on", DATE, "最早未识别日期，没有为空", "First day of an unknown word, null where there is none"),
        Column("last_unknown_on", DATE, "最近未识别日期，没有为空", "Last day of an unknown word, null where there is none"),
    ),
)
