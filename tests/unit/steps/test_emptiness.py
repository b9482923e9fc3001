"""A query is said to have no rows only where the engine finds none; and it is said of the forms that steps are written in."""

from __future__ import annotations

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maisui.steps.emptiness import is_surely_empty
from maisui.steps.lint import violations

FULL, NONE = ("one", "two"), ("nothing", "nobody")

SURELY_EMPTY = (
    "SELECT a FROM nothing",
    "SELECT DISTINCT n.a FROM nothing AS n WHERE n.a > 1 ORDER BY n.a",
    "SELECT o.a FROM one AS o INNER JOIN nothing AS n ON n.a = o.a",
    "SELECT o.a FROM one AS o CROSS JOIN nothing AS n",
    "SELECT o.a FROM one AS o SEMI JOIN nothing AS n ON n.a = o.a",
    "SELECT n.a FROM nothing AS n LEFT JOIN one AS o ON n.a = o.a",
    "SELECT n.a FROM nothing AS n ANTI JOIN one AS o ON n.a = o.a",
    "SELECT n.a FROM one AS o RIGHT JOIN nothing AS n ON n.a = o.a",
    "SELECT n.a FROM nothing AS n FULL JOIN nobody AS m ON n.a = m.a",
    "SELECT a FROM nothing UNION ALL SELECT a FROM nobody",
    "SELECT a FROM nothing EXCEPT SELECT a FROM one",
    "SELECT a FROM one INTERSECT SELECT a FROM nothing",
    "SELECT a, sum(b) FROM nothing GROUP BY a HAVING count(*) >= 0",
    "SELECT a, sum(b) OVER (PARTITION BY a) AS s FROM nothing",
    "SELECT a, count(*) FILTER (WHERE b > 0) OVER (PARTITION BY a) AS s FROM nothing",
    "WITH n AS (SELECT a FROM nothing), m AS (SELECT a FROM n) SELECT m.a FROM one AS o INNER JOIN m ON m.a = o.a",
    "SELECT q.a FROM (SELECT a FROM nothing) AS q LEFT JOIN one AS o ON o.a = q.a",
    "SELECT a FROM NOTHING",
    "SELECT a FROM one WHERE EXISTS (SELECT 1 FROM nothing)",
    "SELECT o.a FROM one AS o WHERE o.a > 0 AND EXISTS (SELECT 1 FROM nothing AS n WHERE n.a = o.a) AND o.b > 0",
    "WITH n AS (SELECT a FROM nothing) SELECT o.a FROM one AS o WHERE EXISTS (SELECT 1 FROM n)",
    "SELECT 1 AS a WHERE false",
)
MAY_HAVE_ROWS = (
    "SELECT a FROM one",
    "SELECT 1 AS a",
    "SELECT 1 AS a WHERE true",
    "SELECT o.a FROM one AS o LEFT JOIN nothing AS n ON n.a = o.a",
    "SELECT o.a FROM one AS o ANTI JOIN nothing AS n ON n.a = o.a",
    "SELECT o.a FROM nothing AS n RIGHT JOIN one AS o ON n.a = o.a",
    "SELECT o.a FROM one AS o FULL JOIN nothing AS n ON n.a = o.a",
    "SELECT a FROM nothing UNION ALL SELECT a FROM one",
    "SELECT a FROM one EXCEPT SELECT a FROM nothing",
    "SELECT sum(a) AS a FROM nothing",
    "SELECT coalesce(max(a), 0) AS a FROM nothing",
    "SELECT 1 AS a FROM nothing HAVING count(*) = 0",
    "SELECT 1 AS a FROM nothing ORDER BY count(*)",
    "SELECT sum(count(*)) OVER () AS a FROM nothing",
    "SELECT count(*) FILTER (WHERE a > 0) AS a FROM nothing",
    "SELECT count(*) AS a FROM nothing GROUP BY ALL",
    "SELECT count(*) AS a FROM nothing GROUP BY GROUPING SETS ((), (a))",
    "SELECT count(*) AS a FROM nothing GROUP BY ROLLUP (a)",
    "SELECT count(*) AS a FROM nothing GROUP BY CUBE (a)",
    "WITH nothing AS (SELECT a FROM one) SELECT a FROM nothing",
    "WITH n AS (SELECT count(*) AS a FROM nothing) SELECT a FROM n",
    "SELECT a FROM one WHERE EXISTS (SELECT 1 FROM two)",
    "SELECT a FROM one WHERE NOT EXISTS (SELECT 1 FROM nothing)",
    "SELECT a FROM one WHERE a > 0 OR EXISTS (SELECT 1 FROM nothing)",
    "SELECT a FROM one WHERE EXISTS (SELECT count(*) FROM nothing)",
    "SELECT count(*) AS a FROM one WHERE EXISTS (SELECT 1 FROM nothing)",
    "SELECT v.a FROM (VALUES (1)) AS v(a)",
    "SELECT g.a FROM generate_series(1, 2) AS g(a)",
)


@pytest.fixture(scope="module")
def bank() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    for name in (*FULL, *NONE):
        connection.execute(f"CREATE TABLE {name} (a INTEGER, b INTEGER)")
    for name in FULL:
        connection.execute(f"INSERT INTO {name} VALUES (1, 1), (2, NULL)")
    return connection


@pytest.mark.parametrize("query", SURELY_EMPTY)
def test_a_query_that_needs_an_empty_table_has_no_rows(query: str, bank: duckdb.DuckDBPyConnection) -> None:
    assert is_surely_empty(query, set(NONE))
    assert not bank.execute(query).fetchall()
    assert query.endswith("WHERE false") or not is_surely_empty(query, set())


@pytest.mark.parametrize("query", MAY_HAVE_ROWS)
def test_a_query_that_has_rows_all_the_same_is_run(query: str, bank: duckdb.DuckDBPyConnection) -> None:
    assert not is_surely_empty(query, set(NONE))
    assert bank.execute(query).fetchall()


def test_every_sum_over_rows_that_a_step_may_write_is_known_for_one(bank: duckdb.DuckDBPyConnection) -> None:
    found = bank.execute("SELECT DISTINCT function_name FROM duckdb_functions() WHERE function_type = 'aggregate'").fetchall()
    queries = [
        f"SELECT CAST({name}({of}) AS VARCHAR) AS a FROM nothing" for (name,) in found if name.isidentifier() for of in ("a", "a, b")
    ]
    written = [query for query in queries if not violations(query)]
    assert {"sum", "count", "min", "max", "bool_or"} <= {query.removeprefix("SELECT CAST(").split("(")[0] for query in written}
    assert [query for query in written if is_surely_empty(query, {"nothing"})] == []


TABLES = st.sampled_from((*FULL, *NONE))
JOINS = st.sampled_from(("INNER JOIN", "LEFT JOIN", "RIGHT JOIN", "FULL JOIN", "SEMI JOIN", "ANTI JOIN"))


def _within(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Draw a query around drawn queries of the columns a and b."""
    selects = st.sampled_from(
        (
            "SELECT q.a, q.b FROM ({}) AS q WHERE q.a > 0",
            "SELECT q.a, max(q.b) AS b FROM ({}) AS q GROUP BY q.a",
            "SELECT max(q.a) AS a, max(q.b) AS b FROM ({}) AS q",
            "SELECT q.a, row_number() OVER (ORDER BY q.b) AS b FROM ({}) AS q",
            "SELECT q.a, count(*) AS b FROM ({}) AS q GROUP BY GROUPING SETS ((), (q.a))",
            "WITH one AS ({}) SELECT a, b FROM one",
        )
    )
    unions = st.sampled_from(("UNION ALL", "UNION", "EXCEPT", "INTERSECT"))
    return st.one_of(
        st.builds(lambda text, query: text.format(query), selects, inner),
        st.builds(lambda one, join, two: f"SELECT x.a, x.b FROM ({one}) AS x {join} ({two}) AS y ON x.a = y.a", inner, JOINS, inner),
        st.builds(lambda one, union, two: f"SELECT a, b FROM ({one}) AS x {union} SELECT a, b FROM ({two}) AS y", inner, unions, inner),
    )


QUERIES = st.recursive(TABLES.map(lambda table: f"SELECT a, b FROM {table}"), _within, max_leaves=6)


def test_no_drawn_query_has_rows_where_it_was_said_to_have_none(bank: duckdb.DuckDBPyConnection) -> None:
    said: list[str] = []

    @settings(max_examples=400, derandomize=True, deadline=None, database=None)
    @given(QUERIES)
    def holds(query: str) -> None:
        if is_surely_empty(query, set(NONE)):
            said.append(query)
            assert not bank.execute(query).fetchall(), query

    holds()
    assert len(said) > 50
