"""Homes of the mini bank that several tests start from, made once a run."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from example_home import contents, copy_home, current, plans_made_once, receipts_of, run, without_stops
from mini_bank import deliver, make_home
from scratch import made_once, scratch_folder

from maisui.example_bank import simulate
from maisui.warehouse.home import create_home

JANUARY, FEBRUARY = date(2026, 1, 31), date(2026, 2, 28)


@dataclass(frozen=True)
class Waiting:
    """A home with one published version and the files of the next day in its inbox, and what must come of them: `ahead` ran them."""

    home: Path
    ahead: Path
    day: date
    before: str
    after: str
    content_hash: str
    tables: dict[str, tuple[int, str]]
    receipts: list[tuple[str, str, str, int]]

    def copy(self, target: Path) -> Path:
        """Return a fresh copy of the home as it waits."""
        return copy_home(self.home, target)

    def copy_ahead(self, target: Path) -> Path:
        """Return a fresh copy of the home after its batch, which nothing disturbed."""
        return copy_home(self.ahead, target)


def waiting(home: Path, day: date, ahead: Path) -> Waiting:
    """Return `home` as it waits for the batch of `day`, which a copy of it runs undisturbed."""
    before = current(home)
    assert before
    copy_home(home, ahead)
    result = run(ahead, day)
    assert result.manifest.version != before
    return Waiting(home, ahead, day, before, result.manifest.version, result.manifest.content_hash, contents(ahead), receipts_of(ahead))


@pytest.fixture(scope="session", autouse=True)
def quick_plans() -> Iterator[None]:
    """Check and trace the SQL of the same sources once a process."""
    with plans_made_once():
        yield


@pytest.fixture
def folder() -> Iterator[Path]:
    """Give a test a folder of its own, gone afterwards."""
    with scratch_folder() as place:
        yield place


@pytest.fixture(scope="session")
def mini() -> Waiting:
    """January is published, February waits in the inbox."""
    return made_once("mini", _make_mini)[1]


def _make_mini(place: Path) -> Waiting:
    home = make_home(place / "home")
    deliver(home, JANUARY)
    run(home, JANUARY)
    deliver(home, FEBRUARY, JANUARY)
    return waiting(home, FEBRUARY, place / "ahead")


@pytest.fixture(scope="session")
def example_files() -> Path:
    """The last month of the example bank: a folder with its inbox and truth."""
    return made_once("example_files", lambda place: simulate(scale="test", seed=1, months=1, out=place))[0]


def east5_home(path: Path, files: Path, days: list[str], *, lines: int | None = None, stops: bool = False) -> Path:
    """Make a home of the example bank with the deliveries of `days` (YYYYMMDD) in its inbox, the first `lines` of each file.

    With `stops` its controls are those of a new home; otherwise what has a setting only warns.
    """
    create_home(path, legal_entity_code="EAST01", name_zh="示例", name_en="Example", currency="CNY", sources=("east5",), is_demo=False)
    if not stops:
        without_stops(path)
    with (path / "bank.toml").open("a", encoding="utf-8") as file:
        file.write("\n[batch]\nmodels = false\n")
    for day in days:
        for file in (files / "inbox" / "east5").glob(f"*-{day}.*"):
            delivered = file.with_suffix(".txt").read_bytes().splitlines(keepends=True)
            if lines is None or len(delivered) <= lines:
                shutil.copy2(file, path / "inbox" / "east5")
            elif file.suffix == ".txt":
                (path / "inbox" / "east5" / file.name).write_bytes(b"".join(delivered[:lines]))
    return path


@pytest.fixture(scope="session")
def example(example_files: Path) -> Waiting:
    """Two days of the example bank are published, six more wait: enough files for intake to work in parallel."""

    def make(place: Path) -> Waiting:
        home = east5_home(place / "home", example_files, [f"202610{day}" for day in range(24, 26)])
        run(home, date(2026, 10, 25))
        east5 = home / "inbox" / "east5"
        for day in range(26, 32):
            for file in (example_files / "inbox" / "east5").glob(f"*-202610{day}.*"):
                shutil.copy2(file, east5)
        return waiting(home, date(2026, 10, 31), place / "ahead")

    return made_once("example", make)[1]
