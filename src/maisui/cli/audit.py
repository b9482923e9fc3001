"""`maisui audit`: proving that the audit log is as it was written, and letting old records go."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from maisui.cli.options import DEFAULT_HOME, HomeOption, JsonOption
from maisui.cli.output import console, print_json
from maisui.errors import AccessError
from maisui.warehouse.home import open_home
from maisui.web import start

audit = typer.Typer(help="The audit log.", no_args_is_help=True)


@audit.command("verify")
def verify_command(home: HomeOption = DEFAULT_HOME, as_json: JsonOption = False) -> None:
    """Check every record of the audit log and the signed heads; name the first bad record."""
    start.load(open_home(home).path)
    from maisui.web.audit.verification import verify  # noqa: PLC0415 - needs the settings

    found = verify()
    if as_json:
        print_json(asdict(found) | {"is_good": found.is_good})
    elif found.is_good:
        console.print(f"{found.count:,} records and {found.heads} signed heads are as they were written", highlight=False)
    if not found.is_good:
        raise AccessError(
            found.finding,
            where=f"audit log, record {found.bad_sequence}" if found.bad_sequence else "audit-heads",
            next_step="keep home and database as they are and tell the audit administrator; compare with the last backup",
        )


@audit.command("purge")
def purge_command(
    keep_days: Annotated[int, typer.Option("--keep-days", help="Days to keep; at least 183.")] = 1095,
    home: HomeOption = DEFAULT_HOME,
    as_json: JsonOption = False,
) -> None:
    """Remove records older than the days to keep; the purge is itself recorded."""
    start.load(open_home(home).path)
    from maisui.web.audit.actor import operator  # noqa: PLC0415 - needs the settings
    from maisui.web.audit.purge import purge  # noqa: PLC0415

    count = purge(by=operator(), kept_days=keep_days)
    if as_json:
        print_json({"purged": count, "kept_days": keep_days})
    else:
        console.print(f"{count:,} records older than {keep_days} days are gone", highlight=False)
