"""Homes with users and an audit log, on SQLite or PostgreSQL, worked on by commands in processes of their own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from example_home import arguments, copy_home, environment
from postgresql_server import shared_server

VENDORS = ("sqlite", "postgresql")

_WRITER = """
import sys, threading, time
from pathlib import Path
from maisui.web import start
start.load(Path(sys.argv[1]))
from django.db import connection
from maisui.web.audit.actor import operator
from maisui.web.audit.record import record
is_over, written = threading.Event(), []
def write(number):
    while not is_over.is_set():
        record(action="test", by=operator(), object_type="test", object_id=str(number))
        written.append(number)
        time.sleep(0.005)  # leaves the processor to the others
    connection.close()
threads = [threading.Thread(target=write, args=(number,)) for number in range(int(sys.argv[2]))]
[thread.start() for thread in threads]
print("writing", flush=True)
sys.stdin.read()
is_over.set()
[thread.join() for thread in threads]
print(len(written))
"""


@dataclass(frozen=True)
class ServedHome:
    """A home and the URL of its operational database; an empty one means SQLite inside the home."""

    path: Path
    database: str = ""

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment of a process that works on this home."""
        kept = {name: value for name, value in environment().items() if name not in ("MAISUI_DATABASE_URL", "MAISUI_HOME")}
        return kept | ({"MAISUI_DATABASE_URL": self.database} if self.database else {})

    def tell(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a verb with `--home` to its end."""
        return subprocess.run(arguments(self.path, *words), env=self.environment, capture_output=True, text=True, timeout=300, check=False)

    def told(self, *words: str) -> Any:
        """Return what a verb prints with `--json`; it must end well."""
        done = self.tell(*words, "--json")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    def python(self, code: str, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a piece of Python; the home is its first argument."""
        command = [sys.executable, "-c", code, str(self.path), *words]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=300, check=False)

    @contextmanager
    def being_written(self, threads: int = 3) -> Iterator[list[int]]:
        """Let threads of another process append audit records all the while; the list holds their number at the end."""
        command = [sys.executable, "-c", _WRITER, str(self.path), str(threads)]
        writer = subprocess.Popen(command, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert writer.stdin is not None
        assert writer.stdout is not None
        written: list[int] = []
        try:
            assert writer.stdout.readline() == "writing\n"
            yield written
        finally:
            out, _ = writer.communicate(timeout=60)
            assert writer.returncode == 0
            written.append(int(out))


def empty_database(vendor: str) -> str:
    """Return the URL of a new empty database; empty for SQLite inside the home."""
    return shared_server().make_database() if vendor == "postgresql" else ""


def served_home(vendor: str, source: Path, target: Path) -> ServedHome:
    """Copy a published home and give it two users, one of them with his roles limited to a branch."""
    home = ServedHome(copy_home(source, target), empty_database(vendor))
    os.chmod(home.path, 0o700)  # noqa: PTH101 - one line
    for words in (("zhang", "--name", "张行长", "--role", "bank_president"), ("li", "--name", "李柜员", "--role", "teller", "--org", "B1")):
        done = home.tell("users", "add", *words)
        assert done.returncode == 0, done.stderr
    return home
