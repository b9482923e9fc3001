"""Merchant fee tie: What acquired merchants paid and what was passed on of it, against the ledger, whole month by whole month."""

from maisui.tables.table import DATE, MONEY_SUM, TEXT, Column, Table, legal_entity

MERCHANT_FEE_TIE = Table(
    name="merchant_fee_tie",
    title_zh="商户手续费核对",
    title_en="Merchant fee tie",
    meaning_zh="每个整月、报表行（手续费收入、支出）：收单商户交易日汇总的手续费与总账收单科目当月发生额及其差额；收单流水只覆盖半个月的首月不比，总账没有该类科目的不比。",
    meaning_en=(
        "For each whole month and statement line (fee income, fee expense): fees of the acquiring totals, what the ledger's acquiring "
        "subjects earned or cost, and the difference; a first month that the totals cover in part and a line without subjects are left out."
    ),
    grain=("legal_entity_code", "business_date", "line_code", "currency"),
    columns=(
        legal_entity(),
        Column("business_date", DATE, "月末", "Last day of the month", nullable=False),
        Column(
            "line_code",
            TEXT,
            "报表行：fee_income 手续费收入、fee_expense 手续费支出",
            "Statement line: fee_income, fee_expense",
            nullable=False,
        ),
        Column("currency", TEXT, "币种", "ISO currency", nullable=False),
        Column("merchant_amount", MONEY_SUM, "商户手续费收入或支出", "What merchants paid, or was passed on", unit="CNY", nullable=False),
        Column("ledger_amount", MONEY_SUM, "总账当月发生额", "What the ledger earned or paid in the month", unit="CNY", nullable=False),
        Column("difference_amount", MONEY_SUM, "差额", "Merchants less ledger", unit="CNY", nullable=False),
    ),
)
