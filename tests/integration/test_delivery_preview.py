"""A published home and one more file: the preview tells what the next batch publishes, keeps nothing and publishes nothing."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from example_home import run
from priced_home import MARCH, priced_home

from maisui.errors import ContractError
from maisui.pipeline.delivery_preview import preview_delivery
from maisui.pipeline.preview import Preview, figures
from maisui.warehouse.home import open_home
from maisui.warehouse.reader import open_reader

HEADER = "curve_code,currency,tenor_day_count,effective_from,transfer_rate"
DELIVERED = "MINI01-transfer_price-20260131.csv"


@pytest.fixture
def home() -> Iterator[Path]:
    """Give a copy of the home."""
    with priced_home() as path:
        yield path


def prices(folder: Path, *rows: str, name: str = "MINI01-transfer_price-20260301.csv") -> Path:
    """Write a file of transfer prices that lies in no inbox."""
    file = folder / name
    file.write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    return file


def moved(found: Preview) -> dict[tuple[str, str], tuple[object, object]]:
    """Return each figure that moves, before and after."""
    return {(one.metric.code, one.organisation): (one.before, one.after) for one in found.moved}


def moved_by_a_batch(home: Path, found: Preview) -> dict[tuple[str, str], tuple[object, object]]:
    """Run a batch and return which of the previewed figures differ from the version before."""
    place = open_home(home)

    def now() -> dict[tuple[str, str], object]:
        with open_reader(place.versions, place.parts) as reader:
            return dict(figures(reader, found.metrics, found.day)[0])

    before = now()
    run(home, MARCH)
    after = now()
    return {key: (before.get(key), after.get(key)) for key in before.keys() | after.keys() if before.get(key) != after.get(key)}


def test_another_price_from_march_is_told_as_the_next_batch_publishes_it(home: Path, tmp_path: Path) -> None:
    file = prices(tmp_path, "standard,CNY,0,20260301,0.013", "standard,CNY,365,20260301,0.021")
    found = preview_delivery(open_home(home), file)
    assert (found.day, f"{found.held_from}") == (MARCH, "2026-03-01")
    assert ("customer_contribution", "") in moved(found)
    (home / "inbox" / "supplement" / file.name).write_bytes(file.read_bytes())
    assert moved(found) == moved_by_a_batch(home, found)


def test_a_corrected_file_stands_in_the_place_of_the_one_it_corrects(home: Path, tmp_path: Path) -> None:
    """The curve `other` is no longer in the file: its prices no longer count, in the preview as in the batch; packed it is the same file."""
    rows = ["standard,CNY,0,20260101,0.011", "standard,CNY,365,20260101,0.021"]
    file = prices(tmp_path, *rows, name=DELIVERED)
    found = moved(preview_delivery(open_home(home), file))
    packed = tmp_path / f"{DELIVERED}.gz"
    packed.write_bytes(gzip.compress(file.read_bytes()))
    beside = prices(tmp_path, *rows, name="MINI02-transfer_price-20260131.csv")
    assert found == moved(preview_delivery(open_home(home), packed))
    assert moved(preview_delivery(open_home(home), beside)), "beside the first it moves something as well"
    (home / "inbox" / "supplement" / DELIVERED).write_bytes(file.read_bytes())
    assert found == moved_by_a_batch(home, preview_delivery(open_home(home), file))


def test_prices_of_next_month_are_taken_to_hold_from_the_first_of_the_month_compared(home: Path, tmp_path: Path) -> None:
    """Those that begin first; what begins later still stays where it is."""
    ahead = prices(tmp_path, "standard,CNY,365,20260401,0.021", "standard,CNY,365,20260501,0.5", name="MINI01-transfer_price-20260401.csv")
    found = preview_delivery(open_home(home), ahead)
    assert f"{found.held_from}" == "2026-03-01"
    of_march = preview_delivery(open_home(home), prices(tmp_path, "standard,CNY,365,20260301,0.021"))
    assert found.moved
    assert moved(found) == moved(of_march)


def test_prices_that_began_within_the_month_give_way_to_those_of_the_next(home: Path, tmp_path: Path) -> None:
    """The price published from 15 March stands for half of the month; next month's is compared as if it had held for all of it."""
    inbox = home / "inbox" / "supplement"
    prices(inbox, "standard,CNY,365,20260315,0.03", "standard,CNY,0,20260315,0.012", name="MINI01-transfer_price-20260315.csv")
    run(home, MARCH)
    ahead = prices(tmp_path, "standard,CNY,365,20260401,0.021", name="MINI01-transfer_price-20260401.csv")
    found = preview_delivery(open_home(home), ahead)
    assert found.moved
    (inbox / "MINI01-transfer_price-20260315.csv").unlink()
    prices(inbox, "standard,CNY,365,20260301,0.021", "standard,CNY,0,20260315,0.012", name="MINI01-transfer_price-20260315.csv")
    assert moved(found) == moved_by_a_batch(home, found)


def test_a_preview_leaves_nothing_behind_and_publishes_nothing(home: Path, tmp_path: Path) -> None:
    """Not even what one that was killed left a day ago."""
    before = sorted(path.relative_to(home) for path in home.rglob("*"))
    left = open_home(home).entity / "preview-killed"
    left.mkdir()
    os.utime(left, (0, 0))
    preview_delivery(open_home(home), prices(tmp_path, "standard,CNY,365,20260301,0.021"))
    assert sorted(path.relative_to(home) for path in home.rglob("*")) == before


def test_a_file_without_rows_moves_nothing(home: Path, tmp_path: Path) -> None:
    assert preview_delivery(open_home(home), prices(tmp_path)).moved == ()


@pytest.mark.parametrize(
    ("name", "rows", "told"),
    [
        ("prices.csv", ["standard,CNY,0,20260301,0.013"], "no feed of this home has files of this name"),
        ("MINI01-transfer_price-20260301.csv", ["standard,CNY,0,20260301,SECRET"] * 5, "5 of 5 lines do not pass"),
        ("MINI01-transfer_price-20260301.csv", ["standard,CNY,0,20260301,SECRET", "standard,CNY,365,20260301,0.02"], "1 of 2 lines"),
    ],
)
def test_what_is_no_sound_file_of_a_feed_is_refused(home: Path, tmp_path: Path, name: str, rows: list[str], told: str) -> None:
    with pytest.raises(ContractError, match=told) as refused:
        preview_delivery(open_home(home), prices(tmp_path, *rows, name=name))
    assert "SECRET" not in str(refused.value)
