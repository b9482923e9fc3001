"""Standing order: Each standing payment order."""

from maisui.tables.table import MONEY, TEXT, Column, Privacy, Table, legal_entity, provenance

STANDING_ORDER = Table(
    name="standing_order",
    title_zh="定期付款指令",
    title_en="Standing order",
    meaning_zh="每条长期有效的付款指令。",
    meaning_en="Each standing payment order.",
    grain=("legal_entity_code", "order_number"),
    columns=(
        legal_entity(),
        Column("order_number", TEXT, "指令号", "Order number", nullable=False),
        Column("account_number", TEXT, "付款账号", "Paying account", privacy=Privacy.PERSONAL, nullable=False),
        Column("counterparty_bank_code", TEXT, "收款行号", "Receiving bank"),
        Column("counterparty_account", TEXT, "收款账号", "Receiving account", privacy=Privacy.PERSONAL),
        Column("amount", MONEY, "金额", "Amount", unit="currency unit", nullable=False),
        Column("purpose", TEXT, "用途", "Purpose"),
        *provenance(),
    ),
)
