"""Feeds that no mapping reads: taken in, told, used by nothing and never in a batch's way."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from example_home import run, tell
from mini_bank import CONTRACT, SOURCE, deliver, make_home

from maisui.intake import receipts
from maisui.warehouse.home import open_home

DAY = date(2026, 1, 31)
WITH_TELLERS = (
    CONTRACT
    + """
[[feed]]
code = "TELLER"
title_en = "Tellers"
file = "tellers-{date}{part}.txt"
key = ["number"]
columns = '''
name   | kind   | need | title
number | code   | key  | number
org    | code   | must | outlet
since  | date   |      | day
limit_ | amount | must | limit
'''
"""
)
HEADER = "number|org|since|limit_\n"
READ_TELLERS = """
SELECT delivered_on AS reported_on, number AS teller_number, org AS organisation_code, limit_ > 0 AS is_physical, source_file_id, source_line
FROM mini_teller
"""


def home_with(path: Path, tellers: str) -> Path:
    home = make_home(path, contract=WITH_TELLERS)
    deliver(home, DAY)
    (home / "inbox" / SOURCE / "tellers-20260131.txt").write_text(HEADER + tellers, encoding="utf-8")
    return home


def receipt_of(home: Path, feed: str):
    (found,) = (r for r in receipts(raw=open_home(home).raw) if r.feed == feed and not r.superseded)
    return found


def test_a_feed_nothing_reads_is_checked_for_columns_and_dates_and_kept(folder: Path) -> None:
    home = home_with(folder / "home", "T1|B1|20250101|a lot\nT1|B1|20250101|9\nT2|B1|20250231|1.00\n|||\n")
    result = run(home, DAY)
    taken = receipt_of(home, "TELLER")

    assert result.notes == ()
    assert (taken.loaded, taken.quarantined) == (3, 1)
    assert taken.is_kept
    status = tell("status", "--home", str(home)).out
    assert "kept, not used (nothing reads these feeds yet): TELLER (1 files, 4 rows)" in " ".join(status.split())
    stored = {line["feed"]: line["is_kept"] for line in tell("status", "--json", "--home", str(home)).json["deliveries"]}
    assert stored == {"ORG": False, "CUST": False, "ACCT": False, "MOVE": False, "GL": False, "SUBJ": False, "TELLER": True}
    (source,) = tell("check", "--json", "--home", str(home)).json["sources"]
    assert {feed["feed"]: feed["is_used"] for feed in source["feeds"]}["TELLER"] is False


def test_a_refused_file_of_a_feed_nothing_reads_does_not_stop_a_batch(folder: Path) -> None:
    home = home_with(folder / "home", "T1|B1\nT2|B1\n")
    result = run(home, DAY)

    assert result.manifest.version
    (note,) = result.notes
    assert note.startswith("tellers-20260131.txt: columns are missing: 4 expected, 2 found on every line")
    assert note.endswith("(feed TELLER is kept, not used: the batch went on)")


def test_a_refused_file_of_a_feed_that_is_read_stops_a_batch(folder: Path) -> None:
    home = home_with(folder / "home", "T1|B1|20250101|1.00\n")
    (home / "inbox" / SOURCE / "customers-20260131.txt").write_text("number|kind\nC1|personal\n", encoding="utf-8")

    assert tell("run", "--date", "2026-01-31", "--home", str(home)).code == 20


def test_a_kept_file_is_held_to_the_whole_contract_once_its_feed_is_read(folder: Path) -> None:
    home = home_with(folder / "home", "T1|B1|20250101|a lot\nT2|B1|20250101|1.00\n")
    run(home, DAY)
    assert receipt_of(home, "TELLER").loaded == 2
    (home / "sources" / SOURCE / "teller_snapshot.sql").write_text(READ_TELLERS, encoding="utf-8")
    result = run(home, DAY)
    again = receipt_of(home, "TELLER")

    assert (again.loaded, again.quarantined, again.is_kept) == (1, 1, False)
    assert result.notes == ()
    assert run(home, DAY).was_published_before


def test_a_kept_file_that_is_gone_is_not_used_unchecked(folder: Path) -> None:
    home = home_with(folder / "home", "T1|B1|20250101|a lot\n")
    run(home, DAY)
    (home / "inbox" / SOURCE / "tellers-20260131.txt").unlink()
    (home / "sources" / SOURCE / "teller_snapshot.sql").write_text(READ_TELLERS, encoding="utf-8")
    result = run(home, DAY)

    assert result.notes == ("tellers-20260131.txt was kept while nothing read its feed; lay it into the inbox again to have it used",)
