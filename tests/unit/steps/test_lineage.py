"""Lineage follows each output column to the table columns it is made of."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from maisui.steps import lineage
from maisui.steps.lineage import columns_read, tables_read, trace, unknown_columns
from maisui.steps.portable import div_half_up

SCHEMA = {
    "account": {"account_number": "VARCHAR", "customer_id": "VARCHAR", "branch_code": "VARCHAR", "opened_on": "DATE"},
    "posting": {"account_number": "VARCHAR", "posted_on": "DATE", "amount": "DECIMAL(18,2)", "is_debit": "BOOLEAN"},
    "organisation": {"branch_code": "VARCHAR", "parent_branch_code": "VARCHAR", "level": "BIGINT"},
}


def of(*pairs: str) -> frozenset[tuple[str, str]]:
    """Return sources written as table.column."""
    return frozenset((pair.split(".")[0], pair.split(".")[1]) for pair in pairs)


def test_an_expression_depends_on_the_columns_in_it_and_rows_on_conditions_and_join_keys() -> None:
    read = columns_read(
        """
        SELECT a.customer_id, CASE WHEN p.is_debit THEN -p.amount ELSE p.amount END AS signed, count(*) AS n
        FROM account a JOIN posting AS p ON p.account_number = a.account_number AND p.posted_on > DATE '2024-01-01'
        WHERE a.opened_on IS NOT NULL GROUP BY ALL HAVING sum(p.amount) > 0
        """,
        SCHEMA,
    )
    assert read == {
        "customer_id": of("account.customer_id"),
        "signed": of("posting.is_debit", "posting.amount"),
        "n": frozenset(),
        "*": of("posting.account_number", "account.account_number", "posting.posted_on", "account.opened_on", "posting.amount"),
    }


def test_with_names_sub_queries_and_window_orders_are_followed() -> None:
    read = columns_read(
        """
        WITH moved(account, total) AS (SELECT account_number, sum(amount) FROM posting WHERE is_debit GROUP BY 1),
        ranked AS (SELECT account, total, row_number() OVER (ORDER BY total DESC, account) AS place FROM moved)
        SELECT r.place, r.total * 2 AS twice, twice + 1 AS more,
          (SELECT max(o.level) FROM organisation o WHERE o.branch_code = a.branch_code) AS level
        FROM (SELECT * FROM ranked) AS r JOIN account a ON a.account_number = r.account
        QUALIFY row_number() OVER (PARTITION BY a.customer_id ORDER BY place) = 1
        """,
        SCHEMA,
    )
    assert read["place"] == of("posting.amount", "posting.account_number")
    assert read["twice"] == read["more"] == of("posting.amount")
    assert read["level"] == of("organisation.level", "organisation.branch_code", "account.branch_code")
    assert read["*"] == of("posting.is_debit", "account.account_number", "posting.account_number", "account.customer_id", "posting.amount")


def test_unions_add_up_by_position() -> None:
    read = columns_read("SELECT account_number AS a, amount AS b FROM posting UNION ALL SELECT customer_id, 0 FROM account", SCHEMA)
    assert read == {"a": of("posting.account_number", "account.customer_id"), "b": of("posting.amount"), "*": frozenset()}


def test_recursion_reaches_what_only_the_repeated_part_reads() -> None:
    read = columns_read(
        """
        WITH RECURSIVE up AS (
          SELECT branch_code AS above, branch_code AS below, 0 AS depth FROM organisation
          UNION ALL
          SELECT up.below, o.parent_branch_code, up.depth + o.level FROM up JOIN organisation o ON o.parent_branch_code = up.below
        ) SELECT above, below, depth FROM up
        """,
        SCHEMA,
    )
    assert read["above"] == of("organisation.branch_code", "organisation.parent_branch_code")
    assert read["depth"] == of("organisation.level")
    assert read["*"] == of("organisation.branch_code", "organisation.parent_branch_code")


def test_unnested_series_and_values_and_semi_joins() -> None:
    read = columns_read(
        """
        SELECT a.account_number, s.d, v.rate, unnest(generate_series(a.opened_on, DATE '2024-01-01', INTERVAL 1 DAY)) AS e
        FROM account a, unnest(CAST(generate_series(a.opened_on, DATE '2024-01-03', INTERVAL 1 DAY) AS DATE[])) AS s(d),
          (VALUES (1, 2), (3, 4)) AS v(rate, other)
        SEMI JOIN posting USING (account_number)
        WHERE a.branch_code IN (SELECT branch_code FROM organisation WHERE level = 1)
        """,
        SCHEMA,
    )
    assert read["d"] == read["e"] == of("account.opened_on")
    assert read["rate"] == frozenset()
    assert of("posting.account_number", "account.account_number", "organisation.level", "organisation.branch_code") <= read["*"]


def test_columns_turned_into_rows() -> None:
    read = columns_read("SELECT u.what, u.v, u.branch_code FROM organisation AS o UNPIVOT (v FOR what IN (level)) AS u", SCHEMA)
    assert read["v"] == of("organisation.level")
    assert read["branch_code"] == of("organisation.branch_code")
    pivoted = columns_read("SELECT p.branch_code, p.x FROM organisation PIVOT (sum(level) FOR parent_branch_code IN ('x')) AS p", SCHEMA)
    assert pivoted["x"] == of("organisation.level", "organisation.parent_branch_code")


def test_tables_read_are_those_of_the_warehouse_only() -> None:
    query = "WITH account AS (SELECT 1 AS x), b AS (SELECT x FROM account) SELECT b.x FROM b WHERE EXISTS (SELECT 1 FROM posting)"
    assert tables_read(query) == {"posting"}
    assert tables_read("SELECT 1 AS x") == frozenset()


@pytest.mark.parametrize(
    ("query", "problems"),
    [
        ("SELECT account_number FROM account", []),
        ("SELECT balance FROM account", ["no table here has a column balance"]),
        ("SELECT a.balance FROM account a", ["a has no column balance"]),
        ("SELECT b.account_number FROM account a", ["b.account_number: nothing here is called b"]),
        ("SELECT account_number FROM account JOIN posting ON true", ["account_number is ambiguous: 2 tables here have it"]),
        ("SELECT account_number FROM account JOIN posting USING (account_number)", []),
        ("SELECT x FROM loan", ["table loan is not known"]),
        ("SELECT q.y FROM (SELECT level AS x FROM organisation) AS q ORDER BY q.x", ["q has no column y"]),
        ("SELECT account_number FROM account ORDER BY nowhere", ["no table here has a column nowhere"]),
        ("SELECT a.account_number FROM account a ANTI JOIN posting p ON a.account_number = p.account_number WHERE amount > 0",
         ["no table here has a column amount"]),
        ("SELECT x FROM (SELECT level AS x FROM organisation) AS q, LATERAL (SELECT q.x + 1 AS y) AS r WHERE y > 1", []),
        ("SELECT level + 1 AS next, next + 1 AS after FROM organisation WHERE after > 1", []),
        ("SELECT max(level) OVER w AS m FROM organisation WINDOW w AS (PARTITION BY branch ORDER BY level)",
         ["no table here has a column branch"]),
        ("PIVOT organisation ON level USING count(*)", ["Pivot is not a query this lineage can follow"]),
    ],
)  # fmt: skip
def test_names_that_lead_nowhere_are_told(query: str, problems: list[str]) -> None:
    assert unknown_columns(query, SCHEMA) == problems


def test_a_column_is_traced_through_steps_to_what_was_delivered() -> None:
    one_level = {
        "customer_month": {"deposits": of("account_month.balance"), "*": of("account_month.customer_id")},
        "account_month": {"balance": of("account_balance.balance", "calendar.day"), "customer_id": of("raw_account.khh")},
        "account_balance": {"balance": of("raw_account.ye", "raw_posting.je")},
    }
    found = trace("customer_month", "deposits", one_level)
    assert found.origins == of("raw_account.ye", "raw_posting.je", "calendar.day")
    assert found.edges[("account_month", "balance")] == of("account_balance.balance", "calendar.day")
    assert trace("customer_month", "*", one_level).origins == of("raw_account.khh")
    assert trace("raw_account", "ye", one_level).origins == of("raw_account.ye")
    assert trace("circle", "a", {"circle": {"a": of("circle.a")}}).origins == frozenset()


def calls_for(days: int) -> int:
    """Return how many functions of the walk are entered for a step with sums and shares of so many days."""
    sums = ", ".join(f"sum(amount) FILTER (WHERE posted_on > DATE '2024-01-{day:02}') AS s{day}" for day in range(1, days + 1))
    shares = ", ".join(f"{div_half_up(f's{day}', '30')} AS a{day}" for day in range(1, days + 1))
    query = f"WITH p AS (SELECT account_number, {sums} FROM posting GROUP BY 1) SELECT account_number, {shares} FROM p"
    calls = 0

    def count(frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event == "call" and frame.f_code.co_filename == lineage.__file__

    sys.setprofile(count)
    try:
        read = columns_read(query, SCHEMA)
    finally:
        sys.setprofile(None)
    assert read["a7"] == of("posting.amount", "posting.posted_on")
    return calls


def test_the_work_grows_with_the_length_of_a_step_and_no_faster() -> None:
    assert calls_for(28) < 2.1 * calls_for(14)
