"""`maisui ask`: one figure, split, scoped and compared."""

from __future__ import annotations

from typing import Annotated

import typer

from maisui.answers import CHILD, Answer, Comparison, Period, Question, View, ask, by_target
from maisui.answers.as_published import version_as_published
from maisui.answers.plain import answer_json
from maisui.cli.options import DEFAULT_HOME, HomeOption, JsonOption, parse_choice, parse_day
from maisui.cli.output import console, print_json, print_table, shown, shown_change
from maisui.errors import QuestionError
from maisui.metrics import LEGAL_ENTITY, Timing
from maisui.warehouse.home import open_home
from maisui.warehouse.reader import open_reader


def ask_command(
    metric: Annotated[str, typer.Argument(help="Code of the metric, see `maisui metrics`.")],
    by: Annotated[
        list[str] | None,
        typer.Option(
            "--by", help="Split by a dimension; `child` for the organisations directly below, `legal_entity` for a union's banks."
        ),
    ] = None,
    org: Annotated[str | None, typer.Option("--org", help="An organisation: it and everything below it.")] = None,
    date: Annotated[str | None, typer.Option("--date", help="Reporting day, YYYY-MM-DD; the latest by default.")] = None,
    period: Annotated[str, typer.Option("--period", help="day, month, quarter, year or to-date, ending on the day.")] = "month",
    compare: Annotated[
        str | None,
        typer.Option(
            "--compare",
            help="previous_day, previous_working_day, previous_month, previous_quarter, year_start or same_date_last_year.",
        ),
    ] = None,
    view: Annotated[
        str, typer.Option("--view", help="as-was: organisations of each day; as-is: closed outlets under their successor.")
    ] = "as-was",
    version: Annotated[str | None, typer.Option("--version", help="A kept version instead of the current one.")] = None,
    as_published: Annotated[
        bool, typer.Option("--as-published", help="The figure as the version of that --date had it, not as it is known now.")
    ] = False,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Answer one question from the published version."""
    question = by_target(
        Question(
            metric=metric,
            by=tuple(by or ()),
            organisation=org,
            day=parse_day(date),
            period=parse_choice(Period, period, "--period"),
            comparison=parse_choice(Comparison, compare, "--compare") if compare else None,
            view=parse_choice(View, view, "--view"),
        )
    )
    place = open_home(home)
    if as_published:
        if version is not None or question.day is None:
            raise QuestionError(
                "--as-published finds the version by its day", where="--as-published", next_step="pass --date, and no --version"
            )
        version = version_as_published(place, question.day)
    with open_reader(place.versions, place.parts, version=version) as reader:
        answer = ask(reader, question)
    if as_json:
        print_json(answer_json(answer))
    else:
        print_answer(answer)


def print_answer(answer: Answer) -> None:
    """Print the answer as a table with its window, version and notes."""
    metric = answer.metric
    compared = answer.base_window is not None
    headings = [(name, "left") for name in answer.question.by] + [(f"{metric.name_zh} {metric.name_en}", "right")]
    if answer.base_window is not None:
        headings += [(f"{answer.base_window.day}", "right"), ("change", "right"), ("change %", "right")]
    rows: list[list[str]] = []
    for row in answer.rows:
        line = [_named(answer, code, value) for code, value in row.dimensions.items()] + [shown(row.value, metric.unit)]
        if compared:
            rate = "—" if row.change_rate is None else f"{row.change_rate * 100:,.2f} %"
            line += [shown(row.base_value, metric.unit), shown_change(row.change, metric.unit), rate]
        rows.append(line)
    is_span = metric.numerator.timing in (Timing.PERIOD, Timing.AVERAGE) and answer.window.days > 1
    span = f"{answer.window.period_start} … {answer.window.day}" if is_span else f"{answer.window.day}"
    view = "" if answer.question.view is View.AS_WAS else f" · {answer.question.view.value}"
    print_table(f"{metric.code} · {answer.question.organisation or 'whole bank'} · {span} · {metric.unit.value}{view}", headings, rows)
    for note in answer.notes:
        console.print(f"note: {note}")
    console.print(f"version {answer.version}", style="dim")


def _named(answer: Answer, code: str, value: str) -> str:
    if code in ("organisation", "handling_organisation", CHILD, LEGAL_ENTITY.code):
        return f"{value} {answer.organisation_names.get(value, '')}".strip()
    return value
