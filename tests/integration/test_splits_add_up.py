"""Every split of every figure of a published bank adds up; a split that does not is named and never published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from example_home import run
from integration.conftest import east5_home
from scratch import scratch_folder

from maisui.metrics import BY_CODE, CATALOGUE, DIMENSION_BY_CODE, Additivity
from maisui.metrics.split_sums import additive_dimensions, measures_of
from maisui.pipeline.splits import splits_add_up, splits_on
from maisui.tables import BY_NAME
from maisui.warehouse.home import open_home
from maisui.warehouse.reader import open_reader

REPORTED = date(2026, 10, 31)


@pytest.fixture(scope="module")
def marts(example_files: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The marts of a month of the example bank, copied into memory where a test may change them."""
    with scratch_folder() as place:
        days = [f"202610{day:02d}" for day in range(1, 32)]
        home = east5_home(place / "home", example_files, days)
        run(home, REPORTED)
        opened = open_home(home)
        with duckdb.connect() as memory, open_reader(opened.versions, opened.parts) as reader:
            names = {measure.mart for measure in measures_of(CATALOGUE)} | {"organisation_closure"}
            for name in sorted(names):
                columns = BY_NAME[name].columns
                memory.execute(f"CREATE TABLE {name} ({', '.join(f'{c.name} {c.type}' for c in columns)})")
                rows = reader.rows(f"SELECT {', '.join(c.name for c in columns)} FROM {name}")
                _insert(memory, name, rows)
            yield memory


def _insert(memory: duckdb.DuckDBPyConnection, name: str, rows: list[tuple]) -> None:
    if not rows:
        return
    columns = BY_NAME[name].columns
    arrow = pa.table({c.name: pa.array([row[number] for row in rows]) for number, c in enumerate(columns)})
    memory.register("handed_over", arrow)
    memory.execute(f"INSERT INTO {name} SELECT {', '.join(f'CAST({c.name} AS {c.type})' for c in columns)} FROM handed_over")
    memory.unregister("handed_over")


def test_every_additive_pair_of_the_catalogue_is_checked() -> None:
    """What a metric calls additive over a dimension other than days is in the check of its measure."""
    measures = measures_of(CATALOGUE)
    for metric in CATALOGUE:
        for dimension in metric.dimensions:
            if metric.additivity(dimension) is Additivity.ADDITIVE and dimension != "date":
                assert metric.numerator in measures
                assert dimension in additive_dimensions(metric.numerator), (metric.code, dimension)


def test_no_line_of_an_additive_dimension_can_be_without_a_name_on_any_day() -> None:
    """The runner refuses an empty value in such a column on every day, so that a look at two days finds what else could miss."""
    for measure in measures_of(CATALOGUE):
        for dimension in additive_dimensions(measure):
            assert not BY_NAME[measure.mart].column(DIMENSION_BY_CODE[dimension].column).nullable, (measure.mart, dimension)


def test_the_example_bank_adds_up_on_its_last_day(marts: duckdb.DuckDBPyConnection) -> None:
    found = splits_add_up(marts, first_date=date(2026, 10, 1), reporting_date=REPORTED)
    assert (found.violations, found.details, found.severity) == (0, (), "stop")
    assert found.checked > len(CATALOGUE)


@pytest.mark.long
def test_the_example_bank_adds_up_on_every_day(marts: duckdb.DuckDBPyConnection) -> None:
    for number in range(31):
        found = splits_on(marts, REPORTED - timedelta(days=number))
        assert found.details == ()


def test_an_outlet_outside_the_tree_still_counts_and_a_line_without_a_name_does_not_pass(marts: duckdb.DuckDBPyConnection) -> None:
    """A balance whose product has no name is found by that split, and only by it."""
    marts.execute("BEGIN")
    try:
        marts.execute(
            "UPDATE product_day SET product_code = NULL WHERE business_date = DATE '2026-10-31' AND account_kind = 'deposit' "
            "AND product_code = (SELECT min(product_code) FROM product_day WHERE account_kind = 'deposit')"
        )
        found = splits_on(marts, REPORTED, [BY_CODE["deposit_balance"]])
    finally:
        marts.execute("ROLLBACK")
    (detail,) = found.details
    assert (detail["metric"], detail["dimension"], detail["nameless"]) == ("deposit_balance", "product", "1")


def test_a_figure_that_is_wrongly_called_additive_is_found(marts: duckdb.DuckDBPyConnection) -> None:
    """Customers counted once cannot be added up over channels; nobody may say they can."""
    metric = BY_CODE["deposit_balance"]
    wrong = replace(
        metric,
        code="accounts_by_product",
        numerator=replace(metric.numerator, expression="count(DISTINCT organisation_code)"),
    )
    found = splits_on(marts, REPORTED, [wrong])
    assert "product" in {detail["dimension"] for detail in found.details}
    assert Decimal(found.difference) > 0


def test_a_tree_in_which_an_outlet_hangs_below_two_branches_is_found(marts: duckdb.DuckDBPyConnection) -> None:
    """The children of a branch add up to more than the branch when one of them also stands below its sister."""
    (lower, sister), *_ = marts.execute(
        "SELECT c.organisation_code, s.organisation_code FROM organisation_closure AS c "
        "INNER JOIN organisation_closure AS s ON s.ancestor_code = c.ancestor_code AND s.distance = 1 "
        "AND s.organisation_code <> c.organisation_code WHERE c.distance = 1 AND c.organisation_code IN "
        "(SELECT organisation_code FROM product_day WHERE business_date = DATE '2026-10-31' AND balance <> 0) ORDER BY 1, 2"
    ).fetchall()
    marts.execute("BEGIN")
    try:
        marts.execute("INSERT INTO organisation_closure SELECT 'EAST01', ?, ?, 1", [sister, lower])
        found = splits_on(marts, REPORTED, [BY_CODE["deposit_balance"]])
    finally:
        marts.execute("ROLLBACK")
    assert {detail["dimension"] for detail in found.details} == {"child"}
