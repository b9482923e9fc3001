"""The reader: what it refuses, and what it says when a version is damaged."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from maisui.engines.duckdb_engine import connect
from maisui.errors import QuestionError, StorageError
from maisui.tables import BY_NAME
from maisui.warehouse.publication import publish
from maisui.warehouse.reader import open_reader

LEDGER = {"2026-05-31": "11.00", "2026-06-30": "20.00"}


@pytest.mark.parametrize(
    "probe",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM glob('/etc/*')",
        "COPY (SELECT 1) TO '{folder}/out.csv'",
        "EXPORT DATABASE '{folder}/out'",
        "ATTACH '{folder}/other.duckdb' AS other",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SET enable_external_access = true",
        "SET memory_limit = '100GB'",
        "PRAGMA lock_configuration = false",
        "DELETE FROM p0.ledger_day",
        "DROP TABLE p0.ledger_day",
    ],
)
def test_a_reader_can_neither_read_files_nor_write_nor_unlock_itself(warehouse: Any, tmp_path: Path, probe: str) -> None:
    """Whatever SQL reaches it, nothing outside the version is read and nothing is changed."""
    warehouse.publish("2026-06-30", LEDGER)
    before = sorted(path for path in tmp_path.rglob("*") if path.is_file())
    with warehouse.read() as reader:
        with pytest.raises(duckdb.Error):
            reader.rows(probe.format(folder=tmp_path))
        assert reader.rows("SELECT count(*) FROM ledger_day") == [(2,)]
    assert sorted(path for path in tmp_path.rglob("*") if path.is_file()) == before


def test_a_fact_is_read_once_for_each_of_its_values_and_of_few_the_latest_are_kept(warehouse: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maisui.warehouse.reader._MOST_KNOWN", 2)
    warehouse.publish("2026-06-30", LEDGER)
    asked: list[object] = []
    with warehouse.read() as reader:
        rows = reader.rows
        monkeypatch.setattr(reader, "rows", lambda query, values=(): (asked.append(values), rows(query, values))[1])
        query = "SELECT count(*) FROM ledger_day WHERE list_contains(?, CAST(business_date AS VARCHAR))"
        may, june, both = [["2026-05-31"]], [["2026-06-30"]], [["2026-05-31", "2026-06-30"]]
        assert [reader.facts(query, values) for values in (may, both, may)] == [[(1,)], [(2,)], [(1,)]]
        assert asked == [may, both]
        reader.facts(query, june)
        assert [reader.facts(query, values) for values in (may, both)] == [[(1,)], [(2,)]]
        assert asked == [may, both, june, both]


def test_a_question_that_takes_too_long_is_interrupted_and_the_next_one_is_not(warehouse: Any) -> None:
    """Counting 10^13 pairs takes hours."""
    warehouse.publish("2026-06-30", LEDGER)
    with open_reader(warehouse.versions, warehouse.parts, query_seconds=0.2) as reader:
        for _ in range(2):
            with pytest.raises(QuestionError, match=r"longer than 0\.2 s"):
                reader.rows("SELECT count(*) FROM range(10000000) AS a(i), range(1000000) AS b(j) WHERE (i * j) % 7 = 3")
            assert reader.rows("SELECT count(*) FROM ledger_day") == [(2,)]


def test_a_reader_may_be_limited_to_some_tables(warehouse: Any) -> None:
    """Only the parts of those tables are opened; the others cannot even be named."""
    warehouse.publish("2026-06-30", LEDGER)
    with open_reader(warehouse.versions, warehouse.parts, tables=("parameter",)) as reader:
        assert reader.rows("SELECT count(*) FROM parameter") == [(1,)]
        with pytest.raises(duckdb.CatalogException):
            reader.rows("SELECT count(*) FROM ledger_day")


def ledger_part(warehouse: Any) -> Path:
    """Return the first part of the ledger."""
    return min((warehouse.parts / "ledger_day").glob("*.duckdb"))


@pytest.mark.parametrize("damage", ["missing", "empty", "garbage", "truncated"])
def test_a_damaged_part_is_named_with_the_way_out(warehouse: Any, damage: str) -> None:
    """A part that is gone or no longer what was written stops the reader with its path and the next step."""
    manifest = warehouse.publish("2026-06-30", LEDGER)
    part = ledger_part(warehouse)
    whole = part.read_bytes()
    part.unlink()
    if damage != "missing":
        part.write_bytes({"empty": b"", "garbage": b"x" * len(whole), "truncated": whole[: len(whole) // 3]}[damage])
    with pytest.raises(StorageError) as stopped, warehouse.read() as reader:
        reader.rows("SELECT sum(balance) FROM ledger_day")
    assert str(part) == stopped.value.where
    assert manifest.version in stopped.value.what
    assert "run the batch again" in stopped.value.next_step
    assert "roll back" in stopped.value.next_step


def test_a_part_exchanged_for_another_file_is_damaged_too(warehouse: Any) -> None:
    """A sound database of other content is not the part the manifest names."""
    warehouse.publish("2026-06-30", LEDGER)
    part = ledger_part(warehouse)
    part.unlink()
    with duckdb.connect(str(part)) as other:
        other.execute("CREATE TABLE something_else (a INTEGER)")
    with pytest.raises(StorageError):
        warehouse.read()


def test_a_table_that_only_other_code_knows_is_left_aside(warehouse: Any) -> None:
    """A version of earlier or later code may hold a table that has gone or is not known yet; the others are read as they are."""
    whole = warehouse.publish("2026-06-30", LEDGER)
    tables = {**whole.parts[0].tables, "table_of_other_code": 3}
    publish(warehouse.versions, replace(whole, parts=(replace(whole.parts[0], tables=tables), *whole.parts[1:])))
    assert warehouse.balances() == LEDGER


def test_a_part_that_rotted_gives_the_right_figure_or_none(warehouse: Any) -> None:
    """A byte that changed on disk is noticed where it is read; a figure from a rotten part is never a wrong one."""
    warehouse.publish("2026-06-30", LEDGER)
    part = ledger_part(warehouse)
    whole = part.read_bytes()
    noticed = 0
    for place in range(0, len(whole), len(whole) // 12):
        part.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        try:
            with warehouse.read() as reader:
                assert reader.rows("SELECT sum(balance) FROM ledger_day") == [(31,)]
        except StorageError:
            noticed += 1
    assert noticed > 0


@pytest.mark.parametrize("text", ["", "{", "[]", '{"version": "x"}', "null"])
def test_a_damaged_manifest_is_named_with_the_way_out(warehouse: Any, text: str) -> None:
    """A manifest that cannot be read stops the reader; other versions can still be chosen."""
    good = warehouse.publish("2026-06-29", {"2026-05-31": "11.00"})
    bad = warehouse.publish("2026-06-30", LEDGER)
    (warehouse.versions / f"{bad.version}.json").write_text(text, encoding="utf-8")
    with pytest.raises(StorageError, match=f"the manifest of version {bad.version} is damaged") as stopped:
        warehouse.read()
    assert "roll back" in stopped.value.next_step
    assert warehouse.balances(good.version) == {"2026-05-31": "11.00"}


def test_what_does_not_fit_into_memory_lies_inside_the_home_and_goes_with_the_reader(
    warehouse: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The engine's own habit is a folder `.tmp` where the command was given, open to everybody."""
    warehouse.publish("2026-06-30", LEDGER)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("maisui.warehouse.reader.connect", lambda *, memory_limit, threads: connect(memory_limit="40MB", threads=threads))
    large = "SELECT max(r) FROM (SELECT row_number() OVER (ORDER BY md5(CAST(i AS VARCHAR))) AS r FROM range(600000) AS t(i))"
    with warehouse.read() as reader, warehouse.read() as other:
        asides = [Path(each.rows("SELECT current_setting('temp_directory')")[0][0]) for each in (reader, other)]
        assert asides[0] != asides[1]
        assert {aside.parent for aside in asides} == {warehouse.entity}
        assert reader.rows(large) == [(600000,)]
        assert asides[0].exists()
    assert not any(aside.exists() for aside in asides)
    assert not (tmp_path / ".tmp").exists()


def test_a_version_of_older_code_stays_readable_without_the_columns_that_came_since(warehouse: Any) -> None:
    """After an upgrade the published version stays up: what it did not know yet is null, everything else is as it was."""
    warehouse.publish("2026-06-30", LEDGER)
    for part in (warehouse.parts / "ledger_day").glob("*.duckdb"):
        with duckdb.connect(str(part)) as older:
            older.execute("ALTER TABLE ledger_day DROP COLUMN business_subclass")
    with warehouse.read() as reader:
        assert reader.rows("SELECT DISTINCT business_subclass FROM ledger_day") == [(None,)]
        assert [str(row[0]) for row in reader.rows("SELECT balance FROM ledger_day ORDER BY business_date")] == list(LEDGER.values())


def test_what_stands_for_a_column_that_came_since_is_read_of_an_older_version(warehouse: Any) -> None:
    """Before balances were converted they were added as they came: a version of then says what it said, and not nothing."""
    warehouse.publish("2026-06-30", LEDGER)
    for part in (warehouse.parts / "ledger_day").glob("*.duckdb"):
        with duckdb.connect(str(part)) as older:
            older.execute("ALTER TABLE ledger_day DROP COLUMN local_balance")
    with warehouse.read() as reader:
        assert [str(row[0]) for row in reader.rows("SELECT local_balance FROM ledger_day ORDER BY business_date")] == list(LEDGER.values())


def test_what_stands_for_a_column_is_a_column_of_its_kind() -> None:
    """Of the same table and type, and none that came since itself."""
    standing = [(table, column) for table in BY_NAME.values() for column in table.columns if column.older_from]
    assert {table.name for table, _ in standing} >= {"ledger_day", "income_day", "ledger_line_day", "union_elimination_day"}
    for table, column in standing:
        other = table.column(str(column.older_from))
        assert (other.type, other.older_from, other.older) == (column.type, None, None), f"{table.name}.{column.name}"


def test_rows_of_before_a_column_of_the_grain_stand_under_its_word(warehouse: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A column that split rows further since has one word for all of them: sums are as they were."""
    table = BY_NAME["ledger_day"]
    columns = tuple(replace(one, older="whole") if one.name == "organisation_code" else one for one in table.columns)
    monkeypatch.setattr("maisui.warehouse.reader.BY_NAME", BY_NAME | {"ledger_day": replace(table, columns=columns)})
    warehouse.publish("2026-06-30", LEDGER)
    for part in (warehouse.parts / "ledger_day").glob("*.duckdb"):
        with duckdb.connect(str(part)) as older:
            older.execute("ALTER TABLE ledger_day RENAME COLUMN organisation_code TO branch")
    with warehouse.read() as reader:
        assert reader.rows("SELECT DISTINCT organisation_code FROM ledger_day") == [("whole",)]
        assert [str(row[0]) for row in reader.rows("SELECT balance FROM ledger_day ORDER BY business_date")] == list(LEDGER.values())


def test_a_version_whose_rows_cannot_be_told_apart_is_refused_with_the_way_out(warehouse: Any) -> None:
    """Without a column of the grain nothing can be answered: the version is to be rebuilt."""
    warehouse.publish("2026-06-30", LEDGER)
    with duckdb.connect(str(ledger_part(warehouse))) as older:
        older.execute("ALTER TABLE ledger_day RENAME COLUMN organisation_code TO branch")
    with pytest.raises(StorageError, match="another shape") as refused:
        warehouse.read().__enter__()
    assert "maisui run --date 2026-06-30" in refused.value.next_step
