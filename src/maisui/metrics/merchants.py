"""What acquired merchants take in, what that earns, and which of them have fallen silent."""

from maisui.metrics.metric import Measure, Metric, Timing, Unit


def _month(expression: str) -> Measure:
    return Measure(mart="merchant_month", expression=expression, timing=Timing.PERIOD)


def _at_end(expression: str, where: str = "") -> Measure:
    return Measure(mart="merchant_month", expression=expression, timing=Timing.LAST, where=where, delivered_where=where)


INCOME = _month("sum(fee_income_amount)")
COST = _month("sum(fee_cost_amount)")
OPEN = _at_end("CAST(sum(open_count) AS BIGINT)")
SILENT = _at_end("CAST(sum(silent_count) AS BIGINT)", "silent_count IS NOT NULL")
JUDGED = _at_end("CAST(sum(open_count) AS BIGINT)", "silent_count IS NOT NULL")
_OWNER = "电子银行部 / Channels"

METRICS: tuple[Metric, ...] = (
    Metric(
        code="merchant_count",
        name_zh="在网商户数",
        name_en="Open merchants",
        meaning_zh="最近一个有收单流水的月末仍在网的收单商户。",
        meaning_en="Acquired merchants open at the last month end with acquiring totals.",
        formula_zh="Σ 在网商户",
        formula_en="Σ open merchants",
        unit=Unit.COUNT,
        numerator=OPEN,
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="active_merchant_count",
        name_zh="活跃商户数",
        name_en="Active merchants",
        meaning_zh="在网且在沉默天数（按日期生效的参数）之内有交易的商户。",
        meaning_en="Open merchants with a trade within the days of silence, a dated parameter.",
        formula_zh="Σ 在网且有交易的商户",
        formula_en="Σ open merchants that traded",
        unit=Unit.COUNT,
        numerator=_at_end("CAST(sum(active_count) AS BIGINT)"),
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="silent_merchant_count",
        name_zh="沉默商户数",
        name_en="Silent merchants",
        meaning_zh="在网满沉默天数而其间没有交易的商户；收单流水不足该天数时无法判断。",
        meaning_en="Merchants open for the days of silence without a trade; nobody can tell where the totals do not reach back so far.",
        formula_zh="Σ 沉默商户",
        formula_en="Σ silent merchants",
        unit=Unit.COUNT,
        numerator=SILENT,
        owner=_OWNER,
        more_is_better=False,
    ),
    Metric(
        code="silent_merchant_share",
        name_zh="沉默商户占比",
        name_en="Share of silent merchants",
        meaning_zh="可判断的在网商户中沉默商户的占比。",
        meaning_en="Silent merchants as a share of the open merchants of which that can be told.",
        formula_zh="沉默商户 ÷ 可判断的在网商户",
        formula_en="silent merchants ÷ open merchants that can be judged",
        unit=Unit.SHARE,
        numerator=SILENT,
        denominator=JUDGED,
        owner=_OWNER,
        more_is_better=False,
    ),
    Metric(
        code="merchant_trade_count",
        name_zh="商户收款笔数",
        name_en="Merchants' trades",
        meaning_zh="收单商户收款笔数；月度数据，含末日在期间内的月份。",
        meaning_en="Trades of acquired merchants, kept by month: those months whose last day lies in the period.",
        formula_zh="Σ 收款笔数",
        formula_en="Σ trades",
        unit=Unit.COUNT,
        numerator=_month("CAST(sum(trade_count) AS BIGINT)"),
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="merchant_trade_amount",
        name_zh="商户收款金额",
        name_en="Merchants' takings",
        meaning_zh="收单商户收款金额，退货已扣减；月度数据，含末日在期间内的月份。",
        meaning_en="Takings of acquired merchants, returns taken off; kept by month: those months whose last day lies in the period.",
        formula_zh="Σ 收款金额",
        formula_en="Σ takings",
        unit=Unit.YUAN,
        numerator=_month("sum(trade_amount)"),
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="merchant_fee_income_amount",
        name_zh="商户手续费收入",
        name_en="Merchant fee income",
        meaning_zh="商户支付的收单手续费；来自收单流水，整月与总账收单科目核对（merchant_fee_equals_ledger）。",
        meaning_en="Fees that merchants paid for acquiring, from the acquiring totals; whole months are held against the ledger (merchant_fee_equals_ledger).",
        formula_zh="Σ 手续费收入",
        formula_en="Σ fee income",
        unit=Unit.YUAN,
        numerator=INCOME,
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="merchant_fee_cost_amount",
        name_zh="商户手续费成本",
        name_en="Merchant fee cost",
        meaning_zh="收单手续费中付给发卡行、清算机构与服务商的部分。",
        meaning_en="What of the acquiring fees is passed on to issuers, clearing and service providers.",
        formula_zh="Σ 手续费成本",
        formula_en="Σ fee cost",
        unit=Unit.YUAN,
        numerator=COST,
        owner=_OWNER,
        more_is_better=False,
    ),
    Metric(
        code="merchant_net_amount",
        name_zh="商户净收入",
        name_en="Merchant net income",
        meaning_zh="商户手续费收入减手续费成本。",
        meaning_en="Merchant fee income less what is passed on.",
        formula_zh="手续费收入 − 手续费成本",
        formula_en="fee income − fee cost",
        unit=Unit.YUAN,
        numerator=_month("sum(fee_income_amount - fee_cost_amount)"),
        owner=_OWNER,
        more_is_better=True,
    ),
)
"""Every metric of this topic, one definition each."""
