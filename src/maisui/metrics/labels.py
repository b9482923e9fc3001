"""Whom the labels name, and what their reasons are worth: important contribution, potential quality, attention, silent leaving."""

from maisui.metrics.metric import Measure, Metric, Timing, Unit


def _customers(label: str) -> Measure:
    """Return the customers who bear a label on the day: month ends and the reporting date are measured."""
    return Measure(
        mart="customer_label_day",
        expression="CAST(sum(customer_count) AS BIGINT)",
        timing=Timing.POINT,
        where=f"label_code = '{label}'",
        delivered_where="label_code IS NOT NULL",
    )


def _amount(label: str) -> Measure:
    """Return what their main reasons are worth."""
    return Measure(
        mart="customer_label_day",
        expression="sum(reason_amount)",
        timing=Timing.POINT,
        where=f"label_code = '{label}'",
        delivered_where="label_code IS NOT NULL",
    )


_OWNER = "个人与公司金融部 / Retail and corporate banking"
_RISK = "风险管理部 / Risk management"
_MEASURED_ZH = "一个客户计一次；按月末与报告日计算，门槛见参数“客户标签”"
_MEASURED_EN = "each customer once; measured at month ends and on the reporting date, thresholds in the parameters of customer labels"


def _pair(
    label: str, names: tuple[str, str], rules: tuple[str, str], amounts: tuple[str, str], owner: str, *, more_is_better: bool
) -> tuple[Metric, Metric]:
    """Return the two metrics of a label: how many customers, and what their main reasons add up to."""
    return (
        Metric(
            code=f"{label}_customer_count",
            name_zh=f"{names[0]}客户数",
            name_en=f"Customers: {names[1]}",
            meaning_zh=f"{rules[0]}；{_MEASURED_ZH}。",
            meaning_en=f"{rules[1]}; {_MEASURED_EN}.",
            formula_zh=f"带有“{names[0]}”标签的客户数",
            formula_en=f"customers labelled {names[1]}",
            unit=Unit.COUNT,
            numerator=_customers(label),
            owner=owner,
            more_is_better=more_is_better,
        ),
        Metric(
            code=f"{label}_amount",
            name_zh=f"{names[0]}金额",
            name_en=f"Amount: {names[1]}",
            meaning_zh=f"{names[0]}客户主要理由的金额之和：{amounts[0]}；{_MEASURED_ZH}。",
            meaning_en=f"What the main reasons add up to: {amounts[1]}; {_MEASURED_EN}.",
            formula_zh="Σ 主要理由的金额",
            formula_en="Σ amounts of the main reasons",
            unit=Unit.YUAN,
            numerator=_amount(label),
            owner=owner,
            more_is_better=more_is_better,
        ),
    )


METRICS: tuple[Metric, ...] = (
    *_pair(
        "important_contribution",
        ("重要贡献", "important contribution"),
        ("近十二个月贡献不低于参数的客户", "Customers whose contribution of twelve months reaches the parameter"),
        ("近十二个月贡献", "contribution of twelve months"),
        _OWNER,
        more_is_better=True,
    ),
    *_pair(
        "potential_quality",
        ("潜在优质", "potential quality"),
        (
            "尚非优质、但有贷少存、资金在他行、资产上升、代发较高或流水大存款少的客户",
            "Customers not of quality yet who borrow and keep little, hold money elsewhere, grow, receive good payroll or move much and keep little",
        ),
        ("贷款、转往他行、升高的资产、代发或流入", "loans, money moved elsewhere, assets risen, payroll or inflow"),
        _OWNER,
        more_is_better=True,
    ),
    *_pair(
        "attention",
        ("特别关注", "special attention"),
        (
            "拖欠、分类下迁、在担保圈中、资产大幅下降、投诉或大额到期的客户",
            "Customers in arrears, with a class fallen, in a guarantee circle, with assets falling, a complaint or a large maturity",
        ),
        ("拖欠贷款、担保、减少的资产、到期存款", "loans in arrears, guarantees, assets fallen, deposits due"),
        _RISK,
        more_is_better=False,
    ),
    *_pair(
        "silently_leaving",
        ("静默流失", "silently leaving"),
        ("账户未销、但资产已基本转出或只剩零头不动的客户", "Customers whose account stays open while their assets have left or only idle small change remains"),
        ("已转出的资产或剩余零头", "assets that have left, or the remainder"),
        _OWNER,
        more_is_better=False,
    ),
)  # fmt: skip
"""The labels' figures."""
