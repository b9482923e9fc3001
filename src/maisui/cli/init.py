"""`maisui init`: a new home."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from maisui.cli.output import console
from maisui.warehouse.home import create_home


def init_command(
    folder: Annotated[Path, typer.Argument(help="The folder to make a home of.")],
    entity: Annotated[str, typer.Option("--entity", help="Code of the legal entity (county bank), letters and digits.")],
    name_zh: Annotated[str, typer.Option("--name-zh", help="Name in Chinese.")] = "",
    name_en: Annotated[str, typer.Option("--name-en", help="Name in English.")] = "",
    currency: Annotated[str, typer.Option("--currency", help="Base currency.")] = "CNY",
    source: Annotated[list[str] | None, typer.Option("--source", help="A source system; east5 by default.")] = None,
) -> None:
    """Make a home folder with bank.toml, an inbox for each source, and a place for the bank's own sources."""
    home = create_home(
        folder,
        legal_entity_code=entity,
        name_zh=name_zh or entity,
        name_en=name_en or entity,
        currency=currency,
        sources=tuple(source or ("east5",)),
        is_demo=False,
    )
    console.print(f"home made: {home.path}")
    for code in home.sources:
        console.print(f"  lay the files of {code} into {home.inbox / code}", highlight=False)
    console.print("then: maisui check, maisui run --date YYYY-MM-DD")
