"""`maisui demo`: the example bank from nothing to its pages in the browser."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from maisui.answers import Comparison, Question, ask
from maisui.cli.ask import print_answer
from maisui.cli.demo_union import make_demo_union
from maisui.cli.models import print_run, score_by_every_model, train_and_keep
from maisui.cli.options import DEFAULT_HOME, HomeOption
from maisui.cli.output import console
from maisui.cli.progress import Bars
from maisui.cli.run import print_result
from maisui.cli.serve import serve_command
from maisui.cli.stopping import stops_soon
from maisui.cli.union import print_union
from maisui.errors import HomeError, QuestionError
from maisui.example_bank import OWN_LINES, simulate
from maisui.example_bank.county import MAICHUAN
from maisui.models import IDENTITY, stored_models
from maisui.pipeline.batch import run_batch
from maisui.warehouse.durable import write_durably
from maisui.warehouse.home import Home, create_home, open_home
from maisui.warehouse.reader import open_reader
from maisui.web import start

_PATIENCE_SECONDS = 15
_SHOWN = (
    Question("deposit_balance", comparison=Comparison.YEAR_START),
    Question("deposit_balance", by=("child",), comparison=Comparison.PREVIOUS_MONTH),
    Question("npl_ratio", comparison=Comparison.PREVIOUS_MONTH),
    Question("transaction_count", by=("channel",), comparison=Comparison.SAME_DATE_LAST_YEAR),
)
_SHOWN_OF_A_UNION = (
    Question("deposit_balance", by=("legal_entity",), comparison=Comparison.YEAR_START),
    Question("npl_ratio", by=("legal_entity",), comparison=Comparison.PREVIOUS_MONTH),
)


def demo_command(
    scale: Annotated[str, typer.Option("--scale", help="test, demo, large or county.")] = "demo",
    seed: Annotated[int, typer.Option("--seed", help="Same seed, same bank.")] = 1,
    home: HomeOption = DEFAULT_HOME,
    no_serve: Annotated[bool, typer.Option("--no-serve", help="End after publication; do not open the web.")] = False,
    port: Annotated[int, typer.Option("--port", help="Port of the web on loopback.", min=1, max=65535)] = 8000,
    counties: Annotated[
        int, typer.Option("--counties", help="1: one bank; 2 or 3: a union of so many, one main and small ones.", min=1, max=3)
    ] = 1,
    sign_in: Annotated[
        str | None,
        typer.Option("--sign-in", help="Only print how to sign in now as a role, such as bank_president."),
    ] = None,
) -> None:
    """Make the example bank, publish it, and open it in the browser; a second call only opens it."""
    if sign_in is not None:
        _print_sign_in(_existing_demo_home(home), sign_in, port)
        return
    if counties > 1:
        with Bars() as bars, stops_soon():
            place, manifest = make_demo_union(home, scale=scale, seed=seed, counties=counties, progress=bars.report)
        print_union(manifest)
        with open_reader(place.versions, place.parts) as reader:
            for question in _SHOWN_OF_A_UNION:
                print_answer(ask(reader, question))
        _make_people(place)
        _open(place, "union_leader", port, no_serve=no_serve, again=f"maisui demo --counties {counties} --home {home}")
        return
    place = _demo_home(home)
    with Bars() as bars, stops_soon():
        last_day = _deliver(place, scale, seed, bars)
        result = run_batch(place, reporting_date=last_day, now=datetime.now(UTC), progress=bars.report)
    print_result(result)
    with open_reader(place.versions, place.parts) as reader:
        for question in _SHOWN:
            print_answer(ask(reader, question))
    console.print(f"\nAsk more: [bold]maisui metrics[/bold], [bold]maisui ask deposit_balance --by organisation --home {home}[/bold],")
    console.print(f"          [bold]maisui explain npl_ratio --home {home}[/bold]\n")
    _train(place)
    print_run(score_by_every_model(place, datetime.now(UTC)))
    _make_people(place)
    _open(place, "bank_president", port, no_serve=no_serve, again=f"maisui demo --home {home}")


def _train(place: Home) -> None:
    """Learn once who may be one person, so that the desk of pairs has something to show; where the library is missing it stays empty."""
    if not stored_models(place.path, IDENTITY.code):
        with suppress(HomeError, QuestionError):
            train_and_keep(place, IDENTITY)


def _open(place: Home, role: str, port: int, *, no_serve: bool, again: str) -> None:
    if no_serve:
        console.print(f"Open it in the browser: [bold]{again}[/bold]")
        return
    _print_sign_in(place, role, port)
    with worker_beside(place.path):
        serve_command(home=place.path, port=port, workers=1)


@contextmanager
def worker_beside(home: Path) -> Generator[None]:
    """Run the worker of background jobs for as long as the body runs."""
    process = subprocess.Popen([sys.executable, "-m", "maisui", "worker", "--home", str(home)])  # noqa: S603 - our own command
    try:
        yield
    finally:
        process.terminate()
        process.wait(_PATIENCE_SECONDS)


def _make_people(place: Home) -> None:
    """Give every role a user, and let them have worked."""
    start.prepare(place.path)
    from maisui.web.staff.demo_deeds import create_demo_deeds  # noqa: PLC0415 - needs the settings
    from maisui.web.staff.demo_users import create_demo_users  # noqa: PLC0415

    create_demo_users()
    create_demo_deeds()


def _print_sign_in(place: Home, role: str, port: int) -> None:
    start.prepare(place.path)
    from maisui.web.access.permissions import ROLES  # noqa: PLC0415 - needs the settings
    from maisui.web.staff.demo_users import sign_in_facts  # noqa: PLC0415

    facts = sign_in_facts(role, f"http://127.0.0.1:{port}/")
    for line in (
        f"[bold]{facts.address}[/bold]",
        f"user [bold]{facts.username}[/bold]   password [bold]{facts.password}[/bold]   second factor [bold]{facts.code}[/bold]",
        f"the second factor changes every half minute: [bold]maisui demo --sign-in {role} --home {place.path}[/bold]",
        f"other roles: {', '.join(item.code for item in ROLES if item.code != facts.role)}",
    ):
        console.print(line, highlight=False, soft_wrap=True)


def _existing_demo_home(folder: Path) -> Home:
    home = open_home(folder)
    if not home.is_demo:
        raise HomeError("this home holds a real bank's data", where=str(folder), next_step="make users by `maisui users add`")
    return home


def _demo_home(folder: Path) -> Home:
    if not (folder / "bank.toml").exists():
        made = create_home(
            folder,
            legal_entity_code=MAICHUAN.licence,
            name_zh=f"{MAICHUAN.bank_name}（示例）",
            name_en=f"{MAICHUAN.bank_name_en} (example)",
            currency="CNY",
            sources=("east5", "supplement"),
            is_demo=True,
        )
        with (made.path / "bank.toml").open("a", encoding="utf-8") as settings:
            settings.write(f"\n{OWN_LINES.read_text(encoding='utf-8')}")
    return _existing_demo_home(folder)


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
