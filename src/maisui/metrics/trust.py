"""How far today's figures may be trusted."""

from maisui.metrics.metric import Measure, Metric, Timing, Unit

LEDGER_DIFFERENCE = Measure(
    mart="ledger_tie",
    expression="sum(difference_amount)",
    timing=Timing.LAST,
)
QUARANTINED = Measure(
    mart="delivery",
    expression="CAST(sum(quarantined_count) AS BIGINT)",
    timing=Timing.PERIOD,
)

METRICS: tuple[Metric, ...] = (
    Metric(
        code="ledger_difference",
        name_zh="总分差额",
        name_en="Ledger difference",
        meaning_zh="最近一个可核对会计日，分户账合计减总账余额；0.00 为相符。",
        meaning_en="Sub-ledgers less ledger on the last day on which both exist; 0.00 means they tie.",
        formula_zh="分户账合计 − 总账余额",
        formula_en="sub-ledgers − ledger",
        unit=Unit.YUAN,
        numerator=LEDGER_DIFFERENCE,
        owner="数据管理部 / Data",
        more_is_better=False,
    ),
    Metric(
        code="quarantined_row_count",
        name_zh="隔离行数",
        name_en="Quarantined rows",
        meaning_zh="期间内交付的文件中未通过检查而被隔离的行数。",
        meaning_en="Rows of files delivered for the period that failed a check and are quarantined.",
        formula_zh="Σ 隔离行数",
        formula_en="Σ quarantined rows",
        unit=Unit.COUNT,
        numerator=QUARANTINED,
        owner="数据管理部 / Data",
        more_is_better=False,
    ),
)
"""Every metric of this topic, one definition each."""
