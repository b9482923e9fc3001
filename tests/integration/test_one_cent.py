"""One cent moved in one account, one movement or one cell of the ledger, on one day, in the delivered files: found and named."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from example_home import copy_home, current, run, tell
from integration.conftest import east5_home
from scratch import scratch_folder

DAYS = ("20261029", "20261030", "20261031")
ACCOUNTS = {"organisation": 1, "subject": 3, "account": 7, "product": 8, "balance": 12}
"""Where a field stands in table 403."""
MOVEMENTS = {"organisation": 2, "account": 11, "side": 14, "amount": 18}
"""Where a field stands in table 404."""
REPORTED = date(2026, 10, 31)


@dataclass(frozen=True)
class Row:
    """One delivered account: where it is booked and what it holds."""

    organisation: str
    subject: str
    account: str
    product: str
    balance: str


@pytest.fixture(scope="module")
def sound(example_files: Path) -> Iterator[Path]:
    """A home whose three days tie, delivered and waiting."""
    with scratch_folder() as place:
        yield east5_home(place / "home", example_files, list(DAYS))


@pytest.fixture(scope="module")
def tied(sound: Path) -> Iterator[Path]:
    """The same home with its three days published."""
    with scratch_folder() as place:
        home = copy_home(sound, place / "home")
        run(home, REPORTED)
        yield home


def status(home: Path) -> dict[str, Any]:
    """Return `maisui status --json`."""
    return tell("status", "--json", "--home", str(home)).json


def edit(home: Path, table: str, day: str, change: Callable[[list[list[str]]], list[list[str]]]) -> None:
    """Deliver a table of a day with other rows; its control file counts them anew."""
    (path,) = (home / "inbox" / "east5").glob(f"*-{table}-{day}.txt")
    rows = [line.split("\x01") for line in path.read_text(encoding="utf-8").splitlines()]
    path.write_text("".join("\x01".join(row) + "\n" for row in change(rows)), encoding="utf-8")
    path.with_suffix(".log").unlink(missing_ok=True)


def accounts(home: Path, day: str) -> list[Row]:
    """Return the personal deposit accounts of a day that hold money."""
    (path,) = (home / "inbox" / "east5").glob(f"*-GRCKFHZ-{day}.txt")
    rows = [line.split("\x01") for line in path.read_text(encoding="utf-8").splitlines()]
    found = [Row(*(row[ACCOUNTS[name]] for name in ("organisation", "subject", "account", "product", "balance"))) for row in rows]
    return [row for row in found if Decimal(row.balance) > 1]


def one_cent(text: str) -> str:
    return f"{Decimal(text) + Decimal('0.01'):.2f}"


def balance_moved(account: str) -> Callable[[list[list[str]]], list[list[str]]]:
    """Return the change that adds one cent to the balance of `account`."""

    def change(rows: list[list[str]]) -> list[list[str]]:
        (row,) = [row for row in rows if row[ACCOUNTS["account"]] == account]
        row[ACCOUNTS["balance"]] = one_cent(row[ACCOUNTS["balance"]])
        return rows

    return change


def broken(home: Path) -> dict[str, list[dict[str, Any]]]:
    """Return what each control of the status says does not tie, by its code."""
    return {control["code"]: control["details"] for control in status(home)["tie_outs"] if control["violations"]}


def test_three_sound_days_tie_everywhere(tied: Path) -> None:
    assert broken(tied) == {}


def test_the_status_names_what_of_the_ledger_nobody_holds_against_accounts(tied: Path) -> None:
    """Each uncovered subject with amount and share; covered and uncovered make the whole; the receipts cover all of the ledger's loans."""
    ledger = status(tied)["ledger"]
    text = tell("status", "--home", str(tied)).out

    assert (ledger["date"], ledger["loans"]["share"], ledger["loans"]["receipts_less_accounts"]) == ("2026-10-31", "1.0000", "0.00")
    for side in ledger["coverage"]:
        lines = [line for line in ledger["uncovered"] if line["element"] == side["element"]]
        assert lines
        assert Decimal(side["covered"]) + sum(abs(Decimal(line["ledger"])) for line in lines) == Decimal(side["whole"])
        for line in lines:
            assert Decimal(line["share"]) == round(abs(Decimal(line["ledger"])) / Decimal(side["whole"]), 4)
            assert line["subject"] in text


def test_one_cent_in_one_balance_on_one_day(sound: Path, folder: Path) -> None:
    """The day, outlet and subject against the ledger; the day and the day after, outlet and product, against the movements."""
    home = copy_home(sound, folder / "home")
    row = accounts(home, "20261030")[7]
    edit(home, "GRCKFHZ", "20261030", balance_moved(row.account))
    run(home, REPORTED)
    place = {"business_date": "2026-10-30", "organisation_code": row.organisation, "currency": "CNY"}

    assert broken(home) == {
        "deposit_equals_ledger": [place | {"subject_code": row.subject, "found_in": "both", "difference_amount": "0.01"}],
        "balances_roll": [
            place | {"product_code": row.product, "difference_amount": "-0.01"},
            place | {"business_date": "2026-10-31", "product_code": row.product, "difference_amount": "0.01"},
        ],
    }
    assert row.account not in tell("status", "--json", "--home", str(home)).out


def test_one_cent_in_one_movement_on_one_day(sound: Path, folder: Path) -> None:
    """Balances still equal the ledger; the account's product and outlet do not roll on that day."""
    home = copy_home(sound, folder / "home")
    named: list[str] = []

    def change(rows: list[list[str]]) -> list[list[str]]:
        busy = Counter(row[MOVEMENTS["account"]] for row in rows)
        row = next(row for row in rows if busy[row[MOVEMENTS["account"]]] == 1)
        row[MOVEMENTS["amount"]] = one_cent(row[MOVEMENTS["amount"]])
        named.extend((row[MOVEMENTS["organisation"]], row[MOVEMENTS["account"]]))
        return rows

    edit(home, "GRCKFHZMX", "20261030", change)
    run(home, REPORTED)
    found = broken(home)
    (detail,) = found.pop("balances_roll")
    (row,) = [row for row in accounts(home, "20261031") if row.account == named[1]]

    assert found == {}
    assert (detail["business_date"], detail["organisation_code"], detail["product_code"]) == ("2026-10-30", named[0], row.product)
    assert abs(Decimal(detail["difference_amount"])) == Decimal("0.01")


def test_movement_and_balance_moved_together_still_miss_the_ledger(sound: Path, folder: Path) -> None:
    """A balance that is wrong from one day on and rolls by a wrong movement: the ledger of that day and all later ones says so."""
    home = copy_home(sound, folder / "home")
    moved: list[str] = []

    def movement(rows: list[list[str]]) -> list[list[str]]:
        busy = Counter(row[MOVEMENTS["account"]] for row in rows)
        row = next(row for row in rows if busy[row[MOVEMENTS["account"]]] == 1 and row[MOVEMENTS["side"]] == "贷")
        row[MOVEMENTS["amount"]] = one_cent(row[MOVEMENTS["amount"]])
        moved.append(row[MOVEMENTS["account"]])
        return rows

    edit(home, "GRCKFHZMX", "20261030", movement)
    for day in ("20261030", "20261031"):
        edit(home, "GRCKFHZ", day, balance_moved(moved[0]))
    run(home, REPORTED)
    found = broken(home)

    assert list(found) == ["deposit_equals_ledger"]
    assert [(line["business_date"], line["difference_amount"]) for line in found["deposit_equals_ledger"]] == [
        ("2026-10-30", "0.01"),
        ("2026-10-31", "0.01"),
    ]


def test_the_accounts_of_one_branch_missing_are_told_as_that(sound: Path, folder: Path) -> None:
    """The branch's whole ledger balance is the difference, and the control says that no accounts came from there."""
    home = copy_home(sound, folder / "home")
    gone = accounts(home, "20261031")[0].organisation
    for table in ("GRCKFHZ", "DGCKFHZ"):
        edit(home, table, "20261031", lambda rows: [row for row in rows if row[ACCOUNTS["organisation"]] != gone])
    run(home, REPORTED)
    details = broken(home)["deposit_equals_ledger"]

    assert details
    assert {(line["business_date"], line["organisation_code"], line["found_in"]) for line in details} == {
        ("2026-10-31", gone, "no_accounts")
    }


def test_a_tolerated_cent_is_counted_apart_with_its_name_and_a_stopping_one_stays_unpublished(sound: Path, folder: Path) -> None:
    home = copy_home(sound, folder / "home")
    row = accounts(home, "20261030")[7]
    edit(home, "GRCKFHZ", "20261030", balance_moved(row.account))
    stopping = copy_home(home, folder / "stopping")
    with (home / "bank.toml").open("a", encoding="utf-8") as file:
        file.write(
            '\n[[tolerance]]\ncontrol = "deposit_equals_ledger"\namount = "0.05"\nvalid_from = 2026-10-01\ndecided_by = "财务部"\nreason = "尾差"\n'
        )
    run(home, REPORTED)
    (tie,) = [control for control in status(home)["tie_outs"] if control["code"] == "deposit_equals_ledger"]
    assert (tie["violations"], tie["tolerated"], tie["tolerated_difference"], tie["details"]) == (0, 1, "0.01", [])
    assert tie["tolerances"] == ["0.05 tolerated by 财务部 from 2026-10-01: 尾差"]

    with (stopping / "bank.toml").open("a", encoding="utf-8") as file:
        file.write('\n[reconciliation]\ndeposit_equals_ledger = "stop"\n')
    told = tell("run", "--date", "2026-10-31", "--home", str(stopping))
    assert told.code == 21
    for word in ("deposit_equals_ledger", "2026-10-30", row.organisation, row.subject, "0.01", "status"):
        assert word in told.err
    assert current(stopping) is None
    assert status(stopping)["refused"]["date"] == "2026-10-31"
    (stopping / "bank.toml").write_text(
        (stopping / "bank.toml").read_text(encoding="utf-8").replace('deposit_equals_ledger = "stop"', 'deposit_equals_ledger = "warn"'),
        encoding="utf-8",
    )
    run(stopping, REPORTED)
    assert status(stopping)["refused"] is None


def test_a_new_home_leaves_a_batch_with_one_cent_unpublished_and_says_why(example_files: Path, folder: Path) -> None:
    """Nothing was configured: control, day, outlet, subject and amount are named, and a later batch that ties is published."""
    home = east5_home(folder / "home", example_files, ["20261030"], stops=True)
    run(home, date(2026, 10, 30))
    published = current(home)
    for file in (example_files / "inbox" / "east5").glob("*-20261031.*"):
        shutil.copy2(file, home / "inbox" / "east5")
    row = accounts(home, "20261031")[7]
    edit(home, "GRCKFHZ", "20261031", balance_moved(row.account))
    told = tell("run", "--date", "2026-10-31", "--home", str(home))

    assert told.code == 21
    for word in ("deposit_equals_ledger", "balances_roll", "2026-10-31", row.organisation, row.subject, row.product, "0.01"):
        assert word in told.err
    assert row.account not in told.err
    assert current(home) == published
    refused = status(home)["refused"]
    assert [control["code"] for control in refused["tie_outs"] if control["violations"]] == ["deposit_equals_ledger", "balances_roll"]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('[reconciliation]\nledgers = "stop"\n', "there is no such control"),
        ('[reconciliation]\nrows_conserved = "warn"\n', "always stops"),
        (
            '[[tolerance]]\ncontrol = "rows_conserved"\namount = "1.00"\nvalid_from = 2026-01-01\ndecided_by = "a"\nreason = "b"\n',
            "always stops",
        ),
        (
            '[[tolerance]]\ncontrol = "balances_roll"\namount = "1"\nvalid_from = 2026-01-01\ndecided_by = "a"\nreason = "b"\n',
            "two decimals",
        ),
        ('[[tolerance]]\ncontrol = "balances_roll"\namount = "1.00"\nvalid_from = 2026-01-01\n', "who accepted"),
        ('[[control_subject]]\nset = "deposits"\nmatch = "code"\npattern = "20"\n', "set must be one of"),
        ('[[control_subject]]\nset = "deposit"\nmatch = "like"\npattern = "20"\n', "match must be one of"),
    ],
)
def test_what_a_bank_may_not_say_about_controls_is_refused(sound: Path, folder: Path, text: str, word: str) -> None:
    home = copy_home(sound, folder / "home")
    with (home / "bank.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + text)
    told = tell("check", "--home", str(home))
    assert told.code == 10
    assert word in told.err
