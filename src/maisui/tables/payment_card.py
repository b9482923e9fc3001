"""Payment card: Each card and the account behind it."""

from maisui.tables.table import DATE, TEXT, Column, Privacy, Table, legal_entity, provenance

PAYMENT_CARD = Table(
    name="payment_card",
    title_zh="银行卡",
    title_en="Payment card",
    meaning_zh="每张卡及其所挂账户。",
    meaning_en="Each card and the account behind it.",
    grain=("legal_entity_code", "card_number"),
    columns=(
        legal_entity(),
        Column("card_number", TEXT, "卡号", "Card number", privacy=Privacy.PERSONAL, nullable=False),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL, nullable=False),
        Column("account_number", TEXT, "所挂账号", "Account behind the card", privacy=Privacy.PERSONAL),
        Column("card_type", TEXT, "卡种（原文）", "Card type as delivered"),
        Column("issued_on", DATE, "发卡日期", "Day issued"),
        *provenance(),
    ),
)
