"""The bank's place in its county, from what the county publishes about all banks."""

from maisui.metrics.metric import Measure, Metric, Timing, Unit


def _balance(business_kind: str, *, is_own: bool) -> Measure:
    return Measure(
        mart="market_month",
        expression="sum(market_balance)",
        timing=Timing.LAST,
        where=f"business_kind = '{business_kind}'{' AND is_own_bank' if is_own else ''}",
        delivered_where=f"business_kind = '{business_kind}'",
    )


OWN_DEPOSITS = _balance("deposit", is_own=True)
ALL_DEPOSITS = _balance("deposit", is_own=False)
OWN_LOANS = _balance("loan", is_own=True)
ALL_LOANS = _balance("loan", is_own=False)

METRICS: tuple[Metric, ...] = (
    Metric(
        code="market_share_deposit",
        name_zh="存款市场份额",
        name_en="Market share of deposits",
        meaning_zh="最近一个已交付月末，本行存款占县域全部银行存款的比例，分子分母同取自县域市场总量。",
        meaning_en="This bank's deposits as a share of all banks' in the county at the last delivered month end; both from the market totals.",
        formula_zh="本行存款 ÷ 县域存款合计",
        formula_en="own deposits ÷ all deposits of the county",
        unit=Unit.SHARE,
        numerator=OWN_DEPOSITS,
        denominator=ALL_DEPOSITS,
        owner="个人与公司金融部 / Retail and corporate banking",
        more_is_better=True,
    ),
    Metric(
        code="market_share_loan",
        name_zh="贷款市场份额",
        name_en="Market share of loans",
        meaning_zh="最近一个已交付月末，本行贷款占县域全部银行贷款的比例，分子分母同取自县域市场总量。",
        meaning_en="This bank's loans as a share of all banks' in the county at the last delivered month end; both from the market totals.",
        formula_zh="本行贷款 ÷ 县域贷款合计",
        formula_en="own loans ÷ all loans of the county",
        unit=Unit.SHARE,
        numerator=OWN_LOANS,
        denominator=ALL_LOANS,
        owner="个人与公司金融部 / Retail and corporate banking",
        more_is_better=True,
    ),
)
"""Every metric of this topic, one definition each."""
