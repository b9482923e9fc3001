"""Tables drawn as text: how a specification gives a step its input, runs it and says what must come out.

A table is drawn with a header, a rule and one line a row; an empty cell is null. Columns that are not
drawn take a harmless default where they may not be null. `calendar_day` may be given as a pair of
days; `parameter`, `product_level`, `product_word` and `control_subject` hold the product's own entries unless they are drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from scratch import made_once

from maisui.engines.duckdb_engine import DuckDBEngine, connect
from maisui.engines.engine import Engine
from maisui.parameters import load_parameters, load_product_levels
from maisui.pipeline.in_pieces import in_months
from maisui.pipeline.run_step import run_step
from maisui.reconciliation import subject_lines, subject_lines_query
from maisui.steps.step import BatchContext, Step, typed
from maisui.tables import BY_NAME, Column, Table
from maisui.tables.table import COUNT, DATE, FLAG, MONEY, MONEY_SUM, RATE

LEGAL_ENTITY = "BANK"

DEFAULTS = {
    "legal_entity_code": LEGAL_ENTITY,
    "account_kind": "deposit",
    "account_number": "A1",
    "balance_side": "debit",
    "business_subclass": "deposit",
    "cash_form": "none",
    "channel_code": "counter",
    "check_code": "roll",
    "control_code": "deposit",
    "contract_status": "in_force",
    "currency": "CNY",
    "customer_kind": "personal",
    "customer_number": "C1",
    "person_customer_number": "C1",
    "person_number": "E1",
    "certificate_type": "居民身份证",
    "element_code": "liability",
    "feed_code": "accounts",
    "file_name": "F1.txt",
    "found_in": "both",
    "guarantee_contract_kind": "general",
    "guarantee_type": "surety",
    "handling_organisation_code": "none",
    "holder_role": "owner",
    "holding_organisation_code": "B10",
    "home_organisation_code": "B10",
    "identity_grade": "exact",
    "is_ended": "no",
    "is_on_duty": "yes",
    "is_open": "yes",
    "limit_status": "in_force",
    "loan_class": "normal",
    "loan_status": "current",
    "organisation_code": "B10",
    "organisation_kind": "outlet",
    "overdue_bucket": "none",
    "product_code": "P1",
    "product_category": "demand_deposit",
    "product_group": "demand_deposit",
    "product_line": "deposit",
    "relation": "holder",
    "source_code": "core",
    "source_file_id": "F1",
    "transaction_type": "transfer",
}
"""What a column that may not be null holds when it is not drawn."""

GIVEN = {
    "parameter": lambda: load_parameters().query(),
    "product_level": load_product_levels().level_query,
    "product_word": load_product_levels().word_query,
    "control_subject": lambda: subject_lines_query(subject_lines()),
}
"""Tables that hold the product's own entries unless they are drawn."""
_OWN = GIVEN.copy()  # a test may put others in their place

Row = dict[str, Any]

_present: WeakKeyDictionary[Engine, set[str]] = WeakKeyDictionary()


def load_tables(engine: Engine, **tables: str | tuple[str, str]) -> None:
    """Begin anew with the drawn `tables`; whatever an earlier test left behind is forgotten."""
    _present[engine] = set()
    for name, text in tables.items():
        _fill(engine, name, _calendar(*text) if isinstance(text, tuple) else _completed(BY_NAME[name], text))


def run(engine: Engine, step: Step, *, reporting_date: str, since: str | None = None) -> None:
    """Run `step` as the batch would, `since` a day where that is all it needs; tables it reads and nobody drew are there, but empty."""
    present = _present.setdefault(engine, set())
    for name in step.reads:
        if name not in present:
            need_table(engine, name)
    context = BatchContext(LEGAL_ENTITY, date.fromisoformat(reporting_date))
    run_step(engine, step, context, date.fromisoformat(since) if since else None)
    present.add(step.writes.name)
    if "$piece_from" in step.query and not since and isinstance(engine, DuckDBEngine):
        _require_same_in_pieces(engine, step, context)


def _require_same_in_pieces(engine: Engine, step: Step, context: BatchContext) -> None:
    """Require that the step makes the same rows month by month."""
    months = [row[0] for row in engine.fetch("SELECT DISTINCT month_start FROM calendar_day ORDER BY month_start")]
    columns, table = ", ".join(step.writes.column_names), step.writes

    def made_between(since: date, until: date) -> str:
        return replace(context, piece_from=since, piece_until=until).fill(typed(table, step.query))

    pieces = in_months(made_between, str(table.month_of or table.settled_by), months)
    whole = engine.fetch(f"SELECT {columns} FROM {table.name}")
    assert Counter(row for piece in pieces for row in engine.fetch(f"SELECT {columns} FROM ({piece})")) == Counter(whole)


def need_table(engine: Engine, name: str) -> None:
    """Make sure that table `name` can be read: as drawn, or else empty."""
    if name in _present.setdefault(engine, set()):
        return
    if name in GIVEN:
        is_own = GIVEN[name] is _OWN[name]
        _create(engine, name, _kept(name) if is_own and engine.name != "spark" else GIVEN[name]())
    else:
        _fill(engine, name, [])


def expect(engine: Engine, name: str, text: str) -> None:
    """Assert that table `name` holds exactly the drawn rows, in any order, in the drawn columns.

    Raises:
        AssertionError: showing both tables.
    """
    expected = drawn(BY_NAME[name], text)
    columns = _header(text)
    found = [dict(zip(columns, row, strict=True)) for row in engine.fetch(f"SELECT {', '.join(columns)} FROM {name}")]
    compare(name, columns, expected, found)


def compare(title: str, columns: Iterable[str], expected: Iterable[Mapping[str, Any]], found: Iterable[Mapping[str, Any]]) -> None:
    """Assert that `found` holds the `expected` rows in any order.

    Raises:
        AssertionError: showing both tables.
    """
    shown = tuple(columns)
    wanted, there = _sorted(expected, shown), _sorted(found, shown)
    if wanted != there:
        raise AssertionError(f"{title} is not as drawn.\nexpected:\n{_table(shown, wanted)}\nfound:\n{_table(shown, there)}")


def drawn(table: Table, text: str) -> list[Row]:
    """Return the rows of a drawn table as typed values, only in the columns drawn.

    Raises:
        ValueError: when a line does not fit its header or a column is unknown.
    """
    columns = _header(text)
    rows: list[Row] = []
    for line in _lines(text)[2:]:
        cells = [cell.strip() for cell in line.split("|")]
        if len(cells) != len(columns):
            raise ValueError(f"{table.name}: {len(cells)} cells under {len(columns)} columns in {line.strip()!r}")
        rows.append({name: _value(table.column(name), cell) for name, cell in zip(columns, cells, strict=True)})
    return rows


def _lines(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.strip()]


def _header(text: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in _lines(text)[0].split("|"))


def _value(column: Column, cell: str) -> Any:
    if not cell:
        return None
    if column.type == DATE:
        return date.fromisoformat(cell)
    if column.type == FLAG:
        return {"yes": True, "no": False}[cell]
    if column.type == COUNT:
        return int(cell)
    if column.type in (MONEY, MONEY_SUM, RATE):
        return Decimal(cell)
    return cell


def _completed(table: Table, text: str) -> list[Row]:
    rows = drawn(table, text)
    for number, row in enumerate(rows, 1):
        for column in table.columns:
            if column.name not in row:
                row[column.name] = None if column.nullable else _default(table, column, row, number)
    return rows


def _default(table: Table, column: Column, row: Row, number: int) -> Any:
    if column.name == "amount" and "balance_change" in row:
        return abs(row["balance_change"])
    if column.name in DEFAULTS:
        return _value(column, DEFAULTS[column.name])
    if column.name in ("transaction_number", "employee_number"):
        return f"N{number}"
    if column.name == "source_line":
        return number
    if column.type == DATE:
        raise ValueError(f"{table.name}.{column.name} must be drawn")
    return {FLAG: False, COUNT: 0, MONEY: Decimal(0), MONEY_SUM: Decimal(0), RATE: Decimal(0)}.get(column.type, "none")


def _calendar(first: str, last: str) -> list[Row]:
    start, days = date.fromisoformat(first), (date.fromisoformat(last) - date.fromisoformat(first)).days + 1
    found = [start + timedelta(days=number) for number in range(days)]
    return [{"business_date": day, "month_start": day.replace(day=1), "month_end": _month_end(day)} for day in found]


def _month_end(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


@cache
def _kept(name: str) -> str:
    """Return a query of the product's own entries of `name`, which a run computes once: hundreds of tests begin with them."""
    file, _ = made_once(f"{name}.parquet", lambda place: _write(_OWN[name](), place))
    return f"SELECT * FROM read_parquet('{file}')"


def _write(query: str, file: Path) -> None:
    with connect() as connection:
        connection.execute(f"COPY ({query}) TO '{file}' (FORMAT parquet)")


def _fill(engine: Engine, name: str, rows: list[Row]) -> None:
    if not rows and engine.name != "spark":
        engine.create_empty_table(BY_NAME[name])
        _present.setdefault(engine, set()).add(name)
        return
    columns = BY_NAME[name].columns
    cast = ", ".join(f"CAST(v.{c.name} AS {c.type}) AS {c.name}" for c in columns)
    shown = rows or [dict.fromkeys(c.name for c in columns)]
    values = ",\n".join("(" + ", ".join(_literal(row[c.name]) for c in columns) + ")" for row in shown)
    nothing = "" if rows else " WHERE false"
    _create(engine, name, f"SELECT {cast} FROM (VALUES {values}) AS v({', '.join(c.name for c in columns)}){nothing}")


def _create(engine: Engine, name: str, query: str) -> None:
    # A view costs Spark nothing; in DuckDB a view may not take the name that a step's table had before.
    (engine.create_view if engine.name == "spark" else engine.create_table)(name, query)
    _present.setdefault(engine, set()).add(name)


def _literal(value: Any) -> str:
    return "CAST(NULL AS VARCHAR)" if value is None else "'" + str(value).replace("'", "''") + "'"


def _sorted(rows: Iterable[Mapping[str, Any]], columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
    return sorted(
        (tuple(row[name] for name in columns) for row in rows), key=lambda cells: [(cell is not None, str(cell)) for cell in cells]
    )


def _table(columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> str:
    lines = [" | ".join(columns), *(" | ".join("" if cell is None else str(cell) for cell in row) for row in rows)]
    return "\n".join(f"  {line}" for line in lines)
