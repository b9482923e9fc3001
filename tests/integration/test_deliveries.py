"""Files that come twice, corrected, in another order, in parts, too early or not at all: what a run makes of them."""

from __future__ import annotations

import gzip
import random
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from example_home import contents, copy_home, current, figures, receipts_of, run, tell
from integration.conftest import FEBRUARY, JANUARY, Waiting, east5_home
from mini_bank import SOURCE, MiniBank, deliver, lay, make_home

from maisui.intake import quarantined_rows, receipts
from maisui.warehouse.home import open_home
from maisui.warehouse.version import read_manifest

BANK = MiniBank()
MARCH = date(2026, 3, 31)


def status(home: Path) -> dict:
    return tell("status", "--json", "--home", str(home)).json


def balance(home: Path, day: date, **scope: str) -> Decimal:
    words = [word for name, value in scope.items() for word in (f"--{name}", value)]
    (row,) = tell("ask", "deposit_balance", "--date", day.isoformat(), *words, "--json", "--home", str(home)).json["rows"]
    return Decimal(row["value"])


def deposits(day: date) -> Decimal:
    """Return the deposits of the mini bank as it knows them."""
    held = BANK.balances(day)
    return Decimal(sum(held[account.number] for account in BANK.accounts if account.kind == "deposit")) / 100


def test_the_mini_bank_is_published_as_it_is(mini: Waiting, folder: Path) -> None:
    home = mini.copy_ahead(folder / "home")

    for day in (JANUARY, date(2026, 2, 11), FEBRUARY):
        assert balance(home, day) == deposits(day)
    assert all(control["violations"] == 0 for control in status(home)["tie_outs"])


def test_a_version_knows_what_the_bank_calls_its_own_feeds(mini: Waiting) -> None:
    titles = read_manifest(open_home(mini.home).versions, mini.before).own_feed_titles
    assert titles["mini_org"] == ("ORG", "Organisations")
    assert set(titles) == {"mini_org", "mini_cust", "mini_acct", "mini_move", "mini_subj", "mini_gl"}


def test_the_same_file_twice_changes_nothing(mini: Waiting, folder: Path) -> None:
    home = mini.copy(folder / "home")
    first = run(home, mini.day)
    inbox = home / "inbox" / SOURCE
    for path in sorted(inbox.iterdir()):
        path.write_bytes(path.read_bytes())
    again = run(home, mini.day)

    assert again.was_published_before
    assert again.manifest == first.manifest
    assert receipts_of(home) == mini.receipts


def test_the_same_content_under_another_name_is_a_duplicate_and_brings_nothing(mini: Waiting, folder: Path) -> None:
    home = mini.copy_ahead(folder / "home")
    inbox = home / "inbox" / SOURCE
    shutil.copy(inbox / "movements-20260228.txt", inbox / "movements-20260228-2.txt")
    (inbox / "customers-20260228.txt.gz").write_bytes(gzip.compress((inbox / "customers-20260228.txt").read_bytes()))
    (inbox / "customers-20260228.txt").unlink()
    again = run(home, mini.day)

    assert again.was_published_before
    assert again.manifest.content_hash == mini.content_hash
    added = [line for line in receipts_of(home) if line not in mini.receipts]
    assert {kind for _, _, kind, _ in added} == {"duplicate"}
    assert contents(home) == mini.tables


def test_a_correction_supersedes_keeps_both_and_can_be_undone(mini: Waiting, folder: Path) -> None:
    home = mini.copy_ahead(folder / "home")
    rows = BANK.rows("ACCT", FEBRUARY)
    before = Decimal(rows[0][6])
    rows[0][6] = "5.00"
    lay(home, "ACCT", FEBRUARY, rows)
    corrected = run(home, mini.day)

    assert corrected.manifest.version != mini.after
    assert balance(home, FEBRUARY) == deposits(FEBRUARY) - before + 5
    assert balance(home, JANUARY) == deposits(JANUARY)
    accounts = [line for line in status(home)["deliveries"] if line["file"] == "accounts-20260228.txt"]
    assert [(line["superseded"], line["is_used"], line["loaded"]) for line in accounts] == [(True, False, 8), (False, True, 8)]
    assert accounts[1]["supersedes"] == accounts[0]["file_id"]

    assert tell("versions", "rollback", mini.after, "--home", str(home)).code == 0
    assert contents(home) == mini.tables
    assert balance(home, FEBRUARY) == deposits(FEBRUARY)
    assert run(home, mini.day).manifest.content_hash == corrected.manifest.content_hash


def test_a_day_run_again_gives_the_same_bytes_whatever_ran_between(mini: Waiting, folder: Path) -> None:
    home = mini.copy(folder / "home")
    january = run(home, JANUARY).manifest
    february = run(home, FEBRUARY).manifest

    assert run(home, JANUARY).manifest.content_hash == january.content_hash
    assert run(home, FEBRUARY).manifest.content_hash == february.content_hash == mini.content_hash
    assert current(home) == february.version


def arrival_order(home: Path, ready: Path, seed: int) -> str:
    """Let the files of `ready` arrive in a seeded order, a run after every third of them; return the last content hash."""
    files = sorted((ready / "inbox" / SOURCE).glob("*.txt"))
    random.Random(seed).shuffle(files)
    for number, path in enumerate(files):
        for arriving in (path, path.with_suffix(".ctl")):
            if arriving.exists():
                shutil.copy2(arriving, home / "inbox" / SOURCE)
        if number % 3 == 2:
            tell("run", "--date", FEBRUARY.isoformat(), "--home", str(home))
    return run(home, FEBRUARY).manifest.content_hash


@pytest.mark.parametrize("orders", [3, pytest.param(100, marks=pytest.mark.long)])
def test_files_may_arrive_in_any_order(mini: Waiting, folder: Path, orders: int) -> None:
    for seed in range(orders):
        home = make_home(folder / f"home-{seed}")
        assert arrival_order(home, mini.home, seed) == mini.content_hash


def shuffled(home: Path, seed: int, pieces: int) -> None:
    """Deliver both days with their rows in a seeded order, each feed cut into `pieces` parts."""
    chance = random.Random(seed)
    for day, since in ((JANUARY, None), (FEBRUARY, JANUARY)):
        for feed in ("ORG", "CUST", "ACCT", "MOVE", "GL", "SUBJ"):
            rows = BANK.rows(feed, day, since)
            chance.shuffle(rows)
            for piece in range(pieces):
                if rows[piece::pieces]:
                    lay(home, feed, day, rows[piece::pieces], part=f"-{piece + 1}" if pieces > 1 else "")


@pytest.mark.parametrize("orders", [4, pytest.param(200, marks=pytest.mark.long)])
def test_rows_may_come_in_any_order_and_in_any_number_of_parts(mini: Waiting, folder: Path, orders: int) -> None:
    ahead = mini.copy(folder / "ahead")
    run(ahead, FEBRUARY)
    truth = figures(ahead)
    for seed in range(orders):
        home = make_home(folder / f"home-{seed}")
        shuffled(home, seed, pieces=1 + seed % 5)
        run(home, FEBRUARY)
        assert figures(home) == truth


def test_an_account_that_disappears_from_a_full_extract_keeps_its_history(mini: Waiting, folder: Path) -> None:
    home = mini.copy(folder / "home")
    gone, *rest = BANK.rows("ACCT", FEBRUARY)
    lay(home, "ACCT", FEBRUARY, rest)
    run(home, FEBRUARY)

    assert balance(home, JANUARY) == deposits(JANUARY)
    assert balance(home, FEBRUARY) == deposits(FEBRUARY) - Decimal(gone[6])
    from maisui.warehouse.reader import open_reader

    place = open_home(home)
    with open_reader(place.versions, place.parts) as reader:
        assert reader.rows("SELECT closed_on, is_vanished FROM account WHERE account_number = ?", [gone[0]]) == [(FEBRUARY, True)]
        assert reader.rows("SELECT count(*) FROM account_snapshot WHERE account_number = ?", [gone[0]]) == [(1,)]


def test_a_movement_that_is_not_delivered_again_stays(mini: Waiting, folder: Path) -> None:
    home = mini.copy(folder / "home")
    run(home, FEBRUARY)
    deliver(home, MARCH, FEBRUARY)
    run(home, MARCH)

    assert balance(home, date(2026, 1, 17)) == deposits(date(2026, 1, 17))
    assert balance(home, MARCH) == deposits(MARCH)


def test_a_file_waits_for_its_control_file_and_is_then_loaded_whole(mini: Waiting, folder: Path) -> None:
    home = mini.copy(folder / "home")
    control = home / "inbox" / SOURCE / "accounts-20260228.ctl"
    kept = control.read_text(encoding="utf-8")
    control.unlink()
    told = tell("run", "--date", FEBRUARY.isoformat(), "--home", str(home))

    assert told.code == 20
    assert current(home) == mini.before
    assert not [line for line in receipts_of(home) if line[1] == "accounts-20260228.txt"]
    control.write_text(kept, encoding="utf-8")
    run(home, FEBRUARY)
    assert contents(home) == mini.tables


def test_a_file_with_a_header_only_is_a_delivery_of_nothing(mini: Waiting, folder: Path) -> None:
    home = mini.copy(folder / "home")
    lay(home, "MOVE", FEBRUARY, [])
    run(home, FEBRUARY)
    (line,) = (line for line in status(home)["deliveries"] if line["file"] == "movements-20260228.txt")

    assert (line["rows"], line["loaded"]) == (0, 0)
    assert "no_rows" in {warning["code"] for warning in line["warnings"]}


def test_a_late_day_fills_the_gap_it_left(mini: Waiting, folder: Path) -> None:
    late = make_home(folder / "late")
    deliver(late, JANUARY)
    deliver(late, MARCH, FEBRUARY)
    gap = run(late, MARCH)
    deliver(late, FEBRUARY, JANUARY)
    filled = run(late, MARCH)
    ordered = make_home(folder / "ordered")
    for day, since in ((JANUARY, None), (FEBRUARY, JANUARY), (MARCH, FEBRUARY)):
        deliver(ordered, day, since)

    assert gap.manifest.content_hash != filled.manifest.content_hash
    assert run(ordered, MARCH).manifest.content_hash == filled.manifest.content_hash
    assert balance(late, FEBRUARY) == deposits(FEBRUARY)


def test_a_mended_row_lands_once_and_is_written_down(mini: Waiting, folder: Path) -> None:
    home = mini.copy(folder / "home")
    row = ["X1", "A00001", "CNY", "B2", "20260227", "in", "9.00", "atm", "no"]
    good = [[f"Y{number}", *row[1:]] for number in range(40)]
    lay(home, "MOVE", FEBRUARY, [*good, [*row[:6], "9,00", *row[7:]]], part="-2")
    run(home, FEBRUARY)
    without = tell("ask", "transaction_count", "--json", "--home", str(home)).json["rows"][0]["value"]
    (receipt,) = (r for r in receipts(raw=open_home(home).raw) if r.quarantined)
    (quarantined,) = quarantined_rows(raw=open_home(home).raw, file_id=receipt.file_id)
    words = (
        "quarantine",
        "release",
        receipt.file_id,
        str(quarantined.line),
        "--by",
        "operator7",
        "--corrected",
        "|".join(row),
        "--home",
        str(home),
    )

    assert tell(*words).code == 0
    assert tell(*words).code == 20
    run(home, FEBRUARY)
    assert int(tell("ask", "transaction_count", "--json", "--home", str(home)).json["rows"][0]["value"]) == int(without) + 1
    assert "operator7" in (open_home(home).raw / "releases.jsonl").read_text(encoding="utf-8")
    assert status(home)["deliveries"][-1]["kind"] == "release"


PLANTED = {"org": 1, "subject": 3, "credit": 11}


def ledger_off_by_a_cent(home: Path) -> tuple[str, str]:
    """Add 0.01 to the first deposit subject in the delivered 401 file; return its organisation and subject."""
    (path,) = (home / "inbox" / "east5").glob("*-ZZKJQKMB-*.txt")
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines):
        fields = line.split("\x01")
        cents = int(fields[PLANTED["credit"]].replace(".", ""))
        if fields[PLANTED["subject"]].startswith("2011") and len(fields[PLANTED["subject"]]) == 8 and cents % 100 < 98 and cents:
            fields[PLANTED["credit"]] = f"{Decimal(cents + 1) / 100:.2f}"
            lines[number] = "\x01".join(fields)
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
            return fields[PLANTED["org"]], fields[PLANTED["subject"]]
    raise AssertionError("no deposit subject was found")


def test_a_ledger_one_cent_off_is_listed_with_its_place_and_can_stop_publication(example_files: Path, folder: Path) -> None:
    home = east5_home(folder / "home", example_files, ["20261031"])
    stopping = copy_home(home, folder / "stopping")
    place = ledger_off_by_a_cent(home)
    run(home, date(2026, 10, 31))
    tie_outs = {control["code"]: control for control in status(home)["tie_outs"]}
    tie = tie_outs["deposit_equals_ledger"]

    assert (tie["violations"], tie["difference"]) == (1, "0.01")
    (detail,) = tie["details"]
    assert (detail["organisation_code"], detail["subject_code"]) == place
    assert (detail["business_date"], Decimal(detail["difference_amount"])) == ("2026-10-31", Decimal("-0.01"))
    assert {code: found["violations"] for code, found in tie_outs.items() if code.startswith("ledger_")} == {
        "ledger_balances": 1,
        "ledger_rolls": 1,
        "ledger_carried": 0,
        "ledger_parents": 1,
    }

    assert run(stopping, date(2026, 10, 31)).manifest.controls[1].violations == 0
    published = current(stopping)
    with (stopping / "bank.toml").open("a", encoding="utf-8") as file:
        file.write('\n[reconciliation]\nledger = "stop"\n')
    ledger_off_by_a_cent(stopping)
    told = tell("run", "--date", "2026-10-31", "--home", str(stopping))
    assert told.code == 21
    for word in ("0.01", "2026-10-31", *place, "deposit_equals_ledger"):
        assert word in told.err
    assert current(stopping) == published
    refused = status(stopping)["refused"]
    assert refused["date"] == "2026-10-31"
    assert [control["code"] for control in refused["tie_outs"] if control["violations"]][:1] == ["deposit_equals_ledger"]
