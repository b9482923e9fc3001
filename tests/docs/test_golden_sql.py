"""A change of the SQL that Spark is given never happens unseen."""

from __future__ import annotations

from pathlib import Path

import pytest
from golden_sql import SQL_FOLDER
from write_golden import ROOT, expected_sql

from maisui.own_steps import OWN_STEPS


@pytest.fixture(scope="module")
def expected() -> dict[Path, str]:
    """Every golden file as the code gives it."""
    return expected_sql()


def test_golden_spark_sql_is_what_the_code_gives(expected: dict[Path, str]) -> None:
    differing = [_name(path) for path, text in expected.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    assert not differing, f"the Spark SQL of {', '.join(differing)} has changed: run `make golden` and look at the difference"


def test_no_golden_sql_outlives_its_step(expected: dict[Path, str]) -> None:
    stale = sorted(_name(path) for path in set((ROOT / SQL_FOLDER).rglob("*.sql")) - set(expected))
    assert not stale, f"no step gives {', '.join(stale)} any more: run `make golden`"


def test_every_step_has_golden_sql() -> None:
    assert [step.name for step in OWN_STEPS if not (ROOT / SQL_FOLDER / f"{step.name}.sql").exists()] == []


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT / SQL_FOLDER))
