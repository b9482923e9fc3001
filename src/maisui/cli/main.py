"""The command `maisui`: its verbs, and how errors end them."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from importlib import import_module

import typer

from maisui import __version__
from maisui.errors import MaisuiError

VERBS = (
    "demo",
    "simulate",
    "init",
    "check",
    "template",
    "run",
    "status",
    "metrics",
    "ask",
    "explain",
    "preview",
    "serve",
    "worker",
    "doctor",
    "backup",
    "restore",
)
"""Each is the function `<verb>_command` of the file of its name."""
GROUPS = ("quarantine", "parameters", "versions", "models", "users", "audit")
"""Each holds verbs of its own, under its name in the file of its name."""


def command_line(verbs: Iterable[str] = (*VERBS, *GROUPS)) -> typer.Typer:
    """Return the command with these verbs; only their files are imported, since all of them take longer to load than most take to run."""
    app = typer.Typer(
        name="maisui",
        help="麦穗 Maisui: an analytical CRM for rural and community banks. From a bank's files to a trusted answer.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(_root)
    for verb in verbs:
        module = import_module(f"maisui.cli.{verb}")
        if verb in VERBS:
            app.command(verb)(getattr(module, f"{verb}_command"))
        else:
            app.add_typer(getattr(module, verb), name=verb)
    return app


def _version(value: bool) -> None:
    if value:
        sys.stdout.write(f"maisui {__version__}\n")
        raise typer.Exit


def _root(version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version and end.")) -> None:
    """Take options that stand before any verb."""
    del version


def main() -> None:
    """Run the command line; an anticipated error prints its three lines and ends with its exit code."""
    named = [verb for verb in sys.argv[1:2] if verb in VERBS or verb in GROUPS]
    app = command_line(named) if named else command_line()
    try:
        app()
    except MaisuiError as error:
        sys.stderr.write(f"error: {error}\n")
        sys.exit(error.exit_code)
