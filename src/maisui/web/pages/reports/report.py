"""The monthly operating report, put together of what the gateway answers: the same figures as on the pages, on paper."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from maisui.answers import CHILD, Comparison, Metric, Unit, metric_of, splits_of
from maisui.answers.figure import moved
from maisui.errors import QuestionError
from maisui.web.components.figures import unit_name
from maisui.web.exports.files import Standing, standing_of
from maisui.web.exports.models import ExportJob
from maisui.web.exports.sheets import Amount, Cell, Chart, Column, Drawing, Export, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.contribution.export import steps_sheet
from maisui.web.pages.contribution.figures import bridge, waterfall
from maisui.web.pages.drivers.export import drivers_sheet
from maisui.web.pages.drivers.figures import reason_of
from maisui.web.pages.overview.figures import CLASSED_LOANS, STRUCTURES, attempt, months_before, structure_of
from maisui.web.pages.overview.narrative import told_of
from maisui.web.pages.overview.state import COMPARISON_NAMES, State, words_of_state
from maisui.web.pages.overview.words import value_word
from maisui.web.pages.targets.figures import goals_of_year
from maisui.web.text import Text, choose

KIND = "operating_report"
TITLE = Text("经营月报", "Monthly operating report")
MATTERS = Text("本月要点", "What matters this month")
COMPARISONS = (Comparison.PREVIOUS_MONTH, Comparison.YEAR_START, Comparison.SAME_DATE_LAST_YEAR)
KEY_FIGURES = (
    "deposit_balance", "deposit_average_daily_balance", "loan_balance", "loan_to_deposit_ratio", "net_profit", "net_interest_margin",
    "cost_to_income_ratio", "customer_count", "transaction_count", "electronic_substitution_rate",
)  # fmt: skip
QUALITY_FIGURES = (
    "npl_balance", "npl_ratio", "special_mention_ratio", "overdue_loan_ratio", "overdue_90d_loan_ratio", "provision_coverage_ratio",
    "provision_to_loan_ratio",
)  # fmt: skip
CHANNEL_FIGURES = ("transaction_count", "transaction_amount")
RANKED = ("deposit_balance", "loan_balance", "npl_ratio", "customer_count")
MOVED = ("deposit_balance", "loan_balance", "npl_balance", "customer_count", "transaction_count")
"""Among these the two that moved furthest since last month are taken apart."""
TREND_MONTHS = 13
MOST_MOVED = 2


@dataclass(frozen=True, slots=True)
class Part:
    """One chapter of the report: its name, and what makes its sheets."""

    name: Text
    make: Callable[[Gateway, State, Standing], Sequence[Sheet]]


def operating_report(gateway: Gateway, job: ExportJob, tell: Callable[[int], None]) -> Export:
    """Return the report a job asks for.

    Raises:
        MaisuiError: as `report_of` does.
    """
    return report_of(gateway, job.organisation_code or None, date.fromisoformat(job.parameters["day"]), tell)


def report_of(gateway: Gateway, organisation: str | None, day: date, tell: Callable[[int], None]) -> Export:
    """Return the report of an organisation (None: the top of what the viewer sees) for the month that ends on `day`.

    A chapter that cannot be answered says why and leaves the others standing.

    Raises:
        AccessError: when the viewer may not export there.
        QuestionError: when the day lies outside the published history.
    """
    standing = standing_of(gateway, organisation, day, where="reports")
    state = State(organisation=standing.organisation, day=day, comparisons=COMPARISONS)
    gateway.ask(state.question(KEY_FIGURES[0]))  # a day out of history is no chapter's fault: it answers for the report
    sheets: list[Sheet] = []
    for number, part in enumerate(PARTS):
        tell(number * 90 // len(PARTS))
        sheets += _sheets_of(gateway, state, standing, part)
    known = {metric.code: metric for metric in gateway.catalogue()}
    defined = dict.fromkeys((*KEY_FIGURES, *QUALITY_FIGURES, *CHANNEL_FIGURES, *RANKED, *MOVED))
    month = (choose("报告月份", "Month"), choose(f"{day.year}年{day.month}月", f"{day:%B %Y}"))
    return Export(
        KIND,
        str(TITLE),
        tuple(sheets),
        tuple(known[code] for code in defined if code in known),
        (month, *standing.about(*words_of_state(state))),
        standing.organisation,
        f"operating-report-{standing.file_name}",
    )


def _sheets_of(gateway: Gateway, state: State, standing: Standing, part: Part) -> Sequence[Sheet]:
    tried = attempt(lambda: part.make(gateway, state, standing))
    if tried.value is not None:
        return tried.value
    why = tried.error.what if tried.error else choose("计算出错，已记入日志", "an error, it is in the log")
    return (Sheet(str(part.name), str(part.name), (Column(choose("说明", "Note"), width=80),), [(why,)]),)


def _figures(gateway: Gateway, state: State, name: Text, codes: Sequence[str]) -> Sheet:
    """Return figures with change and rate of change against each base, and the target of the year."""
    known = {metric.code: metric for metric in gateway.catalogue()}
    goals = goals_of_year(gateway, state)
    rows: list[tuple[Cell, ...]] = []
    for code in codes:
        metric = known[code]
        compared = attempt(lambda metric=metric: gateway.compare(state.question(metric.code), COMPARISONS)).value
        row = compared.answer.rows[0] if compared and compared.answer.rows else None
        line: list[Cell] = [choose(metric.name_zh, metric.name_en), Amount(row.value if row else None, metric.unit)]
        for comparison in COMPARISONS:
            base = compared.bases[comparison] if compared else None
            before = base.rows[0].value if base and base.rows else None
            change, rate = moved(row.value if row else None, before)
            line += [Amount(change, metric.unit, is_change=True), None if metric.unit is Unit.SHARE else rate]
        goal = goals.get(code)
        line += (
            [Amount(goal.line.target, metric.unit), goal.line.completion, f"{goal.sign} {goal.standing}"] if goal else [None, None, None]
        )
        rows.append((*line, unit_name(metric.unit)))
    columns = [Column(choose("指标", "Metric"), width=30), Column(choose("本月", "This month"), width=22)]
    for comparison in COMPARISONS:
        columns += [Column(f"{COMPARISON_NAMES[comparison]}{choose('增减', ': change')}", width=20)]
        columns += [Column(f"{COMPARISON_NAMES[comparison]}{choose('增幅', ': rate')}", Unit.SHARE)]
    columns += [Column(choose("年度目标", "Target of the year"), width=20), Column(choose("完成率", "Completion"), Unit.SHARE)]
    columns += [Column(choose("是否达到", "Where it stands"), width=14)]
    columns += [Column(choose("单位", "Unit"), width=12)]
    return Sheet(str(name), choose("比率的增减为百分点", "changes of ratios are percentage points"), tuple(columns), rows)


def _matters(gateway: Gateway, state: State, _standing: Standing) -> Sequence[Sheet]:
    """Return the sentences of the overview against last month, the most urgent first; quiet months say so."""
    found, said = told_of(gateway, state)
    columns = (Column("", width=4), Column(choose("本月要点", "What matters"), width=100))
    rows = [(one.sign, "".join(piece.text for piece in one.pieces)) for one in said]
    quiet = choose(f"{found.watched} 项指标都在平常波动之内", f"all {found.watched} figures are within what is usual")
    about = str(COMPARISON_NAMES[found.comparison])
    return (Sheet(str(MATTERS), about, columns, rows or [("", quiet)]),)


def _key_figures(gateway: Gateway, state: State, _standing: Standing) -> Sequence[Sheet]:
    return (_figures(gateway, state, Text("主要指标", "Key figures"), KEY_FIGURES),)


def _trend(gateway: Gateway, state: State, standing: Standing) -> Sequence[Sheet]:
    """Return deposits and loans over thirteen months."""
    days = months_before(standing.day, gateway.month_ends(), TREND_MONTHS)
    moves = [dict(gateway.trend(code, organisation=state.organisation, days=days).points) for code in ("deposit_balance", "loan_balance")]
    columns = (
        Column(choose("月末", "Month end"), width=14),
        *(Column(_name(code), Unit.YUAN) for code in ("deposit_balance", "loan_balance")),
    )
    rows = [(day, *(points.get(day) for points in moves)) for day in days]
    name = str(Text("存贷款走势", "Deposits and loans over time"))
    return (Sheet(name, name, columns, rows, chart=Chart(Drawing.LINE, 0, 1)),)


def _structure(gateway: Gateway, state: State, _standing: Standing) -> Sequence[Sheet]:
    found: list[Sheet] = []
    for code, title, metric, split, is_denominator in STRUCTURES:
        _, parts = structure_of(gateway, state, metric, split, is_denominator=is_denominator)
        columns = (
            Column(choose("项目", "Part"), width=30),
            Column(str(CLASSED_LOANS) if is_denominator else _name(code), Unit.YUAN),
            Column(choose("占比", "Share"), Unit.SHARE),
        )
        rows = [(str(value_word(part.code)), part.value, part.share) for part in parts]
        total = (choose("合计", "Total"), sum((part.value for part in parts if part.value), Decimal(0)), None)
        found.append(Sheet(str(title), str(title), columns, rows, total, Chart(Drawing.BARS, 0, 1)))
    return found


def _ranking(gateway: Gateway, state: State, standing: Standing) -> Sequence[Sheet]:
    """Return the organisations directly below, the largest deposits first, with their changes since last month."""
    by_code: dict[str, list[Cell]] = {}
    columns = [Column(choose("机构", "Organisation"), width=30)]
    for place, code in enumerate(RANKED):
        metric = metric_of(code)
        columns += [Column(_name(code), metric.unit), Column(f"{_name(code)} {COMPARISON_NAMES[COMPARISONS[0]]}", metric.unit)]
        compared = gateway.compare(state.question(code, (CHILD,)), COMPARISONS[:1]).against(COMPARISONS[0])
        for row in compared.rows:
            cells = by_code.setdefault(row.dimensions[CHILD], [None] * (2 * len(RANKED)))
            change, _ = moved(row.value, row.base_value)
            cells[2 * place : 2 * place + 2] = [row.value, change]
    ordered = sorted(by_code, key=lambda code: (by_code[code][0] is None, -_number(by_code[code][0]), code))
    rows = [(standing.names.get(code, code), *by_code[code]) for code in ordered]
    name = str(Text("下级机构排名", "Ranking of organisations"))
    return (Sheet(name, name, tuple(columns), rows, chart=Chart(Drawing.BARS, 0, 1, most=20)),)


def _drivers(gateway: Gateway, state: State, standing: Standing) -> Sequence[Sheet]:
    """Return what moved the two figures that changed most since last month, line by line."""
    rates: list[tuple[Decimal, str]] = []
    for code in MOVED:
        if not splits_of(metric_of(code)):
            continue
        compared = gateway.compare(state.question(code), COMPARISONS[:1]).against(COMPARISONS[0])
        if compared.rows:
            _, rate = moved(compared.rows[0].value, compared.rows[0].base_value)
            rates.append((abs(rate or Decimal(0)), code))
    found: list[Sheet] = []
    for _, code in sorted(rates, reverse=True)[:MOST_MOVED]:
        asked = replace(state, metric=code, comparisons=COMPARISONS[:1])
        reason = reason_of(gateway, asked, standing.names, most=sys.maxsize)
        if reason is None:
            continue
        about = f"{standing.place} · {standing.day} · {reason.change.name} {reason.change.base_day}"
        sheet = drivers_sheet(gateway, asked, about, reason)
        found.append(replace(sheet, name=f"{choose('变动归因', 'Why it changed')} · {_name(code)}"))
    if not found:
        raise QuestionError(choose("没有可比的上月", "there is no month before to compare with"), where="reports", next_step="")
    return found


def _quality(gateway: Gateway, state: State, _standing: Standing) -> Sequence[Sheet]:
    return (_figures(gateway, state, Text("资产质量", "Quality of loans"), QUALITY_FIGURES),)


def _contribution(gateway: Gateway, state: State, standing: Standing) -> Sequence[Sheet]:
    about = f"{standing.place} · {standing.day}"
    steps = ((Text("贡献", "Contribution"), waterfall(gateway, state)), (Text("利润桥", "Profit bridge"), bridge(gateway, state)))
    return tuple(steps_sheet(str(name), about, lines) for name, lines in steps)


def _channels(gateway: Gateway, state: State, _standing: Standing) -> Sequence[Sheet]:
    """Return transactions by channel with their share."""
    by_channel: dict[str, list[Cell]] = {}
    totals: list[Cell] = []
    for place, code in enumerate(CHANNEL_FIGURES):
        rows = gateway.ask(state.question(code, ("channel",))).rows
        whole = sum((row.value for row in rows if row.value is not None), Decimal(0))
        totals += [whole, None]
        for row in rows:
            cells = by_channel.setdefault(row.dimensions["channel"], [None] * (2 * len(CHANNEL_FIGURES)))
            cells[2 * place : 2 * place + 2] = [row.value, row.value / whole if row.value is not None and whole else None]
    columns = [Column(choose("渠道", "Channel"), width=24)]
    for code in CHANNEL_FIGURES:
        columns += [Column(_name(code), metric_of(code).unit), Column(choose("占比", "Share"), Unit.SHARE)]
    ordered = sorted(by_channel, key=lambda code: (-_number(by_channel[code][0]), code))
    lines = [(str(value_word(code)), *by_channel[code]) for code in ordered]
    name = str(Text("渠道", "Channels"))
    return (Sheet(name, name, tuple(columns), lines, (choose("合计", "Total"), *totals), Chart(Drawing.BARS, 0, 1)),)


def _name(code: str) -> str:
    metric: Metric = metric_of(code)
    return choose(metric.name_zh, metric.name_en)


def _number(cell: Cell) -> Decimal:
    return cell if isinstance(cell, Decimal) else Decimal(0)


PARTS: tuple[Part, ...] = (
    Part(MATTERS, _matters),
    Part(Text("主要指标", "Key figures"), _key_figures),
    Part(Text("资产质量", "Quality of loans"), _quality),
    Part(Text("下级机构排名", "Ranking of organisations"), _ranking),
    Part(Text("存贷款走势", "Deposits and loans over time"), _trend),
    Part(Text("存贷款结构", "Structure of deposits and loans"), _structure),
    Part(Text("变动归因", "Why it changed"), _drivers),
    Part(Text("贡献与利润桥", "Contribution and profit bridge"), _contribution),
    Part(Text("渠道", "Channels"), _channels),
)
"""The chapters in reading order."""
