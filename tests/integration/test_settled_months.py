"""A month costs a month: settled rows are taken over, and whatever changes them is seen; the version equals one built from the start."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from example_home import copy_home, current, run
from mini_bank import MAPPINGS, MiniBank, Rows, deliver, lay, make_home
from scratch import scratch_folder

from maisui.warehouse.home import open_home
from maisui.warehouse.version import read_manifest

DAYS = (date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31))
BANK = MiniBank()


@pytest.fixture(scope="module")
def two_months() -> Iterator[Path]:
    """A home whose first two months are published, one after the other, and whose third has come."""
    with scratch_folder() as place:
        home = make_home(place / "home")
        deliver(home, DAYS[0])
        run(home, DAYS[0])
        deliver(home, DAYS[1], DAYS[0])
        run(home, DAYS[1])
        deliver(home, DAYS[2], DAYS[1])
        yield home


@pytest.fixture
def home(two_months: Path, folder: Path) -> Path:
    """A copy of that home for one test."""
    return copy_home(two_months, folder / "home")


def notes_of(home: Path) -> str:
    """Run the last day and return what the batch said."""
    return "\n".join(run(home, DAYS[2]).notes)


def movement(number: str, account: str, posted: str, side: str, reversal: str = "no") -> Rows:
    """Return one movement of 5.00."""
    return [[number, account, "CNY", "B1", posted, side, "5.00", "atm", reversal]]


def test_a_new_month_takes_over_what_came_before(home: Path) -> None:
    before = current(home)
    result = run(home, DAYS[2])
    assert result.notes == (f"rows before 2026-03-01 were taken over from version {before}",)
    months = sorted(part.month for part in result.manifest.parts if "account_transaction" in part.tables)
    assert months == ["2026-01-01", "2026-02-01", "2026-03-01"]
    again = run(home, DAYS[2], from_the_start=True)
    assert again.notes == ()
    assert again.manifest.content_hash == result.manifest.content_hash


def test_what_comes_late_is_seen_and_the_version_is_that_of_a_batch_from_the_start(home: Path) -> None:
    lay(home, "MOVE", DAYS[2], movement("L2", "A00001", "20260215", "in", "yes"), part="-1")
    assert "account_transaction: earlier rows changed" in notes_of(home), "a row booked late"
    lay(home, "MOVE", DAYS[2], movement("R2", "A00001", "20260320", "out", "yes"), part="-2")
    assert "reversal: earlier rows changed" in notes_of(home), "its reversal in a later month"
    lay(home, "MOVE", date(2026, 3, 10), movement("L1", "A00002", "20260310", "in"))
    result = run(home, DAYS[2])
    assert "again" in "\n".join(result.notes), "a late day with a balance that its movements do not explain"
    assert run(home, DAYS[2], from_the_start=True).manifest.content_hash == result.manifest.content_hash


def test_a_balance_that_the_new_movements_do_not_explain_leaves_earlier_months_alone(home: Path) -> None:
    before = current(home)
    lay(home, "MOVE", DAYS[2], movement("L3", "A00001", "20260312", "in"), part="-1")
    result = run(home, DAYS[2])
    assert result.notes == (f"rows before 2026-03-01 were taken over from version {before}",)
    ended = sorted(part.month for part in result.manifest.parts if part.month and "account_balance" in part.tables)
    assert ended == ["2026-01-01", "2026-02-01", "2026-03-01"], "intervals lie where they end"
    assert run(home, DAYS[2], from_the_start=True).manifest.content_hash == result.manifest.content_hash


def test_a_row_that_comes_again_with_another_day_has_everything_computed_again(home: Path) -> None:
    known = BANK.rows("MOVE", DAYS[0])[0]
    lay(home, "MOVE", DAYS[2], [[*known[:4], "20260305", *known[5:]]], part="-1")
    assert "everything was computed again" in notes_of(home)


def test_an_earlier_version_that_is_damaged_is_not_built_on(home: Path) -> None:
    place = open_home(home)
    manifest = read_manifest(place.versions, current(home) or "")
    (serving,) = (part.file for part in manifest.parts if not part.month)
    (place.parts / serving).write_bytes(b"damaged")
    assert "everything was computed again" in notes_of(home)


def test_a_settled_month_that_comes_out_otherwise_has_everything_computed_again(home: Path) -> None:
    place = open_home(home)
    january, february = (next(iter((place.parts / "customer_month").glob(f"2026{month:02d}-*"))) for month in (1, 2))
    february.write_bytes(january.read_bytes())
    assert "customer_month: earlier rows changed, everything was computed again" in notes_of(home)


@pytest.fixture(scope="module")
def priced() -> Iterator[Path]:
    """The same home with transfer prices since January; contributions follow from them."""
    accounts = MAPPINGS["account_snapshot"].replace(
        "balance, opened AS", "balance, CAST(0.01 AS DECIMAL(12,6)) AS interest_rate, opened AS"
    )
    with scratch_folder() as place:
        home = make_home(place / "home", sources=("mini", "supplement"), mappings={"account_snapshot": accounts})
        lay_prices(home, DAYS[0], ("20260101", "0.02"))
        for day, before in zip(DAYS, (None, *DAYS), strict=False):
            deliver(home, day, before)
            if day != DAYS[2]:
                run(home, day)
        yield home


def lay_prices(home: Path, day: date, *prices: tuple[str, str]) -> None:
    """Deliver prices of demand money and of a year: from which day on, and how dear."""
    lines = [f"standard,CNY,{tenor},{since},{rate}" for since, rate in prices for tenor in (0, 365)]
    file = home / "inbox" / "supplement" / f"MINI01-transfer_price-{day:%Y%m%d}.csv"
    file.write_text("\n".join(["curve_code,currency,tenor_day_count,effective_from,transfer_rate", *lines]) + "\n", encoding="utf-8")


def test_what_customers_contributed_is_taken_over_as_well(priced: Path, folder: Path) -> None:
    home = copy_home(priced, folder / "home")
    before = current(home)
    result = run(home, DAYS[2])
    assert result.notes == (f"rows before 2026-03-01 were taken over from version {before}",)
    months = [part.month for part in result.manifest.parts if part.tables.get("account_contribution_month")]
    assert sorted(months) == ["2026-01-01", "2026-02-01", "2026-03-01"]
    assert run(home, DAYS[2], from_the_start=True).manifest.content_hash == result.manifest.content_hash


def test_a_price_that_comes_late_for_a_stretch_of_the_past_is_seen(priced: Path, folder: Path) -> None:
    """Prices of ten days of January alone: neither February, which is computed again, nor March can tell."""
    home = copy_home(priced, folder / "home")
    lay_prices(home, DAYS[2], ("20260101", "0.02"), ("20260110", "0.03"), ("20260120", "0.02"))
    result = run(home, DAYS[2])
    assert "transfer_curve_segment: earlier rows changed" in "\n".join(result.notes)
    assert run(home, DAYS[2], from_the_start=True).manifest.content_hash == result.manifest.content_hash
