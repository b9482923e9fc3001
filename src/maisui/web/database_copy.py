"""The operational database in a backup: one consistent copy while the web writes, and the way back.

The audit chain and its signed heads outside the database must be of one moment. So no record can be added for the instant in
which the copy's snapshot is taken; copying itself holds nobody up.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django.db.utils import OperationalError
from psycopg import Connection, sql

from maisui.errors import HomeError, StorageError
from maisui.web.audit import heads
from maisui.web.audit.record import CHAIN_LOCK

SQLITE_FILE = "operational.sqlite3"
TABLES_FILE = "tables.json"
_NOT_KEPT = frozenset({"web_cache", "django_migrations"})
_PATIENCE_SECONDS = 2.0
_PAUSE_SECONDS = 0.01
_DATABASE_ERRORS = (sqlite3.Error, DatabaseError, psycopg.Error)
_LAST_RECORD = "SELECT coalesce(max(sequence), 0) FROM audit_record"


def copy_database(folder: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Copy the operational database into `folder`; return facts about it and the audit heads of the same moment, by file name.

    Raises:
        StorageError: when it cannot be read or the copy is not sound.
    """
    try:
        return _copy_sqlite(folder) if connection.vendor == "sqlite" else _copy_postgresql(folder)
    except _DATABASE_ERRORS as error:
        raise StorageError(
            f"the operational database could not be copied ({type(error).__name__})",
            where=connection.vendor,
            next_step="run `maisui doctor`, then back up again; earlier backups are untouched",
        ) from error


def require_room(facts: dict[str, Any]) -> None:
    """Refuse to fill a database that is of another kind than the copy, holds anything, or is older than the copy.

    Raises:
        HomeError: when it is of another kind or not empty.
        StorageError: when this version of Maisui does not know the copy's tables.
    """
    if facts["vendor"] != connection.vendor:
        raise HomeError(
            f"the backup holds a {facts['vendor']} database, the settings name a {connection.vendor} one",
            where="MAISUI_DATABASE_URL or [web] database",
            next_step=f"name an empty {facts['vendor']} database, or none for SQLite inside the home",
        )
    try:
        is_empty = not connection.introspection.table_names()
    except OperationalError:
        raise HomeError(
            "the database to restore into cannot be reached",
            where="MAISUI_DATABASE_URL or [web] database",
            next_step="make an empty database, then restore again",
        ) from None
    if not is_empty:
        raise HomeError(
            "the database to restore into is not empty; a restore never overwrites anything",
            where="MAISUI_DATABASE_URL or [web] database",
            next_step="make an empty database and name it in MAISUI_DATABASE_URL, then restore again",
        )
    known: set[tuple[str, str]] = set(MigrationLoader(None).disk_migrations or ())
    if any(tuple(name) not in known for name in facts["migrations"]):
        raise StorageError(
            "the backup was made by a newer version of Maisui, whose tables this one does not know",
            where="operational database",
            next_step="restore with the version that `manifest.json` names",
        )


def load_database(folder: Path, facts: dict[str, Any]) -> None:
    """Fill the empty database of the settings with the copy in `folder`, all of it or nothing.

    Raises:
        StorageError: when it cannot be filled, or what was loaded is not what was copied.
    """
    try:
        if connection.vendor == "sqlite":
            _load_sqlite(folder)
        else:
            _load_postgresql(folder, facts)
        found = _counts(list(facts["tables"]))
    except _DATABASE_ERRORS as error:
        raise StorageError(
            f"the operational database could not be filled ({type(error).__name__})",
            where=connection.vendor,
            next_step="look into the database's own log, make an empty database, then restore again",
        ) from error
    connections.close_all()
    if found != facts["tables"]:
        raise StorageError(
            "the restored database has not the rows that were copied", where="operational database", next_step="restore from another backup"
        )


@contextmanager
def _chain_at_rest(last_record: Callable[[], int]) -> Generator[dict[str, bytes]]:
    """Give the signed heads once they have caught up with the chain, which the caller holds; a broken chain is copied as it is."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while max((head.sequence for head in heads.all_heads()), default=0) < last_record() and time.monotonic() < until:
        time.sleep(_PAUSE_SECONDS)
    yield {path.name: path.read_bytes() for path in sorted(heads.folder().glob("????-??-??.json"))}


def _copy_sqlite(folder: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    place = Path(str(connection.settings_dict["NAME"]))
    address = f"file:{place.resolve()}?mode=rw"
    writer = sqlite3.connect(address, uri=True, timeout=20, isolation_level=None)
    reader = sqlite3.connect(address, uri=True, timeout=20, isolation_level=None)
    copy = sqlite3.connect(folder / SQLITE_FILE)
    try:
        writer.execute("BEGIN IMMEDIATE")
        with _chain_at_rest(lambda: int(writer.execute(_LAST_RECORD).fetchone()[0])) as kept:
            reader.execute("BEGIN")
            reader.execute(_LAST_RECORD).fetchone()  # from here on the reader sees this moment
        writer.execute("ROLLBACK")
        reader.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        sound = copy.execute("PRAGMA integrity_check").fetchone()[0]
        if sound != "ok":
            raise sqlite3.DatabaseError(sound)
        names = [row[0] for row in copy.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")]
        facts = {
            "vendor": "sqlite",
            "tables": {n: copy.execute(f'SELECT count(*) FROM "{n}"').fetchone()[0] for n in sorted(names) if n not in _NOT_KEPT},
            "migrations": sorted(copy.execute("SELECT app, name FROM django_migrations").fetchall()),
            "audit_sequence": copy.execute(_LAST_RECORD).fetchone()[0],
        }
    finally:
        for open_one in (copy, reader, writer):
            open_one.close()
    return facts, kept


def _load_sqlite(folder: Path) -> None:
    place = Path(str(connection.settings_dict["NAME"]))
    connections.close_all()
    for leftover in place.parent.glob(f"{place.name}*"):  # an empty file that the look at it made
        leftover.unlink()
    with (
        (folder / SQLITE_FILE).open("rb") as reading,
        os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as writing,
    ):
        shutil.copyfileobj(reading, writing)


def _copy_postgresql(folder: Path) -> tuple[dict[str, Any], dict[str, bytes]]:
    holder, reader = _fresh_connection(), _fresh_connection()
    try:
        holder.execute("SELECT pg_advisory_lock(%s)", [CHAIN_LOCK])
        with _chain_at_rest(lambda: _number(holder, _LAST_RECORD)) as kept:
            reader.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            reader.execute("SELECT 1")  # from here on the reader sees this moment
        holder.execute("SELECT pg_advisory_unlock(%s)", [CHAIN_LOCK])
        columns = _columns(reader)
        counts: dict[str, int] = {}
        for table in sorted(columns.keys() - _NOT_KEPT):
            names = sql.SQL(", ").join(map(sql.Identifier, columns[table]))
            query = sql.SQL("COPY {} ({}) TO STDOUT").format(sql.Identifier(table), names)
            with (folder / f"{table}.copy").open("wb") as file, reader.cursor().copy(query) as blocks:
                for block in blocks:
                    file.write(block)
            counts[table] = _number(reader, sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
        facts = {
            "vendor": "postgresql",
            "tables": counts,
            "migrations": sorted(list(row) for row in reader.execute("SELECT app, name FROM django_migrations").fetchall()),
            "audit_sequence": _number(reader, _LAST_RECORD),
        }
        kept_columns = {table: columns[table] for table in counts}
        (folder / TABLES_FILE).write_text(json.dumps(kept_columns, indent=1) + "\n", encoding="ascii")
    finally:
        reader.close()
        holder.close()
    return facts, kept


def _load_postgresql(folder: Path, facts: dict[str, Any]) -> None:
    columns: dict[str, list[str]] = json.loads((folder / TABLES_FILE).read_text(encoding="ascii"))
    with transaction.atomic():  # pyright: ignore[reportGeneralTypeIssues]
        executor = MigrationExecutor(connection)
        executor.migrate(_last_of_each_app(executor.loader, {(app, name) for app, name in facts["migrations"]}))
        filled = _counts(list(columns))
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")  # tables are filled in the order of their names
            for table in columns:
                if filled[table]:  # rows that a migration makes are in the copy, too; the audit table never has any here
                    cursor.execute(f'DELETE FROM "{table}"')
        driver = connection.connection
        for table, names in columns.items():
            query = sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, names)))
            with (folder / f"{table}.copy").open("rb") as file, driver.cursor().copy(query) as rows:
                while block := file.read(1 << 20):
                    rows.write(block)
        _continue_sequences(driver, columns)


def _continue_sequences(driver: Connection[Any], columns: dict[str, list[str]]) -> None:
    """Let numbers that the database gives out go on after those of the copy."""
    for table, names in columns.items():
        for name in names:
            found = driver.execute("SELECT pg_get_serial_sequence(%s, %s)", [f'"{table}"', name]).fetchone()
            if found and found[0]:
                query = sql.SQL("SELECT setval({}::regclass, coalesce(max({}), 0) + 1, false) FROM {}")
                driver.execute(query.format(sql.Literal(found[0]), sql.Identifier(name), sql.Identifier(table)))


def _last_of_each_app(loader: MigrationLoader, applied: set[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the migrations after which no other of the same app was applied: to these, and no further, the tables are made."""
    nodes = applied & loader.graph.nodes.keys()
    inner = {parent.key for node in nodes for parent in loader.graph.node_map[node].parents if parent.key[0] == node[0]}
    return sorted(nodes - inner)


def _fresh_connection() -> Connection[Any]:
    wrapper = connections.create_connection(DEFAULT_DB_ALIAS)
    wrapper.ensure_connection()
    return wrapper.connection


def _number(driver: Connection[Any], query: Any) -> int:
    return int(driver.execute(query).fetchone()[0])  # pyright: ignore[reportOptionalSubscript]


def _columns(driver: Connection[Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    rows = driver.execute(
        "SELECT c.table_name, c.column_name FROM information_schema.columns c JOIN information_schema.tables t "
        "USING (table_schema, table_name) WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' "
        "AND c.is_generated = 'NEVER' ORDER BY c.table_name, c.ordinal_position"
    ).fetchall()
    for table, column in rows:
        found.setdefault(table, []).append(column)
    return found


def _counts(tables: list[str]) -> dict[str, int]:
    with connection.cursor() as cursor:
        counts: dict[str, int] = {}
        for table in tables:
            cursor.execute(f'SELECT count(*) FROM "{table}"')
            counts[table] = int(cursor.fetchone()[0])
    return counts
