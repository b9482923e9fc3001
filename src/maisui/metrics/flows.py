"""What counts as money that comes in or goes out, and where it comes from or goes to."""

from maisui.metrics.metric import Measure, Metric, Timing, Unit

_CUSTOMERS_MONEY = "account_kind = 'deposit' AND counterparty_code <> 'own_account' AND transaction_type <> 'interest'"


def _flow(expression: str, where: str = "") -> Measure:
    """Return the measure of `expression` over customers' money in a period, narrowed by `where`."""
    narrowed = f"{_CUSTOMERS_MONEY} AND {where}" if where else _CUSTOMERS_MONEY
    return Measure(
        mart="channel_day",
        expression=expression,
        timing=Timing.PERIOD,
        where=narrowed,
        delivered_where="account_kind = 'deposit'",
    )


INFLOW = _flow("sum(inflow_amount)")
OUTFLOW = _flow("sum(outflow_amount)")
NET_INFLOW = _flow("sum(inflow_amount - outflow_amount)")
OFF_US_INFLOW = _flow("sum(inflow_amount)", "counterparty_code IN ('off_us', 'own_account_elsewhere')")
OFF_US_OUTFLOW = _flow("sum(outflow_amount)", "counterparty_code IN ('off_us', 'own_account_elsewhere')")
OWN_ELSEWHERE_OUTFLOW = _flow("sum(outflow_amount)", "counterparty_code = 'own_account_elsewhere'")
PAYROLL_INFLOW = _flow("sum(inflow_amount)", "transaction_type = 'payroll'")
NET_CASH_PAID = Measure(
    mart="channel_day",
    expression="sum(outflow_amount - inflow_amount)",
    timing=Timing.PERIOD,
    where="account_kind = 'deposit' AND counterparty_code = 'cash'",
    delivered_where="account_kind = 'deposit'",
)
_OWNER = "零售与公司业务部 / Retail and corporate banking"

METRICS: tuple[Metric, ...] = (
    Metric(
        code="inflow_amount",
        name_zh="资金流入",
        name_en="Inflow",
        meaning_zh="存款账户上的贷方金额；不含本人账户之间、结息和被冲补抹的部分。",
        meaning_en="Credits on deposit accounts, without transfers between a customer's own accounts, interest and what was reversed.",
        formula_zh="Σ 贷方金额",
        formula_en="Σ credits",
        unit=Unit.YUAN,
        numerator=INFLOW,
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="outflow_amount",
        name_zh="资金流出",
        name_en="Outflow",
        meaning_zh="存款账户上的借方金额；不含本人账户之间和被冲补抹的部分。",
        meaning_en="Debits on deposit accounts, without transfers between a customer's own accounts and what was reversed.",
        formula_zh="Σ 借方金额",
        formula_en="Σ debits",
        unit=Unit.YUAN,
        numerator=OUTFLOW,
        owner=_OWNER,
        more_is_better=False,
    ),
    Metric(
        code="net_inflow_amount",
        name_zh="资金净流入",
        name_en="Net inflow",
        meaning_zh="资金流入减资金流出。",
        meaning_en="Inflow less outflow.",
        formula_zh="资金流入 − 资金流出",
        formula_en="inflow − outflow",
        unit=Unit.YUAN,
        numerator=NET_INFLOW,
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="off_us_inflow_amount",
        name_zh="行外流入",
        name_en="Off-us inflow",
        meaning_zh="对方在他行的流入（现金不计）；对方账号、行号、行名均不属于本行即为行外。",
        meaning_en="Inflow from other banks, cash apart: neither the counterparty's account nor its bank's code or name is ours.",
        formula_zh="Σ 对方在他行的贷方金额",
        formula_en="Σ credits from other banks",
        unit=Unit.YUAN,
        numerator=OFF_US_INFLOW,
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="off_us_outflow_amount",
        name_zh="行外流出",
        name_en="Off-us outflow",
        meaning_zh="对方在他行的流出（现金不计）。",
        meaning_en="Outflow to other banks, cash apart.",
        formula_zh="Σ 对方在他行的借方金额",
        formula_en="Σ debits to other banks",
        unit=Unit.YUAN,
        numerator=OFF_US_OUTFLOW,
        owner=_OWNER,
        more_is_better=False,
    ),
    Metric(
        code="own_account_elsewhere_outflow_amount",
        name_zh="流向本人他行账户",
        name_en="Outflow to own accounts elsewhere",
        meaning_zh="流出到他行同户名账户的金额，用于估计他行资产。",
        meaning_en="Outflow to accounts of the same name at other banks, from which money kept elsewhere is estimated.",
        formula_zh="Σ 对方在他行且户名与本人相同的借方金额",
        formula_en="Σ debits to the same name at other banks",
        unit=Unit.YUAN,
        numerator=OWN_ELSEWHERE_OUTFLOW,
        owner=_OWNER,
        more_is_better=False,
    ),
    Metric(
        code="payroll_inflow_amount",
        name_zh="代发流入",
        name_en="Payroll inflow",
        meaning_zh="交易类型为代发的流入：工资、养老金、补贴。",
        meaning_en="Inflow of the content payroll: wages, pensions, subsidies.",
        formula_zh="Σ 代发金额",
        formula_en="Σ payroll credits",
        unit=Unit.YUAN,
        numerator=PAYROLL_INFLOW,
        owner=_OWNER,
        more_is_better=True,
    ),
    Metric(
        code="net_cash_paid_amount",
        name_zh="现金净支取",
        name_en="Net cash paid out",
        meaning_zh="存款账户上支取的现金减存入的现金，即网点与自助设备需要备付的现金；按办理机构拆分可见每个网点；已扣除冲补抹。",
        meaning_en="Cash drawn from deposit accounts less cash paid in: the cash that outlets and machines need; by handling organisation it "
        "is that of each outlet; without what was reversed.",
        formula_zh="Σ 现金支取 − Σ 现金存入",
        formula_en="Σ cash drawn − Σ cash paid in",
        unit=Unit.YUAN,
        numerator=NET_CASH_PAID,
        owner="运营管理部 / Operations",
    ),
)
"""Every metric of this topic, one definition each."""
