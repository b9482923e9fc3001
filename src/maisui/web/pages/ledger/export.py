"""The page of the ledger taken out: the statement of the tab with every subject, and where each subject stands and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from django.http import HttpRequest

from maisui.answers import ALL_CURRENCIES, LINE_NAMES, Effects, LedgerSubject, MarginRow, Unit
from maisui.web.exports.files import standing_of
from maisui.web.exports.sheets import Amount, Cell, Column, Export, Sheet
from maisui.web.gateway import Gateway
from maisui.web.pages.ledger.margin import shown_margin
from maisui.web.pages.ledger.ratios import shown_ratios
from maisui.web.pages.ledger.state import ALL, AVERAGE, BALANCE, INCOME, MARGIN, MONTHS, OWN, RATIOS, SUBJECT, TABS, TRIAL, YUAN, State
from maisui.web.pages.ledger.statements import ShownLine, ShownStatement, base_days, shown_statement
from maisui.web.pages.ledger.subject import shown_subject
from maisui.web.pages.ledger.subjects import shown_averages
from maisui.web.pages.ledger.words import RULES, STATEMENTS, currency_name
from maisui.web.pages.overview.figures import SPARK_MONTHS, months_before
from maisui.web.pages.overview.state import PERIOD_NAMES
from maisui.web.text import choose

RELATED_METRICS = (
    "total_asset_balance", "net_profit", "interest_income", "interest_expense", "fee_income", "operating_expense", "net_interest_margin",
    "cost_to_income_ratio",
)  # fmt: skip
"""Metrics of the catalogue that stand on the statements; their definitions go with every export."""


def export_of_page(request: HttpRequest) -> Export:
    """Return the tab of the address, every line opened down to its subjects."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = State.of(request.GET)
    standing = standing_of(gateway, state.organisation, state.day, where="ledger")
    state = replace(state, organisation=standing.organisation, opened=(ALL,))
    sheet = replace(_SHEETS[state.tab](gateway, state, standing.day, standing.place), in_yuan=state.unit == YUAN)
    metrics = {metric.code: metric for metric in gateway.catalogue()}
    return Export(
        "ledger",
        f"{choose('总账分析', 'General ledger')} · {TABS[state.tab]}",
        (sheet, *rates_sheets(gateway, state, standing.day), subjects_sheet(gateway.ledger.subjects())),
        tuple(metrics[code] for code in RELATED_METRICS if code in metrics),
        standing.about(),
        standing.organisation,
        f"ledger-{state.tab}-{standing.file_name}",
        object_id=state.query(),
        details={"organisation": state.organisation or "*", "day": str(standing.day), "tab": state.tab, "rows": len(sheet.rows)},
    )


def rates_sheets(gateway: Gateway, state: State, day: date) -> tuple[Sheet, ...]:
    """Return the sheet of the rates by which all currencies come together, day by day of the columns; none for one currency."""
    if state.currency != ALL_CURRENCIES or state.tab == RATIOS:
        return ()
    days = [base for _, base in base_days(gateway, state, day)]
    if state.shows == MONTHS and state.tab in (BALANCE, INCOME, OWN):
        days += months_before(day, gateway.month_ends(), SPARK_MONTHS)
    found = gateway.ledger.rates(state.ledger_question(), days, whole_period=state.tab in (INCOME, TRIAL, AVERAGE, MARGIN))
    columns = (
        Column(choose("币种", "Currency"), width=12),
        Column(choose("总账日", "Accounting day"), width=14),
        Column(choose("汇率日期", "Day of the rate"), width=14),
        Column(choose("外币数量", "Foreign amount"), width=16),
        Column(choose("折本币", "Local currency for it"), width=18),
    )
    rows: list[Sequence[Cell]] = [
        (
            rate.currency,
            rate.day,
            rate.valid_from or choose("首个汇率", "first rate"),
            rate.quoted_amount,
            rate.exchange_rate,
        )
        for rate in found.rates
    ]
    rows += [(code, choose("没有汇率，未计入", "no rate, left out"), None, None, None) for code in found.unrated]
    name = choose("折算汇率", "Exchange rates")
    rule = choose(
        "余额按其总账日、损益按入账的总账日、期初按期初日的汇率折算，逐机构逐科目四舍五入到分",
        "balances at the rate of their accounting day, results at that of the ledger day that books them; each line to the cent",
    )
    return (Sheet(name, f"{name} · {rule}", columns, rows),)


def _statement_sheet(gateway: Gateway, state: State, day: date, place: str) -> Sheet:
    shown = shown_statement(gateway, state, day)
    begins = shown.statement.columns[0].period_start
    span = f"{PERIOD_NAMES[state.period]} {begins} → {shown.ledger_day or '—'}" if begins else f"{shown.ledger_day or '—'}"
    title = f"{TABS[state.tab]} · {place} · {span} · {currency_name(shown.statement.frame)}"
    columns = [
        Column(choose("项目", "Line"), width=40),
        Column(choose("科目编号", "Subject"), width=14),
        Column(choose("级次", "Level"), width=8),
    ]
    if shown.months:
        columns += [Column(f"{month}", Unit.YUAN) for month in shown.months]
    else:
        columns += [Column(choose("金额", "Amount"), Unit.YUAN), Column(choose("占比", "Share"), Unit.SHARE)]
        if shown.has_budgets:
            columns += [
                Column(choose("预算", "Budget"), Unit.YUAN),
                Column(choose("与预算差额", "Difference"), Unit.YUAN),
                Column(choose("完成率", "Completion"), Unit.SHARE),
            ]
            if shown.unplanned:
                columns.append(Column(choose("缺预算的行", "Lines without a budget"), width=36))
        for base in shown.bases:
            columns += [
                Column(f"{base.name} {base.day or '—'}", Unit.YUAN),
                Column(choose("增减额", "Change"), Unit.YUAN),
                Column(choose("增减率", "Rate"), Unit.SHARE),
            ]
    rows = [_statement_row(shown, row) for row in shown.lines]
    if state.tab == OWN:
        columns.append(Column(choose("公式", "Formula"), width=60))
        rows = [(*cells, row.line.formula) for cells, row in zip(rows, shown.lines, strict=True)]
    return Sheet(str(TABS[state.tab]), title, tuple(columns), rows, adds_up=True)


def _statement_row(shown: ShownStatement, row: ShownLine) -> Sequence[Cell]:
    indent = "　" * row.line.level
    head: list[Cell] = [f"{indent}{row.name}", row.line.code if row.line.kind == "subject" else "", row.line.level]
    if shown.months:
        return (*head, *(_amount(row, month) for month in row.months))
    changes: list[Cell] = [row.line.budget, row.over_budget, row.completion] if shown.has_budgets else []
    if shown.has_budgets and shown.unplanned:
        changes.append(choose("、", ", ").join(shown.name_of(one) for one in row.line.unplanned))
    for change in row.changes:
        changes += [_amount(row, change.base), _amount(row, change.change, is_change=True), change.rate]
    return (*head, _amount(row, row.amount), row.share, *changes)


def _amount(row: ShownLine, value: Decimal | None, *, is_change: bool = False) -> Cell:
    """Return a cell of a column of yuan; a quotient is written as the share it is."""
    return Amount(value, row.unit, is_change) if row.line.is_share else value


def _trial_sheet(gateway: Gateway, state: State, day: date, place: str) -> Sheet:
    del day
    balance = gateway.ledger.trial_balance(state.ledger_question())
    sides = [choose(zh, en) for zh, en in _SIDES]
    columns = (
        *_subject_columns(),
        *(Column(side, Unit.YUAN) for side in sides),
        *((Column(choose("汇兑折算差额", "Translation"), Unit.YUAN),) if balance.frame.conversion else ()),
        Column(choose("未平", "Gap"), Unit.YUAN),
    )
    rows = [
        (
            *_subject_cells(row.subject),
            row.opening_debit,
            row.opening_credit,
            row.debit,
            row.credit,
            row.closing_debit,
            row.closing_credit,
            *((row.translation,) if balance.frame.conversion else ()),
            row.difference,
        )
        for row in balance.rows
    ]
    total = None
    if balance.total is not None:
        made = (balance.total.translation,) if balance.frame.conversion else ()
        total = (
            choose("合计（末级）", "Total (leaves)"),
            "",
            "",
            *(amount for pair in balance.total.pairs for amount in pair),
            *made,
            None,
        )
    span = f"{balance.opened_after or '—'} → {balance.closed_on or '—'}"
    return Sheet(str(TABS[TRIAL]), f"{TABS[TRIAL]} · {place} · {span} · {currency_name(balance.frame)}", columns, rows, total, adds_up=True)


_SIDES = (
    ("期初借方", "Opening debit"),
    ("期初贷方", "Opening credit"),
    ("本期借方发生", "Debit turnover"),
    ("本期贷方发生", "Credit turnover"),
    ("期末借方", "Closing debit"),
    ("期末贷方", "Closing credit"),
)


def _average_sheet(gateway: Gateway, state: State, day: date, place: str) -> Sheet:
    shown = shown_averages(gateway, state, day)
    columns = [*_subject_columns(), Column(choose("日均余额", "Average"), Unit.YUAN), Column(choose("期末余额", "Closing"), Unit.YUAN)]
    for base in shown.bases:
        columns += [Column(f"{base.name} {base.day or '—'}", Unit.YUAN), Column(choose("增减额", "Change"), Unit.YUAN)]
    columns += [Column(choose("利息", "Interest"), Unit.YUAN), Column(choose("年化率", "Yearly rate"), Unit.SHARE)]
    rows: list[Sequence[Cell]] = []
    for item in shown.rows:
        changes: list[Cell] = []
        for change in item.changes:
            changes += [change.base, change.change]
        row = item.row
        rows.append((*_subject_cells(row.subject), row.averages[0], row.closing, *changes, row.interest[0], row.rates[0]))
    span = shown.averages.spans[0]
    counted = choose(f"{span.days} 天，估算 {span.estimated} 天", f"{span.days} days, {span.estimated} estimated")
    about = f"{span.window.period_start} → {span.window.day} · {counted}"
    return Sheet(str(TABS[AVERAGE]), f"{TABS[AVERAGE]} · {place} · {about} · {currency_name(shown.averages.frame)}", tuple(columns), rows)


def _subject_sheet(gateway: Gateway, state: State, day: date, place: str) -> Sheet:
    shown = shown_subject(gateway, replace(state, lists_accounts=False), day)
    view = shown.view
    part, organisation, month = choose("下级科目", "Subject below"), choose("机构", "Organisation"), choose("日期", "Day")
    columns = (
        Column(choose("类别", "Kind"), width=16),
        Column(choose("代码", "Code"), width=18),
        Column(choose("名称", "Name"), width=36),
        Column(choose("余额", "Balance"), Unit.YUAN),
    )
    rows: list[Sequence[Cell]] = [(part, one.code, one.name, amount) for one, amount in view.parts]
    rows += [(organisation, one.code, one.name, one.balance) for one in shown.organisations]
    rows += [(month, "", one, balance) for one, balance, _ in shown.points]
    title = f"{view.subject.code} {view.subject.name}"
    return Sheet(title, f"{title} · {place} · {view.frame.ledger_day or '—'} · {currency_name(view.frame)}", columns, rows, adds_up=True)


def _margin_sheet(gateway: Gateway, state: State, day: date, place: str) -> Sheet:
    shown = shown_margin(gateway, state, day)
    now, base = choose("本期", "This period"), str(shown.base_name or choose("对比期", "Compared"))
    average, interest, rate = choose("日均", "average"), choose("利息", "interest"), choose("年化率", "rate")
    effects = [choose(zh, en) for zh, en in _EFFECTS]
    columns = (
        Column(choose("项目", "Group"), width=30),
        *(
            Column(f"{span} {name}", unit)
            for span in (now, base)
            for name, unit in zip((average, interest, rate), _SIDE_UNITS, strict=True)
        ),
        *(Column(name, Unit.YUAN) for name in effects),
    )
    rows = [_margin_cells(str(name), row) for row, name, _ in shown.rows]
    found = shown.margin
    net = (choose("利息净收入", "Net interest income"), None, found.net, found.margin, None, found.base_net, found.base_margin)
    total = (*net, *_effect_cells(found.net_effects))
    span = f"{found.span.period_start} → {found.span.day}"
    return Sheet(str(TABS[MARGIN]), f"{TABS[MARGIN]} · {place} · {span} · {currency_name(found.frame)}", columns, rows, total)


_SIDE_UNITS = (Unit.YUAN, Unit.YUAN, Unit.SHARE)
_EFFECTS = (("规模影响", "Volume"), ("天数影响", "Days"), ("利率影响", "Rate"), ("交叉影响", "Mixed"), ("影响合计", "Change"))


def _margin_cells(name: str, row: MarginRow) -> Sequence[Cell]:
    base = row.base
    held = (base.average, base.interest, base.rate) if base else (None, None, None)
    return (name, row.now.average, row.now.interest, row.now.rate, *held, *_effect_cells(row.effects))


def _effect_cells(effects: Effects | None) -> Sequence[Cell]:
    if effects is None:
        return (None,) * len(_EFFECTS)
    return effects.volume, effects.days, effects.rate, effects.mixed, effects.change


def _ratio_sheet(gateway: Gateway, state: State, day: date, place: str) -> Sheet:
    shown = shown_ratios(gateway, state, day)
    columns = (
        Column(choose("类别", "Kind"), width=18),
        Column(choose("指标", "Ratio"), width=30),
        Column(choose("数值", "Value"), width=16),
        Column(choose("下限", "Floor"), width=12),
        Column(choose("上限", "Ceiling"), width=12),
        Column(choose("状态", "State"), width=14),
        Column(choose("距限额", "Room"), width=14),
        Column(choose("缺什么", "What is missing"), width=36),
        Column(choose("公式", "Formula"), width=50),
    )
    rows: list[Sequence[Cell]] = [
        (
            str(name),
            choose(ratio.metric.name_zh, ratio.metric.name_en),
            Amount(ratio.card.value if ratio.card else None, ratio.metric.unit),
            Amount(ratio.limit.floor, ratio.metric.unit),
            Amount(ratio.limit.ceiling, ratio.metric.unit),
            str(ratio.state_name),
            Amount(ratio.room, ratio.metric.unit),
            ratio.missing,
            choose(ratio.metric.formula_zh, ratio.metric.formula_en),
        )
        for name, ratios in shown.groups
        for ratio in ratios
    ]
    return Sheet(str(TABS[RATIOS]), f"{TABS[RATIOS]} · {place} · {day}", columns, rows)


def _subject_columns() -> list[Column]:
    return [
        Column(choose("科目编号", "Subject"), width=14),
        Column(choose("科目名称", "Name"), width=36),
        Column(choose("级次", "Level"), width=8),
    ]


def _subject_cells(subject: LedgerSubject) -> tuple[Cell, ...]:
    return subject.code, subject.name, subject.level


def subjects_sheet(subjects: Sequence[LedgerSubject]) -> Sheet:
    """Return the sheet that says on which line each subject stands, and by which rule."""
    columns = (
        *_subject_columns(),
        Column(choose("报表", "Statement"), width=16),
        Column(choose("报表行", "Line"), width=28),
        Column(choose("依据", "Rule"), width=24),
    )
    rows = [
        (
            *_subject_cells(subject),
            str(STATEMENTS[subject.statement]),
            choose(*LINE_NAMES.get(subject.line, (subject.line, subject.line))),
            str(RULES[subject.rule_code]),
        )
        for subject in subjects
    ]
    title = choose("科目归行", "Subjects and lines")
    return Sheet(title, title, columns, rows)


_SHEETS: dict[str, Callable[[Gateway, State, date, str], Sheet]] = {
    BALANCE: _statement_sheet,
    INCOME: _statement_sheet,
    TRIAL: _trial_sheet,
    AVERAGE: _average_sheet,
    SUBJECT: _subject_sheet,
    MARGIN: _margin_sheet,
    RATIOS: _ratio_sheet,
    OWN: _statement_sheet,
}
"""The sheet of each tab."""
