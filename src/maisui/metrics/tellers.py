"""What tellers did, counted and weighted."""

from maisui.metrics.metric import Measure, Metric, Timing, Unit

HANDLED = Measure(mart="teller_day", expression="CAST(sum(handled_count) AS BIGINT)", timing=Timing.PERIOD)
WORKLOAD = Measure(mart="teller_day", expression="CAST(sum(converted_workload) AS DECIMAL(38,2))", timing=Timing.PERIOD)
_OWNER = "运营管理部 / Operations"

METRICS: tuple[Metric, ...] = (
    Metric(
        code="teller_transaction_count",
        name_zh="柜员业务量",
        name_en="Tellers' transactions",
        meaning_zh="柜员经办的业务笔数，含非动账业务；复核与授权另计，不在其内。",
        meaning_en="Business that tellers handled, whether money moved or not; checks and authorisations are counted apart.",
        formula_zh="Σ 经办笔数",
        formula_en="Σ handled",
        unit=Unit.COUNT,
        numerator=HANDLED,
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="teller_converted_workload",
        name_zh="柜员折算业务量",
        name_en="Tellers' converted workload",
        meaning_zh="经办笔数按当日有效的交易码系数折算；没有系数的交易码折算为零，其笔数另列。",
        meaning_en="What was handled, weighted by the rate of its code on that day; a code without a rate weighs nothing and is counted apart.",
        formula_zh="Σ 经办笔数 × 折算系数",
        formula_en="Σ handled × rate",
        unit=Unit.COUNT_EACH,
        numerator=WORKLOAD,
        owner=_OWNER,
        more_is_better=True,
    ),
)
"""Every metric of this topic, one definition each."""
