"""`maisui simulate`: the example bank's files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from maisui.cli.output import console
from maisui.cli.progress import Bars
from maisui.example_bank import simulate


def simulate_command(
    out: Annotated[Path, typer.Option("--out", help="Folder to write inbox/ and truth/ into.")],
    scale: Annotated[str, typer.Option("--scale", help="test, demo, large or county.")] = "demo",
    seed: Annotated[int, typer.Option("--seed", help="Same seed, same bytes.")] = 1,
    months: Annotated[int | None, typer.Option("--months", help="Months of history; the scale's own by default.")] = None,
    encoding: Annotated[str, typer.Option("--encoding", help="utf-8 or gb18030.")] = "utf-8",
    flaws: Annotated[int, typer.Option("--flaws", help="Malformed rows per million, recorded in truth/.")] = 0,
    downlink: Annotated[
        bool, typer.Option("--downlink", help="Identities and daily balances as tables of the province in inbox/downlink.")
    ] = False,
    counties: Annotated[int, typer.Option("--counties", help="Banks of the union: 1, or up to 3 with two small ones in counties/.")] = 1,
    deformed: Annotated[bool, typer.Option("--deformed", help="Names and certificates of persons deformed in EAST files.")] = False,
    ledger_breaks: Annotated[int, typer.Option("--ledger-breaks", help="Days with a wrong general ledger, recorded in truth/.")] = 0,
) -> None:
    """Write the files that the invented bank 麦川县农村商业银行 would deliver, in EAST 5.0 layout."""
    with Bars() as bars:
        report = simulate(
            scale=scale,
            seed=seed,
            months=months,
            out=out,
            encoding=encoding,
            flaws_per_million=flaws,
            deformed=deformed,
            downlink=downlink,
            counties=counties,
            ledger_breaks=ledger_breaks,
            progress=bars.report,
        )
    rows = sum(report.rows.values())
    console.print(
        f"{report.files:,} files, {rows:,} rows, {report.bytes // 2**20:,} MB, {report.first_day} … {report.deliveries[-1]}",
        highlight=False,
    )
    console.print(f"the files are in {out / 'inbox'}, what is true of them in {out / 'truth'}", highlight=False)
    if counties > 1:
        console.print(f"the other counties' folders, each of the same form, are in {out / 'counties'}", highlight=False)
