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
CHECKED = Measure(mart="teller_day", expression="CAST(sum(checked_count) AS BIGINT)", timing=Timing.PERIOD)
AUTHORISED = Measure(mart="teller_day", expression="CAST(sum(authorised_count) AS BIGINT)", timing=Timing.PERIOD)
DUTY_DAYS = Measure(mart="teller_duty_day", expression="CAST(sum(duty_count) AS BIGINT)", timing=Timing.PERIOD)
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
    Metric(
        code="teller_checked_count",
        name_zh="柜员复核笔数",
        name_en="Tellers' checks",
        meaning_zh="柜员复核他人经办业务的笔数，不计入业务量。",
        meaning_en="Business of others that tellers checked; no part of what they handled.",
        formula_zh="Σ 复核笔数",
        formula_en="Σ checked",
        unit=Unit.COUNT,
        numerator=CHECKED,
        owner=_OWNER,
        more_is_better=None,
    ),
    Metric(
        code="teller_authorised_count",
        name_zh="柜员授权笔数",
        name_en="Tellers' authorisations",
        meaning_zh="柜员授权他人经办业务的笔数，不计入业务量。",
        meaning_en="Business of others that tellers authorised; no part of what they handled.",
        formula_zh="Σ 授权笔数",
        formula_en="Σ authorised",
        unit=Unit.COUNT,
        numerator=AUTHORISED,
        owner=_OWNER,
        more_is_better=None,
    ),
    Metric(
        code="teller_duty_day_count",
        name_zh="柜员出勤天数",
        name_en="Tellers' days on duty",
        meaning_zh="持有柜员号的员工在考勤中出勤的天数；休假、病事假、培训不计。",
        meaning_en="Days on which employees with a teller number were on duty by attendance; leave, sickness and training do not count.",
        formula_zh="Σ 出勤天数",
        formula_en="Σ days on duty",
        unit=Unit.COUNT,
        numerator=DUTY_DAYS,
        owner=_OWNER,
        more_is_better=None,
    ),
    Metric(
        code="teller_workload_per_duty_day",
        name_zh="柜员日均折算业务量",
        name_en="Tellers' workload per day on duty",
        meaning_zh="折算业务量除以出勤天数；没有考勤时为“—”。",
        meaning_en="Converted workload for each day on duty; — without attendance.",
        formula_zh="折算业务量 ÷ 出勤天数",
        formula_en="converted workload ÷ days on duty",
        unit=Unit.COUNT_EACH,
        numerator=WORKLOAD,
        denominator=DUTY_DAYS,
        owner=_OWNER,
        more_is_better=True,
    ),
)
"""Every metric of this topic, one definition each."""
