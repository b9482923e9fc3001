"""What is delivered later counts, a later revision replaces a file as a whole, and neither hangs on the order in an inbox."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from maisui.engines.engine import Engine
from maisui.intake import folder_of, receive, release
from maisui.intake.receipt import places_of_arrival
from maisui.integration.read_feed import raw_view, typed_feed
from maisui.sources.loader import load_builtin

SUPPLEMENT = load_builtin("supplement")
DAY = date(2026, 3, 31)
HEADER = "employee_number,worked_on,organisation_code,attendance_status,work_minute_count\n"


def lay(home: Path, name: str, *rows: str) -> None:
    """Lay a file of attendance into the inbox: `E1 480` is employee and minutes."""
    lines = "".join(f"{row.split()[0]},20260301,B1,出勤,{row.split()[1]}\n" for row in rows)
    (home / "inbox").mkdir(exist_ok=True)
    (home / "inbox" / name).write_text(HEADER + lines, encoding="utf-8")


def take(home: Path) -> int:
    """Take the inbox in and return how many files were registered."""
    taken = receive(source=SUPPLEMENT, inbox=home / "inbox", raw=home / "raw", until=DAY, workers=1)
    assert not taken.refused, taken.refused
    return len(taken.registered)


def minutes(engine: Engine, home: Path) -> dict[str, int]:
    """Return what counts of all that was taken in, read by an engine."""
    feed = SUPPLEMENT.feeds["attendance"]
    found = receive(source=SUPPLEMENT, inbox=home / "nothing", raw=home / "raw", until=DAY, workers=1).receipts
    live = [r for r in found if not r.superseded and r.kind != "duplicate"]
    engine.read_raw(raw_view(feed), feed.column_names, [folder_of(home / "raw", r) / "rows.parquet" for r in live])
    engine.create_view(feed.view, typed_feed(feed, arrived=places_of_arrival(live)))
    return dict(engine.fetch(f"SELECT employee_number, work_minute_count FROM {feed.view} ORDER BY employee_number"))


@pytest.mark.parametrize("right", range(400, 404))
def test_of_two_files_of_a_day_the_one_delivered_later_counts(engine: Engine, tmp_path: Path, right: int) -> None:
    """Whatever its content and its name: four contents, of which hashes would choose otherwise, delivered in a second run."""
    lay(tmp_path, "ward-attendance-20260331.csv", "E1 480", "E2 450")
    take(tmp_path)
    lay(tmp_path, "correction-attendance-20260331.csv", f"E1 {right}")
    take(tmp_path)
    assert minutes(engine, tmp_path) == {"E1": right, "E2": 450}


def test_files_taken_in_together_count_in_the_order_of_their_names(engine: Engine, tmp_path: Path) -> None:
    """The order in which they were laid down does not matter."""
    for folder, names in ((tmp_path / "one", ("a", "b", "c")), (tmp_path / "two", ("c", "a", "b"))):
        folder.mkdir()
        for name in names:
            lay(folder, f"{name}-attendance-20260331.csv", f"E1 {1 + 'abc'.index(name)}", f"E_{name} 7")
        take(folder)
        assert minutes(engine, folder) == {"E1": 3, "E_a": 7, "E_b": 7, "E_c": 7}


def test_a_later_revision_replaces_the_file_as_a_whole(engine: Engine, tmp_path: Path) -> None:
    """E2 is deleted by revision 2, E3 comes with revision 10; a workbook's revision replaces a csv's, the neighbour stays."""
    lay(tmp_path, "ward-attendance-20260331.csv", "E1 480", "E2 450")
    lay(tmp_path, "ward~10-attendance-20260331.csv", "E1 410", "E3 5")
    lay(tmp_path, "ward~2-attendance-20260331.csv", "E1 420")
    lay(tmp_path, "other-attendance-20260331.csv", "E9 60")
    assert take(tmp_path) == 4
    assert minutes(engine, tmp_path) == {"E1": 410, "E3": 5, "E9": 60}


def test_a_restored_inbox_takes_no_correction_back(engine: Engine, tmp_path: Path) -> None:
    """Files with new times (a restored backup) are read again: the last revision still counts."""
    lay(tmp_path, "ward-attendance-20260331.csv", "E1 480", "E2 450")
    take(tmp_path)
    lay(tmp_path, "ward~2-attendance-20260331.csv", "E1 420")
    take(tmp_path)
    for path in (tmp_path / "inbox").iterdir():
        os.utime(path, ns=(1, 1))
    assert take(tmp_path) == 0
    assert minutes(engine, tmp_path) == {"E1": 420}


def test_the_first_content_as_a_third_revision_counts_again(engine: Engine, tmp_path: Path) -> None:
    """A correction was wrong: what stood before comes as revision 3."""
    for name, row in (("ward", "E1 480"), ("ward~2", "E1 420"), ("ward~3", "E1 480")):
        lay(tmp_path, f"{name}-attendance-20260331.csv", row)
        take(tmp_path)
    assert minutes(engine, tmp_path) == {"E1": 480}


def test_a_released_line_is_as_old_as_its_file(engine: Engine, tmp_path: Path) -> None:
    """Places follow the file a line belongs to, not the day somebody let it in."""
    lay(tmp_path, "ward-attendance-20260331.csv", *(f"E{n} 480" for n in range(1, 40)), "E50 x")
    take(tmp_path)
    lay(tmp_path, "correction-attendance-20260331.csv", "E50 30")
    take(tmp_path)
    (held,) = [r for r in receive(source=SUPPLEMENT, inbox=tmp_path / "no", raw=tmp_path / "raw", until=DAY).receipts if r.quarantined]
    release(
        raw=tmp_path / "raw",
        source=SUPPLEMENT,
        file_id=held.file_id,
        line=41,
        corrected="E50,20260301,B1,出勤,480",
        operator="ops",
        at=datetime(2026, 4, 1, tzinfo=UTC),
    )
    assert minutes(engine, tmp_path)["E50"] == 30
