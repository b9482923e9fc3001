"""Reversal: Each posting flagged as a reversal."""

from maisui.tables.table import COUNT, FLAG, TEXT, Column, Privacy, Table, legal_entity

REVERSAL = Table(
    name="reversal",
    title_zh="冲补抹",
    title_en="Reversal",
    meaning_zh="每一笔标记为冲补抹的入账。原交易与冲销都有标记的（同户、同币种、等额反向，同日或隔日、跨月）各计 0，后一笔为一次冲补抹；离它最近的等额反向交易未标记的，是对那一笔的冲销，计 −1，把原交易抵掉，找不到原交易的也计 −1；不动余额的（贷款利息）计 0。",
    meaning_en="Each posting flagged as a reversal. An original and its reversal that are both flagged (same account, currency and size, opposite, on one day or on different ones) count 0 each, and the later one is the event; where the nearest earlier opposite posting is not flagged, that one is taken back and the reversal counts -1, as does one whose original is not there; one that moves no balance (loan interest) counts 0.",
    grain=("legal_entity_code", "account_number", "currency", "transaction_number"),
    columns=(
        legal_entity(),
        Column("transaction_number", TEXT, "交易序列号", "Transaction number", nullable=False),
        Column("account_number", TEXT, "账号", "Account number", privacy=Privacy.PERSONAL, nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("counts_as", COUNT, "计入笔数时的权重：0 或 −1", "Weight in counts and amounts: 0 or -1", unit="count", nullable=False),
        Column("is_event", FLAG, "是否计为一次冲补抹", "Whether it counts as one reversal", nullable=False),
    ),
)
