"""Regulatory input: Capital, liquidity and other inputs of the supervisory returns, by their day."""

from maisui.tables.table import DATE, MONEY, TEXT, Column, Table, legal_entity, provenance

REGULATORY_INPUT = Table(
    name="regulatory_input",
    title_zh="监管指标输入",
    title_en="Regulatory input",
    meaning_zh="资本、流动性等监管报表输入，按期末日期。",
    meaning_en="Capital, liquidity and other inputs of the supervisory returns, by their day.",
    grain=("legal_entity_code", "input_code", "measured_on"),
    columns=(
        legal_entity(),
        Column(
            "input_code",
            TEXT,
            "指标代码：net_capital 资本净额、tier_one_capital 一级资本净额、risk_weighted_assets 风险加权资产、liquid_assets 流动性资产、liquid_liabilities 流动性负债、core_liabilities 核心负债、total_liabilities 总负债、other 其他",
            "Code: net_capital, tier_one_capital, risk_weighted_assets, liquid_assets, liquid_liabilities, core_liabilities, total_liabilities, other",
            nullable=False,
        ),
        Column("measured_on", DATE, "期末日期", "Day it is measured", nullable=False),
        Column("input_amount", MONEY, "金额", "Amount", unit="currency unit", nullable=False),
        *provenance(),
    ),
)
