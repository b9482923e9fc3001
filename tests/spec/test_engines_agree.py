"""Every engine gives the drawn rows and types for the whole portable subset, and the lint accepts no more than that."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import sqlglot
from portable_cases import CASES, Case

from maisui.engines.engine import Engine
from maisui.steps.lint import PROVEN_FUNCTIONS, violations
from maisui.tables import BY_NAME


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


def test_raw_files_are_read_by_name_and_their_absence_is_an_empty_view(engine: Engine, tmp_path: Path) -> None:
    """Columns are text under their delivered names; a file may lack one or have them in another order."""
    line = pa.array([7], pa.int64())
    first, second = tmp_path / "2026-01-31" / "a+b c" / "rows.parquet", tmp_path / "2026-02-28" / "2" / "rows.parquet"
    for path, columns in ((first, {"金额": ["1.00"], "note": ["x"]}), (second, {"note": pa.array([None], pa.string())})):
        path.parent.mkdir(parents=True)
        pq.write_table(pa.table({**columns, "source_line": line}), path)
    engine.read_raw("raw_posting", ("note", "金额"), [first, second])
    engine.read_raw("raw_loan", ("note",), [])

    rows = engine.fetch('SELECT note, "金额", source_file_id, source_line, delivered_on FROM raw_posting ORDER BY note')
    assert rows == [("x", "1.00", "a+b c", 7, date(2026, 1, 31)), (None, None, "2", 7, date(2026, 2, 28))]
    assert engine.fetch("SELECT note, source_file_id, source_line, delivered_on FROM raw_loan") == []


def test_every_table_can_be_read_by_duckdb_and_views_stand_for_queries(engine: Engine) -> None:
    """A table replaced keeps its name; an empty one keeps its types."""
    engine.create_table("twice", "SELECT CAST(1 AS BIGINT) AS n")
    engine.create_table("twice", "SELECT CAST(n + 1 AS BIGINT) AS n, CAST(NULL AS DECIMAL(38,2)) AS amount FROM twice")
    engine.create_table("nothing", "SELECT n, amount FROM twice WHERE n > 5")
    engine.create_view("seen", "SELECT n FROM twice")

    assert engine.fetch("SELECT n FROM seen") == [(2,)]
    connection = engine.as_duckdb()
    assert connection.execute("SELECT n, amount FROM twice").fetchall() == [(2, None)]
    assert [row[:2] for row in connection.execute("DESCRIBE nothing").fetchall()] == [("n", "BIGINT"), ("amount", "DECIMAL(38,2)")]


@pytest.mark.parametrize("name", ["alert_case", "account_transaction", "customer_day"])
def test_a_table_without_rows_has_its_columns_and_their_types(engine: Engine, name: str) -> None:
    """What is made of a table alone, without a query, is what an empty query would have made."""
    table = BY_NAME[name]
    engine.create_table(name, "SELECT 1 AS leftover")
    engine.create_empty_table(table)
    assert engine.fetch(f"SELECT count(*) FROM {name}") == [(0,)]
    described = engine.as_duckdb().execute(f"DESCRIBE {name}").fetchall()
    assert [(column, kind) for column, kind, *_ in described] == [(column.name, column.type) for column in table.columns]


def test_a_dropped_table_is_gone_and_what_was_made_of_it_stays(engine: Engine) -> None:
    """The batch drops what nobody will read any more; its name may be given again."""
    engine.create_table("passing", "SELECT CAST(1 AS BIGINT) AS n")
    engine.create_table("lasting", "SELECT n FROM passing")
    engine.drop_table("passing")

    with pytest.raises(Exception, match="passing"):
        engine.fetch("SELECT n FROM passing")
    assert engine.fetch("SELECT n FROM lasting") == [(1,)]
    engine.create_table("passing", "SELECT CAST(2 AS BIGINT) AS n")
    assert engine.as_duckdb().execute("SELECT p.n, l.n FROM passing AS p, lasting AS l").fetchall() == [(2, 1)]
