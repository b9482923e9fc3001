"""What a report's figure may be instead of ours: that of another day, unit, metric or ledger subject, or of other accounts."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from maisui.answers.ask import Question, plain_answer, scope_of, tree_has_changed
from maisui.answers.asked_once import AskedOnceReader
from maisui.answers.ledger_currencies import AMOUNTS, converted_rows
from maisui.answers.report_accounts import ALL_CURRENCIES, Basis, basis_at, has_accounts, kind_of
from maisui.answers.report_figure import (
    CENT,
    HALF_A_HUNDREDTH,
    HALF_A_UNIT,
    TEN_THOUSAND,
    Cause,
    ReportedFigure,
    cents,
    plain_cause,
    sum_of,
    tolerance_of,
)
from maisui.answers.report_scope import Cells, Part, cells_of
from maisui.answers.together import read_together
from maisui.errors import QuestionError
from maisui.metrics import BY_CODE, CATALOGUE, Metric, Unit
from maisui.metrics.measure_sql import quoted_text, subtree_condition
from maisui.warehouse.reader import Reader

_SATURDAY = 5
LEDGER_TIES = f"({converted_rows('ledger_tie', AMOUNTS['ledger_tie'])})"
"""The sets of ledger subjects in local currency, as our figures are, whatever the currency of their accounts."""


def our_figure(reader: Reader, metric: Metric, figure: ReportedFigure, day: date) -> Decimal | None:
    """Return our value of a metric as the reported figure asks for it, but of `day`; None where it does not exist.

    Raises:
        QuestionError: when it cannot be asked so.
    """
    question = asked_as(figure, metric, day)
    rows = plain_answer(reader, question, with_notes=False).rows
    values = [row.value for row in rows if not question.by or row.dimensions["currency"] == figure.currency]
    return values[0].quantize(CENT) if values and values[0] is not None else None


def asked_as(figure: ReportedFigure, metric: Metric, day: date) -> Question:
    """Return the question whose answer is our value of a metric as the reported figure asks for it, but of `day`."""
    by = () if figure.currency == ALL_CURRENCIES else ("currency",)
    return Question(metric.code, by=by, organisation=figure.organisation, day=day)


def other_days(reader: Reader, day: date) -> list[date]:
    """Return the days near by that a report may be of, the likeliest first: the day before, the last working day, month ends, the next."""
    friday = day - timedelta(days=day.weekday() - _SATURDAY + 1) if day.weekday() >= _SATURDAY else day
    month_end = day.replace(day=calendar.monthrange(day.year, day.month)[1])
    near = (day - timedelta(days=1), friday, day.replace(day=1) - timedelta(days=1), day + timedelta(days=1), month_end)
    first, last = reader.manifest.first_date, reader.manifest.reporting_date
    return [one for one in dict.fromkeys(near) if one != day and first <= one <= last]


def cut_off_days(reader: Reader, day: date) -> list[date]:
    """Return the days before at which a report may have been cut off: the 25th and 20th, and two or three days earlier for a holiday."""
    ends = [day.replace(day=number) for number in (25, 20)] + [day - timedelta(days=back) for back in (2, 3)]
    near = {day, *other_days(reader, day)}
    return [one for one in dict.fromkeys(ends) if one < day and one not in near and one >= reader.manifest.first_date]


def basis_of(reader: Reader, metric: Metric, figure: ReportedFigure, day: date) -> Basis:
    """Return whose accounts stand behind a metric of a reported figure's organisation on `day`."""
    return basis_at(reader, metric, figure.organisation, figure.currency, day, is_dated=tree_has_changed(reader))


def as_a_whole(reader: Reader, figure: ReportedFigure, metric: Metric, ours: Decimal) -> list[tuple[Cause, ...]]:
    """Return what explains the difference at one stroke: a slip of the unit, another metric, a ledger subject or set of subjects."""
    difference = ours - figure.theirs
    off = HALF_A_HUNDREDTH if abs(cents(ours)) >= HALF_A_UNIT else 0
    slips = [theirs for theirs in (figure.theirs * TEN_THOUSAND, figure.theirs / TEN_THOUSAND) if ours and abs(cents(theirs - ours)) <= off]
    sets: list[tuple[Cause, ...]] = [(plain_cause("unit", difference, figure.day),) for _ in slips]
    if figure.currency != ALL_CURRENCIES or metric.unit is not Unit.YUAN:
        return sets
    for code, value in (*_other_metrics(reader, metric, figure), *_ledger_values(reader, figure)):
        if abs(cents(value - figure.theirs)) <= tolerance_of(figure):
            sets.append(with_rounding(figure, (plain_cause(code, ours - value, figure.day),), difference))
    return sets


def with_rounding(figure: ReportedFigure, causes: tuple[Cause, ...], rest: Decimal) -> tuple[Cause, ...]:
    """Return `causes` with what they leave of `rest` as the rounding of a report in ten thousands."""
    beside = rest - sum_of(causes)
    return (*causes, plain_cause("rounding", beside, figure.day)) if beside else causes


def _other_metrics(reader: Reader, metric: Metric, figure: ReportedFigure) -> list[tuple[str, Decimal]]:
    found: list[tuple[str, Decimal]] = []
    others = [one for one in CATALOGUE if one.code != metric.code and one.unit is metric.unit and one.denominator is None]
    once = AskedOnceReader(reader)
    read_together(once, [asked_as(figure, one, figure.day) for one in others])
    for other in (one for one in others if one.numerator.has_organisation):
        try:
            value = our_figure(once, other, figure, figure.day)
        except QuestionError:
            continue
        if value:
            found.append((f"metric={other.code}", value))
    return found


def _ledger_values(reader: Reader, figure: ReportedFigure) -> list[tuple[str, Decimal]]:
    where = of_the_ledger(reader, figure)
    subjects = reader.rows(f"SELECT subject_code, sum(local_balance) FROM ledger_day AS l WHERE {where} GROUP BY 1 ORDER BY 1")
    sets = reader.rows(f"SELECT control_code, sum(ledger_balance) FROM {LEDGER_TIES} AS l WHERE {where} GROUP BY 1 ORDER BY 1")
    return [(f"ledger_set={code}", value) for code, value in sets if value] + [
        (f"ledger_subject={code}", value) for code, value in subjects if value
    ]


def cells_on(reader: Reader, metric: Metric, figure: ReportedFigure, day: date, ours: Decimal) -> Cells | None:
    """Return the accounts behind our figure on `day`; None where the metric has none, or they do not add up to it."""
    if not has_accounts(metric):
        return None
    cells = cells_of(reader, basis_of(reader, metric, figure, day))
    return cells if cells.counted == cents(ours) else None


def book_parts(reader: Reader, metric: Metric, figure: ReportedFigure, day: date, cell: int) -> tuple[Part, ...]:
    """Return what the ledger of `day` holds beside our accounts, as parts from the free cell `cell` on."""
    books = reader.rows(
        f"SELECT control_code, sum(subledger_balance), sum(ledger_balance), count(*) FROM {LEDGER_TIES} AS l "
        f"WHERE {of_the_ledger(reader, replace(figure, day=day))} GROUP BY 1 ORDER BY 1"
    )
    kind, beside = kind_of(metric), _BOOKS[kind_of(metric)]
    found = [(f"ledger={code}", ledger - accounts, lines) for code, accounts, ledger, lines in books if code == kind]
    found += [(f"book={code}", accounts, lines) for code, accounts, _, lines in books if code in beside]
    return tuple(Part(code, -cents(amount), lines, 1 << cell + at, 2) for at, (code, amount, lines) in enumerate(found) if amount)


_BOOKS: dict[str, tuple[str, ...]] = {"deposit": ("internal",), "loan": ("discount", "advance", "card")}
"""Books beside deposit and loan accounts that a report may count in, by their set of ledger subjects."""


def of_the_ledger(reader: Reader, figure: ReportedFigure) -> str:
    """Return the condition on rows `l` of the ledger: the figure's day, currency and subtree."""
    scope, _ = scope_of(reader, BY_CODE[figure.metric], Question(figure.metric, organisation=figure.organisation, day=figure.day))
    currency = "" if figure.currency == ALL_CURRENCIES else f" AND l.currency = {quoted_text(figure.currency)}"
    return f"l.business_date = DATE '{figure.day}' AND {subtree_condition(scope, 'l.organisation_code', 'l.business_date')}{currency}"
