"""The table of the seven items: who, with which figures over which bases, and how the lines add up to the branch."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from maisui.answers import Answer, Metric, PerformanceSettings, Row, Unit
from maisui.errors import QuestionError
from maisui.web.components.figures import Scale, column_scale, table_scales
from maisui.web.gateway import Gateway, employments_of
from maisui.web.pages.overview.figures import own_code
from maisui.web.pages.overview.state import State
from maisui.web.pages.overview.words import value_word
from maisui.web.pages.performance.items import DIMENSIONS, ITEMS, NOT_HIS, NOT_OF_NOBODY, NOT_OF_ORGANISATION, NOT_SUMMED, Item, Subject
from maisui.web.text import Text

UNASSIGNED = "unassigned"
NIL = Decimal(0)
OF_ALL = {
    "managed_loan_balance": "loan_balance",
    "managed_deposit_balance": "deposit_balance",
    "managed_deposit_average_daily_balance": "deposit_average_daily_balance",
}
"""Figures of managers and the same of the whole organisation; what is left between them belongs to nobody yet."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure: value, unit, the scale of its column, the two sides of a ratio, whether its base is small, why there is none.

    `is_excused` marks the place of an item that does not exist for the subject at all.
    """

    value: Decimal | None
    unit: Unit
    scale: Scale
    above: Decimal | None = None
    below: Decimal | None = None
    is_small: bool = False
    reason: Text | None = None
    is_excused: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One person or organisation with a cell for each column; `post` is what he does.

    `has_left` marks whom the bank's files last reported as off duty: what is his waits to be handed over.
    """

    code: str
    name: str
    post: str
    leads_down: bool
    leads_to_person: bool
    has_left: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """One item above its columns; without columns the reason stands there, with them `limit` says what they leave out."""

    number: int
    item: Item
    columns: tuple[tuple[Metric, Scale], ...]
    reason: Text | None
    limit: Text | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """One sum that must meet: Σ lines, what belongs to nobody, and the whole, in the unit of the metric."""

    metric: Metric
    name: Text
    lines: Decimal
    rest: Decimal | None
    whole: Decimal

    @property
    def difference(self) -> Decimal:
        """Return what is missing; zero where the sum meets."""
        return self.whole - self.lines - (self.rest or NIL)


@dataclass(frozen=True, slots=True)
class Table:
    """The table of one subject: headings, lines, the whole, and the sums that must meet."""

    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    total: tuple[Cell, ...]
    ties: tuple[Tie, ...]

    @property
    def columns(self) -> tuple[tuple[Metric, Scale], ...]:
        """Return every column with figures, left to right."""
        return tuple(column for heading in self.headings for column in heading.columns)


def subject_of(state: State) -> Subject:
    """Return the subject of the address, managers where it names none.

    Raises:
        QuestionError: when there is no such subject.
    """
    if not state.split:
        return Subject.MANAGER
    if state.split not in tuple(Subject):
        raise QuestionError("there is no such subject", where="split", next_step=f"choose one of: {', '.join(Subject)}")
    return Subject(state.split)


def table_of(gateway: Gateway, state: State, settings: PerformanceSettings) -> Table:
    """Return the table of the state's subject; every figure is that of `ask` for the same split.

    Raises:
        MaisuiError: as the gateway does.
    """
    subject = subject_of(state)
    dimension = DIMENSIONS[subject]
    metrics = {metric.code: metric for metric in gateway.catalogue()}
    codes = tuple(dict.fromkeys(code for item in ITEMS for code in item.filled.get(subject, ())))
    gateway.read_together([state.question(code, by) for by in ((dimension,), ()) for code in codes])
    answers = {code: gateway.ask(state.question(code, (dimension,))) for code in codes}
    wholes = {code: gateway.ask(state.question(code)) for code in codes}
    found: dict[str, dict[str, Row]] = {}
    for code, answer in answers.items():
        for row in answer.rows:
            found.setdefault(str(row.dimensions[dimension]), {})[code] = row
    if subject is Subject.TELLER:
        found = {line: rows for line, rows in found.items() if "teller_transaction_count" in rows}
    found = {line: rows for line, rows in found.items() if line == UNASSIGNED or any(row.value for row in rows.values())}
    if subject is Subject.MANAGER and found:
        wholes |= {code: gateway.ask(state.question(whole)) for code, whole in OF_ALL.items() if code in codes}
        found[UNASSIGNED] = found.get(UNASSIGNED, {}) | left_over(answers, wholes)
    scales = table_scales({code: (metrics[code].unit, [rows[code].value for rows in found.values() if code in rows]) for code in codes})
    headings = tuple(
        Heading(
            number,
            item,
            tuple((metrics[code], scales[code]) for code in item.filled.get(subject, ())),
            item.reasons.get(subject),
            item.limits.get(subject),
        )
        for number, item in enumerate(ITEMS, 1)
    )
    order = [metric.code for heading in headings for metric, _ in heading.columns]

    def cells(rows: Mapping[str, Row], why: Text, *, of_persons: bool = False) -> tuple[Cell, ...]:
        found: list[Cell] = []
        for heading in headings:
            if heading.reason:
                found.append(_excuse(heading.reason))
            for metric, scale in heading.columns:
                found.append(_cell(metric, scale, rows.get(metric.code), settings, why, of_persons=of_persons))
        return tuple(found)

    chief = state.sort.lstrip("-") if state.sort.lstrip("-") in order else order[0]
    ordered = sorted(found, key=lambda line: (line == UNASSIGNED, *_place(found[line].get(chief), state.sort), line))
    name = _namer(gateway, subject)
    own = own_code(gateway, state)
    of_persons = subject is not Subject.BRANCH
    staff = employments_of(gateway.bank)
    names = {node.code for node in gateway.organisations()}
    lines = tuple(
        Line(
            line,
            name(line),
            staff[line].post_name if of_persons and line in staff else "",
            not of_persons and line != own and line in names,
            of_persons and line in staff and staff[line].organisation_code in names,
            of_persons and line in staff and not staff[line].is_on_duty,
            cells(found[line], _why_none(line, subject), of_persons=of_persons and line != UNASSIGNED),
        )
        for line in ordered
    )
    summed = {code for code in codes if subject is not Subject.TELLER or code.startswith("teller_")}
    total = cells(
        {code: answer.rows[0] for code, answer in wholes.items() if answer.rows and code in summed},
        NOT_SUMMED if subject is Subject.TELLER else NOT_OF_ORGANISATION,
    )
    return Table(headings, lines, total, _ties(gateway, state, subject, answers, wholes))


def left_over(answers: Mapping[str, Answer], wholes: Mapping[str, Answer]) -> dict[str, Row]:
    """Return for each figure of `OF_ALL` what the managers' lines leave of the organisation's, as the line of nobody."""
    found: dict[str, Row] = {}
    for code in OF_ALL:
        whole = _whole(wholes[code]) if code in wholes else None
        if whole is not None:
            left = whole - _sum(answers[code], without=UNASSIGNED)
            found[code] = Row({DIMENSIONS[Subject.MANAGER]: UNASSIGNED}, left, None, left)
    return found


def _place(row: Row | None, sort: str) -> tuple[bool, Decimal]:
    value = row.value if row else None
    return (value is None, NIL if value is None else value if sort and not sort.startswith("-") else -value)


def _excuse(reason: Text) -> Cell:
    return Cell(None, Unit.COUNT, column_scale((), Unit.COUNT), reason=reason, is_excused=True)


def _why_none(line: str, subject: Subject) -> Text:
    """Return why a line of a subject has no figure where others have one."""
    if subject is Subject.BRANCH:
        return NOT_OF_ORGANISATION
    return NOT_OF_NOBODY if line == UNASSIGNED else NOT_HIS


def _cell(metric: Metric, scale: Scale, row: Row | None, settings: PerformanceSettings, why: Text, *, of_persons: bool) -> Cell:
    if row is None or row.value is None:
        return Cell(None, metric.unit, scale, reason=why)
    is_ratio = metric.unit is Unit.SHARE and row.denominator is not None
    is_small = is_ratio and of_persons and (row.denominator or NIL) < settings.smallest_base
    return Cell(row.value, metric.unit, scale, row.numerator if is_ratio else None, row.denominator if is_ratio else None, is_small)


def _namer(gateway: Gateway, subject: Subject) -> Callable[[str], str]:
    if subject is Subject.BRANCH:
        names = {node.code: node.name for node in gateway.organisations()}
        return lambda code: names.get(code, code)
    staff = employments_of(gateway.bank)
    return lambda code: staff[code].employee_name or code if code in staff else str(value_word(code))


def _sum(answer: Answer, *, without: str = "") -> Decimal:
    return sum((row.value or NIL for row in answer.rows if without not in row.dimensions.values()), NIL)


def _whole(answer: Answer) -> Decimal | None:
    return answer.rows[0].value if answer.rows else None


def _ties(gateway: Gateway, state: State, subject: Subject, answers: Mapping[str, Answer], wholes: Mapping[str, Answer]) -> tuple[Tie, ...]:
    """Return the sums of the table that must meet; those whose figures do not exist are left out."""
    if subject is Subject.TELLER:
        wanted = (("teller_transaction_count", Text("Σ 柜员 = 机构柜员业务量", "Σ tellers = the organisation's")),)
    elif subject is Subject.BRANCH:
        wanted = (
            ("deposit_balance", Text("Σ 下级 = 本机构存款", "Σ organisations = deposits of the whole")),
            ("customer_contribution", Text("Σ 下级 = 本机构贡献", "Σ organisations = contribution of the whole")),
        )
    else:
        wanted = (
            ("customer_contribution", Text("Σ 客户经理 + 未分配 = 机构贡献", "Σ managers + unassigned = contribution of the branch")),
            ("agency_sale_amount", Text("Σ 客户经理 + 未分配 = 机构代理代销", "Σ managers + unassigned = agency sales of the branch")),
        )
    ties = []
    if subject is Subject.MANAGER:
        deposits = gateway.ask(state.question("deposit_balance"))
        rest, whole = _whole(gateway.ask(state.question("unassigned_deposit_balance"))), _whole(deposits)
        if rest is not None and whole is not None:
            name = Text("Σ 客户经理 + 未分配 = 机构存款余额", "Σ managers + unassigned = deposits of the branch")
            ties.append(Tie(deposits.metric, name, _sum(answers["managed_deposit_balance"]), rest, whole))
    for code, name in wanted:
        whole = _whole(wholes[code])
        if whole is not None:
            rest = None
            if subject is Subject.MANAGER:
                rest = sum((row.value or NIL for row in answers[code].rows if UNASSIGNED in row.dimensions.values()), NIL)
            ties.append(Tie(wholes[code].metric, name, _sum(answers[code], without=UNASSIGNED), rest, whole))
    return tuple(ties)
