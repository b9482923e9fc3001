"""Which operational database the tests of the web use: SQLite, or PostgreSQL with MAISUI_TEST_DATABASE=postgresql."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest
from postgresql_server import NoPostgresqlError, shared_server
from scratch import shared_by_the_run

SWITCH = "MAISUI_TEST_DATABASE"
TESTS = Path(__file__).parent
LONGEST_FIRST = (
    *("spark", "demo", "access/test_matrix", "sequences", "example bank", "damages", "kills", "disk", "union"),
    *("integration", "functional", "docs", "generative", "access"),
)
"""Groups and folders of tests whose files take minutes, the longest first."""
_of_the_run = ExitStack()


def pytest_configure() -> None:
    """Name the database before Django reads its settings, and the folder of what is made once a run before workers start.

    What a process compiles is kept, whatever the environment says: workers and hundreds of commands in processes of their own
    would else compile the same files again.
    """
    sys.dont_write_bytecode = False
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    _of_the_run.enter_context(shared_by_the_run())
    match os.environ.get(SWITCH, "sqlite"):
        case "sqlite":
            os.environ.pop("MAISUI_DATABASE_URL", None)
        case "postgresql":
            try:
                os.environ["MAISUI_DATABASE_URL"] = shared_server().make_database()
            except NoPostgresqlError as error:
                pytest.exit(str(error), returncode=5)
        case other:
            pytest.exit(f"{SWITCH} is sqlite or postgresql, not {other}", returncode=4)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the tests of a file in one process, where they name no other group: what a file's tests share is made once.

    Among several processes the longest groups go first (`--no-loadscope-reorder` leaves it so), or one would be left waiting for another.
    """
    for item in items:
        if item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.path.relative_to(TESTS).with_suffix("").as_posix()))
    if "PYTEST_XDIST_WORKER" in os.environ:
        items.sort(key=_place)


def _place(item: pytest.Item) -> int:
    """Return where the group of a test stands in `LONGEST_FIRST`: by its own name, or else by its folder's."""
    (name,) = item.get_closest_marker("xdist_group").args
    folder = name.split("/")[0]
    return next((at for at, known in enumerate(LONGEST_FIRST) if known in (name, folder)), len(LONGEST_FIRST))


def pytest_collection_finish() -> None:
    """Keep what is imported out of the search for what nobody uses any more: it lives to the end, and looking through it takes time."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """Let what was kept go, so that extensions find nothing of theirs left over, and take the folder of the run away."""
    gc.unfreeze()
    _of_the_run.close()
