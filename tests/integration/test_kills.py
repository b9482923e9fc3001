"""A batch is killed at any moment while readers read: they see one whole version, and a rerun reaches the same state."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest
from example_home import begin, contents, current, receipts_of, run
from integration.conftest import JANUARY, Waiting
from mini_bank import deliver, lay, make_home

from maisui.warehouse.home import Home, open_home
from maisui.warehouse.reader import open_reader

pytestmark = pytest.mark.xdist_group("kills")
HANGS_SECONDS = 120
PACE_SECONDS = 0.1  # two readers at full speed would take the processor from the batch they watch
Facts = tuple[int, int, Decimal, int, Decimal]


def facts(place: Home, version: str | None = None) -> tuple[str, Facts]:
    """Return the version that a reader opens, and row counts and totals of three tables of it."""
    with open_reader(place.versions, place.parts, version=version, tables=("product_day", "account_transaction", "customer")) as reader:
        balances = reader.rows("SELECT count(*), sum(balance) FROM product_day")[0]
        postings = reader.rows("SELECT count(*), sum(balance_change) FROM account_transaction")[0]
        customers = reader.rows("SELECT count(*) FROM customer")[0]
        return reader.manifest.version, (customers[0], *balances, *postings)


@dataclass
class Readers:
    """Threads that open the current version again and again and hold it to what that version must hold."""

    place: Home
    order: tuple[str, str]
    truth: dict[str, Facts]
    reads: int = 0
    faults: list[str] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def start(self, count: int = 2) -> Readers:
        """Begin reading."""
        self._threads = [threading.Thread(target=self._read, daemon=True) for _ in range(count)]
        for thread in self._threads:
            thread.start()
        return self

    def _read(self) -> None:
        seen = 0
        while not self._over.is_set():
            try:
                version, found = facts(self.place)
            except Exception as error:  # noqa: BLE001 - whatever a reader meets is a fault to be listed
                self.faults.append(repr(error))
                continue
            if found != self.truth[version]:
                self.faults.append(f"mixed: {version} held {found}")
            if self.order.index(version) < seen:
                self.faults.append("went backwards")
            seen = self.order.index(version)
            self.reads += 1
            self._over.wait(PACE_SECONDS)

    def stop(self, at_least: int) -> int:
        """Read on until there were enough reads, end, and return how many there were."""
        while self.reads < at_least and not self.faults:
            self._over.wait(0.01)
        self._over.set()
        for thread in self._threads:
            thread.join()
        assert self.faults == []
        return self.reads


def settled(home: Path, waits: Waiting) -> None:
    """Finish the batch and hold everything to the run that was never killed."""
    result = run(home, waits.day)

    assert result.manifest.content_hash == waits.content_hash
    assert current(home) == waits.after
    assert contents(home) == waits.tables
    assert receipts_of(home) == waits.receipts


def duration(waits: Waiting, folder: Path) -> float:
    """Return how long the batch takes from start to end."""
    home = waits.copy(folder / "measured")
    started = time.monotonic()
    process = begin(home, waits.day)
    process.communicate()
    assert process.returncode == 0
    return time.monotonic() - started


def left_behind(process: subprocess.Popen[str]) -> list[int]:
    """Return the processes of the batch's group other than the batch itself."""
    found: list[int] = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            group = int(entry.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()[2])
        except OSError:
            continue
        if group == process.pid and int(entry.parent.name) != process.pid:
            found.append(int(entry.parent.name))
    return found


def until(holds: Callable[[], object]) -> bool:
    """Wait for something to come true, until what is waited for must be called hanging; tell whether it did."""
    deadline = time.monotonic() + HANGS_SECONDS
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.02)
    return bool(holds())


def has_ended(process: subprocess.Popen[str]) -> bool:
    """Tell whether a batch has ended; it is not reaped here, so that its number cannot become another's."""
    if process.returncode is not None:
        return True
    return os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def end(process: subprocess.Popen[str]) -> int:
    """Wait for a stopped batch and all it started, end what does not end itself, and return the exit code."""
    assert until(lambda: has_ended(process))
    if not until(lambda: not left_behind(process)):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    return process.returncode


def kill_again_and_again(waits: Waiting, folder: Path, kills: int, reads: int, seed: int) -> tuple[int, int]:
    """Kill batches at seeded moments spread over their duration, some twice before they may finish; return kills and reads."""
    chance = random.Random(seed)
    length = duration(waits, folder)
    order = (waits.before, waits.after)
    truth = {version: facts(open_home(folder / "measured"), version)[1] for version in order}
    done = read = round_number = 0
    while done < kills:
        home = waits.copy(folder / f"round-{round_number}")
        readers = Readers(open_home(home), order, truth).start()
        for _ in range(chance.choice((1, 2, 3))):
            process = begin(home, waits.day)
            share = (done + chance.random()) / kills
            time.sleep(share * length)
            process.send_signal(signal.SIGKILL)
            if end(process) == -signal.SIGKILL:
                done += 1
            else:
                length *= 0.9  # it had ended before its moment came: the measured batch was slower than this one
            assert current(home) in order
            receipts_of(home)
        settled(home, waits)
        round_number += 1
        read += readers.stop(reads // kills)
    return done, read


@pytest.mark.parametrize(("kills", "reads"), [(20, 300), pytest.param(300, 5_000, marks=pytest.mark.long)])
def test_a_killed_batch_loses_nothing_and_readers_see_whole_versions(mini: Waiting, folder: Path, kills: int, reads: int) -> None:
    done, read = kill_again_and_again(mini, folder, kills, reads, seed=2026)

    assert done >= kills
    assert read >= reads


@pytest.mark.parametrize("kills", [2, pytest.param(40, marks=pytest.mark.long)])
def test_a_killed_batch_of_the_example_bank_finishes_as_if_nothing_had_happened(example: Waiting, folder: Path, kills: int) -> None:
    done, read = kill_again_and_again(example, folder, kills, 10 * kills, seed=1031)

    assert done >= kills
    assert read >= 10 * kills


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("share", [0.1, 0.5])
def test_a_batch_told_to_stop_ends_soon_and_loses_nothing(mini: Waiting, folder: Path, sign: signal.Signals, share: float) -> None:
    length = duration(mini, folder)
    home = mini.copy(folder / "home")
    lock = open_home(home).entity / "batch.lock"
    lock.unlink()
    process = begin(home, mini.day)
    while not lock.exists():
        assert process.poll() is None
        time.sleep(0.01)
    time.sleep(share * length)
    process.send_signal(sign)
    _, told = process.communicate(timeout=HANGS_SECONDS)

    assert "Traceback" not in told
    assert current(home) in (mini.before, mini.after)
    settled(home, mini)


def test_ctrl_c_in_a_long_query_stops_it_without_a_traceback(folder: Path) -> None:
    names = "abcdefghijkl"
    crossed = ", ".join(f"mini_org AS {name}" for name in names)
    endless = (
        "SELECT a.delivered_on AS reported_on, a.code AS organisation_code, 'outlet' AS organisation_kind, true AS is_open, "
        f"a.source_file_id, a.source_line FROM {crossed} WHERE concat({', '.join(f'{name}.code' for name in names)}) = 'x'"
    )
    home = make_home(folder / "home", mappings={"organisation_snapshot": endless})
    deliver(home, JANUARY)
    lay(home, "ORG", JANUARY, [[f"B{number}", "", "outlet", ""] for number in range(60)])
    process = begin(home, JANUARY)
    scratch = open_home(home).scratch
    while not scratch.exists() and process.poll() is None:
        time.sleep(0.05)
    time.sleep(1.0)
    process.send_signal(signal.SIGINT)
    try:
        _, told = process.communicate(timeout=HANGS_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        raise

    assert process.returncode == 130
    assert "Traceback" not in told
    assert current(home) is None


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGKILL])
def test_no_process_of_a_killed_batch_stays_behind(example: Waiting, folder: Path, sign: signal.Signals) -> None:
    home = example.copy(folder / "home")
    process = begin(home, example.day)
    building = open_home(home).raw / ".building"
    while not any("rows.parquet" in names for _, _, names in os.walk(building)):
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(sign)
    is_alone = until(lambda: has_ended(process)) and until(lambda: not left_behind(process))
    end(process)

    assert is_alone
