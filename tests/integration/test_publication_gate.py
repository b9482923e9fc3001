"""Sabotaged batches: none becomes current, readers keep what they had, and the operator gets three lines."""

from __future__ import annotations

import gzip
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from example_home import contents, current, is_three_lines, tell
from integration.conftest import FEBRUARY, JANUARY, Waiting
from mini_bank import CONTRACT, MAPPINGS, SOURCE, MiniBank, compact, control_text, file_text, lay

CONTRACT_CODE, RECONCILIATION_CODE, INTEGRATION_CODE, HOME_CODE = 20, 21, 22, 10
BANK = MiniBank()


@dataclass(frozen=True)
class Sabotage:
    """What is done to a waiting home, the exit code it must end with, and a word the operator must read."""

    do: Callable[[Path], None]
    code: int
    word: str


def inbox(home: Path, stem: str, day: date = FEBRUARY) -> Path:
    return home / "inbox" / SOURCE / f"{stem}-{compact(day)}.txt"


def edited(stem: str, old: str, new: str) -> Callable[[Path], None]:
    """Replace a text in a waiting file; its control file is not touched."""

    def do(home: Path) -> None:
        path = inbox(home, stem)
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return do


def rows_changed(feed: str, change: Callable[[list[list[str]]], list[list[str]]]) -> Callable[[Path], None]:
    """Deliver other rows of a feed, with a control file that vouches for them."""
    return lambda home: lay(home, feed, FEBRUARY, change(BANK.rows(feed, FEBRUARY, JANUARY))) and None


def taken_away(stem: str, suffix: str = ".txt") -> Callable[[Path], None]:
    return lambda home: inbox(home, stem).with_suffix(suffix).unlink()


def mapped(table: str, old: str, new: str) -> Callable[[Path], None]:
    """Change the mapping of a table."""

    def do(home: Path) -> None:
        assert old in MAPPINGS[table]
        (home / "sources" / SOURCE / f"{table}.sql").write_text(MAPPINGS[table].replace(old, new), encoding="utf-8")

    return do


def contracted(old: str, new: str) -> Callable[[Path], None]:
    def do(home: Path) -> None:
        assert old in CONTRACT
        (home / "sources" / SOURCE / "contract.toml").write_text(CONTRACT.replace(old, new), encoding="utf-8")

    return do


def configured(text: str, then: Callable[[Path], None] | None = None) -> Callable[[Path], None]:
    """Add to bank.toml."""

    def do(home: Path) -> None:
        with (home / "bank.toml").open("a", encoding="utf-8") as file:
            file.write(text)
        if then:
            then(home)

    return do


def one_cent_more(rows: list[list[str]]) -> list[list[str]]:
    return [[*rows[0][:4], f"{rows[0][4][:-2]}{(int(rows[0][4][-2:]) + 1) % 100:02d}"], *rows[1:]]


def symlinked(home: Path) -> None:
    path = inbox(home, "movements")
    path.rename(home / "movements.txt")
    path.symlink_to(home / "movements.txt")


def packed_and_cut(home: Path) -> None:
    path = inbox(home, "movements")
    packed = gzip.compress(path.read_bytes(), mtime=0)
    path.unlink()
    path.with_suffix(".txt.gz").write_bytes(packed[: len(packed) // 2])


def declared_wrong(line: str) -> Callable[[Path], None]:
    """Put a false line into the control file of the accounts."""

    def do(home: Path) -> None:
        path = inbox(home, "accounts").with_suffix(".ctl")
        key = line.partition(":")[0]
        kept = [old for old in path.read_text(encoding="utf-8").splitlines() if not old.startswith(key)]
        path.write_text("\n".join([*kept, line]) + "\n", encoding="utf-8")

    return do


def all_amounts_broken(rows: list[list[str]]) -> list[list[str]]:
    return [[*row[:6], "1,000.00", *row[7:]] for row in rows]


def duplicated_with_another_customer(rows: list[list[str]]) -> list[list[str]]:
    return rows


SABOTAGES = {
    "required feed missing": Sabotage(taken_away("movements"), CONTRACT_CODE, "was not delivered"),
    "required control file missing": Sabotage(taken_away("accounts", ".ctl"), CONTRACT_CODE, "control file has not come"),
    "control file without its data": Sabotage(taken_away("accounts"), CONTRACT_CODE, "accounts-20260228"),
    "one row too few": Sabotage(declared_wrong("rows: 9"), CONTRACT_CODE, "9 rows are declared"),
    "one cent off": Sabotage(declared_wrong("sum.balance: 36000.01"), CONTRACT_CODE, "differs from the declared one"),
    "another size": Sabotage(declared_wrong("bytes: 10"), CONTRACT_CODE, "bytes are declared"),
    "still growing": Sabotage(declared_wrong("bytes: 1000000"), CONTRACT_CODE, "still being written"),
    "another hash": Sabotage(declared_wrong(f"sha256: {'0' * 64}"), CONTRACT_CODE, "SHA-256"),
    "empty file": Sabotage(lambda home: inbox(home, "movements").write_text("") and None, CONTRACT_CODE, "empty"),
    "column renamed": Sabotage(edited("movements", "posted", "posted_on"), CONTRACT_CODE, "header"),
    "column removed": Sabotage(
        lambda home: inbox(home, "movements").write_text("number|account\nT1|A00001\n") and None, CONTRACT_CODE, "header lacks"
    ),
    "column added to a frozen contract": Sabotage(edited("movements", "|reversal", "|reversal|note"), CONTRACT_CODE, "does not know"),
    "wrong encoding": Sabotage(
        lambda home: (
            inbox(home, "customers").write_bytes(b"number|kind|person|org|born\n" + b"C001|personal|\xff\xfe\xff|B1|19800101\n" * 60)
            and None
        ),
        CONTRACT_CODE,
        "cannot be decoded",
    ),
    "too many broken rows": Sabotage(
        lambda home: (
            inbox(home, "movements").write_text(
                file_text("MOVE", [[f"T{n}", "A00001", "CNY", "B1", "20260230", "in", "1.00", "atm", "no"] for n in range(50)])
            )
            and None
        ),
        CONTRACT_CODE,
        "do not pass",
    ),
    "symbolic link": Sabotage(symlinked, CONTRACT_CODE, "symbolic link"),
    "packed file cut": Sabotage(packed_and_cut, CONTRACT_CODE, "damaged or cut"),
    "mapping without a needed column": Sabotage(
        mapped("account_snapshot", "customer AS customer_number,", ""), CONTRACT_CODE, "does not give customer_number"
    ),
    "mapping with an unknown column": Sabotage(mapped("account_snapshot", "org AS", "outlet AS"), CONTRACT_CODE, "outlet"),
    "mapping outside the portable subset": Sabotage(
        mapped("customer_snapshot", "FROM mini_cust", "FROM read_csv('/etc/passwd')"), CONTRACT_CODE, "customer_snapshot"
    ),
    "mapping that repeats rows": Sabotage(
        mapped("account_snapshot", "FROM mini_acct", "FROM mini_acct CROSS JOIN (SELECT 1 AS one UNION ALL SELECT 2 AS one) AS twice"),
        INTEGRATION_CODE,
        "repeat the key",
    ),
    "mapping that leaves keys null": Sabotage(
        mapped("account_snapshot", "org AS organisation_code", "nullif(org, 'B1') AS organisation_code"),
        INTEGRATION_CODE,
        "have no organisation_code",
    ),
    "mapping that cannot be computed": Sabotage(
        mapped("account_snapshot", "number AS account_number", "CAST(CAST(number AS BIGINT) AS VARCHAR) AS account_number"),
        INTEGRATION_CODE,
        "account_snapshot",
    ),
    "contract that cannot be read": Sabotage(contracted('code = "ORG"', "code = ORG"), CONTRACT_CODE, "contract.toml cannot be read"),
    "contract with an unknown key": Sabotage(contracted('key = ["code"]', 'key = ["codes"]'), CONTRACT_CODE, "is not one of its columns"),
    "ledger one cent off where that stops": Sabotage(
        configured('\n[reconciliation]\nledger = "stop"\n', rows_changed("GL", one_cent_more)), RECONCILIATION_CODE, "ledger"
    ),
    "balances that do not roll where that stops": Sabotage(
        configured('\n[reconciliation]\nbalances = "stop"\n', rows_changed("MOVE", lambda rows: rows[1:])),
        RECONCILIATION_CODE,
        "reported balance",
    ),
    "unknown parameter": Sabotage(
        configured('\n[[parameter]]\ncode = "luck"\nvalid_from = 2026-01-01\ntext = "7"\n'), HOME_CODE, "unknown parameter"
    ),
    "unknown setting": Sabotage(configured("\n[batches]\nspeed = 2\n"), HOME_CODE, "unknown table"),
    "source folder gone": Sabotage(lambda home: shutil.rmtree(home / "sources" / SOURCE), CONTRACT_CODE, "neither built in nor described"),
}


@pytest.mark.parametrize("case", SABOTAGES)
def test_a_sabotaged_batch_never_becomes_current(mini: Waiting, folder: Path, case: str) -> None:
    home = mini.copy(folder / "home")
    seen = contents(home)
    sabotage = SABOTAGES[case]
    sabotage.do(home)
    told = tell("run", "--date", mini.day.isoformat(), "--home", str(home))

    assert told.code == sabotage.code, told.err
    assert is_three_lines(told.err)
    assert sabotage.word in told.err
    if sabotage.code != HOME_CODE:
        assert current(home) == mini.before
        assert contents(home) == seen
    assert os.listdir(home / "entities" / "MINI01" / "versions").count(f"{mini.before}.json") == 1


def test_a_control_that_always_stops_stops(mini: Waiting, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Totals of one truth can only part by a fault of ours: the mart is made to lose a cent."""
    from dataclasses import replace

    from maisui.pipeline import plan

    lossy = tuple(
        replace(step, query=step.query.replace("AS DECIMAL(38,2)) AS balance", "AS DECIMAL(38,2)) + 0.01 AS balance"))
        if step.writes.name == "product_day"
        else step
        for step in plan.OWN_STEPS
    )
    assert lossy != plan.OWN_STEPS
    monkeypatch.setattr(plan, "OWN_STEPS", lossy)
    home = mini.copy(folder / "home")
    seen = contents(home)
    told = tell("run", "--date", mini.day.isoformat(), "--home", str(home))

    assert told.code == RECONCILIATION_CODE, told.err
    assert is_three_lines(told.err)
    assert contents(home) == seen


def test_the_accounts_files_of_these_tests_carry_true_control_files() -> None:
    assert control_text(BANK.rows("ACCT", FEBRUARY)).startswith("rows: 8\nsum.balance: ")
