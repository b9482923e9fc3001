"""How a version becomes the published one: changed parts written aside, synced and renamed, then one pointer."""

from __future__ import annotations

import hashlib
import shutil
from calendar import monthrange
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from maisui.engines.duckdb_engine import shape
from maisui.errors import StorageError
from maisui.tables import Table
from maisui.warehouse.durable import replace_durably
from maisui.warehouse.version import Manifest, Part, all_versions, current_version, point_to, read_manifest

SERVING = "serving"
_SPACE_FACTOR = 3
_WRITERS = 2
_FINGERPRINT = "count(*), sum(CAST(hash({row}) AS HUGEINT)), sum(CAST(hash('maisui', {row}) AS HUGEINT))"


@dataclass(frozen=True, slots=True)
class _Piece:
    table: Table
    month: date | None
    rows: int
    content_hash: str


def require_space(entity: Path, *, expected_bytes: int) -> None:
    """Refuse to begin a batch that may run out of disk space.

    Raises:
        StorageError: when less than three times `expected_bytes` is free.
    """
    entity.mkdir(parents=True, exist_ok=True)
    free = shutil.disk_usage(entity).free
    if free < _SPACE_FACTOR * expected_bytes:
        raise StorageError(
            f"only {free // 2**20} MB are free; this batch needs {_SPACE_FACTOR * expected_bytes // 2**20} MB",
            where=str(entity),
            next_step="free space or prune old versions (`maisui versions prune`), then run again; nothing was changed",
        )


def write_parts(
    connection: duckdb.DuckDBPyConnection,
    tables: Sequence[Table],
    parts: Path,
    *,
    progress: Callable[[str, int, int], None] | None = None,
    kept: Mapping[str, Sequence[Part]] | None = None,
    since: date | None = None,
) -> tuple[Part, ...]:
    """Write every published table of `connection` as parts, reusing those whose content is already there.

    A part is sorted and packed by one thread, so several are written at once. Of tables with `kept` parts of an earlier
    version, those stand for the months before `since`, which are not read.
    """
    keeping = kept or {}
    parts.mkdir(parents=True, exist_ok=True)
    for leftover in parts.rglob("*.aside*"):
        leftover.unlink()
    filled = _filled(connection, tables)
    pieces = [
        piece
        for table in tables
        for piece in (_pieces(connection, table, since if table.name in keeping else None) if table.name in filled else _nothing(table))
    ]
    planned = [(parts / piece.table.name, f"{piece.month:%Y%m}", [piece]) for piece in pieces if piece.month is not None]
    planned.append((parts / SERVING, SERVING, [piece for piece in pieces if piece.month is None]))
    pool = ThreadPoolExecutor(_WRITERS)
    try:
        writing = [pool.submit(_write_beside, connection, *plan) for plan in planned]
        written: list[Part] = []
        for number, part in enumerate(writing):
            if progress is not None:
                progress("publish", number, len(planned))
            written.append(part.result())
    finally:
        pool.shutdown(cancel_futures=True)
    if progress is not None:
        progress("publish", len(planned), len(planned))
    return (*(part for parts_of_table in keeping.values() for part in parts_of_table), *written)


def rows_fingerprint(connection: duckdb.DuckDBPyConnection, table: Table, place: str, condition: str) -> tuple[int, int, int]:
    """Return count and two order-free hashes of the rows at `place`, which has the columns of `table`, that meet `condition`."""
    row = ", ".join(table.column_names)
    count, low, high = connection.execute(f"SELECT {_FINGERPRINT.format(row=row)} FROM {place} WHERE {condition}").fetchall()[0]
    return count, low or 0, high or 0


def content_hash(parts: Sequence[Part]) -> str:
    """Return one hash over the content of all `parts`."""
    return hashlib.sha256("\n".join(sorted(f"{p.month} {p.content_hash}" for p in parts)).encode()).hexdigest()


def publish(versions: Path, manifest: Manifest) -> None:
    """Keep `manifest` and let readers see it."""
    versions.mkdir(parents=True, exist_ok=True)
    aside = versions / f"{manifest.version}.json.aside"
    aside.write_text(manifest.to_json(), encoding="utf-8")
    replace_durably(aside, versions / f"{manifest.version}.json")
    point_to(versions, manifest.version)


def roll_back(versions: Path, version: str) -> Manifest:
    """Let readers see the kept `version` again and return its manifest.

    Raises:
        StorageError: when that version is not kept.
    """
    manifest = read_manifest(versions, version)
    point_to(versions, version)
    return manifest


def prune(versions: Path, parts: Path, *, recent: int, month_ends: int, held: Collection[str] = ()) -> tuple[str, ...]:
    """Remove versions outside the retention and parts that no version names; return the versions removed.

    Kept are the current version, the `recent` last published ones, the newest version of each of
    the last `month_ends` month ends, and those `held`.
    """
    kept_versions = all_versions(versions)
    keep = {current_version(versions), *held} | {manifest.version for manifest in kept_versions[-recent:]}
    by_month_end: dict[date, str] = {}
    for manifest in kept_versions:
        if manifest.reporting_date.day == monthrange(manifest.reporting_date.year, manifest.reporting_date.month)[1]:
            by_month_end[manifest.reporting_date] = manifest.version
    keep |= {by_month_end[day] for day in sorted(by_month_end)[-month_ends:]}
    removed = [manifest for manifest in kept_versions if manifest.version not in keep]
    for manifest in removed:
        (versions / f"{manifest.version}.json").unlink()
    named = {part.file for manifest in kept_versions if manifest.version in keep for part in manifest.parts}
    for file in parts.rglob("*.duckdb"):
        if str(file.relative_to(parts)) not in named:
            file.unlink()
    return tuple(manifest.version for manifest in removed)


def _filled(connection: duckdb.DuckDBPyConnection, tables: Sequence[Table]) -> set[str]:
    """Return the names of the tables that have a row."""
    asked = " UNION ALL ".join(f"(SELECT '{table.name}' FROM {table.name} LIMIT 1)" for table in tables)
    return {row[0] for row in connection.execute(asked).fetchall()} if tables else set()


def _nothing(table: Table) -> list[_Piece]:
    """Return what is written of a table without rows: itself where it is kept whole, and no month of it."""
    return [] if table.month_of else [_piece(table, None, 0, 0, 0)]


def _pieces(connection: duckdb.DuckDBPyConnection, table: Table, since: date | None) -> list[_Piece]:
    row = ", ".join(table.column_names)
    month = f"CAST(date_trunc('month', {table.month_of}) AS DATE)" if table.month_of else "CAST(NULL AS DATE)"
    only = f"WHERE {table.month_of} >= DATE '{since}' OR {table.month_of} IS NULL" if since else ""
    query = f"SELECT {month} AS month, {_FINGERPRINT.format(row=row)} FROM {table.name} {only} GROUP BY 1 ORDER BY 1"
    return [_piece(table, *found) for found in connection.execute(query).fetchall()]


def _piece(table: Table, month: date | None, rows: int, low: int, high: int) -> _Piece:
    columns = ",".join(f"{column.name} {column.type}" for column in table.columns)
    return _Piece(table, month, rows, hashlib.sha256(f"{table.name}({columns}) {rows} {low} {high}".encode()).hexdigest())


def _write_beside(connection: duckdb.DuckDBPyConnection, folder: Path, stem: str, pieces: Sequence[_Piece]) -> Part:
    """Write a part from a thread of its own: a connection serves one thread at a time."""
    with connection.cursor() as own:
        return _write(own, folder, stem, pieces)


def _write(connection: duckdb.DuckDBPyConnection, folder: Path, stem: str, pieces: Sequence[_Piece]) -> Part:
    combined = hashlib.sha256("\n".join(piece.content_hash for piece in pieces).encode()).hexdigest()
    target = folder / f"{stem}-{combined[:20]}.duckdb"
    part = Part(
        file=f"{folder.name}/{target.name}",
        month=f"{pieces[0].month}" if pieces and pieces[0].month else "",
        tables={piece.table.name: piece.rows for piece in pieces},
        content_hash=combined,
    )
    if target.exists() and _is_whole(connection, target, pieces):
        return part
    folder.mkdir(parents=True, exist_ok=True)
    aside = folder / f"{target.name}.aside"
    base = f"part_{combined}"
    connection.execute(f"ATTACH '{_literal(aside)}' AS {base}")
    try:
        for piece in pieces:
            connection.execute(f"CREATE TABLE {base}.{piece.table.name} {_content(piece)}")
    finally:
        connection.execute(f"DETACH {base}")
    replace_durably(aside, target)
    return part


def _content(piece: _Piece) -> str:
    """Return what follows CREATE TABLE: the columns alone where there is no row, else its rows in the order of the grain."""
    table = piece.table
    if not piece.rows:
        return f"({shape(table)})"
    columns, order = ", ".join(table.column_names), ", ".join(table.grain)
    return f"AS SELECT {columns} FROM {table.name} {_only(piece)} ORDER BY {order}"


def _only(piece: _Piece) -> str:
    """Return what leaves the rows of the piece's month, or of none yet; bare bounds let whole blocks of other months be skipped."""
    if piece.month is None:
        return f"WHERE {piece.table.month_of} IS NULL" if piece.table.month_of else ""
    last = piece.month.replace(day=monthrange(piece.month.year, piece.month.month)[1])
    return f"WHERE {piece.table.month_of} BETWEEN DATE '{piece.month}' AND DATE '{last}'"


def _is_whole(connection: duckdb.DuckDBPyConnection, part: Path, pieces: Sequence[_Piece]) -> bool:
    """Tell whether a part from earlier can be opened and has the rows it must have; a damaged one is written anew."""
    base = f"earlier_{part.stem.replace('-', '_')}_{pieces[0].table.name}"
    try:
        connection.execute(f"ATTACH '{_literal(part)}' AS {base} (READ_ONLY)")
    except duckdb.Error:
        return False
    try:
        return all(connection.execute(f"SELECT count(*) FROM {base}.{p.table.name}").fetchall() == [(p.rows,)] for p in pieces)
    except duckdb.Error:
        return False
    finally:
        connection.execute(f"DETACH {base}")


def _literal(path: Path) -> str:
    return str(path).replace("'", "''")
