"""Small queries with the rows that every engine must give: what the portable subset of SQL means."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from maisui.steps.portable import div_half_up


@dataclass(frozen=True, slots=True)
class Case:
    """One query, the declared types of its columns and its rows in any order."""

    title: str
    types: dict[str, str]
    query: str
    rows: tuple[tuple[Any, ...], ...]


def money(text: str) -> Decimal:
    """Return an exact amount."""
    return Decimal(text)


MONEY, TOTAL, RATE, TEXT, DATE, COUNT, FLAG = (
    *("DECIMAL(18,2)", "DECIMAL(38,2)", "DECIMAL(12,6)"),
    *("VARCHAR", "DATE", "BIGINT", "BOOLEAN"),
)

TYPING = (
    Case(
        "text becomes money where the contract's pattern holds, and is rejected with a reason where not",
        {"line": COUNT, "amount": MONEY, "reject": TEXT},
        r"""
        SELECT t.line,
          CASE WHEN regexp_matches(t.raw, '^-?[0-9]{1,16}(\.[0-9]{1,2})?$') THEN CAST(t.raw AS DECIMAL(18,2)) END AS amount,
          CASE WHEN t.raw IS NULL OR t.raw = '' THEN 'empty'
               WHEN NOT regexp_matches(t.raw, '^-?[0-9]{1,16}(\.[0-9]{1,2})?$') THEN 'malformed' END AS reject
        FROM (VALUES (1, '12.5'), (2, '1e3'), (3, '-3'), (4, ''), (5, NULL), (6, '1.005'), (7, '9999999999999999.99'),
                     (8, E'12\n'), (9, '1_000'), (10, ' 7')) AS t(line, raw)
        """,
        (
            *((1, money("12.50"), None), (3, money("-3.00"), None), (7, money("9999999999999999.99"), None)),
            *((line, None, "malformed") for line in (2, 6, 8, 9, 10)),
            *((line, None, "empty") for line in (4, 5)),
        ),
    ),
    Case(
        "dates are read from every delivered form; two-digit years are 1969 to 2068",
        {"a": DATE, "b": DATE, "c": DATE, "d": DATE, "e": DATE, "f": DATE, "g": DATE},
        """
        SELECT CAST(strptime('20240229', '%Y%m%d') AS DATE) AS a, CAST(strptime('930101', '%y%m%d') AS DATE) AS b,
          CAST(strptime('680101', '%y%m%d') AS DATE) AS c, CAST(strptime('690101 00:00:00', '%y%m%d 00:00:00') AS DATE) AS d,
          CAST(strptime('2024-01-31', '%Y-%m-%d') AS DATE) AS e, CAST(strptime('31.12.1998', '%d.%m.%Y') AS DATE) AS f,
          CAST(strptime('930101 10:20:30', '%y%m%d %H:%M:%S') AS DATE) AS g
        """,
        (
            (
                *(date(2024, 2, 29), date(1993, 1, 1), date(2068, 1, 1), date(1969, 1, 1)),
                *(date(2024, 1, 31), date(1998, 12, 31), date(1993, 1, 1)),
            ),
        ),
    ),
    Case(
        "a day that does not exist becomes null",
        {"raw": TEXT, "on_day": DATE},
        """
        SELECT t.raw, CASE WHEN regexp_matches(t.raw, '^[0-9]{8}$') THEN CAST(try_strptime(t.raw, '%Y%m%d') AS DATE) END AS on_day
        FROM (VALUES ('20240131'), ('20240231'), ('20230229'), ('20241301'), ('2024131'), ('0'), (NULL), ('99991231')) AS t(raw)
        """,
        (
            *(("20240131", date(2024, 1, 31)), ("99991231", date(9999, 12, 31))),
            *((raw, None) for raw in ("20240231", "20230229", "20241301", "2024131", "0", None)),
        ),
    ),
    Case(
        "a day that does not exist is null in the other forms too",
        {"a": DATE, "b": DATE, "c": FLAG, "d": DATE},
        """
        SELECT CAST(try_strptime(t.a, '%d.%m.%Y') AS DATE) AS a, CAST(try_strptime(t.b, '%y%m%d 00:00:00') AS DATE) AS b,
          try_strptime(t.c, '%Y-%m-%d') IS NULL AS c, CAST(try_strptime(t.d, '%y%m%d') AS DATE) AS d
        FROM (VALUES ('31.01.2024', '930131 00:00:00', '2024-02-30', '000229'),
          ('1.2.2024', '930231 00:00:00', '2024-02-29', '010229')) AS t(a, b, c, d)
        """,
        (
            (date(2024, 1, 31), date(1993, 1, 31), True, date(2000, 2, 29)),
            (date(2024, 2, 1), None, False, None),
        ),
    ),
    Case(
        "casts between declared types round half away from zero and keep the sign off zero",
        {"a": MONEY, "b": MONEY, "c": MONEY, "d": COUNT, "e": COUNT, "f": TEXT, "g": TEXT, "h": TEXT, "i": MONEY},
        """
        SELECT CAST(CAST('1.005' AS DECIMAL(18,3)) AS DECIMAL(18,2)) AS a, CAST(CAST('-1.005' AS DECIMAL(18,3)) AS DECIMAL(18,2)) AS b,
          CAST('-0.001' AS DECIMAL(18,2)) AS c, CAST(round(CAST('2.5' AS DECIMAL(18,2))) AS BIGINT) AS d,
          CAST(round(CAST('-2.5' AS DECIMAL(18,2))) AS BIGINT) AS e, CAST(CAST('-0.5' AS DECIMAL(18,2)) AS VARCHAR) AS f,
          CAST(DATE '2024-01-05' AS VARCHAR) AS g, CAST(true AS VARCHAR) AS h, round(CAST('-0.125' AS DECIMAL(18,3)), 2) AS i
        """,
        ((money("1.01"), money("-1.01"), money("0.00"), 3, -3, "-0.50", "2024-01-05", "true", money("-0.13")),),
    ),
)

NUMBERS = (
    Case(
        "division rounds half away from zero and is null by zero",
        {"n": TOTAL, "d": COUNT, "q": MONEY},
        f"""
        SELECT t.n, t.d, {div_half_up("t.n", "t.d")} AS q
        FROM (VALUES (CAST('0.01' AS DECIMAL(38,2)), CAST(2 AS BIGINT)), (CAST('-0.01' AS DECIMAL(38,2)), CAST(2 AS BIGINT)),
          (CAST('0.01' AS DECIMAL(38,2)), CAST(-2 AS BIGINT)), (CAST('-1.00' AS DECIMAL(38,2)), CAST(3 AS BIGINT)),
          (CAST('2.00' AS DECIMAL(38,2)), CAST(3 AS BIGINT)), (CAST('0.04' AS DECIMAL(38,2)), CAST(10 AS BIGINT)),
          (CAST('5.00' AS DECIMAL(38,2)), CAST(0 AS BIGINT)), (CAST(NULL AS DECIMAL(38,2)), CAST(1 AS BIGINT)),
          (CAST('3659999999999999996.34' AS DECIMAL(38,2)), CAST(366 AS BIGINT)),
          (CAST('-3649999999999999996.35' AS DECIMAL(38,2)), CAST(365 AS BIGINT))) AS t(n, d)
        """,
        (
            (money("0.01"), 2, money("0.01")),
            (money("-0.01"), 2, money("-0.01")),
            (money("0.01"), -2, money("-0.01")),
            (money("-1.00"), 3, money("-0.33")),
            (money("2.00"), 3, money("0.67")),
            (money("0.04"), 10, money("0.00")),
            (money("5.00"), 0, None),
            (None, 1, None),
            (money("3659999999999999996.34"), 366, money("9999999999999999.99")),
            (money("-3649999999999999996.35"), 365, money("-9999999999999999.99")),
        ),
    ),
    Case(
        "a share of two amounts has six places",
        {"share": RATE, "whole": "DECIMAL(18,0)"},
        f"""
        SELECT {div_half_up("t.a", "t.b", 6, denominator_scale=2)} AS share, {div_half_up("t.a", "1", 0)} AS whole
        FROM (VALUES (CAST('1.25' AS DECIMAL(18,2)), CAST('3.75' AS DECIMAL(18,2))),
          (CAST('-2.50' AS DECIMAL(18,2)), CAST('0.00' AS DECIMAL(18,2)))) AS t(a, b)
        """,
        ((money("0.333333"), money("1")), (None, money("-3"))),
    ),
    Case(
        "sums of money are 38 digits wide and of nothing are null",
        {"k": TEXT, "total": TOTAL, "n": COUNT, "filtered": TOTAL, "positive": COUNT},
        """
        SELECT t.k, CAST(sum(t.amount) AS DECIMAL(38,2)) AS total, count(*) AS n,
          CAST(sum(t.amount) FILTER (WHERE t.amount > 1000) AS DECIMAL(38,2)) AS filtered,
          CAST(sum(CASE WHEN t.amount > 0 THEN 1 ELSE 0 END) AS BIGINT) AS positive
        FROM (VALUES ('a', CAST('9999999999999999.99' AS DECIMAL(18,2))), ('a', CAST('9999999999999999.99' AS DECIMAL(18,2))),
          ('b', CAST('-0.01' AS DECIMAL(18,2))), ('b', CAST(NULL AS DECIMAL(18,2)))) AS t(k, amount)
        GROUP BY ALL
        """,
        (("a", money("19999999999999999.98"), 2, money("19999999999999999.98"), 2), ("b", money("-0.01"), 2, None, 0)),
    ),
    Case(
        "integer division and remainder go towards zero",
        {"a": COUNT, "b": COUNT, "c": COUNT, "d": COUNT, "e": COUNT},
        """
        SELECT t.a // nullif(t.b, 0) AS a, -t.a // nullif(t.b, 0) AS b, -t.a % nullif(t.b, 0) AS c, t.a // 3 AS d, -t.a % 3 AS e
        FROM (VALUES (7, 2), (7, 0)) AS t(a, b)
        """,
        ((3, -3, -1, 2, -1), (None, None, None, 2, -1)),
    ),
    Case(
        "rounding functions on decimals",
        {"a": MONEY, "b": MONEY, "c": MONEY, "d": MONEY, "e": COUNT, "f": MONEY, "g": MONEY, "h": MONEY},
        """
        SELECT ceil(t.x) AS a, floor(t.x) AS b, abs(t.x) AS c, round(t.x, 1) AS d, sign(t.x) AS e,
          greatest(t.x, t.y) AS f, least(t.x, t.y, 0) AS g, coalesce(t.y, t.x, 0) AS h
        FROM (VALUES (CAST('-1.25' AS DECIMAL(18,2)), CAST('2.00' AS DECIMAL(18,2))), (CAST('1.25' AS DECIMAL(18,2)), NULL)) AS t(x, y)
        """,
        (
            (*map(money, ("-1", "-2", "1.25", "-1.3")), -1, *map(money, ("2.00", "-1.25", "2.00"))),
            (*map(money, ("2", "1", "1.25", "1.3")), 1, *map(money, ("1.25", "0.00", "1.25"))),
        ),
    ),
    Case(
        "a balance times its days is widened first",
        {"balance_days": TOTAL, "interest": "DECIMAL(38,8)"},
        """
        SELECT CAST(t.balance AS DECIMAL(38,2)) * t.days AS balance_days,
          CAST(CAST(t.balance AS DECIMAL(38,2)) * t.rate AS DECIMAL(38,8)) AS interest
        FROM (VALUES (CAST('9999999999999999.99' AS DECIMAL(18,2)), CAST(366 AS BIGINT), CAST('0.034500' AS DECIMAL(12,6))))
          AS t(balance, days, rate)
        """,
        ((money("3659999999999999996.34"), money("344999999999999.99965500")),),
    ),
    Case(
        "counts, a discrete median and flags over a group",
        {"n": COUNT, "d": COUNT, "late": COUNT, "every": FLAG, "some": FLAG, "median": COUNT, "low": DATE},
        """
        SELECT count(t.x) AS n, count(DISTINCT t.x) AS d, count_if(t.x > 1) AS late, bool_and(t.x > 0) AS every, bool_or(t.x > 4) AS some,
          percentile_disc(0.5) WITHIN GROUP (ORDER BY t.x) AS median, min(t.opened_on) AS low
        FROM (VALUES (1, DATE '2024-02-01'), (2, DATE '2024-01-01'), (2, NULL), (9, NULL), (NULL, NULL)) AS t(x, opened_on)
        """,
        ((4, 3, 3, True, True, 2, date(2024, 1, 1)),),
    ),
)

DATES = (
    Case(
        "days, months and their ends",
        {"first": DATE, "last": DATE, "next": DATE, "before": DATE, "later": DATE, "quarter_start": DATE, "made": DATE},
        """
        SELECT CAST(date_trunc('month', t.d) AS DATE) AS first, last_day(t.d) AS last, CAST(t.d + INTERVAL 1 MONTH AS DATE) AS next,
          CAST(t.d - INTERVAL 1 DAY AS DATE) AS before, CAST(t.d + INTERVAL (t.n) DAY AS DATE) AS later,
          CAST(date_trunc('quarter', t.d) AS DATE) AS quarter_start, make_date(2024, t.n, 29) AS made
        FROM (VALUES (DATE '2024-01-31', 2), (DATE '2023-12-31', 12)) AS t(d, n)
        """,
        (
            (
                *map(
                    date.fromisoformat, (["2024-01-01", "2024-01-31", "2024-02-29", "2024-01-30", "2024-02-02", "2024-01-01", "2024-02-29"])
                ),
            ),
            (
                *map(
                    date.fromisoformat, (["2023-12-01", "2023-12-31", "2024-01-31", "2023-12-30", "2024-01-12", "2023-10-01", "2024-12-29"])
                ),
            ),
        ),
    ),
    Case(
        "parts of days and distances between them",
        {"y": COUNT, "m": COUNT, "d": COUNT, "q": COUNT, "doy": COUNT, "days": COUNT, "months": COUNT, "weekday": COUNT, "e": COUNT},
        """
        SELECT year(t.a) AS y, month(t.a) AS m, day(t.a) AS d, quarter(t.a) AS q, dayofyear(t.a) AS doy,
          date_diff('day', t.a, t.b) AS days, (year(t.b) * 12 + month(t.b)) - (year(t.a) * 12 + month(t.a)) AS months,
          date_diff('day', DATE '1970-01-05', t.a) % 7 AS weekday, extract(day FROM t.a) AS e
        FROM (VALUES (DATE '2024-02-29', DATE '2025-03-01')) AS t(a, b)
        """,
        ((2024, 2, 29, 1, 60, 366, 13, 3, 29),),
    ),
    Case(
        "days as text",
        {"a": TEXT, "b": TEXT, "c": TEXT, "d": TEXT},
        """
        SELECT strftime(t.d, '%Y%m') AS a, strftime(t.d, '%Y-%m-%d') AS b, strftime(t.d, '%Y年%m月%d日') AS c,
          strftime(t.d, '%d.%m.%y') AS d
        FROM (VALUES (DATE '2024-01-05')) AS t(d)
        """,
        (("202401", "2024-01-05", "2024年01月05日", "05.01.24"),),
    ),
    Case(
        "a series of days, of months, of numbers, and one that ends before it starts",
        {"what": TEXT, "d": DATE, "n": COUNT},
        """
        SELECT 'days' AS what, CAST(unnest(generate_series(DATE '2024-02-28', DATE '2024-03-01', INTERVAL 1 DAY)) AS DATE) AS d, 0 AS n
        UNION ALL SELECT 'months',
          unnest(CAST(generate_series(date_trunc('month', DATE '2024-01-31'), DATE '2024-03-31', INTERVAL 1 MONTH) AS DATE[])), 0
        UNION ALL SELECT 'none', unnest(CAST(generate_series(DATE '2024-03-02', DATE '2024-03-01', INTERVAL 1 DAY) AS DATE[])), 0
        UNION ALL SELECT 'until', CAST(unnest(range(DATE '2024-02-29', DATE '2024-03-01', INTERVAL 1 DAY)) AS DATE), 0
        UNION ALL SELECT 'numbers', DATE '2024-01-01', unnest(generate_series(1, 2))
        UNION ALL SELECT 'no numbers', DATE '2024-01-01', unnest(generate_series(2, 1))
        """,
        (
            *(("days", date(2024, 2, 28), 0), ("days", date(2024, 2, 29), 0), ("days", date(2024, 3, 1), 0)),
            *(("months", date(2024, 1, 1), 0), ("months", date(2024, 2, 1), 0), ("months", date(2024, 3, 1), 0)),
            *(("until", date(2024, 2, 29), 0), ("numbers", date(2024, 1, 1), 1), ("numbers", date(2024, 1, 1), 2)),
        ),
    ),
    Case(
        "an interval is spread over its days, beside the table it comes from",
        {"account": TEXT, "d": DATE},
        """
        SELECT b.account, s.d FROM (VALUES ('A', DATE '2024-01-30', DATE '2024-02-01'),
          ('B', DATE '2024-01-01', DATE '2023-12-31')) AS b(account, f, u),
          unnest(CAST(generate_series(b.f, b.u, INTERVAL 1 DAY) AS DATE[])) AS s(d)
        """,
        (("A", date(2024, 1, 30)), ("A", date(2024, 1, 31)), ("A", date(2024, 2, 1))),
    ),
)

TEXTS = (
    Case(
        "Chinese text is counted and cut in characters, rare ones too",
        {"n": COUNT, "a": TEXT, "b": TEXT, "c": TEXT, "d": TEXT, "e": TEXT, "f": TEXT, "p": COUNT},
        """
        SELECT length(t.x) AS n, substr(t.x, 2) AS a, left(t.x, 1) AS b, right(t.x, 2) AS c, reverse(t.x) AS d, lpad(t.x, 5, '0') AS e,
          rpad(t.x, 2, '0') AS f, strpos(t.x, '行') AS p
        FROM (VALUES ('农商行'), ('𠮷a')) AS t(x)
        """,
        (
            (3, "商行", "农", "商行", "行商农", "00农商行", "农商", 3),
            (2, "a", "𠮷", "𠮷a", "a𠮷", "000𠮷a", "𠮷a", 0),
        ),
    ),
    Case(
        "trim takes every kind of space, also the full-width one, but no tab",
        {"a": TEXT, "b": TEXT, "c": TEXT, "d": TEXT, "e": TEXT},
        r"""
        SELECT trim(t.x) AS a, ltrim(t.x) AS b, rtrim(t.x) AS c, trim(E'\t') AS d, trim('00700', '0') AS e
        FROM (VALUES (' 　张 三　 ')) AS t(x)
        """,
        (("张 三", "张 三　 ", " 　张 三", "\t", "7"),),
    ),
    Case(
        "finding, replacing and splitting text",
        {"a": FLAG, "b": FLAG, "c": FLAG, "d": TEXT, "e": TEXT, "f": TEXT, "g": TEXT, "h": TEXT, "i": FLAG, "j": FLAG, "k": TEXT},
        """
        SELECT starts_with(t.x, '一') AS a, ends_with(t.x, 'C') AS b, contains(t.x, '-b-') AS c, replace(t.x, '-', '') AS d,
          split_part(t.x, '-', 2) AS e, split_part(t.x, '-', 9) AS f, translate(t.x, '一b', '1') AS g, upper(t.x) || lower(t.x) AS h,
          t.x LIKE '_-b%' AS i, lower(t.x) LIKE '%c' AS j, repeat('ab', 2) AS k
        FROM (VALUES ('一-b-C')) AS t(x)
        """,
        ((True, True, True, "一bC", "b", "", "1--C", "一-B-C一-b-c", True, True, "abab"),),
    ),
    Case(
        "patterns end at the end of the text and a dot is anything but a line feed",
        {"x": TEXT, "a": FLAG, "b": FLAG, "c": TEXT, "d": TEXT, "e": TEXT},
        r"""
        SELECT t.x, regexp_matches(t.x, '^[0-9]{3}$') AS a, regexp_matches(t.x, '1.2') AS b, regexp_extract(t.x, '([0-9])([^0-9])', 2) AS c,
          regexp_replace(t.x, '[0-9]', '#', 'g') AS d, regexp_extract(t.x, '[一-龥]+') AS e
        FROM (VALUES ('123'), (E'123\n'), (E'1\r2'), (E'1\n2'), ('1中2$'), (NULL)) AS t(x)
        """,
        (
            ("123", True, False, "", "###", ""),
            ("123\n", False, False, "\n", "###\n", ""),
            ("1\r2", False, True, "\r", "#\r#", ""),
            ("1\n2", False, False, "\n", "#\n#", ""),
            ("1中2$", False, True, "中", "#中#$", "中"),
            (None, None, None, None, None, None),
        ),
    ),
    Case(
        "|| with null is null, concat and concat_ws leave nulls out",
        {"a": TEXT, "b": TEXT, "c": TEXT, "d": TEXT},
        """
        SELECT 'a' || t.n AS a, concat('a', t.n, 1, DATE '2024-01-01') AS b, concat_ws('-', 'a', t.n, 'b') AS c, concat(t.n, t.n) AS d
        FROM (VALUES (CAST(NULL AS VARCHAR))) AS t(n)
        """,
        ((None, "a12024-01-01", "a-b", ""),),
    ),
    Case(
        "text keeps quotes and backslashes",
        {"a": TEXT, "b": TEXT, "余额": COUNT},
        r"""SELECT 'it''s "x"' AS a, '\n \\ \' AS b, length('\n') AS "余额" """,
        (('it\'s "x"', r"\n \\ \ ".rstrip(), 2),),
    ),
    Case(
        "digests are of the UTF-8 bytes",
        {"a": TEXT, "b": TEXT, "c": TEXT},
        "SELECT md5('a') AS a, sha256('') AS b, md5('农商行') AS c",
        (
            (
                "0cc175b9c0f1b6a831c399e269772661",
                "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                "a485938dde84eaaecc9f1aa05fbeb74d",
            ),
        ),
    ),
    Case(
        "text is ordered by its UTF-8 bytes, blanks and case matter",
        {"place": COUNT, "x": TEXT, "a": FLAG, "b": FLAG},
        """
        SELECT row_number() OVER (ORDER BY t.x) AS place, t.x, 'a ' = 'a' AS a, 'A' = 'a' AS b
        FROM (VALUES ('中'), ('一'), ('𠮷'), ('￥'), ('a'), ('B'), ('_'), ('0'), (''), ('a b'), (NULL)) AS t(x)
        """,
        tuple((place, x, False, False) for place, x in enumerate([*["", "0", "B", "_", "a", "a b", "一", "中", "￥", "𠮷"], None], 1)),
    ),
)

ROWS = (
    Case(
        "nulls come last in both directions unless said otherwise",
        {"x": COUNT, "up": COUNT, "down": COUNT, "first": COUNT},
        """
        SELECT t.x, row_number() OVER (ORDER BY t.x) AS up, row_number() OVER (ORDER BY t.x DESC) AS down,
          rank() OVER (ORDER BY t.x NULLS FIRST) AS first
        FROM (VALUES (1), (NULL), (2)) AS t(x)
        """,
        ((1, 1, 2, 2), (2, 2, 1, 3), (None, 3, 3, 1)),
    ),
    Case(
        "logic with null",
        {"a": FLAG, "b": FLAG, "c": FLAG, "d": FLAG, "e": FLAG, "f": FLAG, "g": FLAG, "h": COUNT, "i": COUNT},
        """
        SELECT t.n AND false AS a, t.n OR true AS b, NOT t.n AS c, t.n IS DISTINCT FROM true AS d, t.n IS NOT TRUE AS e, t.x IN (1, 2) AS f,
          3 NOT IN (2, t.x) AS g, CASE WHEN t.n THEN 1 ELSE 2 END AS h, nullif(coalesce(t.x, 7), 7) AS i
        FROM (VALUES (CAST(NULL AS BOOLEAN), CAST(NULL AS INTEGER))) AS t(n, x)
        """,
        ((False, True, None, True, True, None, None, 2, None),),
    ),
    Case(
        "the balance between two postings is the last one known",
        {"d": DATE, "balance": MONEY, "since": DATE, "until": DATE, "moved": TOTAL},
        """
        SELECT t.d, last_value(t.b IGNORE NULLS) OVER (ORDER BY t.d ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS balance,
          lag(t.d) OVER (ORDER BY t.d) AS since, lead(t.d, 1, DATE '9999-12-31') OVER (ORDER BY t.d) AS until,
          CAST(sum(t.b) OVER (ORDER BY t.d RANGE BETWEEN INTERVAL 2 DAY PRECEDING AND CURRENT ROW) AS DECIMAL(38,2)) AS moved
        FROM (VALUES (DATE '2024-01-01', CAST('5.00' AS DECIMAL(18,2))), (DATE '2024-01-02', NULL),
          (DATE '2024-01-05', CAST('7.00' AS DECIMAL(18,2)))) AS t(d, b)
        """,
        (
            (date(2024, 1, 1), money("5.00"), None, date(2024, 1, 2), money("5.00")),
            (date(2024, 1, 2), money("5.00"), date(2024, 1, 1), date(2024, 1, 5), money("5.00")),
            (date(2024, 1, 5), money("7.00"), date(2024, 1, 2), date(9999, 12, 31), money("7.00")),
        ),
    ),
    Case(
        "windows by position",
        {"x": COUNT, "a": COUNT, "b": COUNT, "c": COUNT, "d": COUNT, "e": COUNT},
        """
        SELECT t.x, dense_rank() OVER (ORDER BY t.g) AS a, ntile(2) OVER (ORDER BY t.x) AS b,
          first_value(t.x) OVER (ORDER BY t.x DESC) AS c,
          nth_value(t.x, 2) OVER (ORDER BY t.x ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS d, max(t.x) OVER same AS e
        FROM (VALUES (1, 'a'), (2, 'a'), (3, 'b')) AS t(x, g) WINDOW same AS (PARTITION BY t.g)
        """,
        ((1, 1, 1, 3, 2, 2), (2, 1, 1, 3, 2, 2), (3, 2, 2, 3, 2, 3)),
    ),
    Case(
        "the newest row of each key",
        {"k": TEXT, "v": COUNT},
        "SELECT t.k, t.v FROM (VALUES ('a', 1), ('a', 3)) AS t(k, v) QUALIFY row_number() OVER (PARTITION BY t.k ORDER BY t.v DESC) = 1",
        (("a", 3),),
    ),
    Case(
        "a branch rolls up to every branch above it",
        {"above": TEXT, "below": TEXT, "depth": COUNT},
        """
        WITH RECURSIVE branch AS (
          SELECT t.code, t.parent FROM (VALUES ('head', CAST(NULL AS VARCHAR)), ('town', 'head'), ('village', 'town')) AS t(code, parent)
        ), closure AS (
          SELECT branch.code AS above, branch.code AS below, 0 AS depth FROM branch
          UNION ALL
          SELECT closure.above, branch.code, closure.depth + 1 FROM closure
          JOIN branch ON branch.parent = closure.below WHERE closure.depth < 20
        )
        SELECT closure.above, closure.below, closure.depth FROM closure
        """,
        (
            *(("head", "head", 0), ("head", "town", 1), ("head", "village", 2)),
            *(("town", "town", 0), ("town", "village", 1), ("village", "village", 0)),
        ),
    ),
    Case(
        "lists in the order of their values",
        {"k": TEXT, "l": "BIGINT[]", "down": "BIGINT[]", "n": COUNT},
        """
        SELECT t.k, list(t.x ORDER BY t.x) FILTER (WHERE t.x IS NOT NULL) AS l,
          list(DISTINCT t.x ORDER BY t.x DESC) FILTER (WHERE t.x IS NOT NULL) AS down,
          count(t.x) AS n
        FROM (VALUES ('a', 3), ('a', 1), ('a', 3), ('b', NULL)) AS t(k, x) GROUP BY t.k
        """,
        (("a", [1, 3, 3], [3, 1], 3), ("b", None, None, 0)),
    ),
    Case(
        "texts joined in an order, with and without repetitions",
        {"k": TEXT, "s": TEXT, "u": TEXT},
        """
        SELECT t.k, string_agg(t.s, '、' ORDER BY t.x DESC, t.s) AS s, string_agg(DISTINCT t.s, ',' ORDER BY t.s) AS u
        FROM (VALUES ('a', 3, 'z'), ('a', 1, 'y'), ('a', 3, 'x'), ('a', 0, 'x'), ('b', NULL, NULL)) AS t(k, x, s) GROUP BY t.k
        """,
        (("a", "x、z、y、x", "x,y,z"), ("b", None, None)),
    ),
    Case(
        "subtotals",
        {"k": TEXT, "g": COUNT, "n": COUNT},
        "SELECT t.k, grouping(t.k) AS g, count(*) AS n FROM (VALUES ('a'), ('a'), (NULL)) AS t(k) GROUP BY ROLLUP (t.k)",
        (("a", 0, 2), (None, 0, 1), (None, 1, 3)),
    ),
    Case(
        "semi and anti joins, and what NOT IN makes of null",
        {"what": TEXT, "k": COUNT},
        """
        WITH a AS (SELECT t.k FROM (VALUES (1), (2), (NULL)) AS t(k)), b AS (SELECT t.k FROM (VALUES (1), (1), (NULL)) AS t(k))
        SELECT 'semi' AS what, a.k FROM a SEMI JOIN b ON a.k = b.k
        UNION ALL SELECT 'anti', a.k FROM a ANTI JOIN b ON a.k = b.k
        UNION ALL SELECT 'exists', a.k FROM a WHERE EXISTS (SELECT 1 FROM b WHERE b.k = a.k)
        UNION ALL SELECT 'not in', a.k FROM a WHERE a.k NOT IN (SELECT b.k FROM b)
        UNION ALL SELECT 'null safe', a.k FROM a JOIN b ON a.k IS NOT DISTINCT FROM b.k
        """,
        (("semi", 1), ("anti", 2), ("anti", None), ("exists", 1), ("null safe", 1), ("null safe", 1), ("null safe", None)),
    ),
    Case(
        "outer joins, set operations and a value from a sub-query",
        {"k": COUNT, "v": COUNT, "most": COUNT},
        """
        SELECT coalesce(a.k, b.k) AS k, b.v, (SELECT max(c.v) FROM (VALUES (1, 5), (1, 6)) AS c(k, v) WHERE c.k = a.k) AS most
        FROM (SELECT 1 AS k UNION SELECT 1 UNION ALL SELECT 2 EXCEPT SELECT 9) AS a
        FULL JOIN (SELECT t.k, t.v FROM (VALUES (2, 20), (3, 30)) AS t(k, v) INTERSECT
          SELECT u.k, u.v FROM (VALUES (2, 20), (3, 30)) AS u(k, v)) AS b ON a.k = b.k
        """,
        ((1, None, 6), (2, 20, None), (3, 30, None)),
    ),
    Case(
        "columns become rows, empty ones vanish",
        {"what": TEXT, "v": COUNT},
        "SELECT u.what, u.v FROM (SELECT 1 AS a, CAST(NULL AS INTEGER) AS b, 3 AS c) AS t UNPIVOT (v FOR what IN (a, b, c)) AS u",
        (("a", 1), ("c", 3)),
    ),
    Case(
        "the first rows of an order",
        {"k": COUNT},
        "SELECT t.k FROM (VALUES (3), (1), (NULL), (2)) AS t(k) ORDER BY t.k DESC LIMIT 2 OFFSET 1",
        ((2,), (1,)),
    ),
)

CASES = (*TYPING, *NUMBERS, *DATES, *TEXTS, *ROWS)
