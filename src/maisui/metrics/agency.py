"""What the channel log tells: success, whose card met whose machine, and how busy machines are."""

from maisui.metrics.metric import Measure, Metric, Timing, Unit


def _logged(expression: str, agency: str) -> Measure:
    """Return the measure of successful movements of money of one agency."""
    return Measure(
        mart="channel_attempt_day",
        expression=expression,
        timing=Timing.PERIOD,
        where=f"is_financial AND agency_code = '{agency}'",
    )


ISSUED_COUNT = _logged("CAST(sum(success_count) AS BIGINT)", "issued_used_elsewhere")
ISSUED_AMOUNT = _logged("sum(success_amount)", "issued_used_elsewhere")
ACQUIRED_COUNT = _logged("CAST(sum(success_count) AS BIGINT)", "acquiring_for_others")
ACQUIRED_AMOUNT = _logged("sum(success_amount)", "acquiring_for_others")
OWN_COUNT = _logged("CAST(sum(success_count) AS BIGINT)", "own_at_own")
OWN_AMOUNT = _logged("sum(success_amount)", "own_at_own")
INTERCHANGE_INCOME = _logged("sum(fee_amount)", "acquiring_for_others")
INTERCHANGE_COST = _logged("sum(-fee_amount)", "issued_used_elsewhere")
INTERCHANGE_NET = Measure(
    mart="channel_attempt_day",
    expression="sum(fee_amount)",
    timing=Timing.PERIOD,
    where="is_financial AND agency_code IN ('acquiring_for_others', 'issued_used_elsewhere')",
)
LOGGED_FEES = Measure(mart="channel_attempt_day", expression="sum(fee_amount)", timing=Timing.PERIOD, where="is_financial")
SUCCESSES = Measure(mart="channel_attempt_day", expression="CAST(sum(success_count) AS BIGINT)", timing=Timing.PERIOD, where="is_financial")
ATTEMPTS = Measure(mart="channel_attempt_day", expression="CAST(sum(attempt_count) AS BIGINT)", timing=Timing.PERIOD, where="is_financial")
TERMINAL_USES = Measure(mart="terminal_day", expression="CAST(sum(success_count) AS BIGINT)", timing=Timing.PERIOD)
TERMINAL_DAYS = Measure(mart="terminal_day", expression="CAST(sum(terminal_count) AS BIGINT)", timing=Timing.PERIOD)
_OWNER = "电子银行部 / Channels"

METRICS: tuple[Metric, ...] = (
    Metric(
        code="issued_used_elsewhere_count",
        name_zh="他代本笔数",
        name_en="Our cards used elsewhere",
        meaning_zh="本行卡在他行设备上成功的动账笔数，由卡的归属与受理行推导。",
        meaning_en="Successful movements of money of our cards at other banks' machines, derived from card owner and acquirer.",
        formula_zh="Σ 他代本成功笔数",
        formula_en="Σ successful uses of our cards elsewhere",
        unit=Unit.COUNT,
        numerator=ISSUED_COUNT,
        owner=_OWNER,
        more_is_better=False,
    ),
    Metric(
        code="issued_used_elsewhere_amount",
        name_zh="他代本金额",
        name_en="Amount of our cards used elsewhere",
        meaning_zh="本行卡在他行设备上成功的动账金额。",
        meaning_en="Amount of our cards' successful uses at other banks' machines.",
        formula_zh="Σ 他代本成功金额",
        formula_en="Σ amount of our cards elsewhere",
        unit=Unit.YUAN,
        numerator=ISSUED_AMOUNT,
        owner=_OWNER,
        more_is_better=False,
    ),
    Metric(
        code="acquiring_for_others_count",
        name_zh="本代他笔数",
        name_en="Other banks' cards at our machines",
        meaning_zh="他行卡在本行设备上成功的动账笔数；这些交易不在 EAST 内。",
        meaning_en="Successful movements of money of other banks' cards at our machines, which are not in EAST.",
        formula_zh="Σ 本代他成功笔数",
        formula_en="Σ successful uses of others' cards here",
        unit=Unit.COUNT,
        numerator=ACQUIRED_COUNT,
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="acquiring_for_others_amount",
        name_zh="本代他金额",
        name_en="Amount of other banks' cards at our machines",
        meaning_zh="他行卡在本行设备上成功的动账金额。",
        meaning_en="Amount of other banks' cards' successful uses at our machines.",
        formula_zh="Σ 本代他成功金额",
        formula_en="Σ amount of others' cards here",
        unit=Unit.YUAN,
        numerator=ACQUIRED_AMOUNT,
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="own_at_own_count",
        name_zh="本代本笔数",
        name_en="Our cards at our machines",
        meaning_zh="本行卡在本行设备或渠道上成功的动账笔数；级别分本网点与本行其他网点（通存通兑）。",
        meaning_en="Successful movements of money of our cards at our own machines and channels; levels tell the same outlet from another of ours.",
        formula_zh="Σ 本代本成功笔数",
        formula_en="Σ successful uses of our cards here",
        unit=Unit.COUNT,
        numerator=OWN_COUNT,
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="own_at_own_amount",
        name_zh="本代本金额",
        name_en="Amount of our cards at our machines",
        meaning_zh="本行卡在本行设备或渠道上成功的动账金额。",
        meaning_en="Amount of our cards' successful uses at our own machines and channels.",
        formula_zh="Σ 本代本成功金额",
        formula_en="Σ amount of our cards here",
        unit=Unit.YUAN,
        numerator=OWN_AMOUNT,
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="interchange_income_amount",
        name_zh="本代他手续费收入",
        name_en="Interchange income",
        meaning_zh="他行卡在本行设备上成功动账所得的手续费，由渠道流水的手续费得出。",
        meaning_en="Fees earned on successful uses of other banks' cards at our machines, as the channel log has them.",
        formula_zh="Σ 本代他手续费",
        formula_en="Σ fees of others' cards here",
        unit=Unit.YUAN,
        numerator=INTERCHANGE_INCOME,
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="interchange_cost_amount",
        name_zh="他代本手续费支出",
        name_en="Interchange cost",
        meaning_zh="本行卡在他行设备上成功动账所付的手续费，支出为正；由渠道流水的手续费得出。",
        meaning_en="Fees paid on successful uses of our cards at other banks' machines, what is paid being positive; as the channel log has them.",
        formula_zh="− Σ 他代本手续费",
        formula_en="− Σ fees of our cards elsewhere",
        unit=Unit.YUAN,
        numerator=INTERCHANGE_COST,
        owner=_OWNER,
        more_is_better=False,
    ),
    Metric(
        code="interchange_net_amount",
        name_zh="跨行手续费净额",
        name_en="Net interchange",
        meaning_zh="本代他手续费收入减他代本手续费支出：与其他机构之间的净收付。",
        meaning_en="Interchange income less interchange cost: the net position towards other institutions.",
        formula_zh="本代他手续费收入 − 他代本手续费支出",
        formula_en="interchange income − interchange cost",
        unit=Unit.YUAN,
        numerator=INTERCHANGE_NET,
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="channel_fee_amount",
        name_zh="渠道手续费",
        name_en="Channel fees",
        meaning_zh="渠道流水中成功动账业务的手续费，收入为正、支出为负；没有渠道流水的渠道没有此数。",
        meaning_en="Fees of successful movements of money in the channel log, earned positive and paid negative; a channel without a log has none.",
        formula_zh="Σ 成功动账业务的手续费",
        formula_en="Σ fees of successful movements of money",
        unit=Unit.YUAN,
        numerator=LOGGED_FEES,
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="transaction_success_rate",
        name_zh="交易成功率",
        name_en="Transaction success rate",
        meaning_zh="动账业务成功次数占尝试次数的比例；只由渠道流水得出。",
        meaning_en="Successful attempts to move money as a share of all such attempts; only the channel log tells.",
        formula_zh="成功次数 ÷ 尝试次数",
        formula_en="successes ÷ attempts",
        unit=Unit.SHARE,
        numerator=SUCCESSES,
        denominator=ATTEMPTS,
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="transactions_per_terminal_day",
        name_zh="单台日均交易",
        name_en="Transactions per terminal and day",
        meaning_zh="本行终端上成功的动账笔数除以有渠道流水之日的在用终端台数。",
        meaning_en="Successful movements of money at our terminals over terminals in use, on the days that the channel log tells of.",
        formula_zh="成功笔数 ÷ Σ 在用终端台日",
        formula_en="successes ÷ terminal-days",
        unit=Unit.COUNT_EACH,
        numerator=TERMINAL_USES,
        denominator=TERMINAL_DAYS,
        owner=_OWNER,
        more_is_better=True,
    ),
)
"""Every metric of this topic, one definition each."""
