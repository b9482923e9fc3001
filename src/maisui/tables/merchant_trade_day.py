"""Merchant trade day: What each acquired merchant took in on each day, by way of payment."""

from maisui.tables.table import COUNT, DATE, MONEY, TEXT, Column, Table, legal_entity, provenance

MERCHANT_TRADE_DAY = Table(
    name="merchant_trade_day",
    title_zh="商户交易日",
    title_en="Merchant trade day",
    meaning_zh="每个收单商户每日按支付方式的收款笔数、金额、手续费收入与成本；退货已扣减。",
    meaning_en="Takings of each acquired merchant on each day by way of payment: count, amount, fee income and cost, returns taken off.",
    grain=("legal_entity_code", "merchant_number", "traded_on", "payment_kind"),
    columns=(
        legal_entity(),
        Column("merchant_number", TEXT, "商户编号", "Merchant number", nullable=False),
        Column("traded_on", DATE, "交易日期", "Day of the trades", nullable=False),
        Column("payment_kind", TEXT, "支付方式：card 刷卡、scan 扫码、other 其他", "Way of payment: card, scan, other", nullable=False),
        Column("trade_count", COUNT, "收款笔数", "Trades", unit="count", nullable=False),
        Column("trade_amount", MONEY, "收款金额（退货已扣减）", "Amount, returns taken off", unit="CNY", nullable=False),
        Column("fee_income_amount", MONEY, "商户手续费收入", "Fees the merchant paid", unit="CNY", nullable=False),
        Column(
            "fee_cost_amount",
            MONEY,
            "手续费成本：发卡行、清算机构与服务商分润",
            "Fees passed on: to issuers, clearing and service providers",
            unit="CNY",
            nullable=False,
        ),
        *provenance(),
    ),
    month_of="traded_on",
)
