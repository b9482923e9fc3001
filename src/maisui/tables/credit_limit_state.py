"""Credit limit state: Limits in force, used and undrawn of a customer between two reports."""

from maisui.tables.table import COUNT, DATE, MONEY_SUM, TEXT, Column, Privacy, Table, legal_entity

CREDIT_LIMIT_STATE = Table(
    name="credit_limit_state",
    title_zh="授信区间",
    title_en="Credit limit state",
    meaning_zh="客户有效授信额度、已用与未用的有效区间，以每次报送为界。",
    meaning_en="Limits in force, used and undrawn of a customer between two reports.",
    grain=("legal_entity_code", "customer_number", "currency", "valid_from"),
    columns=(
        legal_entity(),
        Column("customer_number", TEXT, "客户统一编号", "Customer number", privacy=Privacy.PERSONAL, nullable=False),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("valid_from", DATE, "起始日", "First day", nullable=False),
        Column("valid_until", DATE, "终止日（不含），最新为空", "Day after the last, null for the latest"),
        Column("limit_amount", MONEY_SUM, "授信额度", "Limit", unit="currency unit", privacy=Privacy.PERSONAL, nullable=False),
        Column("used_amount", MONEY_SUM, "已用额度", "Used", unit="currency unit", privacy=Privacy.PERSONAL, nullable=False),
        Column(
            "undrawn_amount",
            MONEY_SUM,
            "未用额度，按协议取额度减已用，不小于零",
            "Undrawn: limit less used of each agreement, never below zero",
            unit="currency unit",
            privacy=Privacy.PERSONAL,
            nullable=False,
        ),
        Column("limit_count", COUNT, "授信协议数", "Agreements", unit="count", nullable=False),
    ),
)
