"""Who works in organisations, what each of them brings, and how long customers wait for them."""

from maisui.metrics.contribution import CONTRIBUTION
from maisui.metrics.deposits import EMPLOYEE_DAYS
from maisui.metrics.loans import BALANCE_DAYS as LOAN_DAYS
from maisui.metrics.metric import Measure, Metric, Timing, Unit

EMPLOYEES = Measure(mart="organisation_day", expression="CAST(sum(employee_count) AS BIGINT)", timing=Timing.POINT)
TICKETS = Measure(mart="queue_hour_month", expression="CAST(sum(ticket_count) AS BIGINT)", timing=Timing.PERIOD)
CALLED = Measure(mart="queue_hour_month", expression="CAST(sum(called_count) AS BIGINT)", timing=Timing.PERIOD)
LEFT = Measure(mart="queue_hour_month", expression="CAST(sum(left_count) AS BIGINT)", timing=Timing.PERIOD)
WAITED = Measure(mart="queue_hour_month", expression="CAST(sum(wait_second_count) AS BIGINT)", timing=Timing.PERIOD)
_FINANCE = "计划财务部 / Finance"
_OPERATIONS = "运营管理部 / Operations"

METRICS: tuple[Metric, ...] = (
    Metric(
        code="employee_count",
        name_zh="在岗员工数",
        name_en="Employees on duty",
        meaning_zh="当日在岗的员工人数，一人多个工号只计一人；按最近一次报送。",
        meaning_en="Employees on duty on the day, one person with several numbers once; by the last report.",
        formula_zh="Σ 在岗员工",
        formula_en="Σ employees on duty",
        unit=Unit.COUNT,
        numerator=EMPLOYEES,
        owner=_FINANCE,
        more_is_better=None,
    ),
    Metric(
        code="loan_per_employee",
        name_zh="人均贷款",
        name_en="Loans per employee",
        meaning_zh="贷款日均除以在岗员工数（期间按日平均）。",
        meaning_en="Average loans over employees on duty (daily average of the period).",
        formula_zh="贷款日均 ÷ 日均在岗员工数",
        formula_en="average loans ÷ average employees",
        unit=Unit.YUAN_EACH,
        numerator=LOAN_DAYS,
        denominator=EMPLOYEE_DAYS,
        owner=_FINANCE,
        more_is_better=True,
    ),
    Metric(
        code="contribution_per_employee",
        name_zh="人均贡献",
        name_en="Contribution per employee",
        meaning_zh="期间客户综合贡献除以期间日均在岗员工数。",
        meaning_en="Customer contribution of the period over employees on duty (daily average of the period).",
        formula_zh="客户综合贡献 ÷ 日均在岗员工数",
        formula_en="customer contribution ÷ average employees",
        unit=Unit.YUAN_EACH,
        numerator=CONTRIBUTION,
        denominator=EMPLOYEE_DAYS,
        owner=_FINANCE,
        more_is_better=True,
    ),
    Metric(
        code="queue_ticket_count",
        name_zh="排队取号数",
        name_en="Queue tickets",
        meaning_zh="期间客户在网点取号的笔数，含未等到叫号而离开的。",
        meaning_en="Tickets that customers took at outlets in the period, those who left before the call included.",
        formula_zh="Σ 取号数",
        formula_en="Σ tickets taken",
        unit=Unit.COUNT,
        numerator=TICKETS,
        owner=_OPERATIONS,
        more_is_better=None,
    ),
    Metric(
        code="wait_seconds_per_ticket",
        name_zh="平均等候秒数",
        name_en="Average wait in seconds",
        meaning_zh="已叫号客户从取号到叫号的平均秒数；未等到叫号而离开的不计。",
        meaning_en="Seconds from ticket to call, on average over those called; who left before the call does not count.",
        formula_zh="Σ 等候秒数 ÷ 叫号数",
        formula_en="Σ seconds waited ÷ tickets called",
        unit=Unit.COUNT_EACH,
        numerator=WAITED,
        denominator=CALLED,
        owner=_OPERATIONS,
        more_is_better=False,
    ),
    Metric(
        code="queue_leave_rate",
        name_zh="排队流失率",
        name_en="Share who left the queue",
        meaning_zh="未等到叫号而离开的取号占全部取号的比例。",
        meaning_en="Tickets whose holder left before the call, as a share of all tickets.",
        formula_zh="离开数 ÷ 取号数",
        formula_en="left ÷ taken",
        unit=Unit.SHARE,
        numerator=LEFT,
        denominator=TICKETS,
        owner=_OPERATIONS,
        more_is_better=False,
    ),
)
"""Every metric of this topic, one definition each."""
