"""Reversal: Each posting flagged as a reversal, paired with the opposite one of the same account and amount: where both are flagged each counts 0."""

from maisui.tables.table import COUNT, FLAG, TEXT, Column, Privacy, Table, legal_entity

REVERSAL = Table(
    name="reversal",
    title_zh="冲补抹",
    title_en="Reversal",
    meaning_zh="每一笔标记为冲补抹的入账，与同户同额反向的另一笔配对：两笔都有标记的各计 0；只有冲销一笔有标记的计 −1，把未标记的原交易抵掉。",
    meaning_en="Each posting flagged as a reversal, paired with the opposite one of the same account and amount: where both are flagged each counts 0; where only the reversing one is, it counts -1 and takes its unflagged original back.",
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
