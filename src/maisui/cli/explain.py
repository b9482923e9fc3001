"""`maisui explain`: everything behind one figure, down to files and lines."""

from __future__ import annotations

from typing import Annotated

import typer

from maisui.answers import Explanation, Period, Question, View, explain
from maisui.answers.plain import explanation_json
from maisui.cli.options import DEFAULT_HOME, HomeOption, JsonOption, parse_choice, parse_day
from maisui.cli.output import console, print_json, shown
from maisui.warehouse.home import open_home
from maisui.warehouse.reader import open_reader

_FILES_SHOWN = 20


def explain_command(
    metric: Annotated[str, typer.Argument(help="Code of the metric, see `maisui metrics`.")],
    org: Annotated[str | None, typer.Option("--org", help="An organisation: it and everything below it.")] = None,
    date: Annotated[str | None, typer.Option("--date", help="Reporting day, YYYY-MM-DD; the latest by default.")] = None,
    period: Annotated[str, typer.Option("--period", help="day, month, quarter, year or to-date, ending on the day.")] = "month",
    view: Annotated[
        str, typer.Option("--view", help="as-was: organisations of each day; as-is: closed outlets under their successor.")
    ] = "as-was",
    version: Annotated[str | None, typer.Option("--version", help="A kept version instead of the current one.")] = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Explain one figure: formula, SQL, inputs, filters, parameters, tie-outs, source files and lines."""
    place = open_home(home)
    question = Question(metric, (), org, parse_day(date), parse_choice(Period, period, "--period"), view=parse_choice(View, view, "--view"))
    with open_reader(place.versions, place.parts, version=version) as reader:
        explanation = explain(reader, question)
    if as_json:
        print_json(explanation_json(explanation))
    else:
        _print(explanation)


def _print(explanation: Explanation) -> None:
    metric = explanation.metric
    console.print(f"[bold]{metric.name_zh} {metric.name_en}[/bold]  ({metric.code})")
    console.print(f"{metric.meaning_zh}\n{metric.meaning_en}")
    console.print(f"[bold]formula[/bold]  {metric.formula_zh}   ·   {metric.formula_en}")
    scope = f"{explanation.organisation or 'whole bank'}  ·  {explanation.window.day}  ·  {explanation.view.value}"
    console.print(f"[bold]figure[/bold]   {shown(explanation.value, metric.unit)}  ·  {scope}")
    console.print(f"         numerator {explanation.numerator}   denominator {explanation.denominator}")
    for note in explanation.notes:
        console.print(f"note: {note}")
    for part in explanation.parts:
        console.rule(f"{part.role}: {part.amount}", align="left")
        console.print(part.sql, markup=False, highlight=False)
        for name, zh, en in part.inputs:
            console.print(f"  {part.mart}.{name}  {zh} · {en}", highlight=False)
        console.print(f"  from {', '.join(part.origins) or '—'}", highlight=False)
        total = sum(f.rows for f in part.files)
        console.print(f"  {len(part.files)} source files, {total:,} rows", highlight=False)
        for f in part.files[-_FILES_SHOWN:]:
            console.print(
                f"    {f.source}/{f.feed} {f.file_name}  {f.rows:,} of {f.rows_in_file:,} rows, lines {f.first_line:,}–{f.last_line:,}",
                highlight=False,
            )
        if len(part.files) > _FILES_SHOWN:
            console.print(f"    … and {len(part.files) - _FILES_SHOWN} earlier files (--json lists all)")
    console.rule("trust", align="left")
    for parameter in explanation.parameters:
        console.print(f"parameter {parameter.code} = {parameter.value} since {parameter.valid_from}", highlight=False)
    for control in explanation.controls:
        state = f"{control.violations} of {control.checked} do not tie, {control.difference}" if control.violations else "ties"
        state = state if control.checked else "nothing delivered to compare"
        console.print(f"{control.name_zh} {control.name_en}: {state}", highlight=False)
    console.print(
        f"version {explanation.version} · code {explanation.code_version} · parameters {explanation.parameter_version}"
        f" · last delivery {explanation.last_delivery_on}",
        style="dim",
    )
