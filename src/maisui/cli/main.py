"""The command `maisui`: its verbs, and how errors end them."""

from __future__ import annotations

import sys

import typer

from maisui import __version__
from maisui.cli.ask import ask_command
from maisui.cli.audit import audit
from maisui.cli.backup import backup_command
from maisui.cli.check import check_command
from maisui.cli.demo import demo_command
from maisui.cli.doctor import doctor_command
from maisui.cli.explain import explain_command
from maisui.cli.init import init_command
from maisui.cli.metrics import metrics_command
from maisui.cli.models import models
from maisui.cli.parameters import parameters
from maisui.cli.quarantine import quarantine
from maisui.cli.restore import restore_command
from maisui.cli.run import run_command
from maisui.cli.serve import serve_command
from maisui.cli.simulate import simulate_command
from maisui.cli.status import status_command
from maisui.cli.template import template_command
from maisui.cli.users import users
from maisui.cli.versions import versions
from maisui.cli.worker import worker_command
from maisui.errors import MaisuiError

app = typer.Typer(
    name="maisui",
    help="麦穗 Maisui: an analytical CRM for rural and community banks. From a bank's files to a trusted answer.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for name, command in (
    ("demo", demo_command),
    ("simulate", simulate_command),
    ("init", init_command),
    ("check", check_command),
    ("template", template_command),
    ("run", run_command),
    ("status", status_command),
    ("metrics", metrics_command),
    ("ask", ask_command),
    ("explain", explain_command),
    ("serve", serve_command),
    ("worker", worker_command),
    ("doctor", doctor_command),
    ("backup", backup_command),
    ("restore", restore_command),
):
    app.command(name)(command)
app.add_typer(quarantine, name="quarantine")
app.add_typer(parameters, name="parameters")
app.add_typer(versions, name="versions")
app.add_typer(models, name="models")
app.add_typer(users, name="users")
app.add_typer(audit, name="audit")


def _version(value: bool) -> None:
    if value:
        sys.stdout.write(f"maisui {__version__}\n")
        raise typer.Exit


@app.callback()
def root(version: bool = typer.Option(False, "--version", callback=_version, is_eager=True, help="Print the version and end.")) -> None:
    """Take options that stand before any verb."""
    del version


def main() -> None:
    """Run the command line; an anticipated error prints its three lines and ends with its exit code."""
    try:
        app()
    except MaisuiError as error:
        sys.stderr.write(f"error: {error}\n")
        sys.exit(error.exit_code)
