"""Which operational database the tests of the web use (SQLite, or PostgreSQL with MAISUI_TEST_DATABASE=postgresql), and how Java is started."""

from __future__ import annotations

import os

import pytest
from postgresql_server import NoPostgresqlError, shared_server

SWITCH = "MAISUI_TEST_DATABASE"
QUICK_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Java's best compiler costs more than it gains where thousands of queries run over a handful of rows."""


def pytest_configure() -> None:
    """Name the database before Django reads its settings, and have every Java that is started later start lightly."""
    os.environ.setdefault("JAVA_TOOL_OPTIONS", QUICK_JAVA)
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
