"""Reversal: Each posting flagged as a reversal."""

from maisui.tables.table import COUNT, FLAG, TEXT, Column, Privacy, Table, legal_entity

REVERSAL = Table(
    name="reversal",
    title_zh="冲补抹",
    title_en="Reversal",
    meaning_zh="每一笔标记为冲补抹的入账。同日同户同额反向的两笔都有标记（当日抹账）的各计 0；其余是对以前未标记交易的冲销，计 −1，把原交易抵掉；不动余额的（贷款利息）计 0。",
    meaning_en="Each posting flagged as a reversal. Two opposite ones of the same account, amount and day are an original and its reversal, both flagged, and count 0 each; any other takes back an earlier, unflagged original and counts -1; one that moves no balance (loan interest) counts 0.",
    grain=("legal_entity_code", "account_number", "currency", "transaction_number"),
    columns=(
        legal_entity(),
        Column("transaction_number", TEXT, "交易序列号", "Transaction number", nullable=False),
        Column("account_number", TEXT, "账号", "Account number", privacy=Privacy.PERSONAL, nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("counts_as", COUNT, "计入笔数时的权重：0 或 −1", "Weight in counts and amounts: 0 or -1", unit="count", nullable=False),
        Column("is_event", FLAG, "是否计为一次冲补抹", "Whether it counts as one reversal", nullable=False),
    ),
    published=False,
)
