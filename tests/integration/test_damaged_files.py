"""Damaged files thrown at a batch: never a traceback, never a lost row, never a customer's value in what is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from example_home import copy_home, current, is_three_lines, run, tell
from integration.conftest import east5_home
from integration.damages import ANY, CANARIES, DAMAGES, DUPLICATE, LOADED, QUARANTINED, RARE, REFUSED, Damage, with_canary
from scratch import scratch_folder

from maisui.intake import Receipt, folder_of, quarantined_rows, receipts
from maisui.warehouse.home import open_home

pytestmark = pytest.mark.xdist_group("damages")
DAY = date(2026, 10, 31)
TABLES = ("GRJCXXB", "GRCKFHZ", "GRCKFHZMX")
LINES_KEPT = 100


@pytest.fixture(scope="module")
def canary_home(example_files: Path) -> Iterator[tuple[Path, str]]:
    """A home with one day published and the next in its inbox, the canary among the customers and their accounts."""
    with scratch_folder() as place:
        home = east5_home(place / "home", example_files, ["20261030"], lines=LINES_KEPT)
        run(home, date(2026, 10, 30))
        for file in (example_files / "inbox" / "east5").glob("*-20261031.*"):
            (home / "inbox" / "east5" / file.name).write_bytes(file.read_bytes())
        for path in (home / "inbox" / "east5").glob("*-20261031.txt"):
            body = b"".join(path.read_bytes().splitlines(keepends=True)[:LINES_KEPT])
            table = path.name.split("-")[1]
            body = with_canary(table, body) if table in TABLES else body
            path.write_bytes(body)
            agree(path, body, body.count(b"\n"))
        yield home, current(home) or ""


def the_file(home: Path, table: str) -> Path:
    """Return the file of `table` for the day of the batch."""
    (path,) = (home / "inbox" / "east5").glob(f"*-{table}-20261031.txt")
    return path


def agree(path: Path, body: bytes, lines: int) -> None:
    """Make the control file tell the size of `body` and its lines."""
    log = path.with_suffix(".log")
    text = re.sub(r"文件大小:\d+", f"文件大小:{len(body)}", log.read_text(encoding="utf-8"))
    log.write_text(re.sub(r"记录数:\d+", f"记录数:{lines}", text), encoding="utf-8")


def do(damage: Damage, home: Path) -> bytes:
    """Damage the file in its place and return what it holds now."""
    path = the_file(home, damage.table)
    if damage.place is not None:
        damage.place(path)
        return b""
    assert damage.change is not None
    body = damage.change(path.read_bytes())
    path.write_bytes(body)
    if damage.log == "goes":
        path.with_suffix(".log").unlink()
    elif damage.log == "agrees":
        agree(path, body, physical_lines(damage, body))
    return body


def registered(home: Path, table: str) -> list[Receipt]:
    """Return what is registered of the table for the day, and hold every registration of the home to its law."""
    raw = open_home(home).raw
    found = receipts(raw=raw)
    for receipt in found:
        rows = pq.read_metadata(folder_of(raw, receipt) / "rows.parquet").num_rows
        assert receipt.line_count == receipt.loaded + receipt.quarantined + receipt.duplicate
        assert rows == receipt.loaded
        assert len(quarantined_rows(raw=raw, file_id=receipt.file_id)) == receipt.quarantined
    return [receipt for receipt in found if receipt.feed == table and receipt.business_date == DAY]


def physical_lines(damage: Damage, body: bytes) -> int:
    """Return how many lines a file has, whatever reads it."""
    if damage.lines is not None:
        return damage.lines(body)
    return body.count(b"\n") + (not body.endswith(b"\n") and bool(body))


@pytest.mark.parametrize("case", [pytest.param(case, marks=pytest.mark.long) if case in RARE else case for case in DAMAGES])
def test_a_damaged_file_is_refused_whole_or_every_line_is_accounted_for(canary_home: tuple[Path, str], folder: Path, case: str) -> None:
    waiting, published = canary_home
    damage = DAMAGES[case]
    home = copy_home(waiting, folder / "home")
    body = do(damage, home)
    told = tell("run", "--date", DAY.isoformat(), "--home", str(home))
    said = told.out + told.err + tell("status", "--home", str(home)).out + tell("quarantine", "list", "--home", str(home)).out

    assert "Traceback" not in told.err
    assert told.code in (0, 20), told.err
    assert not [canary for canary in CANARIES if canary in said]
    found = registered(home, damage.table)
    if told.code == 20:
        assert is_three_lines(told.err)
        assert damage.outcome in (REFUSED, ANY), told.err
        assert found == []
        assert current(home) == published
        return
    assert current(home) != published
    if damage.outcome == REFUSED:  # left alone under a name that is no feed's
        assert damage.place is not None
        assert found == []
        return
    (receipt,) = found
    assert damage.place is not None or receipt.line_count == physical_lines(damage, body)
    if damage.outcome != ANY:
        assert (receipt.quarantined > 0) == (damage.outcome == QUARANTINED)
        assert (receipt.duplicate > 0) == (damage.outcome == DUPLICATE)
        assert damage.outcome != LOADED or receipt.loaded == receipt.line_count


def test_the_table_of_damages_is_wide() -> None:
    assert set(DAMAGES) > RARE
    assert len(set(DAMAGES) - RARE) >= 60
    assert {damage.outcome for damage in DAMAGES.values()} == {LOADED, QUARANTINED, DUPLICATE, REFUSED, ANY}


def test_the_undamaged_day_is_loaded_whole(canary_home: tuple[Path, str], folder: Path) -> None:
    home = copy_home(canary_home[0], folder / "home")
    told = tell("run", "--date", DAY.isoformat(), "--json", "--home", str(home))

    assert told.code == 0, told.err
    assert (told.json["quarantined"], told.json["duplicate"], told.json["unrecognised"]) == (0, 0, [])
