"""Ratios of the supervisory returns, from inputs that the bank delivers; a missing input is said, not guessed."""

from maisui.metrics.metric import Measure, Metric, Timing, Unit


def _input(code: str) -> Measure:
    """Return the last amount of one input on or before the day: month ends and the reporting date are measured."""
    return Measure(
        mart="regulatory_day",
        expression="sum(input_amount)",
        timing=Timing.POINT,
        where=f"input_code = '{code}'",
        delivered_where=f"input_code = '{code}'",
    )


_INPUTS_ZH = "取自补录“监管指标输入”当日或之前最近一次；按月末与报告日计算，缺任一项时为“—”"
_INPUTS_EN = "from the supplement feed of supervisory inputs, the last on or before the day; measured at month ends and on the reporting date, — while either is missing"

METRICS: tuple[Metric, ...] = (
    Metric(
        code="capital_adequacy_ratio",
        name_zh="资本充足率",
        name_en="Capital adequacy ratio",
        meaning_zh=f"资本净额除以风险加权资产；{_INPUTS_ZH}。",
        meaning_en=f"Net capital over risk-weighted assets; {_INPUTS_EN}.",
        formula_zh="资本净额 ÷ 风险加权资产",
        formula_en="net capital ÷ risk-weighted assets",
        unit=Unit.SHARE,
        numerator=_input("net_capital"),
        denominator=_input("risk_weighted_assets"),
        owner="计划财务部 / Finance",
        more_is_better=True,
    ),
    Metric(
        code="liquidity_ratio",
        name_zh="流动性比例",
        name_en="Liquidity ratio",
        meaning_zh=f"流动性资产除以流动性负债；{_INPUTS_ZH}。",
        meaning_en=f"Liquid assets over liquid liabilities; {_INPUTS_EN}.",
        formula_zh="流动性资产 ÷ 流动性负债",
        formula_en="liquid assets ÷ liquid liabilities",
        unit=Unit.SHARE,
        numerator=_input("liquid_assets"),
        denominator=_input("liquid_liabilities"),
        owner="计划财务部 / Finance",
        more_is_better=True,
    ),
    Metric(
        code="core_liability_ratio",
        name_zh="核心负债依存度",
        name_en="Core-liability ratio",
        meaning_zh=f"核心负债除以总负债；{_INPUTS_ZH}。",
        meaning_en=f"Core liabilities over total liabilities; {_INPUTS_EN}.",
        formula_zh="核心负债 ÷ 总负债",
        formula_en="core liabilities ÷ total liabilities",
        unit=Unit.SHARE,
        numerator=_input("core_liabilities"),
        denominator=_input("total_liabilities"),
        owner="计划财务部 / Finance",
        more_is_better=True,
    ),
)
"""Every metric of this topic, one definition each."""
