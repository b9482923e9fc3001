"""`maisui init`: a new home."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from maisui.cli.output import console
from maisui.warehouse.home import create_home
from maisui.web import start

FIRST_USER = "security"


def init_command(
    folder: Annotated[Path, typer.Argument(help="The folder to make a home of.")],
    entity: Annotated[str, typer.Option("--entity", help="Code of the legal entity (county bank), letters and digits.")],
    name_zh: Annotated[str, typer.Option("--name-zh", help="Name in Chinese.")] = "",
    name_en: Annotated[str, typer.Option("--name-en", help="Name in English.")] = "",
    currency: Annotated[str, typer.Option("--currency", help="Base currency.")] = "CNY",
    source: Annotated[list[str] | None, typer.Option("--source", help="A source system; east5 and supplement by default.")] = None,
    licence: Annotated[
        list[str] | None,
        typer.Option("--licence", help="A licence whose EAST files are this bank's; the first delivery's by default."),
    ] = None,
) -> None:
    """Make a home with bank.toml, inboxes, keys and operational database, and enrol its first security administrator."""
    home = create_home(
        folder,
        legal_entity_code=entity,
        name_zh=name_zh or entity,
        name_en=name_en or entity,
        currency=currency,
        sources=tuple(source or ("east5", "supplement")),
        is_demo=False,
        licences=tuple(licence or ()),
    )
    console.print(f"home made: {home.path}")
    for code in home.sources:
        console.print(f"  lay the files of {code} into {home.inbox / code}", highlight=False)
    console.print("then: maisui check, maisui run --date YYYY-MM-DD, maisui serve")
    _enrol_first_administrator(home.path)


def _enrol_first_administrator(folder: Path) -> None:
    """Make the one user who can make all others; his one-time password opens for an hour."""
    start.prepare(folder)
    from maisui.web.actions.roles import enrol_user  # noqa: PLC0415 - needs the settings
    from maisui.web.actions.users import FIRST_ADMINISTRATOR  # noqa: PLC0415
    from maisui.web.audit.actor import operator  # noqa: PLC0415

    made = enrol_user(
        by=operator(),
        username=FIRST_USER,
        name="安全管理员",
        holdings=[("security_administrator", "")],
        valid_for=FIRST_ADMINISTRATOR,
    )
    for line in (
        f"first user: [bold]{made.user.username}[/bold] (security administrator), one-time password [bold]{made.password}[/bold]",
        "  it opens for an hour; he chooses his own password and enrols a second factor at the first sign-in",
        f"  too late? maisui users reset {made.user.username} --home {folder}",
    ):
        console.print(line, highlight=False, soft_wrap=True)
