"""The demo bank has the shape of the small one: every range and the unit costs, held at its own size."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from unit.example_bank import test_shape_of_the_bank as shape
from unit.example_bank import test_supplement_feeds as feeds
from unit.example_bank.conftest import WrittenBank, open_files

from maisui.example_bank import simulate

pytestmark = pytest.mark.long

CHECKS = (
    shape.test_ratios_stay_in_their_ranges_at_every_month_end,
    shape.test_top_decile_of_customers_holds_half_to_three_quarters,
    shape.test_electronic_channels_replace_the_counter,
    shape.test_interest_margin_and_profit_are_plausible,
    feeds.test_unit_costs_absorb_most_of_each_months_expense,
)


@pytest.fixture(scope="module")
def demo_bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[WrittenBank]:
    """The example bank at scale demo, seed 1, as everybody sees it first."""
    out = tmp_path_factory.mktemp("demo_bank")
    report = simulate(scale="demo", seed=1, months=None, out=out)
    database = open_files(out / "inbox" / "east5")
    yield WrittenBank(out, report, database)
    database.close()


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
def test_the_demo_keeps_the_ranges(demo_bank: WrittenBank, check: Callable[[WrittenBank], None]) -> None:
    check(demo_bank)
