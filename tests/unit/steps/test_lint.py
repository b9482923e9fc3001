"""Each rule of the portability lint: one query it refuses and one it accepts."""

from __future__ import annotations

import pytest

from maisui.steps.lint import RULES, violations
from maisui.steps.portable import div_half_up

# rule, refused, accepted
PAIRS = (
    ("division", "SELECT a / 2 AS x FROM t", f"SELECT {div_half_up('a', '2')} AS x FROM t"),
    ("unguarded_division", "SELECT a // b AS x FROM t", "SELECT a // nullif(b, 0) AS x, a % 7 AS y, a // (10) AS z FROM t"),
    ("integer_division_of_decimals", "SELECT balance // 2 AS x FROM t", "SELECT row_count // 2 AS x FROM t"),
    ("average", "SELECT avg(a) AS x FROM t", "SELECT CAST(sum(a) AS DECIMAL(38,2)) AS s, count(a) AS n FROM t"),
    ("uncast_sum", "SELECT sum(a) AS x FROM t", "SELECT CAST(coalesce(sum(a), 0) AS BIGINT) AS x FROM t HAVING sum(a) > 1"),
    ("uncast_product", "SELECT a * b AS x FROM t", "SELECT CAST(a AS DECIMAL(38,2)) * b AS x, CAST(a * b AS BIGINT) AS y FROM t"),
    ("uncast_product", "SELECT balance * 366 AS x FROM t", "SELECT year(d) * 12 + month(d) AS x FROM t WHERE a * b > 0"),
    ("decimal_cut_to_integer", "SELECT CAST(ledger_balance AS BIGINT) AS x FROM t",
     "SELECT CAST(round(ledger_balance) AS BIGINT) AS x FROM t"),
    ("decimal_cut_to_integer", "SELECT CAST(round(balance, 2) AS INTEGER) AS x FROM t", "SELECT CAST(raw_text AS INTEGER) AS x FROM t"),
    ("floating_point", "SELECT CAST(a AS DOUBLE) AS x FROM t", "SELECT CAST(a AS DECIMAL(12,6)) AS x FROM t"),
    ("floating_point", "SELECT a + 1e3 AS x FROM t", "SELECT a + 1000 AS x FROM t"),
    ("lenient_cast", "SELECT TRY_CAST(a AS DATE) AS x FROM t", "SELECT CAST(a AS DATE) AS x FROM t"),
    ("unportable_type", "SELECT CAST(a AS UBIGINT) AS x FROM t", "SELECT CAST(a AS BIGINT) AS x, CAST(b AS HUGEINT) AS y FROM t"),
    ("unportable_type", "SELECT CAST(a AS TIMESTAMP) AS x FROM t", "SELECT CAST(a AS VARCHAR) AS x FROM t"),
    ("months_between", "SELECT date_diff('month', a, b) AS x FROM t", "SELECT date_diff('day', a, b) AS x FROM t"),
    ("date_minus_date", "SELECT valid_until - opened_on AS x FROM t", "SELECT a_count - b_count AS x FROM t"),
    ("date_minus_date", "SELECT $reporting_date - min(opened_on) AS x FROM t", "SELECT opened_on - 1 AS x FROM t"),
    ("uncast_date", "SELECT d + INTERVAL 1 MONTH AS x FROM t", "SELECT CAST(d + INTERVAL 1 MONTH - INTERVAL 1 DAY AS DATE) AS x FROM t"),
    ("uncast_date", "SELECT date_trunc('month', d) AS x FROM t", "SELECT CAST(date_trunc('month', d) AS DATE) AS x FROM t"),
    ("uncast_date", "SELECT try_strptime(a, '%Y%m%d') AS x FROM t", "SELECT a FROM t WHERE try_strptime(a, '%Y%m%d') IS NULL"),
    ("uncast_date", "SELECT d + INTERVAL 1 DAY * n AS x FROM t",
     "SELECT count(*) OVER (ORDER BY d RANGE BETWEEN INTERVAL 2 DAY PRECEDING AND CURRENT ROW) AS x FROM t"),
    ("uncast_date_series", "SELECT unnest(generate_series(a, b, INTERVAL 1 DAY)) AS x FROM t",
     "SELECT s.d FROM t, unnest(CAST(generate_series(a, b, INTERVAL 1 DAY) AS DATE[])) AS s(d)"),
    ("uncast_date_series", "SELECT s.d FROM t, unnest(generate_series(a, b, INTERVAL 1 DAY)) AS s(d)",
     "SELECT CAST(unnest(generate_series(a, b, INTERVAL 1 DAY)) AS DATE) AS x FROM t"),
    ("months_from_month_end", "SELECT CAST(unnest(generate_series(a, b, INTERVAL 1 MONTH)) AS DATE) AS x FROM t",
     "SELECT CAST(unnest(generate_series(date_trunc('month', a), b, INTERVAL 1 MONTH)) AS DATE) AS x FROM t"),
    ("descending_series", "SELECT unnest(generate_series(3, 1, -1)) AS x", "SELECT unnest(generate_series(1, 3, 1)) AS x"),
    ("series_as_table", "SELECT s.x FROM generate_series(1, 3) AS s(x)", "SELECT s.x FROM unnest(generate_series(1, 3)) AS s(x)"),
    ("weekday_number", "SELECT isodow(d) AS x FROM t", "SELECT date_diff('day', DATE '1970-01-05', d) % 7 AS x FROM t"),
    ("weekday_number", "SELECT extract(dow FROM d) AS x FROM t", "SELECT extract(month FROM d) AS x FROM t"),
    ("date_pattern", "SELECT strftime(d, '%b %Y') AS x FROM t", "SELECT strftime(d, '%Y年%m月') AS x FROM t"),
    ("date_pattern", "SELECT CAST(strptime(a, '%d%m%y') AS DATE) AS x FROM t",
     "SELECT CAST(strptime(a, '%y%m%d 00:00:00') AS DATE) AS x FROM t"),
    ("date_pattern", "SELECT CAST(try_strptime(a, pattern) AS DATE) AS x FROM t",
     "SELECT CAST(try_strptime(a, '%d.%m.%Y') AS DATE) AS x FROM t"),
    ("regular_expression", "SELECT regexp_matches(a, '[[:alpha:]]') AS x FROM t", "SELECT regexp_matches(a, '^[A-Za-z]+$') AS x FROM t"),
    ("regular_expression", "SELECT regexp_matches(a, 'x', 'i') AS x FROM t", r"SELECT regexp_matches(a, '^\d+(\.\d\d)?$') AS x FROM t"),
    ("regular_expression", "SELECT regexp_matches(a, b) AS x FROM t", "SELECT regexp_matches(a, '^(?:a|b)') AS x FROM t"),
    ("regular_expression", "SELECT regexp_full_match(a, 'b') AS x FROM t", "SELECT regexp_extract(a, '([0-9]+)', 1) AS x FROM t"),
    ("replacement_of_pattern", "SELECT regexp_replace(a, 'b', 'c') AS x FROM t", "SELECT regexp_replace(a, 'b', 'c', 'g') AS x FROM t"),
    ("replacement_of_pattern", r"SELECT regexp_replace(a, '(b)', '\1', 'g') AS x FROM t", "SELECT replace(a, 'b', 'c') AS x FROM t"),
    ("like_with_escape", r"SELECT a FROM t WHERE a LIKE 'a\_%'", "SELECT a FROM t WHERE a LIKE 'a_%'"),
    ("like_with_escape", "SELECT a FROM t WHERE a LIKE 'a!%' ESCAPE '!'", "SELECT a FROM t WHERE starts_with(a, '%')"),
    ("collation", "SELECT a FROM t WHERE a ILIKE 'x%'", "SELECT a FROM t WHERE lower(a) LIKE 'x%'"),
    ("position_from_zero", "SELECT substr(a, 0, 3) AS x FROM t", "SELECT substr(a, 1, 3) AS x, left(a, 2) AS y, right(a, 0) AS z FROM t"),
    ("position_from_zero", "SELECT left(a, -1) AS x FROM t", "SELECT split_part(a, '-', 1) AS x FROM t"),
    ("arbitrary_pick", "SELECT max_by(a, b) AS x FROM t", "SELECT a FROM t QUALIFY row_number() OVER (ORDER BY b DESC, k) = 1"),
    ("arbitrary_pick", "SELECT any_value(a) AS x, first(b) AS y FROM t", "SELECT max(a) AS x FROM t"),
    ("arbitrary_pick", "SELECT DISTINCT ON (k) k, a FROM t", "SELECT DISTINCT k, a FROM t"),
    ("unordered_window", "SELECT row_number() OVER (PARTITION BY a) AS x FROM t",
     "SELECT row_number() OVER (PARTITION BY a ORDER BY b) AS x FROM t"),
    ("unordered_window", "SELECT lag(a) OVER w AS x FROM t WINDOW w AS (PARTITION BY b)",
     "SELECT lag(a) OVER w AS x FROM t WINDOW w AS (ORDER BY b)"),
    ("unordered_window", "SELECT max(a) OVER (ROWS UNBOUNDED PRECEDING) AS x FROM t", "SELECT max(a) OVER (PARTITION BY b) AS x FROM t"),
    ("unordered_window", "SELECT last_value(a IGNORE NULLS) OVER (PARTITION BY b) AS x FROM t",
     "SELECT last_value(a IGNORE NULLS) OVER (PARTITION BY b ORDER BY c) AS x FROM t"),
    ("unordered_limit", "SELECT a FROM t LIMIT 5", "SELECT a FROM t ORDER BY a LIMIT 5"),
    ("unordered_collection", "SELECT string_agg(a, ',') AS x FROM t", "SELECT string_agg(a, ',' ORDER BY b, a) AS x FROM t"),
    ("list_of_nulls_or_by_another", "SELECT list(a ORDER BY a) AS x FROM t",
     "SELECT list(a ORDER BY a) FILTER (WHERE a IS NOT NULL) AS x FROM t"),
    ("list_of_nulls_or_by_another", "SELECT list(a ORDER BY b) FILTER (WHERE a IS NOT NULL) AS x FROM t",
     "SELECT list(DISTINCT a ORDER BY a DESC) FILTER (WHERE a IS NOT NULL) AS x FROM t"),
    ("joined_text_beside_distinct", "SELECT string_agg(a, ',' ORDER BY a) AS x, count(DISTINCT b) AS y FROM t",
     "SELECT string_agg(DISTINCT a, ',' ORDER BY a) AS x, count(*) AS y FROM t"),
    ("engine_hash", "SELECT hash(a) AS x FROM t", "SELECT md5(a) AS x, sha256(a) AS y FROM t"),
    ("clock_or_chance", "SELECT current_date AS x FROM t", "SELECT $reporting_date AS x FROM t"),
    ("clock_or_chance", "SELECT now() AS x, random() AS y, uuid() AS z FROM t", "SELECT a FROM t WHERE left(md5(a), 1) = '0'"),
    ("clock_or_chance", "SELECT a FROM t USING SAMPLE 5", "SELECT a FROM t"),
    ("join_by_position_or_name", "SELECT t.a FROM t ASOF JOIN u ON t.d >= u.d", "SELECT t.a FROM t JOIN u ON t.d >= u.d"),
    ("join_by_position_or_name", "SELECT t.a FROM t NATURAL JOIN u", "SELECT t.a FROM t SEMI JOIN u USING (k)"),
    ("pivot_statement", "PIVOT t ON a USING count(*)", "SELECT u.w, u.v FROM t UNPIVOT (v FOR w IN (a, b)) AS u"),
    ("star", "SELECT * FROM t", "SELECT count(*) AS n FROM t"),
    ("star", "SELECT t.* FROM t", "SELECT t.a FROM t"),
    ("star", "SELECT COLUMNS('a') FROM t", "SELECT a FROM t"),
    ("star", "SELECT * EXCLUDE (a) FROM t", "SELECT b FROM t"),
    ("union_by_name", "SELECT a FROM t UNION ALL BY NAME SELECT a FROM u", "SELECT a FROM t UNION ALL SELECT a FROM u"),
    ("mixed_union", "SELECT '01' AS a FROM t UNION ALL SELECT 1", "SELECT '01' AS a FROM t UNION ALL SELECT a_code FROM u"),
    ("mixed_union", "SELECT a_code FROM t UNION ALL SELECT CAST(b AS BIGINT) FROM u", "SELECT 1 AS a UNION ALL SELECT 2.50"),
    ("recursion_without_all", "WITH RECURSIVE r AS (SELECT 1 AS n UNION SELECT n FROM r) SELECT n FROM r",
     "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r WHERE n < 3) SELECT n FROM r"),
    ("row_comparison", "SELECT a FROM t WHERE (a, b) IN (SELECT a, b FROM u)", "SELECT a FROM t WHERE a IN (SELECT a FROM u)"),
    ("row_comparison", "SELECT a FROM t WHERE a = ANY (SELECT a FROM u)",
     "SELECT a FROM t WHERE EXISTS (SELECT 1 FROM u WHERE u.a = t.a)"),
    ("nested_value", "SELECT MAP {'a': 1} AS x FROM t", "SELECT CASE a WHEN 'a' THEN 1 END AS x FROM t"),
    ("nested_value", "SELECT x[1] AS y FROM t", "SELECT unnest(x) AS y FROM t"),
    ("interpolated_quantile", "SELECT quantile_cont(a, 0.5) AS x FROM t",
     "SELECT percentile_disc(0.5) WITHIN GROUP (ORDER BY a) AS x FROM t"),
    ("interpolated_quantile", "SELECT median(a) AS x FROM t", "SELECT min(a) AS x FROM t"),
    ("unproven_function", "SELECT strlen(a) AS x FROM t", "SELECT length(a) AS x FROM t"),
    ("unproven_function", "SELECT sqrt(a) AS x FROM t", "SELECT abs(a) AS x FROM t"),
)  # fmt: skip


@pytest.mark.parametrize(("rule", "refused", "accepted"), PAIRS, ids=[f"{rule}-{refused}" for rule, refused, _ in PAIRS])
def test_a_rule_refuses_one_query_and_accepts_another(rule: str, refused: str, accepted: str) -> None:
    assert {line.split(":")[0] for line in violations(refused)} == {rule}
    assert violations(accepted) == []


def test_every_rule_has_a_pair_and_says_what_to_write_instead() -> None:
    assert {rule.__name__ for rule in RULES} == {rule for rule, _, _ in PAIRS}
    for rule in RULES:
        assert rule.__doc__ is not None
        assert ";" in rule.__doc__


def test_the_message_quotes_the_place_briefly() -> None:
    (line,) = violations(f"SELECT {' + '.join('abcdefgh' * 9)} + x / y AS z FROM t")
    assert line.startswith("division: `/` is floating-point in DuckDB")
    assert line.endswith("x / y")
    assert violations("SELECT a / b AS x, a / b AS y FROM t") == violations("SELECT a / b AS x FROM t")


def test_only_one_readable_select_is_a_step() -> None:
    assert violations("SELECT FROM WHERE")[0].startswith("unreadable")
    assert violations("DELETE FROM t") == ["not_a_query: a step is exactly one SELECT."]
    assert violations("SELECT 1 AS a; SELECT 2 AS a") == ["not_a_query: a step is exactly one SELECT."]
    assert violations("") == ["not_a_query: a step is exactly one SELECT."]


def test_what_the_portable_subset_is_proud_of_is_accepted() -> None:
    """QUALIFY, FILTER, GROUP BY ALL, recursion, RANGE frames, ROLLUP, semi joins and ordered lists stay allowed."""
    query = """
        WITH RECURSIVE up AS (
          SELECT o.branch_code, o.branch_code AS below FROM organisation AS o
          UNION ALL SELECT up.branch_code, o.branch_code FROM up JOIN organisation AS o ON o.parent_branch_code = up.below
        )
        SELECT up.branch_code, last_day(p.posted_on) AS month_end,
          CAST(sum(p.amount) FILTER (WHERE p.is_debit) AS DECIMAL(38,2)) AS debit_amount,
          string_agg(p.account_number, ',' ORDER BY p.account_number) AS accounts
        FROM posting AS p SEMI JOIN account AS a ON a.account_number = p.account_number JOIN up ON up.below = p.branch_code
        GROUP BY ALL
        QUALIFY row_number() OVER (PARTITION BY up.branch_code ORDER BY last_day(p.posted_on) DESC) = 1
        """
    assert violations(query) == []
