"""Of two batches on one bank exactly one runs; the other is told so at once, and a crash leaves no lock behind."""

from __future__ import annotations

import multiprocessing
import signal
import time
from datetime import date
from multiprocessing.synchronize import Barrier, Event
from pathlib import Path

import pytest
from example_home import begin, command, contents, current, is_three_lines, run
from integration.conftest import JANUARY, Waiting

from maisui.errors import BusyError
from maisui.pipeline.batch import run_batch
from maisui.warehouse.home import open_home
from maisui.warehouse.lock import batch_lock

REFUSED_SECONDS = 2.0
Outcome = tuple[str, float]


def _compete(home: Path, day: date, gate: Barrier, refused: Event) -> Outcome:
    """Start a batch when all competitors are ready; return how it ended and how long that took.

    Whoever gets in goes on only when the other has been refused, however the machine shares its time.
    """
    place = open_home(home)
    gate.wait()
    started = time.monotonic()
    try:
        result = run_batch(place, reporting_date=day, now=_moment(), workers=1, progress=lambda *_: refused.wait(60))
    except BusyError:
        refused.set()
        return "busy", time.monotonic() - started
    return result.manifest.version, time.monotonic() - started


def _moment():
    from datetime import UTC, datetime

    return datetime(2027, 6, 1, tzinfo=UTC)


def _compete_into(home: Path, day: date, gate: Barrier, refused: Event, outcomes: multiprocessing.Queue[Outcome]) -> None:
    outcomes.put(_compete(home, day, gate, refused))


@pytest.mark.parametrize("rounds", [5, pytest.param(20, marks=pytest.mark.long)])
@pytest.mark.parametrize("other_day", ["the same day", "an earlier day"])
def test_of_two_batches_at_once_exactly_one_runs(mini: Waiting, folder: Path, rounds: int, other_day: str) -> None:
    context = multiprocessing.get_context("fork")
    days = (mini.day, mini.day if other_day == "the same day" else JANUARY)
    for number in range(rounds):
        home = mini.copy(folder / f"round-{number}")
        gate, refused, outcomes = context.Barrier(2), context.Event(), context.Queue()
        rivals = [context.Process(target=_compete_into, args=(home, day, gate, refused, outcomes)) for day in days]
        for rival in rivals:
            rival.start()
        ended = sorted((outcomes.get(timeout=120) for _ in rivals), key=lambda outcome: outcome[0] == "busy")
        for rival in rivals:
            rival.join()

        assert ended[0][0] == current(home)
        assert ended[1][0] == "busy"
        assert ended[1][1] <= REFUSED_SECONDS
        run(home, mini.day)
        assert contents(home) == mini.tables


def test_the_command_refuses_to_wait_and_says_so(mini: Waiting, folder: Path) -> None:
    home = mini.copy(folder / "home")
    for words in (("run", "--date", mini.day.isoformat()), ("versions", "rollback", mini.before), ("versions", "prune")):
        with batch_lock(open_home(home).entity):
            started = time.monotonic()
            refused = command(home, *words)
            ended = time.monotonic()
        assert refused.returncode == BusyError.exit_code
        assert is_three_lines(refused.stderr)
        assert ended - started <= REFUSED_SECONDS + 8  # the interpreter's own start included
    assert current(home) == mini.before


def test_questions_are_answered_while_a_batch_runs(mini: Waiting, folder: Path) -> None:
    home = mini.copy(folder / "home")
    with batch_lock(open_home(home).entity):
        answered = command(home, "ask", "deposit_balance", "--json")

    assert answered.returncode == 0
    assert mini.before in answered.stdout


def test_a_killed_batch_leaves_the_lock_free(mini: Waiting, folder: Path) -> None:
    home = mini.copy(folder / "home")
    entity = open_home(home).entity
    (entity / "batch.lock").unlink(missing_ok=True)
    process = begin(home, mini.day)
    while not (entity / "batch.lock").exists():
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.communicate()

    assert run(home, mini.day).manifest.content_hash == mini.content_hash
