"""Every step and every metric of the example bank gives the same rows on the embedded and on the distributed engine."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from spec.conftest import WHOLE_BANK, OneSpark

from maisui.engines.duckdb_engine import DuckDBEngine
from maisui.engines.engine import Engine
from maisui.example_bank import simulate
from maisui.intake import receive
from maisui.metrics import CATALOGUE, Measure
from maisui.metrics.measure_sql import Scope, Window, measure_query
from maisui.parameters import load_parameters
from maisui.pipeline import run_step
from maisui.pipeline.integrate import integrate
from maisui.pipeline.plan import make_plan
from maisui.reconciliation import RULES
from maisui.sources.loader import load_builtin
from maisui.steps.step import BatchContext
from maisui.tables import ALL

pytestmark = [pytest.mark.spark, pytest.mark.xdist_group("spark")]
WINDOW = Window(date(2026, 10, 31), date(2026, 10, 1))


@dataclass(frozen=True, slots=True)
class Bank:
    embedded: Engine
    distributed: Engine


@pytest.fixture(scope="module")
def bank(one_spark: OneSpark, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    folder = tmp_path_factory.mktemp("bank")
    report = simulate(scale="test", seed=1, months=None, out=folder)
    last_day = report.deliveries[-1]
    assert last_day == WINDOW.day
    source = load_builtin("east5")
    intake = receive(source=source, inbox=folder / "inbox" / "east5", raw=folder / "raw", until=last_day, workers=1)
    plan, context = make_plan((source,)), BatchContext("E0123", last_day)
    embedded = DuckDBEngine(folder / "scratch")
    spark = one_spark.with_settings(WHOLE_BANK)  # rows of a bank are spread: what depends on where a row lies would differ
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(run_step, "_makes_nothing", lambda *_: False)  # also a query that surely has no rows must be one on both
        for engine in (embedded, spark):
            integrate(engine, plan, load_parameters(), intake.receipts, folder / "raw", context, lambda *_: None)
    yield Bank(embedded, spark)
    embedded.close()


def test_every_table_has_the_same_rows(bank: Bank, tmp_path: Path) -> None:
    """Row for row and column for column, nothing left over on either side."""
    other = bank.distributed.as_duckdb()
    differing: dict[str, int] = {}
    for table in ALL:
        columns = ", ".join(f"CAST({column.name} AS {column.type}) AS {column.name}" for column in table.columns)
        file = tmp_path / f"{table.name}.parquet"
        other.execute(f"COPY (SELECT {columns} FROM {table.name}) TO '{file}' (FORMAT parquet)")
        mine, theirs = f"SELECT {columns} FROM {table.name}", f"SELECT {columns} FROM read_parquet('{file}')"
        count = "SELECT count(*) FROM ({} EXCEPT ALL {}) AS d"
        left = bank.embedded.fetch(count.format(mine, theirs))[0][0]
        right = bank.embedded.fetch(count.format(theirs, mine))[0][0]
        if left or right:
            differing[table.name] = left + right
    assert differing == {}
    rows = bank.embedded.fetch("SELECT count(*) FROM account_transaction")[0][0]
    assert rows > 100_000


def test_every_metric_has_the_same_figures(bank: Bank) -> None:
    """Numerators and denominators, for the whole bank and split by organisation where that is possible."""
    measures: dict[str, Measure] = {}
    for metric in CATALOGUE:
        measures[f"{metric.code} numerator"] = metric.numerator
        if metric.denominator is not None:
            measures[f"{metric.code} denominator"] = metric.denominator
    asked: dict[str, str] = {}
    for name, measure in measures.items():
        by = ("organisation",) if "organisation" in measure.dimensions else ()
        asked[measure_query(measure, WINDOW, Scope(), by)] = name
    differing = [name for query, name in asked.items() if sorted(bank.embedded.fetch(query)) != sorted(bank.distributed.fetch(query))]
    assert differing == []
    assert len(measures) > len(CATALOGUE)


def test_every_control_finds_the_same(bank: Bank) -> None:
    for rule in RULES:
        query = f"SELECT count(*) FROM ({rule.violations}) AS v"
        assert bank.embedded.fetch(query) == bank.distributed.fetch(query) == [(0,)]
        assert bank.embedded.fetch(rule.checked) == bank.distributed.fetch(rule.checked)
