"""Dated parameters: the product's defaults, the bank's own lines, and what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import duckdb
import pytest

from maisui.errors import HomeError
from maisui.parameters import ParameterSet, load_parameters
from maisui.tables import BY_NAME


def line(**changed: Any) -> dict[str, Any]:
    """Return a sound line of bank.toml with `changed` entries; None takes one away."""
    entry = {"code": "long_overdue_days", "valid_from": date(2026, 1, 1), "number": "60"} | changed
    return {key: value for key, value in entry.items() if value is not None}


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield an engine on which the parameters become rows."""
    with duckdb.connect(":memory:") as opened:
        yield opened


def in_force(connection: duckdb.DuckDBPyConnection, parameters: ParameterSet, code: str, day: str) -> list[tuple[Any, ...]]:
    """Return the lines of `code` that hold on `day`."""
    return connection.execute(
        f"SELECT coalesce(text_value, CAST(number_value AS VARCHAR)) FROM ({parameters.query()}) WHERE parameter_code = ? "
        "AND valid_from <= CAST(? AS DATE) AND (valid_until IS NULL OR valid_until > CAST(? AS DATE))",
        [code, day, day],
    ).fetchall()


def test_the_product_brings_its_own_parameters() -> None:
    codes = {parameter.code for parameter in load_parameters().parameters}
    assert {"history_days", "long_overdue_days", "electronic_channel.mobile_bank"} <= codes


def test_the_rows_have_the_shape_of_the_table(connection: duckdb.DuckDBPyConnection) -> None:
    described = connection.execute(f"DESCRIBE {load_parameters([line()]).query()}").fetchall()
    assert [(name, kind) for name, kind, *_ in described] == [(column.name, column.type) for column in BY_NAME["parameter"].columns]


def test_a_banks_line_holds_from_its_day_and_leaves_the_past_alone(connection: duckdb.DuckDBPyConnection) -> None:
    parameters = load_parameters([line(), line(valid_from=date(2026, 7, 1), number="45.5")])
    found = [in_force(connection, parameters, "long_overdue_days", day) for day in ("2025-12-31", "2026-01-01", "2026-06-30", "2026-07-01")]
    assert [[Decimal(value) for (value,) in rows] for rows in found] == [[90], [60], [60], [Decimal("45.5")]]


VILLAGE = (("village", date(2025, 1, 1)), ("off", date(2026, 6, 1)))


def test_on_every_day_exactly_one_line_of_a_code_holds(connection: duckdb.DuckDBPyConnection) -> None:
    parameters = load_parameters([line(valid_from=day) for day in (date(2026, 3, 1), date(2024, 2, 29), date(2026, 1, 1))])
    for code in {parameter.code for parameter in parameters.parameters}:
        assert len(in_force(connection, parameters, code, "2026-02-15")) == 1, code


def test_a_line_of_the_same_day_replaces_the_default(connection: duckdb.DuckDBPyConnection) -> None:
    parameters = load_parameters([line(valid_from=date(1900, 1, 1), number="30")])
    assert in_force(connection, parameters, "long_overdue_days", "2026-01-01") == [("30.000000",)]


def test_a_bank_may_name_a_further_electronic_channel_and_end_one(connection: duckdb.DuckDBPyConnection) -> None:
    """The code names the channel, so the text can only repeat it or say that it no longer counts."""
    village = [line(code="electronic_channel.village", number=None, text=text, valid_from=day) for text, day in VILLAGE]
    parameters = load_parameters(village)
    assert in_force(connection, parameters, "electronic_channel.village", "2026-01-01") == [("village",)]
    assert in_force(connection, parameters, "electronic_channel.village", "2026-06-30") == [("off",)]


def test_the_version_names_the_content_of_all_lines() -> None:
    assert load_parameters().version == load_parameters([]).version
    two = [line(), line(valid_from=date(2026, 7, 1))]
    assert load_parameters(two).version == load_parameters(two[::-1]).version
    assert len({load_parameters(lines).version for lines in ([], two, two[:1], [line(number="61")])}) == 4


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (line(code="colour"), "unknown parameter 'colour'"),
        (line(code=None), "unknown parameter ''"),
        (line(code="electronic_channel.'; DROP"), "may hold only a-z, 0-9, _ and ."),
        (line(valid_from="2026-01-01"), "valid_from must be a date such as 2026-01-01"),
        (line(valid_from=None), "valid_from must be a date"),
        (line(text="sixty"), "exactly one of text and number"),
        (line(number=None), "exactly one of text and number"),
        (line(number="1e3"), "number must be a quoted decimal"),
        (line(number="1.0000001"), "number must be a quoted decimal"),
        (line(number="1234567"), "number must be a quoted decimal"),
        (line(number=" 60"), "number must be a quoted decimal"),
        (line(number="６０"), "number must be a quoted decimal"),
        (line(code="vat_rate." + "a" * 100), "100 at most"),
    ],
)
def test_a_line_that_is_not_understood_is_refused(entry: dict[str, Any], sentence: str) -> None:
    with pytest.raises(HomeError) as refused:
        load_parameters([entry])
    assert sentence in refused.value.what
    assert refused.value.where == "bank.toml, [[parameter]]"


def test_all_faults_are_listed_at_once() -> None:
    with pytest.raises(HomeError) as refused:
        load_parameters([line(code="colour"), line(), line(number="many")])
    assert len(refused.value.what.splitlines()) == 2


def test_a_date_with_a_time_is_refused() -> None:
    with pytest.raises(HomeError, match="valid_from must be a date"):
        load_parameters([line(valid_from=datetime(2026, 1, 1, 8, 0, tzinfo=UTC))])


def test_a_number_is_not_replaced_by_text() -> None:
    with pytest.raises(HomeError):
        load_parameters([line(number=None, text="sixty")])


def test_a_channel_is_not_named_twice() -> None:
    with pytest.raises(HomeError):
        load_parameters([line(code="electronic_channel.cash_machine", number=None, text="atm")])
