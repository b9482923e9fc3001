"""One simulated bank at scale test, shared by the tests of the example bank, and plain readers of its files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from maisui.example_bank import SimulationReport, simulate
from maisui.example_bank.example_deliveries import MONTHLY_TABLES, TABLES
from maisui.example_bank.row_template import field_order


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let one worker run all that look at simulated banks: each worker would simulate them again."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.xdist_group("example bank"))


@dataclass(frozen=True)
class WrittenBank:
    """Where a simulated bank was written, what was reported, and a database that reads its files as text."""

    out: Path
    report: SimulationReport
    database: duckdb.DuckDBPyConnection

    @property
    def inbox(self) -> Path:
        """The folder with the delivered files."""
        return self.out / "inbox" / "east5"

    def rows(self, question: str) -> list[tuple]:
        """The answer to a query over views named like the tables; `delivered` is the date in the file name."""
        return self.database.execute(question).fetchall()


def open_files(inbox: Path) -> duckdb.DuckDBPyConnection:
    """A view for each table over its files, every field text."""
    database = duckdb.connect()
    for table in (*TABLES, *MONTHLY_TABLES):
        names = field_order(table)
        columns = ", ".join(f"'{name}': 'VARCHAR'" for name in names)
        database.execute(
            f"CREATE TABLE {table} AS SELECT *, regexp_extract(filename, '(\\d{{8}})\\.txt$', 1) AS delivered "
            f"FROM read_csv('{inbox}/*-{table}-*.txt', delim='\x01', quote='', escape='', header=false, "
            f"auto_detect=false, columns={{{columns}}}, filename=true, null_padding=false, nullstr='')"
        )
    return database


@pytest.fixture(scope="session")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WrittenBank]:
    """The example bank at scale test, seed 7."""
    out = tmp_path_factory.mktemp("example_bank")
    report = simulate(scale="test", seed=7, months=None, out=out)
    database = open_files(out / "inbox" / "east5")
    yield WrittenBank(out, report, database)
    database.close()


@pytest.fixture(scope="session")
def clean_month(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One month of the example bank, seed 3; nobody writes into it."""
    out = tmp_path_factory.mktemp("clean_month")
    simulate(scale="test", seed=3, months=1, out=out)
    return out


@pytest.fixture(scope="session")
def spoiled_month(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SimulationReport]:
    """The same month with two flaws in a hundred rows, and what was reported; nobody writes into it."""
    out = tmp_path_factory.mktemp("spoiled_month")
    return out, simulate(scale="test", seed=3, months=1, out=out, flaws_per_million=20_000)


@pytest.fixture(scope="session")
def reader_of() -> Callable[[Path], duckdb.DuckDBPyConnection]:
    """Return what opens the files of any inbox."""
    return open_files
