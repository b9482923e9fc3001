"""One batch at a time: the lock refuses a second process at once and is free after a crash."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from maisui.errors import BusyError
from maisui.warehouse.lock import batch_lock, is_held

HOLDER = """
import sys, time
from pathlib import Path
from maisui.warehouse.lock import batch_lock
with batch_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


@contextmanager
def another_process_holding(entity: Path) -> Iterator[subprocess.Popen[str]]:
    """Start a process that holds the lock of `entity`, and end it with the block."""
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(entity)], stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        yield holder
    finally:
        holder.kill()
        holder.communicate()


def test_a_second_process_is_refused_at_once_and_let_in_after_a_crash(tmp_path: Path) -> None:
    """It does not wait; and the lock of a killed process is nobody's, without anything to clean up."""
    with another_process_holding(tmp_path) as holder:
        with pytest.raises(BusyError, match="another batch is running") as refused, batch_lock(tmp_path):
            pass
        assert refused.value.exit_code == 11
        assert "wait" in refused.value.next_step
        holder.kill()
        holder.wait()
        with batch_lock(tmp_path):
            pass


def test_the_lock_is_free_again_after_an_error_inside(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), batch_lock(tmp_path):
        _ = 1 / 0
    with batch_lock(tmp_path), pytest.raises(BusyError), batch_lock(tmp_path):
        pass


def test_each_legal_entity_has_a_lock_of_its_own(tmp_path: Path) -> None:
    with batch_lock(tmp_path / "one"), batch_lock(tmp_path / "two"):
        assert (tmp_path / "one" / "batch.lock").exists()


def test_it_is_seen_whether_another_process_holds_a_lock(tmp_path: Path) -> None:
    assert not is_held(tmp_path / "batch.lock")
    with another_process_holding(tmp_path):
        assert is_held(tmp_path / "batch.lock")
        assert is_held(tmp_path / "batch.lock"), "to look takes nothing away"
    assert not is_held(tmp_path / "batch.lock")
