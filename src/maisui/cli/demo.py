"""`maisui demo`: the example bank from nothing to published answers."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from maisui.answers import Comparison, Question, ask
from maisui.cli.ask import print_answer
from maisui.cli.options import DEFAULT_HOME, HomeOption
from maisui.cli.output import console
from maisui.cli.progress import Bars
from maisui.cli.run import print_result
from maisui.cli.stopping import stops_soon
from maisui.errors import HomeError
from maisui.example_bank import simulate
from maisui.example_bank.organisations import LICENCE
from maisui.pipeline.batch import run_batch
from maisui.warehouse.durable import write_durably
from maisui.warehouse.home import Home, create_home, open_home
from maisui.warehouse.reader import open_reader

_SHOWN = (
    Question("deposit_balance", comparison=Comparison.YEAR_START),
    Question("deposit_balance", by=("child",), comparison=Comparison.PREVIOUS_MONTH),
    Question("npl_ratio", comparison=Comparison.PREVIOUS_MONTH),
    Question("transaction_count", by=("channel",), comparison=Comparison.SAME_DATE_LAST_YEAR),
)


def demo_command(
    scale: Annotated[str, typer.Option("--scale", help="test, demo, large or county.")] = "demo",
    seed: Annotated[int, typer.Option("--seed", help="Same seed, same bank.")] = 1,
    home: HomeOption = DEFAULT_HOME,
) -> None:
    """Make the example bank, publish it and answer a few questions; a second call only answers."""
    place = _demo_home(home)
    with Bars() as bars, stops_soon():
        last_day = _deliver(place, scale, seed, bars)
        result = run_batch(place, reporting_date=last_day, now=datetime.now(UTC), progress=bars.report)
    print_result(result)
    with open_reader(place.versions, place.parts) as reader:
        for question in _SHOWN:
            print_answer(ask(reader, question))
    console.print(f"\nAsk more: [bold]maisui metrics[/bold], [bold]maisui ask deposit_balance --by organisation --home {home}[/bold],")
    console.print(f"          [bold]maisui explain npl_ratio --home {home}[/bold]")


def _demo_home(folder: Path) -> Home:
    if not (folder / "bank.toml").exists():
        return create_home(
            folder,
            legal_entity_code=LICENCE,
            name_zh="麦川县农村商业银行（示例）",
            name_en="Maichuan County Rural Commercial Bank (example)",
            currency="CNY",
            sources=("east5",),
            is_demo=True,
        )
    home = open_home(folder)
    if not home.is_demo:
        raise HomeError("this home holds a real bank's data", where=str(folder), next_step="pass another folder: maisui demo --home FOLDER")
    return home


def _deliver(home: Home, scale: str, seed: int, bars: Bars) -> date:
    """Write the example bank's files once and return the last day delivered; the same bank is not written again."""
    mark = home.path / "demo.json"
    wanted = {"scale": scale, "seed": seed}
    if mark.exists():
        made = json.loads(mark.read_text(encoding="utf-8"))
        if {name: made.get(name) for name in wanted} != wanted:
            raise HomeError(
                "this home holds another example bank", where=str(mark), next_step="pass another --home, or the same --scale and --seed"
            )
        return date.fromisoformat(made["last_day"])
    report = simulate(scale=scale, seed=seed, months=None, out=home.path, progress=bars.report)
    write_durably(mark, json.dumps(wanted | {"last_day": report.deliveries[-1].isoformat()}))
    return report.deliveries[-1]
