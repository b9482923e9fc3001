"""A1: when the caller is killed, the processes that read for it end too."""

import os
import pickle
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from unit.intake.drawn_files import line, text_of

import maisui.intake

receiving = sys.modules["maisui.intake.receive"]
CALLER = """
import pickle, sys
from datetime import date
from pathlib import Path
from maisui.intake import receive
if __name__ == "__main__":
    source = pickle.loads(Path(sys.argv[1]).read_bytes())
    receive(source=source, inbox=Path(sys.argv[2]), raw=Path(sys.argv[3]), until=date(2026, 12, 31), workers=2)
"""


def group_is_empty(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


def wait_for(holds, seconds=30.0):
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_no_reader_outlives_a_killed_caller(bank, tmp_path):
    for number in range(3):
        bank.deliver(text_of(*(line(row) for row in range(60_000))) + "\n" * number, f"B{number}-ACC-20260331.txt")
    (tmp_path / "source").write_bytes(pickle.dumps(bank.source))
    (tmp_path / "caller.py").write_text(CALLER)
    package = str(Path(maisui.intake.__file__).parents[2])
    given = [str(tmp_path / "source"), str(bank.inbox), str(bank.raw)]
    process = subprocess.Popen(
        [sys.executable, str(tmp_path / "caller.py"), *given],
        env={**os.environ, "PYTHONPATH": package},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    wait_for(lambda: list(bank.raw.rglob(".building/bank/*")))
    process.send_signal(signal.SIGKILL)
    process.wait()
    wait_for(lambda: group_is_empty(process.pid))
    assert len(bank.receive().receipts) == 3


def test_the_watch_ends_its_process_when_the_parent_is_gone(monkeypatch):
    reading, writing = os.pipe()
    os.close(writing)
    ended = []
    monkeypatch.setattr(receiving.os, "_exit", ended.append)
    receiving._end_with(reading)
    os.close(reading)
    assert ended == [1]


def test_a_worker_watches_its_parent(bank, monkeypatch):
    class Parent:
        sentinel = 7

    watched = []
    monkeypatch.setattr(receiving.multiprocessing, "parent_process", Parent)
    monkeypatch.setattr(receiving, "_end_with", watched.append)
    receiving._begin(bank.source)
    wait_for(lambda: watched == [7])
    monkeypatch.undo()
    receiving._begin(bank.source)
    with pytest.raises(KeyError):
        receiving._work(receiving.Job(bank.inbox, "", "none", None, None, None, 0, 0, 0, bank.home))
