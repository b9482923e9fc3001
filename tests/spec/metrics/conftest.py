"""How a metric is specified: drawn marts, its two measures on the engine, and the answer readers of a version get."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import drawn_tables
import pytest

from maisui.answers import Answer, Period, Question, ask
from maisui.answers.periods import window_of
from maisui.engines.duckdb_engine import DuckDBEngine
from maisui.engines.engine import Engine
from maisui.metrics import BY_CODE, Measure
from maisui.metrics.measure_sql import Scope, measure_query
from maisui.steps import lineage
from maisui.tables import ALL, BY_NAME
from maisui.warehouse.publication import content_hash, publish, write_parts
from maisui.warehouse.reader import Reader, open_reader
from maisui.warehouse.version import Manifest

FIRST_DAY = date(2025, 12, 1)


@dataclass
class Version:
    """A small published version of drawn tables."""

    folder: Path
    reporting_date: date = date(2026, 6, 30)
    first_date: date = FIRST_DAY
    last_delivery_on: date | None = None
    reader: Reader | None = None

    def draw(self, **tables: str) -> None:
        """Publish the drawn tables and the product's own, and open a reader on them; all others are empty to it."""
        self.close()
        scratch = DuckDBEngine(self.folder / "scratch")
        drawn_tables.load_tables(scratch, **tables)
        for name in drawn_tables.GIVEN:
            drawn_tables.need_table(scratch, name)
        there = [table for table in ALL if table.published and (table.name in tables or table.name in drawn_tables.GIVEN)]
        parts = write_parts(scratch.as_duckdb(), there, self.folder / "parts")
        scratch.close()
        publish(self.folder / "versions", self._manifest(parts))
        self.reader = open_reader(self.folder / "versions", self.folder / "parts")

    def ask(self, metric: str, *by: str, **question: object) -> Answer:
        """Return the answer of this version."""
        assert self.reader is not None
        return ask(self.reader, Question(metric, by, **question))

    def values(self, metric: str, *by: str, **question: object) -> dict[object, Decimal | None]:
        """Return the value of each line under its dimension, or under all of them when there are several."""
        rows = self.ask(metric, *by, **question).rows
        return {tuple(row.dimensions.values()) if len(by) != 1 else row.dimensions[by[0]]: row.value for row in rows}

    def close(self) -> None:
        """Close the reader."""
        if self.reader is not None:
            self.reader.__exit__(None, None, None)
            self.reader = None

    def _manifest(self, parts: tuple[object, ...]) -> Manifest:
        content = content_hash(parts)
        return Manifest(
            version=f"v-{content[:12]}",
            legal_entity_code=drawn_tables.LEGAL_ENTITY,
            reporting_date=self.reporting_date,
            first_date=self.first_date,
            code_version="0",
            parameter_version="0",
            sources=("core",),
            source_hash="0",
            deliveries=(),
            last_delivery_on=self.last_delivery_on,
            content_hash=content,
            parts=parts,
        )


@pytest.fixture
def version(tmp_path: Path) -> Iterator[Version]:
    """Yield a version that a test fills by `draw`."""
    made = Version(tmp_path)
    yield made
    made.close()


@dataclass(frozen=True)
class Bank:
    """Drawn marts on an engine and, in the same rows, as a published version."""

    engine: Engine
    version: Version

    def draw(self, **tables: str) -> None:
        """Fill the engine; the version is published from the same drawing, once."""
        drawn_tables.load_tables(self.engine, **tables)
        self.version.draw(**tables)

    def measured(self, measure: Measure | None, day: str, period: Period) -> Decimal | None:
        """Return the measure on the engine, over the whole bank."""
        if measure is None:
            return None
        window = window_of(date.fromisoformat(day), period, self.version.first_date)
        query = measure_query(measure, window, Scope())
        for name in lineage.tables_read(query):
            if name in BY_NAME:
                drawn_tables.need_table(self.engine, name)
        amount = self.engine.fetch(query)[0][0]
        return None if amount is None else Decimal(amount)


Figure = Callable[..., Decimal | None]


@pytest.fixture
def bank(engine: Engine, version: Version) -> Bank:
    """Return a bank whose marts a test draws."""
    return Bank(engine, version)


@pytest.fixture
def figure(bank: Bank) -> Figure:
    """Return a function that checks both measures of a metric on the engine and gives the answer's value."""

    def check(
        code: str, *, numerator: str, denominator: str | None = None, day: str = "2026-06-30", period: Period = Period.MONTH
    ) -> Decimal | None:
        metric = BY_CODE[code]
        assert bank.measured(metric.numerator, day, period) == Decimal(numerator)
        assert bank.measured(metric.denominator, day, period) == (None if denominator is None else Decimal(denominator))
        (row,) = bank.version.ask(code, day=date.fromisoformat(day), period=period).rows
        return row.value

    return check
