"""Which delivered rows stand behind a mart's figure: the files, how many rows, from which line to which."""

from __future__ import annotations

from dataclasses import dataclass

import sqlglot
from sqlglot import exp

from maisui.metrics import Measure
from maisui.metrics.measure_sql import Scope, Window, subtree_query
from maisui.tables import BY_NAME
from maisui.warehouse.reader import Reader


@dataclass(frozen=True, slots=True)
class SourceFile:
    """One delivered file behind a figure: rows of it that count, out of all, and their line range."""

    table: str
    source: str
    feed: str
    file_name: str
    file_id: str
    business_date: str
    rows: int
    rows_in_file: int
    first_line: int
    last_line: int


@dataclass(frozen=True, slots=True)
class _Trail:
    """A delivered table behind a mart; `since_report` reaches back to the report before the window."""

    table: str
    day: str
    organisation: str
    since_report: bool


_BALANCES = (
    _Trail("account_snapshot", "reported_on", "organisation_code", True),
    _Trail("account_transaction", "posted_on", "holding_organisation_code", True),
)
_TRAILS: dict[str, tuple[_Trail, ...]] = {
    "product_day": _BALANCES,
    "account_month": _BALANCES,
    "customer_month": _BALANCES,
    "customer_day": _BALANCES,
    "organisation_day": (
        _Trail("organisation_snapshot", "reported_on", "organisation_code", True),
        _Trail("employee_snapshot", "reported_on", "organisation_code", True),
    ),
    "channel_day": (_Trail("account_transaction", "posted_on", "holding_organisation_code", False),),
    "loan_flow_day": (
        _Trail("account_transaction", "posted_on", "holding_organisation_code", False),
        _Trail("loan_snapshot", "disbursed_on", "organisation_code", False),
    ),
    "loan_class_day": (_Trail("loan_snapshot", "reported_on", "organisation_code", True),),
    "ledger_day": (_Trail("ledger_snapshot", "reported_on", "organisation_code", True),),
    "ledger_tie": (
        _Trail("account_snapshot", "reported_on", "organisation_code", True),
        _Trail("ledger_snapshot", "reported_on", "organisation_code", True),
    ),
}
"""For every mart but `delivery` (which is itself the list of files) the delivered tables behind it."""


def source_files(reader: Reader, measure: Measure, window: Window, scope: Scope) -> tuple[SourceFile, ...]:
    """Return the delivered files behind `measure` in `window` and `scope`, oldest first.

    A balance rests on the last report on or before the window begins and on everything since; a
    flow on the rows posted within its period.
    """
    if measure.mart == "delivery":
        return _files(reader, "delivery", _deliveries_query(window))
    found: list[SourceFile] = []
    for trail in _TRAILS[measure.mart]:
        found.extend(_files(reader, trail.table, _trail_query(reader, trail, measure, window, scope)))
    return tuple(found)


def _files(reader: Reader, table: str, query: str) -> tuple[SourceFile, ...]:
    rows = reader.rows(
        f"SELECT d.source_code, d.feed_code, d.file_name, d.source_file_id, CAST(d.business_date AS VARCHAR), b.n, d.loaded_count, "
        f"b.first_line, b.last_line FROM ({query}) AS b INNER JOIN delivery AS d ON d.source_file_id = b.source_file_id "
        "ORDER BY d.business_date, d.source_code, d.feed_code, d.file_name"
    )
    return tuple(SourceFile(table, *row) for row in rows)


def _deliveries_query(window: Window) -> str:
    return (
        "SELECT source_file_id, quarantined_count AS n, first_line, last_line FROM delivery "
        f"WHERE quarantined_count > 0 AND business_date BETWEEN DATE '{window.period_start}' AND DATE '{window.day}'"
    )


def _trail_query(reader: Reader, trail: _Trail, measure: Measure, window: Window, scope: Scope) -> str:
    first = f"DATE '{window.period_start}'"
    if trail.since_report:
        starts_on = window.period_start if measure.timing.value in ("period", "average") else window.day
        reports = "account_snapshot" if trail.table == "account_transaction" else trail.table
        reported = reader.rows(f"SELECT CAST(max(reported_on) AS VARCHAR) FROM {reports} WHERE reported_on <= DATE '{starts_on}'")[0][0]
        first = f"DATE '{reported}'" if reported else f"DATE '{reader.manifest.first_date}'"
        if reported and trail.table == "account_transaction":
            first = f"CAST({first} + 1 AS DATE)"
    wheres = [f"{trail.day} >= {first}", f"{trail.day} <= DATE '{window.day}'", *_shared_conditions(measure, trail.table)]
    if scope.organisation is not None:
        wheres.append(f"{trail.organisation} IN ({subtree_query(scope.organisation)})")
    return (
        f"SELECT source_file_id, count(*) AS n, min(source_line) AS first_line, max(source_line) AS last_line "
        f"FROM {trail.table} WHERE {' AND '.join(wheres)} GROUP BY source_file_id"
    )


def _shared_conditions(measure: Measure, table: str) -> list[str]:
    """Return those of the measure's conditions that the delivered table's own columns can tell."""
    if not measure.where:
        return []
    columns = set(BY_NAME[table].column_names)
    whole = sqlglot.parse_one(f"SELECT 1 WHERE {measure.where}", read="duckdb").find(exp.Where)
    if whole is None:
        return []
    parts = list(whole.this.flatten()) if isinstance(whole.this, exp.And) else [whole.this]
    return [part.sql(dialect="duckdb") for part in parts if {column.name for column in part.find_all(exp.Column)} <= columns]
