"""A small warehouse: two whole tables and one table by months, published as often as a test likes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from maisui.engines.duckdb_engine import connect
from maisui.tables import BY_NAME
from maisui.warehouse.publication import content_hash, publish, write_parts
from maisui.warehouse.reader import Reader, open_reader
from maisui.warehouse.version import Control, Manifest

TABLES = [BY_NAME["calendar_day"], BY_NAME["parameter"], replace(BY_NAME["ledger_day"], month_of="business_date")]


@dataclass
class Warehouse:
    """Folders of one legal entity and a connection that stands for the batch's engine."""

    entity: Path
    connection: duckdb.DuckDBPyConnection = field(default_factory=connect)
    publications: int = 0

    @property
    def parts(self) -> Path:
        return self.entity / "parts"

    @property
    def versions(self) -> Path:
        return self.entity / "versions"

    def fill(self, ledger: dict[str, str]) -> None:
        """Make the batch's tables: one ledger row for each day of `ledger`, with its balance."""
        for table in TABLES:
            columns = ", ".join(f"{column.name} {column.type}" for column in table.columns)
            self.connection.execute(f"CREATE OR REPLACE TABLE {table.name} ({columns})")
        self.connection.execute("INSERT INTO parameter VALUES ('history_days', DATE '1900-01-01', NULL, NULL, 4000)")
        for day, balance in ledger.items():
            self.connection.execute(
                f"INSERT INTO calendar_day VALUES (DATE '{day}', date_trunc('month', DATE '{day}'), last_day(DATE '{day}'))"
            )
            self.connection.execute(
                f"INSERT INTO ledger_day VALUES ('BANK', 'B10', '2011', 'CNY', DATE '{day}', '存款', 'credit', 'deposit', {balance}, {balance}, 0, 0)"
            )

    def publish(self, reporting_date: str, ledger: dict[str, str], **changed: object) -> Manifest:
        """Publish the ledger as the version of `reporting_date` and return its manifest."""
        self.fill(ledger)
        self.publications += 1
        parts = write_parts(self.connection, TABLES, self.parts)
        content = content_hash(parts)
        facts = {
            "version": f"{reporting_date.replace('-', '')}-{content[:12]}",
            "legal_entity_code": "BANK",
            "reporting_date": date.fromisoformat(reporting_date),
            "first_date": date(2026, 1, 1),
            "code_version": "1",
            "parameter_version": "p",
            "sources": ("core",),
            "source_hash": "s",
            "deliveries": ("F1", "F2"),
            "last_delivery_on": date(2026, 6, 30),
            "content_hash": content,
            "parts": parts,
            "controls": (Control("ledger", "总分核对", "Ledger", "warn", 3, 1, "0.01", ({"subject_code": "2011"},)),),
            "lineage": {"ledger_day": {"balance": ["core_ledger.YE"]}},
            "published_at": f"2026-07-01T00:00:{self.publications:02d}+00:00",
        }
        manifest = Manifest(**(facts | changed))
        publish(self.versions, manifest)
        return manifest

    def read(self, version: str | None = None) -> Reader:
        """Open a reader of `version`, or of the current one."""
        return open_reader(self.versions, self.parts, version=version)

    def balances(self, version: str | None = None) -> dict[str, str]:
        """Return the balance of each day as readers see it."""
        with self.read(version) as reader:
            return {str(day): str(balance) for day, balance in reader.rows("SELECT business_date, balance FROM ledger_day ORDER BY 1")}

    def files(self) -> set[str]:
        """Return every file below parts."""
        return {str(path.relative_to(self.parts)) for path in self.parts.rglob("*") if path.is_file()}


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[Warehouse]:
    """Yield an empty warehouse."""
    made = Warehouse(tmp_path / "entity")
    yield made
    made.connection.close()
