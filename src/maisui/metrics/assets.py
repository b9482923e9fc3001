"""What customers have with and through the bank, and what falls due."""

from maisui.metrics.metric import Measure, Metric, Timing, Unit

ASSETS = Measure(
    mart="asset_day",
    expression="sum(balance)",
    timing=Timing.POINT,
)
MATURING = Measure(
    mart="maturity_day",
    expression="sum(maturing_amount)",
    timing=Timing.PERIOD,
)
RENEWED = Measure(
    mart="maturity_day",
    expression="sum(renewed_amount)",
    timing=Timing.PERIOD,
    delivered_where="renewed_amount IS NOT NULL",
)
MATURED = Measure(
    mart="maturity_day",
    expression="sum(maturing_amount)",
    timing=Timing.PERIOD,
    where="renewed_amount IS NOT NULL",
    delivered_where="renewed_amount IS NOT NULL",
)

METRICS: tuple[Metric, ...] = (
    Metric(
        code="aum_balance",
        name_zh="客户金融资产余额",
        name_en="Assets under management",
        meaning_zh="存款加按市值的代理与理财持有；首次报送持有之前不给出。存款按账户机构，持有按客户归属机构，认不出客户的在 none。",
        meaning_en="Deposits and agency and wealth holdings at market value; not given before the first day on which holdings are delivered. Deposits count at the account's outlet, holdings at the customer's home, those of nobody under none.",
        formula_zh="存款余额 + 代理与理财持有市值",
        formula_en="deposits + holdings at market value",
        unit=Unit.YUAN,
        numerator=ASSETS,
        owner="个人与公司金融部 / Retail and corporate banking",
        more_is_better=True,
    ),
    Metric(
        code="maturing_term_deposit_amount",
        name_zh="到期定期存款金额",
        name_en="Maturing term deposits",
        meaning_zh="期间内到期的定期类存款，按到期前一日的余额；期限来自补录的存款期限。",
        meaning_en="Term deposits that fall due in the period, at their balance on the day before; terms come from the supplement feed of deposit terms.",
        formula_zh="Σ 到期日在期间内的存款到期前一日余额",
        formula_en="Σ balance on the day before of deposits that fall due in the period",
        unit=Unit.YUAN,
        numerator=MATURING,
        owner="个人与公司金融部 / Retail and corporate banking",
    ),
    Metric(
        code="term_deposit_renewal_rate",
        name_zh="定期存款续存率",
        name_en="Renewal rate of term deposits",
        meaning_zh="期间内到期的定期类存款中，到期后七日内仍留在原账户或转入本人新开定期的部分所占比例；不足七日的看到报告日为止，期限来自补录的存款期限。",
        meaning_en="Of term deposits that fell due in the period, the part that stayed in the account or went into new term deposits of the owner within seven days, or so far; terms come from the supplement feed of deposit terms.",
        formula_zh="Σ 续存金额 ÷ Σ 到期金额",
        formula_en="Σ renewed amount ÷ Σ matured amount",
        unit=Unit.SHARE,
        numerator=RENEWED,
        denominator=MATURED,
        owner="个人与公司金融部 / Retail and corporate banking",
        more_is_better=True,
    ),
)
"""Every metric of this topic, one definition each."""
