"""What accounts contribute after the price of money, service, risk, tax and capital, and how that leads to the ledger's profit."""

from dataclasses import replace

from maisui.metrics.metric import Measure, Metric, Timing, Unit


def _sum(amount: str, where: str = "") -> Measure:
    return Measure(mart="contribution_month", expression=f"sum({amount})", timing=Timing.PERIOD, where=where)


def _bridge(where: str = "") -> Measure:
    return Measure(mart="profit_bridge_month", expression="sum(profit_amount)", timing=Timing.PERIOD, where=where)


def _margin(account_kind: str) -> Measure:
    """Return the margin of a kind of account; it does not exist where no account of the kind has one."""
    return replace(_sum("margin_amount", f"account_kind = '{account_kind}'"), delivered_where=f"account_kind = '{account_kind}'")


DEPOSIT_MARGIN = _margin("deposit")
LOAN_MARGIN = _margin("loan")
CHARGED_FEES = _sum("fee_amount")
ATTRIBUTED_VAT = _sum("vat_amount")
ATTRIBUTED_TAX = _sum("tax_amount")
EXPECTED_LOSS = _sum("expected_loss_amount")
CONTRIBUTION = _sum("contribution_amount")
CONTRIBUTION_A_YEAR = Measure(
    mart="contribution_month", expression="CAST(sum(contribution_amount) * 365 AS DECIMAL(38,2))", timing=Timing.PERIOD
)
CAPITAL_CHARGE = _sum("capital_charge_amount")
ECONOMIC_VALUE_ADDED = _sum("economic_value_added_amount")
CAPITAL_DAYS = _sum("capital_days")
SERVICING_COST = Measure(mart="service_cost_month", expression="sum(cost_amount)", timing=Timing.PERIOD)
CHANNEL_COST = Measure(mart="service_cost_month", expression="sum(cost_amount)", timing=Timing.PERIOD, where="channel_code <> 'none'")
CHANNEL_ACTIVITIES = Measure(
    mart="service_cost_month", expression="sum(activity_count)", timing=Timing.PERIOD, where="channel_code <> 'none'"
)
_OWNER = "计划财务部 / Finance"

METRICS: tuple[Metric, ...] = (
    Metric(
        code="deposit_ftp_margin",
        name_zh="存款转移价格利差",
        name_en="Deposit margin over transfer price",
        meaning_zh="存款按锁定的转移价格应得的收入减去按客户利率付出的利息；提前支取的当月按活期价格与利率重算。只计整月（当月到报告日）。",
        meaning_en="What deposits earn at their locked transfer price less the interest they bear; an early withdrawal is reckoned again at prices and rates of demand money in its month. Whole months only, the current one to the reporting date.",
        formula_zh="Σ 积数 ×（转移价格 − 客户利率）÷ 计息年天数",
        formula_en="Σ balance-days × (transfer price − customer rate) ÷ day basis",
        unit=Unit.YUAN,
        numerator=DEPOSIT_MARGIN,
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="loan_ftp_margin",
        name_zh="贷款转移价格利差",
        name_en="Loan margin over transfer price",
        meaning_zh="贷款按客户利率计算的利息（含税）减去按发放日或重定价日锁定的转移价格的资金成本。",
        meaning_en="Interest of loans by the customer's rate (before tax) less the cost of their money at the transfer price locked when they were disbursed or repriced.",
        formula_zh="Σ 积数 ×（客户利率 − 转移价格）÷ 计息年天数",
        formula_en="Σ balance-days × (customer rate − transfer price) ÷ day basis",
        unit=Unit.YUAN,
        numerator=LOAN_MARGIN,
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="charged_fee_amount",
        name_zh="客户手续费",
        name_en="Fees charged to customers",
        meaning_zh="手续费明细中向客户收取的金额；没有该明细的银行取代理代销手续费。与总账手续费收入之差见利润桥。",
        meaning_en="Fees charged to customers by the feed of fees, or, where a bank has none, by its agency sales. What the ledger has besides stands in the profit bridge.",
        formula_zh="Σ 手续费",
        formula_en="Σ fees",
        unit=Unit.YUAN,
        numerator=CHARGED_FEES,
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="attributed_vat_amount",
        name_zh="归属增值税及附加",
        name_en="Attributed value-added tax",
        meaning_zh="按产品税率与免税期限从贷款利息和手续费中分离的增值税，加附加税费。",
        meaning_en="Value-added tax taken out of loan interest and fees by the product's rate and dated exemptions, with surcharges.",
        formula_zh="Σ 含税收入 × 税率 ÷（1 ＋ 税率）×（1 ＋ 附加比例）",
        formula_en="Σ gross income × rate ÷ (1 + rate) × (1 + surcharges)",
        unit=Unit.YUAN,
        numerator=ATTRIBUTED_VAT,
        owner=_OWNER,
        more_is_better=False,
    ),
    Metric(
        code="attributed_income_tax_amount",
        name_zh="归属所得税",
        name_en="Attributed income tax",
        meaning_zh="税前贡献乘以所得税率；亏损的账户为负，抵减其他账户。",
        meaning_en="Contribution before tax times the rate of income tax; negative where an account loses, which relieves the others.",
        formula_zh="Σ 税前贡献 × 所得税率",
        formula_en="Σ contribution before tax × rate",
        unit=Unit.YUAN,
        numerator=ATTRIBUTED_TAX,
        owner=_OWNER,
        more_is_better=False,
    ),
    Metric(
        code="servicing_cost",
        name_zh="服务成本",
        name_en="Servicing cost",
        meaning_zh="交易笔数乘以各渠道单位成本，加账户维护与开户成本（渠道 none）；与总账业务及管理费之差即未吸收的费用，见利润桥。",
        meaning_en="Transactions times the unit cost of their channel, and keeping and opening accounts (channel none); what operating expense exceeds it stands in the profit bridge as not absorbed.",
        formula_zh="Σ 业务量 × 单位成本",
        formula_en="Σ activities × unit cost",
        unit=Unit.YUAN,
        numerator=SERVICING_COST,
        owner=_OWNER,
        more_is_better=False,
    ),
    Metric(
        code="channel_servicing_cost",
        name_zh="渠道服务成本",
        name_en="Servicing cost of channels",
        meaning_zh="交易笔数乘以各渠道单位成本，不含账户维护与开户；各渠道相加等于合计。",
        meaning_en="Transactions times the unit cost of their channel, without keeping and opening accounts; the channels add up to the total.",
        formula_zh="Σ 交易笔数 × 渠道单位成本",
        formula_en="Σ transactions × unit cost of the channel",
        unit=Unit.YUAN,
        numerator=CHANNEL_COST,
        owner="渠道管理部 / Channels",
        more_is_better=False,
    ),
    Metric(
        code="channel_unit_cost",
        name_zh="渠道单笔成本",
        name_en="Cost per transaction",
        meaning_zh="渠道服务成本除以计入成本的业务笔数，不含账户维护；业务含结息、批量等银行发起的，因此多于交易笔数，结息月的平均更低。",
        meaning_en="Servicing cost of channels over what was served, without keeping accounts; that holds what the bank initiates (interest, batches) as well, so it is more than the transactions of customers, and the mean is lower in months of interest.",
        formula_zh="渠道服务成本 ÷ 计入成本的业务笔数（含银行发起）",
        formula_en="channel servicing cost ÷ what was served, the bank's own included",
        unit=Unit.YUAN_EACH,
        numerator=CHANNEL_COST,
        denominator=CHANNEL_ACTIVITIES,
        owner="渠道管理部 / Channels",
        more_is_better=False,
    ),
    Metric(
        code="expected_loss",
        name_zh="预期损失",
        name_en="Expected loss",
        meaning_zh="正常、关注类贷款按违约概率 × 违约损失率 × 余额 ÷ 12；不良贷款按应提准备的变动加核销，绝不计入准备存量。",
        meaning_en="Performing loans: probability of default × loss given default × balance ÷ 12; non-performing loans: change of the required provision plus what was written off, never its stock.",
        formula_zh="Σ 违约概率 × 违约损失率 × 余额 ÷ 12 ＋ Σ（应提准备变动 ＋ 核销）",
        formula_en="Σ PD × LGD × balance ÷ 12 + Σ (change of required provision + written off)",
        unit=Unit.YUAN,
        numerator=EXPECTED_LOSS,
        owner="风险管理部 / Risk",
        more_is_better=False,
    ),
    Metric(
        code="customer_contribution",
        name_zh="客户综合贡献",
        name_en="Customer contribution",
        meaning_zh="存贷款转移价格利差加手续费，减增值税及附加、服务成本、预期损失与所得税；未扣资本成本。各机构、产品、客户经理、客户之和相同，并由利润桥接到总账净利润。",
        meaning_en="Margins of deposits and loans plus fees, less value-added tax and surcharges, servicing cost, expected loss and income tax, before capital cost. It adds up the same by outlet, product, manager and customer, and the profit bridge leads it to the ledger's net profit.",
        formula_zh="利差 ＋ 手续费 − 增值税及附加 − 服务成本 − 预期损失 − 所得税",
        formula_en="margins + fees − VAT and surcharges − servicing cost − expected loss − income tax",
        unit=Unit.YUAN,
        numerator=CONTRIBUTION,
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="capital_charge",
        name_zh="资本成本",
        name_en="Capital charge",
        meaning_zh="余额积数 × 风险权重 × 资本比例 × 资本成本率 ÷ 365。",
        meaning_en="Balance-days × risk weight × capital ratio × cost of capital ÷ 365.",
        formula_zh="Σ 积数 × 风险权重 × 资本比例 × 资本成本率 ÷ 365",
        formula_en="Σ balance-days × risk weight × capital ratio × cost of capital ÷ 365",
        unit=Unit.YUAN,
        numerator=CAPITAL_CHARGE,
        owner=_OWNER,
        more_is_better=False,
    ),
    Metric(
        code="economic_value_added",
        name_zh="经济增加值",
        name_en="Economic value added",
        meaning_zh="客户综合贡献减资本成本。",
        meaning_en="Contribution less the capital charge.",
        formula_zh="综合贡献 − 资本成本",
        formula_en="contribution − capital charge",
        unit=Unit.YUAN,
        numerator=ECONOMIC_VALUE_ADDED,
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="raroc",
        name_zh="风险调整资本收益率",
        name_en="Risk-adjusted return on capital",
        meaning_zh="综合贡献折年除以经济资本（积数）。没有贷款的范围没有经济资本，不计算。",
        meaning_en="Contribution, annualised, over economic capital (balance-days). Without loans there is no economic capital and no figure.",
        formula_zh="综合贡献 × 365 ÷ 经济资本积数",
        formula_en="contribution × 365 ÷ economic capital-days",
        unit=Unit.SHARE,
        numerator=CONTRIBUTION_A_YEAR,
        denominator=CAPITAL_DAYS,
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="profit_bridge_amount",
        name_zh="利润桥",
        name_en="Profit bridge",
        meaning_zh="从账户贡献合计到总账净利润的各行；不分行时即总账净利润。只有总账与转移价格都有的月份才有。",
        meaning_en="The lines that lead from the contribution of accounts to the ledger's net profit; unsplit it is that net profit. It exists for months that have both ledger and transfer prices.",
        formula_zh="贡献 ＋ 资金转移中心 ＋ 投资与同业 ＋ 各项差异 ＋ 未解释 ＝ 净利润",
        formula_en="contribution + transfer-price centre + treasury + differences + unexplained = net profit",
        unit=Unit.YUAN,
        numerator=_bridge(),
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="unexplained_profit",
        name_zh="未解释利润",
        name_en="Unexplained profit",
        meaning_zh="归不进利润桥任何一行的损益：没有归类的损益科目。超过限额（参数 unexplained_profit_limit）时不发布。",
        meaning_en="Results that fit no line of the profit bridge: result subjects that nobody classified. Beyond its limit (parameter unexplained_profit_limit) nothing is published.",
        formula_zh="总账净利润 − 利润桥各行",
        formula_en="net profit − lines of the bridge",
        unit=Unit.YUAN,
        numerator=_bridge("bridge_line_code = 'unexplained'"),
        owner=_OWNER,
    ),
)
"""Every metric of this topic, one definition each."""
