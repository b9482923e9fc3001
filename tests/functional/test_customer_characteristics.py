"""What customers' transactions show of them, held against what the simulator planted; and one customer's tabs against the metrics."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from functional.conftest import Demo

from maisui.answers.customer_holdings import customer_holdings, customer_months
from maisui.warehouse.home import open_home
from maisui.warehouse.reader import Reader, open_reader

pytestmark = pytest.mark.xdist_group("demo")
LAST_DAY = date(2026, 10, 31)


@pytest.fixture(scope="module")
def reader(demo: Demo) -> Iterator[Reader]:
    home = open_home(demo.home)
    with open_reader(home.versions, home.parts) as found:
        yield found


def _recognised(reader: Reader, code: str) -> set[str]:
    return {row[0] for row in reader.rows("SELECT customer_number FROM customer_characteristic WHERE characteristic_code = ?", [code])}


def _planted(demo: Demo, segment: str, days: int) -> set[str]:
    """Return who lives by `segment`, has been a customer for so many days and has not left: shorter than that nothing repeats."""
    return {
        row["customer_number"]
        for row in demo.truth("customers")
        if row["segment"] == segment
        and row["joined_on"] <= LAST_DAY - timedelta(days=days)
        and (row["left_on"] is None or row["left_on"] > LAST_DAY)
    }


@pytest.mark.parametrize(
    ("code", "segment", "days"), [("wage", "wage", 120), ("pension", "retired", 120), ("subsidy", "farmer", 200), ("takings", "self_employed", 120)]
)  # fmt: skip
def test_planted_incomes_are_recognised_and_hardly_any_other(demo: Demo, reader: Reader, code: str, segment: str, days: int) -> None:
    found, planted = _recognised(reader, code), _planted(demo, segment, days)
    assert len(found & planted) >= Decimal("0.95") * len(found) > 0
    assert len(found & planted) >= Decimal("0.9") * len(planted)


def test_own_accounts_elsewhere_are_recognised_by_what_was_sent_there(demo: Demo, reader: Reader) -> None:
    left = {row["customer_number"] for row in demo.truth("customers") if row["left_on"] is not None}
    planted = {row["customer_number"] for row in demo.truth("potential_customers") if row["transfers"] > 0} - left
    found = _recognised(reader, "own_account_elsewhere") - left
    assert len(found & planted) >= Decimal("0.95") * len(found) > 0
    assert len(found & planted) >= Decimal("0.9") * len(planted)


@pytest.mark.parametrize(("code", "segment", "days"), [("migrant", "migrant", 280), ("farming_season", "farmer", 200)])
def test_seasons_are_told_of_those_who_live_by_them_and_of_hardly_any_other(
    demo: Demo, reader: Reader, code: str, segment: str, days: int
) -> None:
    """Whoever has been a customer since before the last season; the confidence says whether the season stands out or shows once."""
    found, planted = _recognised(reader, code), _planted(demo, segment, days)
    assert len(found & _planted(demo, segment, 0)) >= Decimal("0.95") * len(found) > 0
    assert len(found & planted) >= Decimal("0.9") * len(planted)


def test_what_all_customers_hold_is_what_the_metrics_say(demo: Demo, reader: Reader) -> None:
    """Accounts, products and months of every customer, added up, are deposits, loans and assets of the bank, to the cent."""
    numbers = [row[0] for row in reader.rows("SELECT customer_number FROM customer ORDER BY 1")]
    for number in numbers[::40]:
        held, months = customer_holdings(reader, number), customer_months(reader, number, 1)
        by_line: dict[str, Decimal] = {}
        for group in held.groups:
            by_line[group.product_line] = by_line.get(group.product_line, Decimal(0)) + group.balance
        assert by_line.get("deposit", 0) == (months[-1].deposit_balance or 0)
        assert by_line.get("loan", 0) == (months[-1].loan_balance or 0)
        assert sum(one.market_amount for one in held.products) == months[-1].product_balance
        assert months[-1].asset_balance == by_line.get("deposit", 0) + months[-1].product_balance
    deposits, loans = reader.rows(
        "SELECT sum(deposit_balance), sum(loan_balance) FROM customer_month WHERE month_start = ?", [date(2026, 10, 1)]
    )[0]
    products = reader.rows(
        "SELECT sum(market_amount) FROM asset_holding WHERE valid_from <= ? AND (valid_until IS NULL OR valid_until > ?)",
        [LAST_DAY, LAST_DAY],
    )[0][0]
    assets = deposits + products
    assert str(deposits) == demo.figure("deposit_balance")["value"]
    assert str(loans) == demo.figure("loan_balance")["value"]
    assert str(assets) == demo.figure("aum_balance")["value"]
