"""Steps run beside each other: each after those it reads, the rest at the same time, and nothing after a failure."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from maisui.engines.duckdb_engine import DuckDBEngine
from maisui.engines.engine import Engine
from maisui.pipeline.side_by_side import run_side_by_side
from maisui.steps.step import Step
from maisui.tables import BY_NAME

WAITED_SECONDS = 20
FOREVER = "SELECT sum(a.i * b.i) FROM range(10000000) AS a(i), range(10000000) AS b(i)"


def step(name: str, *reads: str) -> Step:
    """Return a step that writes the table of this name."""
    return Step(name=f"write_{name}", writes=BY_NAME[name], reads=reads, query="SELECT 1 AS one")


STEPS = (
    step("reversal"),
    step("customer"),
    step("balance_point", "parameter"),
    step("account", "balance_point", "customer"),
    step("account_balance", "account"),
)


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[DuckDBEngine]:
    """Yield an engine without tables."""
    made = DuckDBEngine(tmp_path, memory_limit="200MB")
    yield made
    made.close()


def run(engine: Engine, body: Callable[[Engine, str], None], lanes: int = 2) -> list[str]:
    """Run `STEPS` and return what began and ended, in order."""
    told = list[str]()
    run_side_by_side(
        engine,
        STEPS,
        lambda own, one: body(own, one.writes.name),
        lanes=lanes,
        begun=lambda one: told.append(f"{one.writes.name} begun"),
        ended=lambda one: told.append(f"{one.writes.name} ended"),
    )
    return told


def test_a_step_begins_when_what_it_reads_is_made(engine: DuckDBEngine) -> None:
    """Of those that can begin the one that most wait for does; what a step makes the next one sees."""

    def body(own: Engine, name: str) -> None:
        own.create_table(
            name, "SELECT 1 AS one" if name != "account" else "SELECT p.one + c.one AS one FROM balance_point AS p, customer AS c"
        )

    told = run(engine, body)
    assert told[:2] == ["customer begun", "balance_point begun"]
    assert told.index("account begun") > max(told.index("customer ended"), told.index("balance_point ended"))
    assert told.index("account_balance begun") > told.index("account ended")
    assert sorted(told) == sorted(f"{one.writes.name} {what}" for one in STEPS for what in ("begun", "ended"))
    assert engine.fetch("SELECT one FROM account") == [(2,)]


def test_two_work_at_the_same_time(engine: DuckDBEngine) -> None:
    """The first two wait for each other: one after the other they would wait in vain."""
    meeting = threading.Barrier(2)

    def body(own: Engine, name: str) -> None:
        assert own.is_beside
        if name in {"customer", "balance_point"}:
            meeting.wait(WAITED_SECONDS)

    assert len(run(engine, body)) == 2 * len(STEPS)


def test_one_lane_keeps_the_order_of_the_plan(engine: DuckDBEngine) -> None:
    """On the engine itself."""
    assert run(engine, lambda own, _: own.fetch("SELECT 1") and None, lanes=1)[::2] == [f"{one.writes.name} begun" for one in STEPS]


def test_what_does_not_fit_beside_others_runs_again_alone(engine: DuckDBEngine) -> None:
    """When they have ended, on the engine that may help itself; what reads it waits."""
    ran, at_work = list[tuple[str, bool]](), set[str]()

    def body(own: Engine, name: str) -> None:
        ran.append((name, own.is_beside))
        if name == "customer" and own.is_beside:
            raise duckdb.OutOfMemoryException
        assert own.is_beside or not at_work
        at_work.add(name)
        own.fetch("SELECT count(*) FROM range(20000000)")
        at_work.remove(name)

    told = run(engine, body)
    assert [beside for name, beside in ran if name == "customer"] == [True, False]
    assert told.index("account begun") > told.index("customer ended")


def test_a_failure_ends_the_others(engine: DuckDBEngine) -> None:
    """A query that would take days is interrupted, and nothing begins any more."""
    began = list[str]()
    is_under_way = threading.Event()

    def body(own: Engine, name: str) -> None:
        began.append(name)
        if name == "customer":
            is_under_way.set()
            own.fetch(FOREVER)
        assert is_under_way.wait(WAITED_SECONDS)
        raise ValueError(name)

    with pytest.raises(ValueError, match="balance_point"):
        run(engine, body)
    assert sorted(began) == ["balance_point", "customer"]
