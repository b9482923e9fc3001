"""`maisui parameters`: which values hold, the history of one, and what the last month would have been with another."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from maisui.answers.parameter_desk import DeskParameter, HistoryLine, desk_parameters, parameter_fault
from maisui.answers.parameter_use import metrics_on
from maisui.cli.options import DEFAULT_HOME, HomeOption, JsonOption, parse_day
from maisui.cli.output import console, print_json, print_table
from maisui.cli.preview import print_preview
from maisui.cli.progress import Bars
from maisui.cli.stopping import stops_soon
from maisui.errors import QuestionError
from maisui.parameters import Parameter, column_of
from maisui.pipeline.parameter_preview import preview_parameter
from maisui.warehouse.home import open_home

parameters = typer.Typer(help="Dated parameters: which values hold, and what another one would change.", no_args_is_help=True)


@parameters.command("list")
def list_command(
    on: Annotated[str | None, typer.Option("--date", help="Which values hold on this day, YYYY-MM-DD; today by default.")] = None,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """List every parameter with the value in force and the next one."""
    day = parse_day(on) or date.today()  # noqa: DTZ011 - the day of the terminal
    found = [(one, one.in_force(day), one.next_after(day)) for one in desk_parameters(open_home(home))]
    if as_json:
        print_json([_facts(one) | {"in_force": _line(now), "next": _line(coming)} for one, now, coming in found])
        return
    print_table(
        f"parameters on {day}",
        [("code", "left"), ("value", "right"), ("since", "left"), ("by", "left"), ("next", "left")],
        [
            [one.code, now.value if now else "—", f"{now.valid_from}" if now else "—", now.origin.value if now else "—", _coming(coming)]
            for one, now, coming in found
        ],
    )


@parameters.command("show")
def show_command(
    code: Annotated[str, typer.Argument(help="A code of `maisui parameters list`.")],
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Show the whole dated history of a parameter and the metrics that rest on it."""
    found = next((one for one in desk_parameters(open_home(home)) if one.code == code), None)
    if found is None:
        raise QuestionError(f"there is no parameter {code!r}", where="the code", next_step="choose one of `maisui parameters list`")
    metrics = [metric.code for metric in metrics_on(code)]
    if as_json:
        print_json(_facts(found) | {"lines": [_line(line) for line in found.lines], "metrics": metrics})
        return
    console.print(f"[bold]{found.code}[/bold] {found.meaning_zh} {found.meaning_en}", highlight=False)
    print_table(
        "lines",
        [("from", "left"), ("value", "right"), ("by", "left"), ("approved", "left"), ("reason", "left"), ("", "left")],
        [
            [
                f"{line.valid_from}",
                line.value,
                line.origin.value,
                line.approved_by or "—",
                line.reason or "—",
                "replaced" * line.is_replaced,
            ]
            for line in found.lines
        ],
    )
    console.print(f"metrics resting on it: {', '.join(metrics) or 'none'}", highlight=False)


@parameters.command("preview")
def preview_command(
    code: Annotated[str, typer.Argument(help="A code of `maisui parameters list`, or a new one of an open family.")],
    since: Annotated[str, typer.Option("--from", help="The day from which the line would hold, YYYY-MM-DD.")],
    value: Annotated[str, typer.Option("--value", help="The value, as bank.toml would state it.")],
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Tell what the last whole month would have been with one more line; nothing is published."""
    day = parse_day(since)
    assert day is not None
    fault = parameter_fault(code, day, value)
    if fault is not None:
        raise QuestionError(fault.en, where=f"the line's {fault.field}", next_step="correct the line; see docs/reference/parameters.md")
    line = Parameter(code, day, **{"text": None, "number": None, column_of(code): value})
    with Bars() as bars, stops_soon():
        found = preview_parameter(open_home(home), line, progress=bars.report)
    print_preview(found, as_json=as_json)


def _facts(one: DeskParameter) -> dict[str, Any]:
    return {
        "code": one.code,
        "family": one.family.code,
        "kind": one.kind.value,
        "meaning_zh": one.meaning_zh,
        "meaning_en": one.meaning_en,
    }


def _line(line: HistoryLine | None) -> dict[str, Any] | None:
    if line is None:
        return None
    return {
        "valid_from": line.valid_from,
        "value": line.value,
        "by": line.origin.value,
        "is_replaced": line.is_replaced,
        "proposed_by": line.proposed_by or None,
        "approved_by": line.approved_by or None,
        "reason": line.reason or None,
    }


def _coming(line: HistoryLine | None) -> str:
    return "—" if line is None else f"{line.value} from {line.valid_from}"
