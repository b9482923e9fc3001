"""What the page of contribution asks: the steps of the waterfall, the lines of the bridge, and the table of one split."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from maisui.answers import CHILD, Answer, Metric, Unit
from maisui.errors import QuestionError
from maisui.web.components.figures import Scale, column_scale
from maisui.web.gateway import Gateway
from maisui.web.pages.overview.drawings import Bar, floating_bars
from maisui.web.pages.overview.state import State
from maisui.web.pages.overview.words import namer, value_word
from maisui.web.text import Text

NIL = Decimal("0.00")
PARTS: tuple[tuple[str, int], ...] = (
    ("deposit_ftp_margin", 1),
    ("loan_ftp_margin", 1),
    ("charged_fee_amount", 1),
    ("attributed_vat_amount", -1),
    ("servicing_cost", -1),
    ("expected_loss", -1),
    ("attributed_income_tax_amount", -1),
    ("customer_contribution", 0),
    ("capital_charge", -1),
    ("economic_value_added", 0),
)
"""The steps from margins to economic value added: each metric and its sign, 0 for what the steps before it add up to."""

BRIDGE_LINES: dict[str, tuple[Text, Text]] = {
    "contribution": (
        Text("账户贡献合计", "Contribution of accounts"),
        Text("左侧瀑布的结果", "what the steps beside it come to"),
    ),
    "transfer_centre": (
        Text("资金转移中心", "Transfer-price centre"),
        Text("贷款的资金成本减存款的资金收入", "what loans paid for their money less what deposits earned"),
    ),
    "treasury": (
        Text("投资与同业", "Investment and interbank"),
        Text(
            "总账：债券、存放、同业利息与投资收益，减借款利息",
            "ledger: interest of bonds and placements, investment income, less interest on borrowing",
        ),
    ),
    "accrual_difference": (
        Text("计提差异", "Accrual difference"),
        Text("总账存贷款利息减按利率与积数重算的利息", "interest in the ledger less interest by rate and balance-days"),
    ),
    "fee_difference": (
        Text("未归属手续费", "Fees no account carries"),
        Text("总账手续费净收入减已归属的手续费", "net fees in the ledger less fees attributed"),
    ),
    "vat_difference": (
        Text("增值税及附加差异", "Value-added tax and surcharges"),
        Text("已归属的税减总账税金及附加", "tax attributed less taxes and surcharges in the ledger"),
    ),
    "expense_absorption": (
        Text("费用吸收差异", "Expense over- or under-absorbed"),
        Text("服务成本减总账业务及管理费；负数为闲置", "servicing cost less operating expense; negative is idle capacity"),
    ),
    "impairment_difference": (
        Text("减值差异", "Impairment against expected loss"),
        Text("预期损失减总账减值损失", "expected loss less impairment in the ledger"),
    ),
    "tax_difference": (
        Text("所得税差异", "Tax difference"),
        Text("已归属所得税减总账所得税", "income tax attributed less income tax in the ledger"),
    ),
    "non_operating": (
        Text("营业外及其他", "Non-operating and other"),
        Text("总账：其他业务、营业外、以前年度调整", "ledger: other business, non-operating, adjustments of earlier years"),
    ),
    "unexplained": (
        Text("未解释", "Unexplained"),
        Text("归不进以上各行的损益科目；超过限额不发布", "result subjects that fit no line; beyond the limit nothing is published"),
    ),
}
"""The lines of the bridge in reading order: name, and in words what stands on it."""

COLUMNS: tuple[str, ...] = (
    "deposit_ftp_margin",
    "loan_ftp_margin",
    "charged_fee_amount",
    "servicing_cost",
    "expected_loss",
    "customer_contribution",
    "economic_value_added",
    "raroc",
)
CHANNEL_COLUMNS: tuple[str, ...] = ("servicing_cost", "channel_unit_cost")
SPLITS: dict[str, tuple[Text, str, tuple[str, ...]]] = {
    "": (Text("下级机构", "Organisations"), CHILD, COLUMNS),
    "product": (Text("产品组", "Product groups"), "product_group", COLUMNS),
    "manager": (
        Text("客户经理", "Managers"),
        "manager",
        tuple(code for code in COLUMNS if code != "servicing_cost"),
    ),
    "customer_kind": (Text("客户大类", "Kinds of customer"), "customer_kind", COLUMNS),
    "channel": (Text("渠道", "Channels"), "channel", CHANNEL_COLUMNS),
}
"""The tables of the page: name, dimension, and the metrics that stand in its columns."""

CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a waterfall: name, explanation, metric to explain it, amount, and its bar from where the step before ended."""

    name: Text | str
    note: Text | str
    code: str
    amount: Decimal
    bar: Bar | None
    is_total: bool
    is_loss: bool


def waterfall(gateway: Gateway, state: State) -> tuple[Step, ...]:
    """Return the steps from margins to economic value added; none where contribution does not exist."""
    metrics = {metric.code: metric for metric in gateway.catalogue()}
    gateway.read_together([state.question(code) for code, _ in PARTS])
    values = {code: _whole(gateway.ask(state.question(code))) for code, _ in PARTS}
    if values["customer_contribution"] is None:
        return ()
    drawn = [(named(metrics[code]), "", code, (values[code] or NIL) * (sign or 1), sign == 0) for code, sign in PARTS]
    return drawn_steps(drawn)


def bridge(gateway: Gateway, state: State) -> tuple[Step, ...]:
    """Return the lines from contribution to the ledger's net profit; none where the two do not meet in one month."""
    answer = gateway.ask(state.question("profit_bridge_amount", ("bridge_line",)))
    amounts = {row.dimensions["bridge_line"]: row.value for row in answer.rows}
    if not amounts:
        return ()
    lines = [
        (name, note, "unexplained_profit" if code == "unexplained" else "", amounts.get(code) or NIL, False)
        for code, (name, note) in BRIDGE_LINES.items()
    ]
    total = sum((amount for *_, amount, _ in lines), NIL)
    return drawn_steps([*lines, (Text("总账净利润", "Net profit of the ledger"), "", "net_profit", total, True)])


def _whole(answer: Answer) -> Decimal | None:
    return answer.rows[0].value if answer.rows else None


def named(metric: Metric) -> Text:
    """Return the name of a metric."""
    return Text(metric.name_zh, metric.name_en)


def drawn_steps(lines: Sequence[tuple[Text | str, Text | str, str, Decimal, bool]]) -> tuple[Step, ...]:
    """Return the lines as steps; a total begins at zero, every other where the one before it ended."""
    spans: list[tuple[Decimal, Decimal]] = []
    reached = NIL
    for *_, amount, is_total in lines:
        start, end = (NIL, amount) if is_total else (reached, reached + amount)
        spans.append((start, end))
        reached = end
    drawn = zip(lines, floating_bars(spans), strict=True)
    return tuple(Step(name, note, code, amount, bar, is_total, amount < 0) for (name, note, code, amount, is_total), bar in drawn)


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure of the table, with its unit and the scale of its column."""

    value: Decimal | None
    unit: Unit
    scale: Scale


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: its code, its name, whether it leads further down, and a cell for each column."""

    code: str
    name: Text | str
    leads_down: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The table of one split: metrics with the scale of their columns, lines from the largest contribution down, and the whole."""

    columns: tuple[tuple[Metric, Scale], ...]
    lines: tuple[Line, ...]
    total: tuple[Cell, ...]


def table_of(gateway: Gateway, state: State, names: Mapping[str, str]) -> Table:
    """Return the table of the state's split.

    Raises:
        QuestionError: when there is no such split.
    """
    if state.split not in SPLITS:
        raise QuestionError("there is no such split", where="split", next_step=f"choose one of: {', '.join(SPLITS)}")
    _, dimension, codes = SPLITS[state.split]
    metrics = {metric.code: metric for metric in gateway.catalogue()}
    gateway.read_together([state.question(code, by) for by in ((dimension,), ()) for code in codes])
    by_line: dict[str, dict[str, Decimal | None]] = {}
    for code in codes:
        for row in gateway.ask(state.question(code, (dimension,))).rows:
            by_line.setdefault(str(row.dimensions[dimension]), {})[code] = row.value
    chief = "customer_contribution" if "customer_contribution" in codes else codes[0]
    ordered = sorted(by_line, key=lambda line: (-(by_line[line].get(chief) or NIL), line))
    name = _namer(gateway, state.split, dimension)
    own = state.organisation or ""
    money = column_scale((by_line[line].get(code) for line in ordered for code in codes if metrics[code].unit is Unit.YUAN), Unit.YUAN)
    columns = tuple(
        (
            metrics[code],
            money if metrics[code].unit is Unit.YUAN else column_scale((by_line[line].get(code) for line in ordered), metrics[code].unit),
        )
        for code in codes
    )

    def cells(values: Mapping[str, Decimal | None]) -> tuple[Cell, ...]:
        return tuple(Cell(values.get(metric.code), metric.unit, scale) for metric, scale in columns)

    lines = tuple(Line(line, name(line), dimension == CHILD and line != own and line in names, cells(by_line[line])) for line in ordered)
    return Table(columns, lines, cells({code: _whole(gateway.ask(state.question(code))) for code in codes}))


def _namer(gateway: Gateway, split: str, dimension: str) -> Callable[[str], Text | str]:
    """Return how lines of a split are called; what no channel costs is the keeping of accounts."""
    if split == CHANNEL:
        keeping = Text("账户维护", "Keeping accounts")
        return lambda code: keeping if code == "none" else value_word(code)
    return namer(gateway, dimension)
