"""What a table that is computed anew says of months that are taken over must be what it said before."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from maisui.engines.duckdb_engine import DuckDBEngine
from maisui.own_steps import OWN_STEPS
from maisui.pipeline.controls import tables_controlled
from maisui.pipeline.settled import Ground, Unsettled, _take_up, require_same_past
from maisui.tables import BY_NAME
from maisui.warehouse.version import Manifest

EARLIER = Manifest("v", "B", date(2026, 2, 28), date(2026, 1, 1), "", "", (), "", (), None, "", ())
GROUND = Ground(EARLIER, Path(), date(2026, 3, 1), frozenset())
Rows = tuple[tuple[str, ...], ...]

AS_OF_TODAY = {
    "account", "account_alias", "account_allocation", "account_pricing", "calendar_day", "card", "channel_attempt", "complaint", "customer",
    "customer_product_month", "daily_balance", "deposit_term_snapshot", "loan", "organisation_snapshot", "parameter", "product", "reversal",
    "terminal_snapshot", "write_off_snapshot",
}  # fmt: skip
"""What settled steps read that says how things are now, or follows from rows that are compared: the month computed again stands for it."""


def lay(engine: DuckDBEngine, place: str, name: str, columns: tuple[str, ...], rows: Rows) -> None:
    """Make a table at `place` that has `columns` of text and dates as given and nothing in all others."""
    table = BY_NAME[name]
    given = " UNION ALL ".join(
        "SELECT " + ", ".join(f"{value} AS {column}" for column, value in zip(columns, row, strict=True)) for row in rows
    )
    listed = ", ".join(f"CAST({c.name if c.name in columns else 'NULL'} AS {c.type}) AS {c.name}" for c in table.columns)
    engine.as_duckdb().execute(
        f"CREATE SCHEMA IF NOT EXISTS earlier; CREATE OR REPLACE TABLE {place}{name} AS SELECT {listed} FROM ({given})"
    )


def changed_from(engine: DuckDBEngine, name: str, columns: tuple[str, ...], before: Rows, now: Rows) -> date | None:
    """Return from which day on `name` is found to say something else; None where it does not."""
    lay(engine, "earlier.", name, columns, before)
    lay(engine, "", name, columns, now)
    try:
        require_same_past(engine, BY_NAME[name], GROUND)
    except Unsettled as found:
        assert found.table == name
        return found.first_day
    return None


MERGED = ("customer_number", "surviving_number", "valid_from", "valid_until")
FIRST = ("'C1'", "'C9'", "DATE '2026-01-10'", "NULL")


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ((FIRST,), None),
        ((FIRST, ("'C2'", "'C9'", "DATE '2026-03-05'", "NULL")), None),
        ((("'C1'", "'C9'", "DATE '2026-01-10'", "DATE '2026-03-02'"),), None),
        ((("'C1'", "'C9'", "DATE '2026-01-10'", "DATE '2026-02-20'"),), date(2026, 2, 20)),
        ((FIRST, ("'C2'", "'C9'", "DATE '2026-01-15'", "DATE '2026-01-20'")), date(2026, 1, 15)),
        ((("'C1'", "'C8'", "DATE '2026-01-10'", "NULL"),), date(2026, 1, 10)),
    ],
    ids=["the same", "begins in new days", "ends in new days", "ended earlier", "a stretch of the past", "another customer"],
)
def test_an_interval_may_end_in_new_days_and_says_the_same_until_then(tmp_path: Path, now: Rows, day: date | None) -> None:
    engine = DuckDBEngine(tmp_path)
    assert changed_from(engine, "customer_merge", MERGED, (FIRST,), now) == day
    engine.close()


def test_a_dated_row_counts_by_what_it_says_and_not_by_its_file(tmp_path: Path) -> None:
    engine = DuckDBEngine(tmp_path)
    columns = ("charged_on", "fee_amount", "source_file_id")
    known = (("DATE '2026-01-10'", "1.00", "'f1'"), ("DATE '2026-01-10'", "1.00", "'f1'"))
    assert changed_from(engine, "fee_charge", columns, known, tuple((day, fee, "'f2'") for day, fee, _ in known)) is None
    assert changed_from(engine, "fee_charge", columns, known, known[:1]) == date(2026, 1, 10), "one of two alike is gone"
    assert changed_from(engine, "fee_charge", columns, known, (*known, ("DATE '2026-02-03'", "2.00", "'f2'"))) == date(2026, 2, 3)
    engine.close()


def test_whatever_a_settled_step_reads_settles_is_compared_or_is_named_here() -> None:
    open_ends = {
        name
        for step in OWN_STEPS
        if step.writes.settled_by
        for name in step.reads
        if name in BY_NAME and not BY_NAME[name].settled_by and not BY_NAME[name].begins_by
    }
    assert open_ends == AS_OF_TODAY


def test_who_reads_what_settles_unpublished_settles_too() -> None:
    """Of such a table only the months since the proved one are made."""
    partial = {table.name for table in BY_NAME.values() if table.settled_by and not table.published}
    assert partial == {"account_activity_month", "balance_point", "customer_recent_month", "loan_loss_month"}
    assert not {step.writes.name for step in OWN_STEPS if not step.writes.settled_by and partial.intersection(step.reads)}
    assert not partial.intersection(tables_controlled())


def test_what_memory_did_not_suffice_for_is_made_anew(tmp_path: Path) -> None:
    """A view over old and new rows may stand already when the keys of both are compared; then its table takes the name again."""
    engine = DuckDBEngine(tmp_path)
    connection, table = engine.as_duckdb(), BY_NAME["account_transaction"]
    for _ in range(2):  # where nothing was laid nothing is taken up
        _take_up(connection, table)
        engine.create_table(table.name, "SELECT 1 AS one")
        connection.execute(f"ALTER TABLE {table.name} RENAME TO {table.name}_onward")
        connection.execute(f"CREATE VIEW {table.name} AS SELECT * FROM {table.name}_onward")
    assert engine.fetch(f"SELECT one FROM {table.name}") == [(1,)]
    engine.close()
