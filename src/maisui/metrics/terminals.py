"""Whether terminals are used, and whether they are worth what they cost."""

from maisui.metrics.metric import Measure, Metric, Timing, Unit


def _terminals(expression: str, where: str = "") -> Measure:
    return Measure(mart="terminal_month", expression=expression, timing=Timing.PERIOD, where=where)


IDLE_DAYS = _terminals("CAST(sum(day_count - used_day_count) AS BIGINT)")
DAYS = _terminals("CAST(sum(day_count) AS BIGINT)")
COST = _terminals("sum(cost_amount)", "cost_amount IS NOT NULL")
NET = _terminals(
    "sum(fee_amount + saved_amount - cost_amount)",
    "cost_amount IS NOT NULL AND saved_amount IS NOT NULL",
)
_OWNER = "电子银行部 / Channels"

METRICS: tuple[Metric, ...] = (
    Metric(
        code="idle_terminal_day_share",
        name_zh="终端闲置日占比",
        name_en="Share of idle terminal days",
        meaning_zh="在用终端在有渠道流水之日没有成功动账的台日占比；月度数据，含末日在期间内的月份。",
        meaning_en="Days in use without a successful movement of money as a share of all days in use that the channel log tells of; kept by month.",
        formula_zh="闲置台日 ÷ 在用台日",
        formula_en="idle terminal days ÷ terminal days",
        unit=Unit.SHARE,
        numerator=IDLE_DAYS,
        denominator=DAYS,
        owner=_OWNER,
        more_is_better=False,
    ),
    Metric(
        code="terminal_cost_amount",
        name_zh="终端固定成本",
        name_en="Fixed cost of terminals",
        meaning_zh="折旧、维护、通讯、加钞等每台每月成本（参数），按有渠道流水的在用日分摊。",
        meaning_en="Depreciation, upkeep, lines and cash service by machine and month (a parameter), brought to the days in use that the channel log tells of.",
        formula_zh="Σ 月成本 × 在用日 ÷ 当月天数",
        formula_en="Σ month's cost × days in use ÷ days of the month",
        unit=Unit.YUAN,
        numerator=COST,
        owner=_OWNER,
        more_is_better=False,
    ),
    Metric(
        code="terminal_net_amount",
        name_zh="终端净收益",
        name_en="Net yield of terminals",
        meaning_zh="手续费加替代柜面节约的成本减固定成本；节约按柜面与本渠道单笔成本之差，只计自助设备。",
        meaning_en="Fees plus cost saved at the counter less fixed cost; what is saved goes by the unit costs of counter and channel, for self-service machines only.",
        formula_zh="手续费 ＋ 节约成本 − 固定成本",
        formula_en="fees + cost saved − fixed cost",
        unit=Unit.YUAN,
        numerator=NET,
        owner=_OWNER,
        more_is_better=True,
    ),
)
"""Every metric of this topic, one definition each."""
