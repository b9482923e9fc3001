"""Which postings count as transactions, and what makes a channel electronic."""

from maisui.metrics.metric import DIMENSIONS, Measure, Metric, Timing, Unit

COUNT = Measure(
    mart="channel_day",
    expression="CAST(sum(transaction_count) AS BIGINT)",
    timing=Timing.PERIOD,
    where="account_kind = 'deposit' AND NOT is_bank_initiated",
    delivered_where="account_kind = 'deposit'",
)
AMOUNT = Measure(
    mart="channel_day",
    expression="sum(transaction_amount)",
    timing=Timing.PERIOD,
    where="account_kind = 'deposit' AND NOT is_bank_initiated",
    delivered_where="account_kind = 'deposit'",
)
REVERSALS = Measure(
    mart="channel_day",
    expression="CAST(sum(reversal_count) AS BIGINT)",
    timing=Timing.PERIOD,
    where="account_kind = 'deposit'",
    delivered_where="account_kind = 'deposit'",
)
ELECTRONIC_COUNT = Measure(
    mart="channel_day",
    expression="CAST(sum(CASE WHEN is_electronic THEN transaction_count ELSE 0 END) AS BIGINT)",
    timing=Timing.PERIOD,
    where="account_kind = 'deposit' AND NOT is_bank_initiated AND (is_electronic OR channel_code = 'counter')",
    delivered_where="account_kind = 'deposit'",
)
ELECTRONIC_AMOUNT = Measure(
    mart="channel_day",
    expression="sum(CASE WHEN is_electronic THEN transaction_amount ELSE 0 END)",
    timing=Timing.PERIOD,
    where="account_kind = 'deposit' AND NOT is_bank_initiated AND (is_electronic OR channel_code = 'counter')",
    delivered_where="account_kind = 'deposit'",
)
CHANNELLED_COUNT = Measure(
    mart="channel_day",
    expression="CAST(sum(transaction_count) AS BIGINT)",
    timing=Timing.PERIOD,
    where="account_kind = 'deposit' AND NOT is_bank_initiated AND (is_electronic OR channel_code = 'counter')",
    delivered_where="account_kind = 'deposit'",
)
CHANNELLED_AMOUNT = Measure(
    mart="channel_day",
    expression="sum(transaction_amount)",
    timing=Timing.PERIOD,
    where="account_kind = 'deposit' AND NOT is_bank_initiated AND (is_electronic OR channel_code = 'counter')",
    delivered_where="account_kind = 'deposit'",
)
OWN_ELECTRONIC_COUNT = Measure(
    mart="channel_day",
    expression="CAST(sum(CASE WHEN is_own_electronic THEN transaction_count ELSE 0 END) AS BIGINT)",
    timing=Timing.PERIOD,
    where="account_kind = 'deposit' AND NOT is_bank_initiated AND (is_own_electronic OR channel_code = 'counter')",
    delivered_where="account_kind = 'deposit'",
)
OWN_CHANNELLED_COUNT = Measure(
    mart="channel_day",
    expression="CAST(sum(transaction_count) AS BIGINT)",
    timing=Timing.PERIOD,
    where="account_kind = 'deposit' AND NOT is_bank_initiated AND (is_own_electronic OR channel_code = 'counter')",
    delivered_where="account_kind = 'deposit'",
)
SLOW_ELECTRONIC_COUNT = Measure(
    mart="channel_day",
    expression="CAST(sum(CASE WHEN is_electronic THEN transaction_count - quick_pay_beyond_limit_count ELSE 0 END) AS BIGINT)",
    timing=Timing.PERIOD,
    where="account_kind = 'deposit' AND NOT is_bank_initiated AND (is_electronic OR channel_code = 'counter')",
    delivered_where="account_kind = 'deposit'",
)
SLOW_CHANNELLED_COUNT = Measure(
    mart="channel_day",
    expression="CAST(sum(transaction_count - CASE WHEN is_electronic THEN quick_pay_beyond_limit_count ELSE 0 END) AS BIGINT)",
    timing=Timing.PERIOD,
    where="account_kind = 'deposit' AND NOT is_bank_initiated AND (is_electronic OR channel_code = 'counter')",
    delivered_where="account_kind = 'deposit'",
)
CUSTOMERS = Measure(
    mart="customer_channel_month",
    expression="nullif(count(DISTINCT CASE WHEN business_date <= $date THEN customer_number END), 0)",
    timing=Timing.PERIOD,
    distinct_over=("channel", "organisation"),
)
HOURLY_COUNT = Measure(
    mart="channel_hour_month",
    expression="CAST(sum(transaction_count) AS BIGINT)",
    timing=Timing.PERIOD,
)
HOURLY_AMOUNT = Measure(mart="channel_hour_month", expression="sum(transaction_amount)", timing=Timing.PERIOD)
COUNTER_CASH_COUNT = Measure(
    mart="channel_day",
    expression="CAST(sum(transaction_count) AS BIGINT)",
    timing=Timing.PERIOD,
    where="account_kind = 'deposit' AND NOT is_bank_initiated AND channel_code = 'counter' AND counterparty_code = 'cash'",
    delivered_where="account_kind = 'deposit'",
)
SMALL_COUNTER_CASH_COUNT = Measure(
    mart="channel_day",
    expression="CAST(sum(small_transaction_count) AS BIGINT)",
    timing=Timing.PERIOD,
    where="account_kind = 'deposit' AND NOT is_bank_initiated AND channel_code = 'counter' AND counterparty_code = 'cash'",
    delivered_where="account_kind = 'deposit'",
)


def _weight(part: str) -> str:
    """Return the SQL of the weight in force on the reporting day."""
    return (
        f"(SELECT max(p.number_value) FROM parameter AS p WHERE p.parameter_code = 'counter_leave_weight.{part}' "
        "AND p.valid_from <= $date AND (p.valid_until IS NULL OR p.valid_until > $date))"
    )


def _counted(condition: str) -> str:
    return f"CAST(sum(CASE WHEN {condition} THEN transaction_count ELSE 0 END) AS DECIMAL(18,0))"


_ELECTRONIC, _WITH_COUNTER = _counted("is_electronic"), _counted("is_electronic OR channel_code = 'counter'")
_OWN, _OWN_WITH_COUNTER = _counted("is_own_electronic"), _counted("is_own_electronic OR channel_code = 'counter'")
_SPLIT_BY_NOTHING = tuple(dimension.code for dimension in DIMENSIONS)
LEFT_THE_COUNTER = Measure(
    mart="channel_day",
    expression=(
        f"CAST({_weight('electronic_share')} * CAST({_OWN} * {_WITH_COUNTER} AS DECIMAL(30,0)) "
        f"+ {_weight('electronic_substitution_rate')} * CAST({_ELECTRONIC} * {_OWN_WITH_COUNTER} AS DECIMAL(30,0)) AS DECIMAL(38,6))"
    ),
    timing=Timing.PERIOD,
    where="account_kind = 'deposit' AND NOT is_bank_initiated",
    delivered_where="account_kind = 'deposit'",
    distinct_over=_SPLIT_BY_NOTHING,
)
BOTH_WITH_COUNTER = Measure(
    mart="channel_day",
    expression=f"CAST({_WITH_COUNTER} * {_OWN_WITH_COUNTER} AS DECIMAL(38,0))",
    timing=Timing.PERIOD,
    where="account_kind = 'deposit' AND NOT is_bank_initiated",
    delivered_where="account_kind = 'deposit'",
    distinct_over=_SPLIT_BY_NOTHING,
)

METRICS: tuple[Metric, ...] = (
    Metric(
        code="transaction_count",
        name_zh="交易笔数",
        name_en="Transactions",
        meaning_zh="存款账户上的成功交易：客户自己发起的，以及代发、代扣、系统批量（按发起方拆分时为 batch）；结息与“批量交易”不计，冲补抹抵减一笔。",
        meaning_en="Successful transactions on deposit accounts: those customers set off themselves and mass postings such as payroll and direct debits (`batch` when split by initiator); interest and the bank's own batches do not count, a reversal takes one away.",
        formula_zh="交易笔数（结息与批量交易除外）− 冲补抹笔数",
        formula_en="transactions other than interest and the bank's batches − reversals",
        unit=Unit.COUNT,
        numerator=COUNT,
        owner="电子银行部 / Channels",
        more_is_better=True,
    ),
    Metric(
        code="transaction_amount",
        name_zh="交易金额",
        name_en="Transaction amount",
        meaning_zh="存款账户上成功交易的金额，口径同交易笔数，扣除冲补抹。",
        meaning_en="Amount of successful transactions on deposit accounts, counted as the transaction count is, less reversals.",
        formula_zh="交易金额（结息与批量交易除外）− 冲补抹金额",
        formula_en="amounts other than interest and the bank's batches − reversed amounts",
        unit=Unit.YUAN,
        numerator=AMOUNT,
        owner="电子银行部 / Channels",
        more_is_better=True,
    ),
    Metric(
        code="reversal_count",
        name_zh="冲补抹笔数",
        name_en="Reversals",
        meaning_zh="存款账户上的冲补抹笔数。",
        meaning_en="Reversals on deposit accounts.",
        formula_zh="冲补抹笔数",
        formula_en="reversals",
        unit=Unit.COUNT,
        numerator=REVERSALS,
        owner="运营管理部 / Operations",
        more_is_better=False,
    ),
    Metric(
        code="electronic_transaction_count",
        name_zh="电子渠道交易笔数",
        name_en="Electronic transactions",
        meaning_zh="客户发起的存款账户交易中走电子渠道的笔数；哪些渠道算电子由带日期的参数决定。",
        meaning_en="Transactions of deposit accounts set off by customers through an electronic channel; dated parameters say which are electronic.",
        formula_zh="Σ 电子渠道笔数",
        formula_en="Σ electronic transactions",
        unit=Unit.COUNT,
        numerator=ELECTRONIC_COUNT,
        owner="电子银行部 / Channels",
        more_is_better=True,
    ),
    Metric(
        code="electronic_substitution_rate",
        name_zh="电子银行替代率",
        name_en="Electronic substitution rate",
        meaning_zh="电子渠道交易笔数占电子渠道与柜面之和的比例；哪些渠道算电子由带日期的参数决定。",
        meaning_en="Electronic transactions as a share of electronic and counter ones; dated parameters say which channels are electronic.",
        formula_zh="电子渠道笔数 ÷（电子渠道 + 柜面）笔数",
        formula_en="electronic ÷ (electronic + counter), by count",
        unit=Unit.SHARE,
        numerator=ELECTRONIC_COUNT,
        denominator=CHANNELLED_COUNT,
        owner="电子银行部 / Channels",
        more_is_better=True,
    ),
    Metric(
        code="electronic_substitution_amount_rate",
        name_zh="电子银行替代率（金额）",
        name_en="Electronic substitution rate by amount",
        meaning_zh="同替代率，按金额计。",
        meaning_en="The same by amount.",
        formula_zh="电子渠道金额 ÷（电子渠道 + 柜面）金额",
        formula_en="electronic ÷ (electronic + counter), by amount",
        unit=Unit.SHARE,
        numerator=ELECTRONIC_AMOUNT,
        denominator=CHANNELLED_AMOUNT,
        owner="电子银行部 / Channels",
        more_is_better=True,
    ),
    Metric(
        code="electronic_share",
        name_zh="电子渠道交易率",
        name_en="Electronic share",
        meaning_zh="本行自有电子渠道（ATM、自助、网银、手机银行）笔数占其与柜面之和的比例；POS、第三方支付与银联不在其内，由带日期的参数决定。",
        meaning_en="Transactions on the bank's own electronic channels (cash machines, self-service, internet and mobile bank) as a share of them and the counter; POS, third-party payments and UnionPay are left out, by dated parameters.",
        formula_zh="自有电子渠道笔数 ÷（自有电子渠道 + 柜面）笔数",
        formula_en="own electronic ÷ (own electronic + counter), by count",
        unit=Unit.SHARE,
        numerator=OWN_ELECTRONIC_COUNT,
        denominator=OWN_CHANNELLED_COUNT,
        owner="电子银行部 / Channels",
        more_is_better=True,
    ),
    Metric(
        code="electronic_substitution_rate_without_quick_pay",
        name_zh="电子银行替代率（不含快捷支付）",
        name_en="Electronic substitution rate without quick pay",
        meaning_zh="同替代率，但同一账户一日之内超过参数笔数的第三方支付不计。",
        meaning_en="The same, but third-party payments of an account beyond the day's limit do not count.",
        formula_zh="（电子渠道笔数 − 超限快捷支付）÷（电子渠道 + 柜面 − 超限快捷支付）",
        formula_en="(electronic − quick pay beyond the limit) ÷ (electronic + counter − the same)",
        unit=Unit.SHARE,
        numerator=SLOW_ELECTRONIC_COUNT,
        denominator=SLOW_CHANNELLED_COUNT,
        owner="电子银行部 / Channels",
        more_is_better=True,
    ),
    Metric(
        code="channel_customer_count",
        name_zh="渠道活跃客户数",
        name_en="Channel customers",
        meaning_zh="期间在存款账户上发起过成功交易的客户数，按各月末的客户归属机构；一个客户使用多个渠道或期间内换过归属机构时，各渠道、各机构各计一次，合计只计一次；月末已归并的客户号只计一户。",
        meaning_en="Customers with a successful transaction of their own on a deposit account in the period, by the home outlet at the end of each month; one who used several channels, or whose home changed within the period, counts in each, and once in total; numbers that are merged at the month's end are one customer.",
        formula_zh="去重客户数",
        formula_en="distinct customers",
        unit=Unit.COUNT,
        numerator=CUSTOMERS,
        owner="电子银行部 / Channels",
        more_is_better=True,
    ),
    Metric(
        code="hourly_transaction_count",
        name_zh="分时交易笔数",
        name_en="Transactions by hour",
        meaning_zh="存款账户上的成功交易按星期与小时分布的笔数，口径同交易笔数；每月一次，期间内只含该月已有数据之末日在内的月份。",
        meaning_en="Transactions on deposit accounts by weekday and hour, counted as the transaction count is; kept by month, so that a period holds the months whose last day lies in it.",
        formula_zh="Σ 成功且未被冲补抹的笔数",
        formula_en="Σ successful transactions that were not reversed",
        unit=Unit.COUNT,
        numerator=HOURLY_COUNT,
        owner="电子银行部 / Channels",
        more_is_better=True,
    ),
    Metric(
        code="hourly_transaction_amount",
        name_zh="分时交易金额",
        name_en="Transaction amount by hour",
        meaning_zh="存款账户上的成功交易按星期与小时分布的金额，口径同交易金额；每月一次。",
        meaning_en="Amount of transactions on deposit accounts by weekday and hour, as the transaction amount; kept by month.",
        formula_zh="Σ 成功且未被冲补抹的金额",
        formula_en="Σ amount of successful transactions that were not reversed",
        unit=Unit.YUAN,
        numerator=HOURLY_AMOUNT,
        owner="电子银行部 / Channels",
        more_is_better=True,
    ),
    Metric(
        code="counter_leave_rate",
        name_zh="柜面业务离柜率",
        name_en="Counter leave rate",
        meaning_zh="电子渠道交易率与电子银行替代率按报告日有效的权重（默认 0.7 与 0.3）加权，适用于有自助设备的网点；没有自助设备的网点看电子渠道交易率。分子分母通分后同乘两个分母，比值不变。",
        meaning_en="Electronic share and electronic substitution rate, weighted as on the reporting day (0.7 and 0.3 by default); for outlets with self-service machines, the others look at the electronic share. Both sides are brought over the two denominators multiplied, which leaves the rate as it is.",
        formula_zh="0.7 × 电子渠道交易率 + 0.3 × 电子银行替代率",
        formula_en="0.7 × electronic share + 0.3 × electronic substitution rate",
        unit=Unit.SHARE,
        numerator=LEFT_THE_COUNTER,
        denominator=BOTH_WITH_COUNTER,
        owner="电子银行部 / Channels",
        more_is_better=True,
    ),
    Metric(
        code="separable_counter_share",
        name_zh="柜面可分离业务占比",
        name_en="Separable share of counter business",
        meaning_zh="柜面现金存取中金额不超过参数（默认一万元）、本可由自助设备办理的笔数占比；被冲补抹的不计。",
        meaning_en="Of cash deposits and withdrawals at the counter, those of no more than the parameter (ten thousand yuan by default), which a machine could have served; what was reversed does not count.",
        formula_zh="柜面小额现金存取笔数 ÷ 柜面现金存取笔数",
        formula_en="small cash deposits and withdrawals at the counter ÷ all of them",
        unit=Unit.SHARE,
        numerator=SMALL_COUNTER_CASH_COUNT,
        denominator=COUNTER_CASH_COUNT,
        owner="运营管理部 / Operations",
        more_is_better=False,
    ),
)
"""Every metric of this topic, one definition each."""
