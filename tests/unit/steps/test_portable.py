"""What is put right on the way from DuckDB's dialect to Spark's."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import duckdb
import pytest
import sqlglot
from sqlglot import exp
from sqlglot.errors import ParseError

from maisui.steps.lint import violations
from maisui.steps.portable import div_half_up, java_date_pattern, java_pattern, to_spark


def flat(query: str) -> str:
    """Return the Spark SQL of `query` on one line."""
    return " ".join(to_spark(query).split())


@pytest.mark.parametrize(
    ("query", "spark"),
    [
        ("SELECT a // 2 AS b FROM t", "SELECT a DIV 2 AS b FROM t"),
        ("SELECT CAST(a AS HUGEINT) AS b FROM t", "SELECT CAST(a AS DECIMAL(38, 0)) AS b FROM t"),
        ("SELECT regexp_matches(a, '^[0-9$]$') AS b FROM t", r"SELECT a RLIKE '^[0-9$]\\z' AS b FROM t"),
        ("SELECT trim(a, 'x') AS b FROM t", "SELECT TRIM('x' FROM a) AS b FROM t"),
        (
            "SELECT unnest(generate_series(1, n)) AS b FROM t",
            "SELECT EXPLODE(CASE WHEN 1 <= n THEN SEQUENCE(1, n) END) AS b FROM t",
        ),
        (
            "SELECT unnest(range(1, n)) AS b FROM t",
            "SELECT EXPLODE(CASE WHEN 1 < n THEN SEQUENCE(1, n - 1) END) AS b FROM t",
        ),
        (
            "SELECT CAST(unnest(x) AS DATE) AS b FROM t",
            "SELECT EXPLODE(CAST(x AS ARRAY<DATE>)) AS b FROM t",
        ),
        (
            "SELECT CAST(d + INTERVAL (n) DAY AS DATE) AS b FROM t",
            "SELECT CAST(d + ( ( n ) * INTERVAL '1' DAY ) AS DATE) AS b FROM t",
        ),
        (
            "SELECT CAST(try_strptime(a, '%Y%m%d') AS DATE) AS b FROM t",
            "SELECT CAST(TRY_TO_TIMESTAMP(a, 'yyyyMMdd') AS DATE) AS b FROM t",
        ),
        (
            "SELECT CAST(strptime(a, '%y%m%d') AS DATE) AS b FROM t",
            "SELECT CAST(TO_TIMESTAMP(CASE WHEN LEFT(a, 2) >= '69' THEN '19' ELSE '20' END || a, 'yyyyMMdd') AS DATE) AS b FROM t",
        ),
        (
            "SELECT list(DISTINCT a ORDER BY a DESC) FILTER (WHERE a > 1) AS b FROM t",
            "SELECT NULLIF(SORT_ARRAY(COLLECT_LIST(DISTINCT a) FILTER(WHERE a > 1), FALSE), ARRAY()) AS b FROM t",
        ),
    ],
)  # fmt: skip
def test_what_sqlglot_leaves_wrong_is_corrected(query: str, spark: str) -> None:
    assert flat(query) == spark


def test_trim_names_every_space() -> None:
    assert "\u3000" in to_spark("SELECT trim(a) AS b FROM t")
    assert "TRIM(LEADING" in to_spark("SELECT ltrim(a) AS b FROM t")


def test_nulls_are_placed_as_duckdb_places_them() -> None:
    assert "ORDER BY a NULLS LAST" in flat("SELECT row_number() OVER (ORDER BY a) AS b FROM t")
    assert "DESC NULLS LAST" in flat("SELECT a FROM t ORDER BY a DESC") or "DESC" in flat("SELECT a FROM t ORDER BY a DESC")


def test_only_one_statement_is_translated() -> None:
    with pytest.raises(ValueError, match="found 2"):
        to_spark("SELECT 1 AS a; SELECT 2 AS a")
    with pytest.raises(ParseError):
        to_spark("SELECT FROM WHERE")


@pytest.mark.parametrize(
    ("pattern", "java"),
    [
        ("^[0-9]{8}$", r"^[0-9]{8}\z"),
        (r"a\.b\$", r"a\.b\$"),
        ("a.b", "(?d)a.b"),
        ("[.$]", "[.$]"),
        (r"[\]$]$", r"[\]$]\z"),
        ("[^]$]", "[^]$]"),
    ],
)  # fmt: skip
def test_patterns_for_java(pattern: str, java: str) -> None:
    assert java_pattern(pattern) == java


def test_dates_for_java_double_letters_only_where_parts_touch() -> None:
    assert java_date_pattern("%Y%m%d %H:%M:%S") == "yyyyMMdd HH:mm:ss"
    assert java_date_pattern("%d.%m.%Y") == "d.M.yyyy"


@pytest.mark.parametrize("days", [1, 2, 3, 7, 10, 30, 31, 365, 366, -4, 0])
@pytest.mark.parametrize("numerator", ["0.00", "0.01", "-0.01", "0.05", "-0.15", "1.00", "-2.00", "10.55", "9999999999999999.99"])
def test_division_is_that_of_decimal_half_up(numerator: str, days: int) -> None:
    """Python's ROUND_HALF_UP is half away from zero."""
    expected = (Decimal(numerator) / days).quantize(Decimal("0.01"), ROUND_HALF_UP) if days else None
    query = f"SELECT {div_half_up('n', 'd')} AS q FROM (VALUES (CAST('{numerator}' AS DECIMAL(38,2)), {days})) AS t(n, d)"
    assert duckdb.sql(query).fetchall() == [(expected,)]
    assert violations(query) == []


def test_division_holds_the_largest_balance_over_a_leap_year() -> None:
    query = f"SELECT {div_half_up('n', 'd')} AS q FROM (VALUES (CAST('-3659999999999999996.34' AS DECIMAL(38,2)), 366)) AS t(n, d)"
    assert duckdb.sql(query).fetchall() == [(Decimal("-9999999999999999.99"),)]


def test_division_refuses_negative_scales() -> None:
    with pytest.raises(ValueError, match="negative"):
        div_half_up("a", "b", -1)


def test_division_of_other_scales() -> None:
    assert duckdb.sql(f"SELECT {div_half_up('1.25', '3', 0)}").fetchall() == [(Decimal(0),)]
    assert duckdb.sql(f"SELECT {div_half_up('1.5', '1', 0)}, {div_half_up('2', '3', 6, numerator_scale=0)}").fetchall() == [
        (Decimal(2), Decimal("0.666667"))
    ]


def test_with_names_that_hide_each_other_are_told_apart_for_spark() -> None:
    query = """
WITH a AS (
  SELECT q.x FROM (WITH a AS (SELECT 1 AS x), b AS (SELECT a.x + 10 AS x FROM a) SELECT a.x + b.x AS x FROM a CROSS JOIN b) AS q
  UNION ALL
  SELECT q.x FROM (WITH a AS (SELECT 500 AS x) SELECT a.x FROM a) AS q
),
b AS (SELECT sum(a.x) AS x FROM a)
SELECT a.x, b.x AS total FROM a CROSS JOIN b ORDER BY a.x
"""
    given = to_spark(query)
    names = [cte.alias for cte in sqlglot.parse_one(given, read="spark").find_all(exp.CTE)]
    assert sorted(names) == ["a", "a_2", "a_3", "b", "b_2"]
    back = sqlglot.transpile(given, read="spark", write="duckdb")[0]
    assert duckdb.sql(back).fetchall() == [(12, 512), (500, 512)]
