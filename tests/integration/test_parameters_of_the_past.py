"""A published home whose parameters change: earlier months stay to the cent, the preview tells what the next batch publishes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from example_home import figures, run
from mini_bank import ACCOUNTS, MiniBank
from priced_home import CURVES, MARCH, priced_home
from scratch import scratch_folder

from maisui.errors import HomeError
from maisui.parameters import ApprovedLine, Parameter, approved_file, write_approved
from maisui.pipeline import preview
from maisui.pipeline.parameter_preview import preview_parameter
from maisui.warehouse.home import open_home
from maisui.warehouse.reader import open_reader

FIRST_OF_MARCH = date(2026, 3, 1)
COLUMNS = "account_number, interest_amount, transfer_amount, tax_amount, contribution_amount, economic_value_added_amount"


@pytest.fixture
def home() -> Iterator[Path]:
    """Give a copy of the home."""
    with priced_home() as path:
        yield path


def approve(home: Path, code: str, value: str, day: date) -> None:
    """Write an approved line."""
    at = datetime(2026, 4, 1, tzinfo=UTC)
    write_approved(home / "parameters", approved_file(1, at), ApprovedLine(code, day, value, "决议", "甲", "乙", at))


def rows(home: Path, query: str) -> list[tuple[Any, ...]]:
    """Return what readers of the current version see."""
    place = open_home(home)
    with open_reader(place.versions, place.parts) as reader:
        return reader.rows(query)


def month(home: Path, day: str) -> list[tuple[Any, ...]]:
    """Return the contribution of every account in the month to `day`."""
    return rows(home, f"SELECT {COLUMNS} FROM account_contribution_month WHERE business_date = DATE '{day}' ORDER BY ALL")


def test_another_curve_from_march_leaves_january_and_february_to_the_cent(home: Path) -> None:
    """Demand deposits are priced anew from March, term deposits and loans keep the price they were locked at."""
    before = {day: month(home, day) for day in ("2026-01-31", "2026-02-28", "2026-03-31")}
    approve(home, "transfer_curve", "other", FIRST_OF_MARCH)
    run(home, MARCH)
    assert month(home, "2026-01-31") == before["2026-01-31"]
    assert month(home, "2026-02-28") == before["2026-02-28"]
    then, now = ({row[0]: row[2] for row in found} for found in (before["2026-03-31"], month(home, "2026-03-31")))
    days = [FIRST_OF_MARCH + timedelta(days=number) for number in range(31)]
    for account in ACCOUNTS:
        if account.product == "demand":
            balance_days = sum(Decimal(MiniBank().balances(day)[account.number]) / 100 for day in days)
            earned = balance_days * Decimal(CURVES["other"][1]) / 360
            assert now[account.number] == earned.quantize(Decimal("0.01"), ROUND_HALF_UP), account.number
        else:
            assert now[account.number] == then[account.number], account.number


def test_a_line_of_the_future_changes_nothing_at_all(home: Path) -> None:
    """Every table but that of the parameters is the same."""
    before = figures(home)
    approve(home, "income_tax_rate", "0.15", date(2026, 4, 1))
    run(home, MARCH)
    after = figures(home)
    assert {table for table in before if before[table] != after[table]} == {"parameter"}


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("capital_cost_rate", "0.12"),
        ("income_tax_rate", "0.15"),
        ("transfer_curve", "other"),
        ("transfer_tenor_days.demand_deposit", "180"),
        ("risk_weight.loan", "0.5"),
        ("effective_customer_balance", "5000"),
        ("own_electronic_channel.atm", "off"),
        ("tier.ordinary", "1"),
    ],
)
def test_the_preview_tells_what_the_next_batch_publishes(home: Path, code: str, value: str) -> None:
    """The figures as the preview has them, metric by metric and outlet by outlet, are those of the batch that follows."""
    is_word = not value[0].isdigit()
    line = Parameter(code, FIRST_OF_MARCH, value if is_word else None, None if is_word else value)
    place = open_home(home)
    found = preview_parameter(place, line)
    assert found.moved, "the example must move something"
    with open_reader(place.versions, place.parts) as reader:
        before, _ = preview.figures(reader, found.metrics, found.day)
    approve(home, code, value, FIRST_OF_MARCH)
    run(home, MARCH)
    with open_reader(place.versions, place.parts) as reader:
        after, _ = preview.figures(reader, found.metrics, found.day)
    expected = {key: (before.get(key), after.get(key)) for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    assert {(moved.metric.code, moved.organisation): (moved.before, moved.after) for moved in found.moved} == expected


def test_the_preview_names_who_gains_and_who_loses_a_label(home: Path) -> None:
    """They are those of the batch that follows; a parameter on which no label rests names nobody."""

    def bearers() -> set[tuple[str, str]]:
        with open_reader(place.versions, place.parts) as reader:
            rows = "SELECT label_code, customer_number FROM customer_label WHERE business_date = ? AND reason_rank = 1"
            return set(reader.rows(rows, [MARCH]))

    place = open_home(home)
    found = preview_parameter(place, Parameter("label_important_contribution", FIRST_OF_MARCH, None, "1"))
    before = bearers()
    approve(home, "label_important_contribution", "1", FIRST_OF_MARCH)
    run(home, MARCH)
    after = bearers()
    assert before != after, "the example must move somebody"
    assert {(one.label_code, number) for one in found.labels for number in one.gained} == after - before
    assert {(one.label_code, number) for one in found.labels for number in one.lost} == before - after
    assert sum(one.gained_count + one.lost_count for one in found.labels) == len(before ^ after)
    assert preview_parameter(place, Parameter("income_tax_rate", date(2030, 1, 1), None, "0.2")).labels == ()


def test_a_preview_leaves_nothing_behind_and_publishes_nothing(home: Path) -> None:
    before = sorted(path.relative_to(home) for path in home.rglob("*"))
    preview_parameter(open_home(home), Parameter("capital_cost_rate", date(2030, 1, 1), None, "0.12"))
    assert sorted(path.relative_to(home) for path in home.rglob("*")) == before


def test_a_version_of_other_code_is_not_compared(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its figures would differ for other reasons than the parameter."""
    monkeypatch.setattr(preview, "__version__", "0.0.0")
    with pytest.raises(HomeError, match="made by other code"):
        preview_parameter(open_home(home), Parameter("capital_cost_rate", FIRST_OF_MARCH, None, "0.12"))


def test_a_backup_keeps_what_was_approved(home: Path) -> None:
    """And the restored home reckons with it."""
    from maisui.parameters import parameters_of
    from maisui.warehouse.backup import make_backup
    from maisui.warehouse.restore import restored_home

    approve(home, "income_tax_rate", "0.15", FIRST_OF_MARCH)
    with scratch_folder() as folder:
        made = make_backup(open_home(home), folder / "kept", now=datetime(2026, 4, 2, tzinfo=UTC), code_version="test")
        with restored_home(made.folder, made.manifest, folder / "again"):
            pass
        assert parameters_of(open_home(folder / "again")).version == parameters_of(open_home(home)).version
