"""Merchant month: What each merchant took in in each month, and whether it has fallen silent."""

from maisui.tables.table import COUNT, DATE, FLAG, MONEY_SUM, TEXT, Column, Table, legal_entity

MERCHANT_MONTH = Table(
    name="merchant_month",
    title_zh="商户月统计",
    title_en="Merchant month",
    meaning_zh="每个商户每月的收款、手续费收入与成本，以及月末是否在网、活跃、沉默；没有收单流水的月份没有行。",
    meaning_en="Takings, fee income and cost of each merchant in each month, and whether it was open, active or silent at the end; a month without acquiring totals has no rows.",
    grain=("legal_entity_code", "merchant_number", "business_date"),
    columns=(
        legal_entity(),
        Column("merchant_number", TEXT, "商户编号", "Merchant number", nullable=False),
        Column("business_date", DATE, "当月已有数据的最后一日", "Last day of the month that the history holds", nullable=False),
        Column("organisation_code", TEXT, "管理机构号", "Outlet", nullable=False),
        Column("customer_kind", TEXT, "客户大类", "Kind of customer", nullable=False),
        Column("open_count", COUNT, "月末在网为 1，否则为 0", "1 when open on that day, else 0", unit="count", nullable=False),
        Column(
            "active_count",
            COUNT,
            "在网且在沉默天数之内有交易为 1",
            "1 when open and traded within the days of silence",
            unit="count",
            nullable=False,
        ),
        Column(
            "silent_count",
            COUNT,
            "在网满沉默天数而其间没有交易为 1；收单流水不足该天数为空",
            "1 when open for the days of silence without a trade; null where the totals do not reach back so far",
            unit="count",
        ),
        Column("is_silent", FLAG, "是否沉默，无法判断为空", "Whether silent, null where nobody can tell"),
        Column("last_traded_on", DATE, "截至该日最近一次交易日，没有为空", "Last day with a trade up to then, null for none"),
        Column("traded_day_count", COUNT, "当月有交易的天数", "Days of the month with a trade", unit="count", nullable=False),
        Column("trade_count", COUNT, "收款笔数", "Trades", unit="count", nullable=False),
        Column("scan_count", COUNT, "其中扫码笔数", "Of these, by scanning a code", unit="count", nullable=False),
        Column("trade_amount", MONEY_SUM, "收款金额", "Amount", unit="CNY", nullable=False),
        Column("fee_income_amount", MONEY_SUM, "手续费收入", "Fee income", unit="CNY", nullable=False),
        Column("fee_cost_amount", MONEY_SUM, "手续费成本", "Fee cost", unit="CNY", nullable=False),
    ),
    month_of="business_date",
)
