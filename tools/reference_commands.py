"""Reference pages of the command line: its verbs and options, its errors and exit codes."""

from __future__ import annotations

import inspect
from typing import Any

import typer

from maisui import errors
from maisui.cli.main import command_line
from maisui.cli.stopping import EXIT_CODE as INTERRUPTED
from maisui.errors import MaisuiError

NOTE = "<!-- Made from the code by `make golden`; change the code, not this page. -->"


def commands_page() -> str:
    """Return docs/reference/commands.md."""
    root: Any = typer.main.get_command(command_line())
    lines = [
        "# 命令 Commands",
        NOTE,
        (
            "`maisui VERB --help` prints the same. Every verb that answers can print JSON (`--json`), with decimals as text. Errors are "
            "three lines on standard error; the [exit code](errors.md) says of which kind."
        ),
    ]
    for name, command in root.commands.items():
        lines += _command(f"maisui {name}", command)
    return "\n\n".join(lines) + "\n"


def _command(path: str, command: Any) -> list[str]:  # noqa: ANN401 - typer gives its commands no public type
    below = getattr(command, "commands", None)
    if below:
        lines = [f"## {path}", command.help]
        for name, inner in below.items():
            lines += [part.replace("## ", "### ", 1) if part.startswith("## ") else part for part in _command(f"{path} {name}", inner)]
        return lines
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option" and p.name != "help"]
    used = " ".join([path, *(p.name.upper() for p in arguments)] + [f"{p.opts[0]} …" for p in options if p.required])
    rows = ["| argument or option | meaning | default |", "|---|---|---|"]
    for parameter in (*arguments, *options):
        shown = parameter.name.upper() if parameter in arguments else ", ".join(parameter.opts)
        several = " May be given several times." if getattr(parameter, "multiple", False) else ""
        rows.append(f"| `{shown}` | {_cell(parameter.help or '')}{several} | {_default(parameter)} |")
    return [f"## {path}", command.help, f"`{used}`", "\n".join(rows)]


def _default(parameter: Any) -> str:  # noqa: ANN401 - as above
    if parameter.required:
        return "must be given"
    if parameter.default in (None, False, ""):
        return "–"
    return f"`{parameter.default}`"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def error_classes() -> list[type[MaisuiError]]:
    """Return every error class of errors.py in the order of its tree."""
    found = [kind for _, kind in inspect.getmembers(errors, inspect.isclass) if issubclass(kind, MaisuiError)]
    return sorted(found, key=lambda kind: (kind.exit_code, kind.__name__))


def errors_page() -> str:
    """Return docs/reference/errors.md."""
    return (
        "\n\n".join(
            [
                "# 错误 Errors",
                NOTE,
                (
                    "An anticipated error prints three lines on standard error and no traceback: what happened, `where:`, and `next:`. Its "
                    "text names tables, columns, files, lines, dates and counts, never a customer's values. Anything that shows a "
                    "traceback is a fault of the product."
                ),
                exit_codes(),
            ]
        )
        + "\n"
    )


def exit_codes() -> str:
    """Return the table of exit codes."""
    rows = [
        "| exit code | error | situation |",
        "|---|---|---|",
        "| 0 | – | done |",
        "| 2 | – | the command line itself: an unknown verb or option |",
    ]
    rows += [f"| {kind.exit_code} | `{kind.__name__}` | {_cell(inspect.getdoc(kind) or '')} |" for kind in error_classes()]
    rows.append(f"| {INTERRUPTED} | – | stopped by Ctrl-C; whatever was running published nothing |")
    return "\n".join(rows)
