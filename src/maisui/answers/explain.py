"""Why a figure is what it is: definition, SQL, scope, parameters, tie-outs, lineage and source lines."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import sqlglot
from sqlglot import exp

from maisui.answers.ask import ask, metric_of, scope_of
from maisui.answers.evidence import SourceFile, source_files
from maisui.answers.parameter_use import rests_on
from maisui.answers.question import Answer, Note, Question
from maisui.answers.targets import TARGET, by_target
from maisui.answers.tie_outs import loan_coverage
from maisui.answers.union import part_notes
from maisui.metrics import Measure, Metric
from maisui.metrics.measure_sql import Scope, View, Window, conditions, fill, measure_query
from maisui.tables import BY_NAME
from maisui.warehouse.reader import Reader
from maisui.warehouse.version import Control

HISTORY = "history_days"
"""How far back the history goes: it decides which days there are, not what a figure of a day is."""


@dataclass(frozen=True, slots=True)
class Part:
    """One side of the fraction: what is summed, where, with which conditions, from which columns."""

    role: str
    mart: str
    expression: str
    conditions: tuple[str, ...]
    sql: str
    amount: Decimal | None
    inputs: tuple[tuple[str, str, str], ...]
    origins: tuple[str, ...]
    files: tuple[SourceFile, ...]


@dataclass(frozen=True, slots=True)
class ParameterLine:
    """A parameter line in force on the day, on which the figure depends."""

    code: str
    valid_from: str
    value: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything that stands behind one figure of one version."""

    metric: Metric
    window: Window
    organisation: str | None
    view: View
    version: str
    code_version: str
    parameter_version: str
    last_delivery_on: str
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    parts: tuple[Part, ...]
    parameters: tuple[ParameterLine, ...]
    controls: tuple[Control, ...]
    notes: tuple[Note, ...]


def explain(reader: Reader, question: Question) -> Explanation:
    """Return the explanation of the figure that `question` asks for (its split is ignored).

    Of a rate of completion it tells every target of the organisation with what is reached, and where targets stand; the figure itself,
    and what its actual value is made of, are given where there is but one target: of several each has an explanation of its own.

    Raises:
        QuestionError: as `ask` does.
    """
    plain = Question(question.metric, (), question.organisation, question.day, question.period, view=question.view)
    answer = ask(reader, by_target(plain))
    metric = metric_of(question.metric)
    scope, _ = scope_of(reader, metric, plain)
    row = answer.rows[0] if len(answer.rows) == 1 else None
    measures = _measures(metric, answer)
    manifest = reader.manifest
    return Explanation(
        metric=metric,
        window=answer.window,
        organisation=question.organisation,
        view=question.view,
        version=manifest.version,
        code_version=manifest.code_version,
        parameter_version=manifest.parameter_version,
        last_delivery_on=str(manifest.last_delivery_on or ""),
        numerator=row.numerator if row else None,
        denominator=row.denominator if row else None,
        value=row.value if row else None,
        parts=tuple(_part(reader, role, measure, answer.window, scope) for role, measure in measures),
        parameters=_parameters(reader, [measure for _, measure in measures], answer.window),
        controls=manifest.controls,
        notes=(*answer.notes, *_target_notes(answer), *_standing_notes(reader, [measure for _, measure in measures], answer.window)),
    )


def _measures(metric: Metric, answer: Answer) -> list[tuple[str, Measure]]:
    if metric.is_per_target:
        asked = [metric_of(row.dimensions[TARGET]) for row in answer.rows] if len(answer.rows) == 1 else []
        above = dict.fromkeys(measure for one in asked for measure in (one.numerator, one.denominator) if measure is not None)
        return [*(("numerator", measure) for measure in above), ("denominator", metric.numerator)]
    return [("numerator", metric.numerator)] + ([("denominator", metric.denominator)] if metric.denominator else [])


def _target_notes(answer: Answer) -> tuple[Note, ...]:
    """Return each target with what is reached of it."""
    if not answer.metric.is_per_target:
        return ()
    notes: list[Note] = []
    for row in answer.rows:
        metric = metric_of(row.dimensions[TARGET])
        rate = "—" if row.value is None else f"{(row.value * 100).quantize(Decimal('0.01'))} %"
        actual, wanted = (_written(side, metric) for side in (row.numerator, row.denominator))
        notes.append(Note(f"{metric.name_zh}：{actual} ÷ {wanted} = {rate}", f"{metric.name_en}: {actual} ÷ {wanted} = {rate}"))
    if len(notes) > 1:
        notes.append(Note("各实际值的来历见该指标自己的解释", "where each actual value comes from is explained under its own metric"))
    return tuple(notes)


def _written(value: Decimal | None, metric: Metric) -> str:
    return "—" if value is None else f"{value:,.{metric.unit.decimals}f}"


def trace(lineage: dict[str, dict[str, list[str]]], table: str, column: str) -> tuple[str, ...]:
    """Return the delivered columns (`source_feed.COLUMN`) from which `table.column` is made."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting = [f"{table}.{column}"]
    while waiting:
        place = waiting.pop()
        if place in seen:
            continue
        seen.add(place)
        owner, _, name = place.rpartition(".")
        if owner not in lineage:
            found.add(place)
        else:
            waiting.extend(lineage[owner].get(name, []))
    return tuple(sorted(place for place in found if place.partition(".")[0] not in BY_NAME))


def _standing_notes(reader: Reader, measures: list[Measure], window: Window) -> tuple[Note, ...]:
    """Return what a figure stands on: a union's on versions of its members, one of loan quality on so much of the ledger's loans."""
    if reader.manifest.is_union:
        return tuple(part_notes(reader))
    return _coverage_notes(reader, measures, window)


def _coverage_notes(reader: Reader, measures: list[Measure], window: Window) -> tuple[Note, ...]:
    """Return how much of the ledger's loans a figure of loan quality sees, in the whole bank."""
    if not any(measure.mart == "loan_class_day" for measure in measures):
        return ()
    found = loan_coverage(reader, window.day)
    if found is None or found.share is None:
        return (Note("没有总账可核对，不知借据覆盖了多少贷款", "no ledger came to say how much of the loans the receipts cover"),)
    share = f"{(found.share * 100).quantize(Decimal('0.01'))}%"
    return (
        Note(
            f"全行计入的贷款占总账贷款 {share}（{found.day}：{found.counted:,.2f} / {found.ledger:,.2f}）",
            f"loans counted are {share} of the ledger's loans in the whole bank ({found.day}: {found.counted:,.2f} of {found.ledger:,.2f})",
        ),
    )


def _part(reader: Reader, role: str, measure: Measure, window: Window, scope: Scope) -> Part:
    amount = reader.rows(measure_query(measure, window, scope))[0][0]
    columns = _columns(measure)
    table = BY_NAME[measure.mart]
    inputs = tuple((name, table.column(name).meaning_zh, table.column(name).meaning_en) for name in columns)
    lineage = reader.manifest.lineage
    origins = sorted({origin for name in columns for origin in trace(lineage, measure.mart, name)})
    return Part(
        role=role,
        mart=measure.mart,
        expression=fill(measure.expression, window),
        conditions=tuple(conditions(measure, window, scope)),
        sql=measure_query(measure, window, scope),
        amount=None if amount is None else Decimal(amount),
        inputs=inputs,
        origins=tuple(origins),
        files=() if reader.manifest.is_union else source_files(reader, measure, window, scope),
    )


def _columns(measure: Measure) -> tuple[str, ...]:
    text = f"SELECT {measure.expression.replace('$', '')} WHERE {measure.where or 'true'}"
    names = {column.name for column in sqlglot.parse_one(text, read="duckdb").find_all(exp.Column)}
    return tuple(name for name in BY_NAME[measure.mart].column_names if name in names)


def _parameters(reader: Reader, measures: list[Measure], window: Window) -> tuple[ParameterLine, ...]:
    rows = reader.rows(
        "SELECT parameter_code, CAST(valid_from AS VARCHAR), coalesce(text_value, CAST(number_value AS VARCHAR)) FROM parameter "
        f"WHERE valid_from <= DATE '{window.day}' AND (valid_until IS NULL OR valid_until > DATE '{window.day}') ORDER BY 1"
    )
    return tuple(ParameterLine(*row) for row in rows if row[0] != HISTORY and any(rests_on(measure, row[0]) for measure in measures))
