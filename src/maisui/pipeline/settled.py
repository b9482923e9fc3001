"""What a batch takes over from an earlier version: rows of settled tables that new deliveries cannot have changed.

Nothing is taken on trust. The month before the first new day is computed again and must come out as it was published, and grain,
coverage and every control are held against old and new rows together; where anything differs the batch computes everything.
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import duckdb

from maisui.engines.engine import Engine
from maisui.errors import StorageError
from maisui.intake import Receipt
from maisui.pipeline.plan import Plan
from maisui.pipeline.run_step import check_rows, run_step, settles_since
from maisui.steps.step import BatchContext, Step
from maisui.tables import ALL, Table
from maisui.tables.table import provenance
from maisui.warehouse.home import Home
from maisui.warehouse.publication import rows_fingerprint
from maisui.warehouse.reader import attach_tables
from maisui.warehouse.version import Manifest, Part, all_versions

EARLIER = "earlier"
"""The schema in which the tables of the earlier version stand while a batch builds on it."""
_ADDED = "added_delivery"
_PROVENANCE = frozenset(column.name for column in provenance())


class Unsettled(Exception):  # noqa: N818 - not an error: the batch goes further back, or begins anew
    """New deliveries change earlier rows than was thought: from `first_day` on, or without limit where it is None."""

    def __init__(self, table: str, first_day: date | None) -> None:
        """Keep the table in which it was seen."""
        super().__init__(table)
        self.table = table
        self.first_day = first_day


@dataclass(frozen=True, slots=True)
class Ground:
    """The earlier version a batch builds on: its rows dated before `first_day`, which is the first of a month.

    `added` are the files delivered since.
    """

    manifest: Manifest
    parts: Path
    first_day: date
    added: frozenset[str]

    @property
    def proved_from(self) -> date:
        """Return the first day of the month that is computed again to prove that the earlier rows still hold."""
        return _month_before(self.first_day)

    def from_day(self, day: date | None) -> Ground | None:
        """Return the ground for rows before the month of `day`, None where nothing earlier is left."""
        if day is None:
            return None
        return _with_a_month_before(replace(self, first_day=day.replace(day=1)))

    def kept_parts(self) -> dict[str, tuple[Part, ...]]:
        """Return by settled table the parts whose months lie before the first new day."""
        kept: dict[str, tuple[Part, ...]] = {}
        for table in ALL:
            if table.settled_by and table.month_of and table.published:
                kept[table.name] = tuple(p for p in self.manifest.parts if table.name in p.tables and p.month and self._is_before(p))
        return kept

    def _is_before(self, part: Part) -> bool:
        return date.fromisoformat(part.month) < self.first_day


def find_ground(home: Home, draft: Manifest, live: Sequence[Receipt]) -> Ground | None:
    """Return the version that `draft` can build on: of the same code, parameters and contracts, with no file that no longer counts.

    Of several the one with most of the draft's deliveries. None where there is none; then everything is computed.
    """
    try:
        versions = all_versions(home.versions)
    except StorageError:
        return None
    now = frozenset(draft.deliveries)
    possible = [
        m for m in versions if _is_same_work(m, draft) and m.reporting_date <= draft.reporting_date and now.issuperset(m.deliveries)
    ]
    if not possible:
        return None
    manifest = max(possible, key=lambda m: (m.reporting_date, len(m.deliveries), m.version))
    added = now - frozenset(manifest.deliveries)
    days = [receipt.business_date for receipt in live if receipt.file_id in added]
    first = min([*days, manifest.reporting_date + timedelta(days=1)])
    return _with_a_month_before(Ground(manifest, home.parts, first.replace(day=1), added))


def open_ground(engine: Engine, ground: Ground) -> None:
    """Let `engine` see the earlier version beside what it is going to build.

    Raises:
        Unsettled: when a part of it cannot be read.
    """
    compared = [table.name for table in ALL if table.published and (table.settled_by or table.begins_by)]
    try:
        attach_tables(engine.as_duckdb(), ground.manifest, ground.parts, [*compared, "delivery"], schema=EARLIER)
    except StorageError:
        raise Unsettled("delivery", None) from None
    rows = " UNION ALL ".join(f"SELECT '{file_id}' AS source_file_id" for file_id in sorted(ground.added))
    engine.create_table(_ADDED, rows or "SELECT CAST(NULL AS VARCHAR) AS source_file_id WHERE false")


def feeds_to_reread(plan: Plan) -> frozenset[str]:
    """Return the feeds of which only files since the proved month need be read: those that nothing but settled tables reads."""
    settled, others = set[str](), set[str]()
    for step in plan.steps:
        (settled if _is_delivered(step) and step.writes.settled_by else others).update(step.reads)
    return frozenset(settled - others)


def run_step_onward(engine: Engine, step: Step, context: BatchContext, ground: Ground, empty: AbstractSet[str]) -> int:
    """Run `step` for the days since the proved month, lay the earlier version's rows below them, and return the rows of both.

    Below rows that are not published lie none: who reads them asks for no earlier ones.

    Raises:
        Unsettled: when the earlier rows do not hold any more.
        IntegrationError: when the step breaks its word.
    """
    table, day = step.writes, step.writes.settled_by or ""
    if not table.published:
        return run_step(engine, step, context, ground.proved_from, empty)
    connection = engine.as_duckdb()
    _take_up(connection, table)
    if _is_delivered(step):
        run_step(engine, step, context, empty=empty)
        _require_dated(connection, table, day, ground)
    else:
        run_step(engine, step, context, ground.proved_from, empty)
    again, before = (_proved(connection, table, f"{place}{table.name}", ground) for place in ("", f"{EARLIER}."))
    if again != before:
        raise Unsettled(table.name, None)
    _lay_below(connection, table, day, ground.first_day)
    if day not in table.grain and not table.is_of_intervals:
        check_rows(engine, step)
    return int(engine.fetch(f"SELECT count(*) FROM {table.name}")[0][0])


def reach_back(engine: Engine, step: Step, context: BatchContext, ground: Ground) -> None:
    """Look whether new rows alter what earlier rows count as, where `step` says that they may.

    Raises:
        Unsettled: with the earliest day that is altered.
    """
    if step.reaches_back is not None:
        query = context.fill(step.reaches_back).replace("$first_day", f"DATE '{ground.first_day}'")
        earliest = engine.fetch(query)[0][0]
        if earliest is not None:
            raise Unsettled(step.writes.name, earliest)


def require_same_past(engine: Engine, table: Table, ground: Ground) -> None:
    """Require that `table`, which is computed anew, says of the days before the first new one what it said in the earlier version.

    An interval that ends later says the same until then. Where a row came from does not count.

    Raises:
        Unsettled: with the earliest day of which it says something else.
    """
    begins, first = table.begins_by, f"DATE '{ground.first_day}'"
    if begins is None:
        return
    said = ", ".join(name for name in table.column_names if name not in {*_PROVENANCE, "valid_until"})
    until = f"CASE WHEN valid_until < {first} THEN valid_until END" if "valid_until" in table.column_names else "CAST(NULL AS DATE)"
    now, before = (
        f"SELECT {said}, {until} AS valid_until FROM {place}{table.name} WHERE {begins} < {first}" for place in ("", f"{EARLIER}.")
    )
    ended = f"coalesce(min(valid_until), min({begins}))"
    earliest = _earliest(
        engine.as_duckdb(),
        f"WITH now AS ({now}), before AS ({before}), changed AS "
        "((SELECT * FROM now EXCEPT ALL SELECT * FROM before) UNION ALL (SELECT * FROM before EXCEPT ALL SELECT * FROM now)) "
        f"SELECT min(day) FROM (SELECT CASE WHEN count(*) = 1 THEN min({begins}) ELSE {ended} END AS day FROM changed GROUP BY {said})",
    )
    if earliest is not None:
        raise Unsettled(table.name, earliest)


def _require_dated(connection: duckdb.DuckDBPyConnection, table: Table, day: str, ground: Ground) -> None:
    """Require that new files bring no row of an earlier month, and that files not read again have none of a later one."""
    added = f"source_file_id IN (SELECT source_file_id FROM {_ADDED})"
    earliest = _earliest(connection, f"SELECT min({day}) FROM {table.name} WHERE {added}")
    if earliest is not None and earliest < ground.first_day:
        raise Unsettled(table.name, earliest)
    older = f"source_file_id IN (SELECT source_file_id FROM {EARLIER}.delivery WHERE business_date < DATE '{ground.proved_from}')"
    if _earliest(connection, f"SELECT min({day}) FROM {EARLIER}.{table.name} WHERE {day} >= DATE '{ground.proved_from}' AND {older}"):
        raise Unsettled(table.name, None)


def _proved(connection: duckdb.DuckDBPyConnection, table: Table, place: str, ground: Ground) -> tuple[int, int, int]:
    """Return the fingerprint of what `place` says of the month that is computed twice; of an interval its days in that month."""
    begins, ends = f"DATE '{ground.proved_from}'", f"DATE '{ground.first_day}'"
    if not table.is_of_intervals:
        day = table.settled_by
        return rows_fingerprint(connection, table, place, f"{day} >= {begins} AND {day} < {ends}")
    cut = f"* REPLACE (greatest(valid_from, {begins}) AS valid_from, least(coalesce(valid_until, {ends}), {ends}) AS valid_until)"
    within = f"valid_from < {ends} AND (valid_until IS NULL OR valid_until > {begins})"
    return rows_fingerprint(connection, table, f"(SELECT {cut} FROM {place} WHERE {within}) AS cut_to_month", "true")


def _take_up(connection: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Remove the view that a run laid for which the memory did not suffice to the end: the table is made anew."""
    laid = connection.execute("SELECT count(*) FROM duckdb_views() WHERE view_name = ? AND schema_name = 'main'", [table.name]).fetchall()
    if laid[0][0]:
        connection.execute(f"DROP VIEW {table.name}")
        connection.execute(f"DROP TABLE {table.name}_onward")


def _lay_below(connection: duckdb.DuckDBPyConnection, table: Table, day: str, first_day: date) -> None:
    """Put the earlier rows below the new ones: tables of parts by a view, whole tables by copying."""
    columns = ", ".join(table.column_names)
    earlier = f"SELECT {columns} FROM {EARLIER}.{table.name} WHERE {day} < DATE '{first_day}'"
    if table.month_of is None:
        connection.execute(f"DELETE FROM {table.name} WHERE {day} < DATE '{first_day}'")
        connection.execute(f"INSERT INTO {table.name} ({columns}) {earlier}")
        return
    if table.is_of_intervals:
        _begin_when_they_began(connection, table, first_day)
    connection.execute(f"ALTER TABLE {table.name} RENAME TO {table.name}_onward")
    onward = f"SELECT {columns} FROM {table.name}_onward WHERE {settles_since(table, first_day)}"
    connection.execute(f"CREATE VIEW {table.name} AS {onward} UNION ALL {earlier}")


def _begin_when_they_began(connection: duckdb.DuckDBPyConnection, table: Table, first_day: date) -> None:
    """Let intervals that hold over the first new day begin when they began: they were computed from a later day on only."""
    key = [name for name in table.grain if name != "valid_from"]
    same = " AND ".join(f"e.{name} = {table.name}.{name}" for name in key)
    over = f"valid_from < DATE '{first_day}' AND {settles_since(table, first_day)}"
    connection.execute(
        f"UPDATE {table.name} SET valid_from = e.valid_from "
        f"FROM (SELECT {', '.join(key)}, valid_from FROM {EARLIER}.{table.name} WHERE {over}) AS e "
        f"WHERE {same} AND {table.name}.valid_from < DATE '{first_day}' AND {settles_since(table, first_day)}"
    )


def _with_a_month_before(ground: Ground) -> Ground | None:
    """Return `ground` where the earlier version has a whole month before the first new day, which proves the rest."""
    first = ground.manifest.first_date
    return ground if ground.first_day > first and ground.proved_from >= first else None


def _is_same_work(manifest: Manifest, draft: Manifest) -> bool:
    return (manifest.legal_entity_code, manifest.code_version, manifest.parameter_version, manifest.source_hash, manifest.sources) == (
        draft.legal_entity_code,
        draft.code_version,
        draft.parameter_version,
        draft.source_hash,
        draft.sources,
    )


def _is_delivered(step: Step) -> bool:
    return step.name == f"deliver_{step.writes.name}"


def _month_before(first: date) -> date:
    return (first - timedelta(days=1)).replace(day=1)


def _earliest(connection: duckdb.DuckDBPyConnection, query: str) -> date | None:
    return connection.execute(query).fetchall()[0][0]
