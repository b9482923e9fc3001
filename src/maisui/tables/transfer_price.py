"""Transfer price: Each tenor of a transfer price curve with the day from which it holds; the last delivery of a key counts."""

from maisui.tables.table import COUNT, DATE, RATE, TEXT, Column, Table, legal_entity, provenance

TRANSFER_PRICE = Table(
    name="transfer_price",
    title_zh="内部资金转移价格",
    title_en="Transfer price",
    meaning_zh="转移价格曲线的每个期限点及其起用日期；同一键以最后交付为准。",
    meaning_en="Each tenor of a transfer price curve with the day from which it holds; the last delivery of a key counts.",
    grain=("legal_entity_code", "curve_code", "currency", "tenor_day_count", "effective_from"),
    columns=(
        legal_entity(),
        Column("curve_code", TEXT, "曲线代码", "Curve", nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("tenor_day_count", COUNT, "期限（天，活期为 0）", "Tenor in days, 0 for demand money", unit="count", nullable=False),
        Column("effective_from", DATE, "起用日期", "First day on which it holds", nullable=False),
        Column(
            "transfer_rate", RATE, "转移价格（年利率，0.025 即 2.5%）", "Transfer price, a yearly fraction: 0.025 is 2.5 %", nullable=False
        ),
        *provenance(),
    ),
)
