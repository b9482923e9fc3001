"""Which operational database the tests of the web use: SQLite, or PostgreSQL with MAISUI_TEST_DATABASE=postgresql."""

from __future__ import annotations

import gc
import os

import pytest
from postgresql_server import NoPostgresqlError, shared_server

SWITCH = "MAISUI_TEST_DATABASE"


def pytest_configure() -> None:
    """Name the database before Django reads its settings."""
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


def pytest_collection_finish() -> None:
    """Keep what is imported out of the search for what nobody uses any more: it lives to the end, and looking through it takes time."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    """Let what was kept go, so that extensions find nothing of theirs left over."""
    gc.unfreeze()
