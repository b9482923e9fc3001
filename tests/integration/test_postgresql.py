"""The operational database is PostgreSQL by one URL: tables, triggers, locks and cache as on SQLite, and the web's own tests."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from integration.conftest import Waiting
from postgresql_server import NoPostgresqlError, shared_server
from served_homes import ServedHome, served_home

ROOT = Path(__file__).resolve().parents[2]
ESSENTIAL = ("test_audit_log.py", "test_roles.py", "test_sign_in.py", "test_interface.py", "test_exports.py")
WRITERS = 3


@pytest.fixture(scope="module")
def home(mini: Waiting, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedHome]:
    try:
        yield served_home("postgresql", mini.home, tmp_path_factory.mktemp("postgresql") / "home")
    except NoPostgresqlError as error:
        pytest.skip(str(error))


def test_nothing_of_the_operational_database_lies_in_the_home(home: ServedHome) -> None:
    assert not list(home.path.glob("operational*"))


def test_the_home_is_fit_to_be_served(home: ServedHome) -> None:
    found = home.tell("doctor", "--json")
    faults = [line for line in found.stderr.splitlines() if line.startswith("error: ")]
    assert not faults or faults == ["error: 1 of 9 checks found a fault: administrators"], found.stderr


_REFUSED = """
import sys
from pathlib import Path
from maisui.web import start
start.load(Path(sys.argv[1]))
from django.core.cache import cache
from django.db import DatabaseError, connection
for statement in ("UPDATE audit_record SET action = 'x'", "DELETE FROM audit_record", "TRUNCATE audit_record"):
    try:
        connection.cursor().execute(statement)
    except DatabaseError as error:
        print("refused" if "never changed or deleted" in str(error) else error)
cache.set("key", {"figures": [1, 2]})
print(cache.get("key"), connection.vendor)
"""


def test_the_audit_log_is_append_only_and_the_cache_is_there(home: ServedHome) -> None:
    done = home.python(_REFUSED)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == ["refused", "refused", "refused", "{'figures': [1, 2]} postgresql"]


def test_records_of_several_processes_make_one_chain(home: ServedHome) -> None:
    before = home.told("audit", "verify")["count"]
    with ExitStack() as writers:
        counts = [writers.enter_context(home.being_written(threads=2)) for _ in range(WRITERS)]
        home.told("audit", "verify")  # time for them to meet
    written = sum(count[0] for count in counts)
    assert written > 100
    found = home.told("audit", "verify")
    assert found["is_good"], found
    assert found["count"] == before + written


def test_the_tests_of_access_hold_on_postgresql() -> None:
    """The same tests as on SQLite, in a process whose settings name a PostgreSQL."""
    try:
        shared_server()
    except NoPostgresqlError as error:
        pytest.skip(str(error))
    files = [str(ROOT / "tests/access" / name) for name in ESSENTIAL]
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("MAISUI_", "DJANGO_", "PYTEST_"))}
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-p", "no:randomly", *files],
        cwd=ROOT,
        env=plain | {"MAISUI_TEST_DATABASE": "postgresql"},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
