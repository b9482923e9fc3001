"""Which postings count as transactions, and what makes a channel electronic."""

from maisui.metrics.metric import Measure, Metric, Timing, Unit

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

METRICS: tuple[Metric, ...] = (
    Metric(
        code="transaction_count",
        name_zh="交易笔数",
        name_en="Transactions",
        meaning_zh="存款账户上客户发起的成功交易；结息、批量不计，冲补抹抵减一笔。",
        meaning_en="Successful transactions of customers on deposit accounts; interest and batches do not count, a reversal takes one away.",
        formula_zh="客户交易笔数 − 冲补抹笔数",
        formula_en="customer transactions − reversals",
        unit=Unit.COUNT,
        numerator=COUNT,
        owner="电子银行部 / Channels",
        more_is_better=True,
    ),
    Metric(
        code="transaction_amount",
        name_zh="交易金额",
        name_en="Transaction amount",
        meaning_zh="存款账户上客户发起的成功交易金额，扣除冲补抹。",
        meaning_en="Amount of successful customer transactions on deposit accounts, less reversals.",
        formula_zh="客户交易金额 − 冲补抹金额",
        formula_en="customer amounts − reversed amounts",
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
)
"""Every metric of this topic, one definition each."""
