"""How far what was asked for is reached: each metric that has a target, against the target and against its part due by today."""

from maisui.metrics.metric import Measure, Metric, Timing, Unit

TARGETS = Measure(
    mart="target_period",
    expression="CAST(sum(coalesce(target_share, target_amount)) AS DECIMAL(38,6))",
    timing=Timing.PERIOD,
    distinct_over=("organisation", "manager", "target", "date"),
)
_OWNER = "人力资源部 / Human resources"

METRICS: tuple[Metric, ...] = (
    Metric(
        code="target_completion_rate",
        name_zh="目标完成率",
        name_en="Target completion rate",
        meaning_zh="各目标指标的实际值占本月、本季或本年目标值的比例；按目标指标逐个给出，不同指标不相加。实际值按该指标自己的定义计算；越低越好的指标（如不良贷款率）高于 100% 即超标。目标为零或负数时为“—”。",
        meaning_en="What each metric with a target has reached as a share of its target for the month, quarter or year: one rate for each target, never added up over metrics. The actual value follows that metric's own definition; where less is better, as with bad loans, more than 100 % is too much. A target of zero or less gives —.",
        formula_zh="实际值 ÷ 目标值",
        formula_en="actual ÷ target",
        unit=Unit.SHARE,
        numerator=TARGETS,
        denominator=TARGETS,
        owner=_OWNER,
        is_per_target=True,
    ),
    Metric(
        code="time_weighted_target_completion_rate",
        name_zh="时序完成率",
        name_en="Time-weighted target completion rate",
        meaning_zh="各目标指标的实际值占按时间进度应达到值的比例。时间进度为期间已过日历天数占全部天数。余额与日均自期初基数按进度增长到目标，发生额为目标乘进度，比率不随时间变化。期初基数早于历史时为“—”。",
        meaning_en="What each metric with a target has reached as a share of what was due by the day: balances and averages grow evenly, by calendar days of the period, from their base before it to the target; sums over the period are due in proportion to the days; ratios hold at any time. Where the base lies before the history it is —.",
        formula_zh="实际值 ÷ 时序目标；时序目标 = 期初基数 +（目标值 − 期初基数）× 已过天数 ÷ 期间天数",
        formula_en="actual ÷ due by today; due = base + (target − base) × days passed ÷ days of the period",
        unit=Unit.SHARE,
        numerator=TARGETS,
        denominator=TARGETS,
        owner=_OWNER,
        is_per_target=True,
    ),
)
"""Every metric of this topic, one definition each."""
