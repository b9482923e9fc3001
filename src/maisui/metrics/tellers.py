"""What tellers did, counted and weighted."""

from maisui.metrics.metric import Measure, Metric, Timing, Unit

HANDLED = Measure(mart="teller_day", expression="CAST(sum(handled_count) AS BIGINT)", timing=Timing.PERIOD)
WORKLOAD = Measure(mart="teller_day", expression="CAST(sum(converted_workload) AS DECIMAL(38,2))", timing=Timing.PERIOD)
HANDLED_WITH_REGISTER = Measure(
    mart="teller_day",
    expression="CAST(sum(handled_count) AS BIGINT)",
    timing=Timing.PERIOD,
    where="is_error_registered",
    delivered_where="is_error_registered",
)
ERRORS = Measure(
    mart="teller_day",
    expression="CAST(sum(error_count) AS BIGINT)",
    timing=Timing.PERIOD,
    where="is_error_registered",
    delivered_where="is_error_registered",
)
FIRST_CLASS_ERRORS = Measure(
    mart="teller_day",
    expression="CAST(sum(first_class_error_count) AS BIGINT)",
    timing=Timing.PERIOD,
    where="is_error_registered",
    delivered_where="is_error_registered",
)
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
    Metric(
        code="teller_error_rate",
        name_zh="柜员差错率",
        name_en="Tellers' error rate",
        meaning_zh="差错登记中的差错笔数占经办笔数的比例，按差错发生日计；自首件差错所在月起有数，此前为“—”。乘以 1000 即千分率。",
        meaning_en="Errors of the register as a share of business handled, on the day the error was made; from the month of the first registered error on, — before. Times 1,000 it is the rate per mille.",
        formula_zh="差错笔数 ÷ 经办笔数",
        formula_en="errors ÷ handled",
        unit=Unit.SHARE,
        numerator=ERRORS,
        denominator=HANDLED_WITH_REGISTER,
        owner=_OWNER,
        more_is_better=False,
    ),
    Metric(
        code="teller_first_class_error_rate",
        name_zh="柜员一类差错率",
        name_en="Tellers' first-class error rate",
        meaning_zh="一类（最重）差错笔数占经办笔数的比例；口径同柜员差错率。",
        meaning_en="Errors of the first, gravest class as a share of business handled; otherwise as the error rate.",
        formula_zh="一类差错笔数 ÷ 经办笔数",
        formula_en="first-class errors ÷ handled",
        unit=Unit.SHARE,
        numerator=FIRST_CLASS_ERRORS,
        denominator=HANDLED_WITH_REGISTER,
        owner=_OWNER,
        more_is_better=False,
    ),
)
"""Every metric of this topic, one definition each."""
