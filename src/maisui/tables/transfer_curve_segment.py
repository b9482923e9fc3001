"""Transfer curve segment: The transfer price curve between two neighbouring tenors in each of its editions."""

from maisui.tables.table import COUNT, DATE, RATE, TEXT, Column, Table, legal_entity

TRANSFER_CURVE_SEGMENT = Table(
    name="transfer_curve_segment",
    title_zh="转移价格曲线区段",
    title_en="Transfer curve segment",
    meaning_zh="转移价格曲线每个版本中相邻两个期限点之间的一段；其间按期限线性内插，两端之外取端点价格。首个版本也用于更早的日子。",
    meaning_en=(
        "The transfer price curve between two neighbouring tenors in each of its editions; prices in between are interpolated by tenor, "
        "beyond the ends the end price holds. The first edition serves for earlier days too."
    ),
    grain=("legal_entity_code", "currency", "valid_from", "tenor_from_day_count"),
    columns=(
        legal_entity(),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("valid_from", DATE, "起始日（首个版本为 1900-01-01）", "First day, 1900-01-01 for the first edition", nullable=False),
        Column("valid_until", DATE, "终止日（不含），最新为空", "Day after the last, null for the latest"),
        Column("effective_from", DATE, "该版本的起用日期", "Day from which the edition really holds", nullable=False),
        Column("tenor_from_day_count", COUNT, "区段起点期限（天）", "Tenor at which it begins, in days", unit="day", nullable=False),
        Column(
            "tenor_until_day_count", COUNT, "区段终点期限（天，不含）", "Tenor before which it ends, in days", unit="day", nullable=False
        ),
        Column("start_rate", RATE, "起点价格（年）", "Yearly price at the beginning", unit="fraction", nullable=False),
        Column("end_rate", RATE, "终点价格（年）", "Yearly price at the end", unit="fraction", nullable=False),
    ),
    begins_by="valid_from",
)
