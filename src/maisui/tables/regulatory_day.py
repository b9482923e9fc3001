"""Regulatory day: The inputs of the supervisory returns as known at the ends of months."""

from maisui.tables.table import DATE, MONEY, TEXT, Column, Table, legal_entity

REGULATORY_DAY = Table(
    name="regulatory_day",
    title_zh="监管指标输入日统计",
    title_en="Regulatory day",
    meaning_zh="月末与报告日，每项监管指标输入当日或之前最近一次的金额。",
    meaning_en="At month ends and on the reporting date: the last amount of each supervisory input on or before the day.",
    grain=("legal_entity_code", "input_code", "business_date"),
    columns=(
        legal_entity(),
        Column("input_code", TEXT, "指标代码", "Code of the input", nullable=False),
        Column("business_date", DATE, "月末或报告日", "Month end or reporting date", nullable=False),
        Column("measured_on", DATE, "金额的期末日期", "Day on which the amount was measured", nullable=False),
        Column("input_amount", MONEY, "金额", "Amount", unit="currency unit", nullable=False),
    ),
)
