"""Every engine gives the drawn rows and types for the whole portable subset, and the lint accepts no more than that."""

from __future__ import annotations

import pytest
import sqlglot
from portable_cases import CASES, Case

from maisui.engines.engine import Engine
from maisui.steps.lint import PROVEN_FUNCTIONS, violations


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_a_query_gives_the_same_rows_and_types_on_every_engine(engine: Engine, case: Case) -> None:
    """The portable subset means what the drawn rows say, whichever engine runs it."""
    columns = ", ".join(f'CAST(q."{name}" AS {kind}) AS "{name}"' for name, kind in case.types.items())
    engine.create_table("result", f"SELECT {columns} FROM ({case.query}) AS q")

    names = ", ".join(f'"{name}"' for name in case.types)
    rows = engine.fetch(f"SELECT {names} FROM result")
    described = engine.as_duckdb().execute("DESCRIBE result").fetchall()

    assert sorted(rows, key=repr) == sorted(case.rows, key=repr)
    assert {name: kind for name, kind, *_ in described} == case.types
    assert {type(value) for row in rows for value in row} == {type(value) for row in case.rows for value in row}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_the_lint_accepts_what_the_engines_agree_on(case: Case) -> None:
    """A rule that refused one of these would forbid proven SQL."""
    assert violations(case.query) == []


def test_every_function_the_lint_accepts_is_run_here() -> None:
    """Nothing counts as proven without a case above."""
    used = {type(node) for case in CASES for node in sqlglot.parse_one(case.query, read="duckdb").walk()}
    assert [function.__name__ for function in PROVEN_FUNCTIONS if function not in used] == []


def test_repeated_keys_are_counted(engine: Engine) -> None:
    """Of three rows with one key, two repeat it; null is a key like any other."""
    engine.create_table("keyed", "SELECT t.k, t.j FROM (VALUES (1, 1), (1, 1), (1, 1), (NULL, 2), (NULL, 2), (2, 1)) AS t(k, j)")
    assert engine.repeated_keys("keyed", ("k", "j")) == 3
    engine.create_table("keyed", "SELECT k, j FROM keyed WHERE k = 2")
    assert engine.repeated_keys("keyed", ("k", "j")) == 0
