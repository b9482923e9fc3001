"""The answer to one question: a metric, split and scoped, with its comparison, from one published version."""

from __future__ import annotations

import operator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from maisui.answers.currency_notes import currency_notes
from maisui.answers.figure import Figure, moved, plain_figure, ratio_figure
from maisui.answers.missing_side import missing_side
from maisui.answers.periods import Comparison, Period, base_day, window_of
from maisui.answers.question import CHILD, Answer, Key, Note, Question, Row
from maisui.answers.targets import TargetLine, target_answer, target_lines
from maisui.answers.undelivered import undelivered
from maisui.answers.union import require_in_union, union_notes
from maisui.answers.working_days import WorkingDays, working_days
from maisui.errors import QuestionError
from maisui.metrics import BY_CODE, DIMENSION_BY_CODE, LEGAL_ENTITY, Measure, Metric, Timing
from maisui.metrics.measure_sql import Scope, View, Window, has_rows_query, measure_query
from maisui.warehouse.reader import Reader


def ask(reader: Reader, question: Question) -> Answer:
    """Return the answer to `question` from the version that `reader` reads.

    Raises:
        QuestionError: when the metric, dimension, organisation or date is unknown, or the split is not possible.
    """
    answer = plain_answer(reader, replace(question, comparison=None))
    if question.comparison is None:
        return answer
    asked = base_question(answer, question.comparison, calendar_for(reader, question.comparison))
    return with_base(answer, plain_answer(reader, asked), question.comparison)


def base_question(answer: Answer, comparison: Comparison, calendar: WorkingDays | None = None) -> Question:
    """Return the question whose answer is the base of `answer`: the same, at the day `comparison` means by the `calendar`."""
    day = base_day(answer.window.day, comparison, answer.metric.numerator.timing, calendar)
    return replace(answer.question, day=day, comparison=None)


def calendar_for(reader: Reader, comparison: Comparison | None) -> WorkingDays | None:
    """Return the calendar that a comparison needs, None for one that goes by the date."""
    return working_days(reader) if comparison is Comparison.PREVIOUS_WORKING_DAY else None


def with_base(answer: Answer, base: Answer, comparison: Comparison) -> Answer:
    """Return `answer` held against `base`, line by line; a line that only one of them has keeps the other side empty."""
    now, then = _by_key(answer), _by_key(base)
    rows = tuple(_compared(now.get(key), then.get(key)) for key in sorted(now.keys() | then.keys()))
    return replace(answer, question=replace(answer.question, comparison=comparison), base_window=base.window, rows=rows)


def _by_key(answer: Answer) -> dict[Key, Row]:
    return {tuple(row.dimensions.values()): row for row in answer.rows}


def _compared(now: Row | None, base: Row | None) -> Row:
    if base is None:
        assert now is not None  # noqa: S101 - the key comes from one of the two
        return now
    if now is None:
        return Row(base.dimensions, None, None, None, base.value)
    change, rate = moved(now.value, base.value)
    return replace(now, base_value=base.value, change=change, change_rate=rate)


def plain_answer(reader: Reader, question: Question, *, with_notes: bool = True) -> Answer:
    """Return the answer without a comparison; `with_notes` spares what only a reader of the answer itself needs.

    Raises:
        QuestionError: as `ask` does.
    """
    metric = metric_of(question.metric)
    scope, by = scope_of(reader, metric, question)
    window = window_at(reader, question.day, question.period)
    if metric.is_per_target:
        answer = target_answer(reader, plain_answer, metric, question, window)
        return replace(answer, organisation_names=_organisation_names(reader) if "organisation" in by else {})
    notes = _notes(reader, metric, question, window) if with_notes else ()
    require_history(reader, metric, window)
    figures = _figures(reader, metric, window, scope, by)
    names = tuple(question.by)
    rows = tuple(
        Row(dict(zip(names, key, strict=True)), figure.numerator, figure.denominator, figure.value)
        for key, figure in sorted(figures.items(), key=operator.itemgetter(0))
    )
    if with_notes and not by and not (rows and rows[0].value is not None):
        notes = (*notes, *_reasons(reader, metric, rows))
    organisation_names = _organisation_names(reader) if {"organisation", "handling_organisation", LEGAL_ENTITY.code} & set(by) else {}
    return Answer(metric, question, window, None, reader.manifest.version, rows, notes, organisation_names)


def _reasons(reader: Reader, metric: Metric, rows: tuple[Row, ...]) -> list[Note]:
    """Return why a figure does not exist: the side of a ratio that is lacking, and which feeds nobody delivered."""
    sides = [missing_side(metric, rows[0])] if metric.denominator is not None and rows else []
    feeds = None if reader.manifest.is_union else undelivered(reader, metric)
    return [*sides, *([feeds] if feeds else [])]


def target_lines_of(reader: Reader, question: Question) -> tuple[TargetLine, ...]:
    """Return the targets in force and what is reached of them; `question` names a rate of completion and is split by target.

    Raises:
        QuestionError: as `ask` does.
    """
    metric = metric_of(question.metric)
    scope_of(reader, metric, question)
    lines, _ = target_lines(reader, plain_answer, question, window_at(reader, question.day, question.period))
    return lines


def metric_of(code: str) -> Metric:
    """Return the metric called `code`.

    Raises:
        QuestionError: when there is none.
    """
    if code not in BY_CODE:
        raise QuestionError(f"there is no metric {code!r}", where="the question", next_step="choose one of `maisui metrics`")
    return BY_CODE[code]


def scope_of(reader: Reader, metric: Metric, question: Question) -> tuple[Scope, tuple[str, ...]]:
    """Return the organisations a question covers and the dimensions it is split by.

    Raises:
        QuestionError: when a dimension is unknown or the metric cannot be split or scoped so.
    """
    by = tuple("organisation" if code == CHILD else code for code in question.by)
    if reader.manifest.is_union:
        require_in_union(metric, by)
    for code in by:
        if code not in DIMENSION_BY_CODE:
            known = ", ".join((*DIMENSION_BY_CODE, CHILD))
            raise QuestionError(f"there is no dimension {code!r}", where=question.metric, next_step=f"split by one of: {known}")
        if code not in metric.dimensions and (code != LEGAL_ENTITY.code or metric.is_per_target):
            raise QuestionError(
                f"{metric.code} cannot be split by {code}",
                where=question.metric,
                next_step=f"split by one of: {', '.join(metric.dimensions)}",
            )
    if len(set(by)) != len(by):
        raise QuestionError("a dimension is named twice", where=question.metric, next_step="name each dimension once")
    measures = [metric.numerator] + ([metric.denominator] if metric.denominator else [])
    if (question.organisation or CHILD in question.by) and not all(measure.has_organisation for measure in measures):
        raise QuestionError(f"{metric.code} is not kept by organisation", where=question.metric, next_step="ask it for the whole bank")
    scope = place_of(reader, question.organisation, question.view)
    if CHILD not in question.by:
        return scope, by
    return replace(scope, children=children_of(reader, question, is_dated=scope.is_dated)), by


def place_of(reader: Reader, organisation: str | None, view: View) -> Scope:
    """Return the scope of an organisation and everything below it, unsplit; None is the whole bank.

    Raises:
        QuestionError: when there is no such organisation, or the as-is view counts it with its successor.
    """
    if organisation is not None:
        found = reader.facts("SELECT count(*) FROM organisation WHERE organisation_code = ?", [organisation])[0][0]
        if not found:
            raise QuestionError(
                f"there is no organisation {organisation!r}",
                where="--org",
                next_step="ask `maisui ask customer_count --by organisation`",
            )
    if view is View.AS_IS and organisation is not None:
        _refuse_merged(reader, organisation)
    return Scope(organisation, None, view, view is View.AS_WAS and tree_has_changed(reader))


def tree_has_changed(reader: Reader) -> bool:
    """Return whether some organisation had another parent earlier in the history."""
    return bool(reader.facts("SELECT count(*) FROM organisation_closure_period WHERE valid_from > DATE '1900-01-01'")[0][0])


def _refuse_merged(reader: Reader, organisation: str) -> None:
    found = reader.facts(
        "SELECT current_successor_code, CAST(closed_on AS VARCHAR) FROM organisation_succession WHERE organisation_code = ?", [organisation]
    )
    if found:
        successor, closed_on = found[0]
        raise QuestionError(
            f"{organisation} closed on {closed_on}; in the as-is view its history counts with {successor}",
            where="--view as-is",
            next_step=f"ask for {successor}, or for {organisation} in the as-was view",
        )


def children_of(reader: Reader, question: Question, *, is_dated: bool) -> tuple[str, ...]:
    """Return the organisations directly below that of `question` within its window; the tops of the bank where several stand there."""
    top = question.organisation
    if top is None:
        roots = tuple(row[0] for row in reader.facts("SELECT organisation_code FROM organisation WHERE parent_code IS NULL ORDER BY 1"))
        if len(roots) != 1:
            return roots
        top = roots[0]
    if is_dated:
        window = window_at(reader, question.day, question.period)
        below = reader.facts(
            "SELECT DISTINCT organisation_code FROM organisation_closure_period WHERE ancestor_code = ? AND distance = 1 "
            f"AND valid_from <= DATE '{window.day}' AND (valid_until IS NULL OR valid_until > DATE '{window.period_start}') ORDER BY 1",
            [top],
        )
    else:
        below = reader.facts("SELECT organisation_code FROM organisation WHERE parent_code = ? ORDER BY 1", [top])
    return tuple(row[0] for row in below)


def _figures(reader: Reader, metric: Metric, window: Window, scope: Scope, by: tuple[str, ...]) -> dict[Key, Figure]:
    days = 1 if "date" in by else window.days
    above = _amounts(reader, metric.numerator, window, scope, by)
    if metric.denominator is None:
        return {key: plain_figure(metric, amount, days) for key, amount in above.items()}
    below = _amounts(reader, metric.denominator, window, scope, by)
    above_has, below_has = _has_rows(reader, metric.numerator, window, by), _has_rows(reader, metric.denominator, window, by)
    figures: dict[Key, Figure] = {}
    for key in set(above) | set(below):
        numerator = above.get(key, Decimal(0) if above_has else None)
        denominator = below.get(key, Decimal(0) if below_has else None)
        figures[key] = ratio_figure(metric, numerator, denominator, days)
    return figures


def _amounts(reader: Reader, measure: Measure, window: Window, scope: Scope, by: tuple[str, ...]) -> dict[Key, Decimal | None]:
    found = reader.rows(measure_query(measure, window, scope, by))
    is_incomplete = any(row[-1] is None for row in found)
    empty = Decimal(0) if is_incomplete and _has_rows(reader, measure, window, by) else None
    return {tuple(str(cell) for cell in row[:-1]): empty if row[-1] is None else Decimal(row[-1]) for row in found}


def _has_rows(reader: Reader, measure: Measure, window: Window, by: tuple[str, ...]) -> bool:
    return bool(reader.facts(has_rows_query(measure, window, by))[0][0])


def _organisation_names(reader: Reader) -> dict[str, str]:
    return dict(reader.facts("SELECT organisation_code, coalesce(organisation_name, organisation_code) FROM organisation"))


def window_at(reader: Reader, day: date | None, period: Period) -> Window:
    """Return the window of a question; without a day it ends on the version's reporting date.

    Raises:
        QuestionError: when the day lies outside the version's history.
    """
    manifest = reader.manifest
    chosen = day or manifest.reporting_date
    if not manifest.first_date <= chosen <= manifest.reporting_date:
        raise QuestionError(
            f"{chosen} lies outside the history of this version ({manifest.first_date} to {manifest.reporting_date})",
            where="--date",
            next_step="ask for a day within it, or run the batch for a later date",
        )
    return window_of(chosen, period, manifest.first_date)


def require_history(reader: Reader, metric: Metric, window: Window) -> None:
    """Refuse a window whose base in the year before lies outside the history.

    Raises:
        QuestionError: when the metric needs such a base.
    """
    needs_year_base = any(m is not None and m.timing is Timing.YEAR_START for m in (metric.numerator, metric.denominator))
    if needs_year_base and window.year_base < reader.manifest.first_date:
        raise QuestionError(
            f"{metric.code} needs {window.year_base}, but the history begins on {reader.manifest.first_date}",
            where="--date",
            next_step="ask for a later day, or deliver earlier months",
        )


def _notes(reader: Reader, metric: Metric, question: Question, window: Window) -> tuple[Note, ...]:
    notes: list[Note] = []
    manifest = reader.manifest
    if window_of(window.day, question.period, date.min).period_start < manifest.first_date and question.period is not Period.TO_DATE:
        notes.append(
            Note(f"期间自历史起点 {manifest.first_date} 起算", f"the period is cut at the beginning of the history, {manifest.first_date}")
        )
    if manifest.last_delivery_on is not None and window.day > manifest.last_delivery_on and not manifest.is_union:
        delivered = manifest.last_delivery_on
        notes.append(
            Note(f"最近一次到数为 {delivered}，此后各日沿用旧值", f"the last delivery is of {delivered}; later days carry it forward")
        )
    notes.extend(currency_notes(reader, metric, question))
    notes.extend(union_notes(reader, metric, question.by, window) if manifest.is_union else _estimate_notes(reader, metric, window))
    if question.view is View.AS_IS:
        notes.extend(merged_notes(reader, question.organisation))
    return tuple(notes)


def _estimate_notes(reader: Reader, metric: Metric, window: Window) -> list[Note]:
    """Return one note where an average of balances rests on days that nobody delivered: its figure carries the earlier balance forward."""
    measures = [m for m in (metric.numerator, metric.denominator) if m is not None and m.timing is Timing.AVERAGE]
    kinds = {kind for measure in measures for kind in ("deposit", "loan") if f"account_kind = '{kind}'" in measure.where}
    if not kinds:
        return []
    rows = reader.facts(
        "SELECT count(*) FILTER (WHERE average_kind = 'two_point'), count(*) FILTER (WHERE is_estimated AND average_kind <> 'two_point') "
        "FROM account_month WHERE month_start >= date_trunc('month', CAST(? AS DATE)) AND month_start <= ? "
        "AND list_contains(?, account_kind)",
        [window.period_start, window.day, sorted(kinds)],
    )
    two_point, unexplained = rows[0]
    notes: list[Note] = []
    if two_point:
        notes.append(
            Note(
                f"日均为估算：{two_point:,} 个户月只有期初期末余额、没有交易明细，机构日均以前一余额沿用，"
                "账户与客户日均取两点平均，二者之和可能不等",
                f"the average is estimated: {two_point:,} account months have balances but no movements; outlets carry the earlier balance "
                "forward, accounts and customers take the mean of both ends, so that their sum may differ",
            )
        )
    if unexplained:
        notes.append(
            Note(
                f"日均为估算：{unexplained:,} 个户月的变动不能解释余额，按前一余额滚动",
                f"the average is estimated: in {unexplained:,} account months movements do not explain the balance",
            )
        )
    return notes


def merged_notes(reader: Reader, organisation: str | None) -> list[Note]:
    """Return one note for each closed organisation whose history the as-is view counts within the organisation asked for."""
    below = "true"
    if organisation is not None:
        below = "current_successor_code IN (SELECT organisation_code FROM organisation_closure WHERE ancestor_code = ?)"
    rows = reader.facts(
        "SELECT organisation_code, current_successor_code, CAST(closed_on AS VARCHAR), is_inferred, moved_account_count, account_count "
        f"FROM organisation_succession WHERE {below} ORDER BY 1",
        [organisation] if organisation is not None else [],
    )
    notes: list[Note] = []
    for code, successor, closed_on, is_inferred, gone, every in rows:
        guess_zh = f"（按账户去向推断，{every} 户中 {gone} 户）" if is_inferred else ""
        guess_en = f" (inferred: {gone} of its {every} accounts went there)" if is_inferred else ""
        notes.append(
            Note(
                f"现行口径：{code} 于 {closed_on} 撤并，历史计入 {successor}{guess_zh}",
                f"as is: {code} closed on {closed_on} and counts with {successor}{guess_en}",
            )
        )
    return notes
