"""Customers behind a movement: their parts add up to the figure at both days, and each stands in the group that he belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from mini_bank import MiniBank
from web_home import web_home

from maisui.answers import BY_CODE, CHILD, Comparison, MoverGroup, MoverOrder, MoverQuery, Question, ask, has_movers, mover_numbers, movers
from maisui.errors import QuestionError
from maisui.warehouse.home import open_home
from maisui.warehouse.reader import Reader, open_reader

LAST_DAY, BASE = date(2026, 3, 31), date(2026, 2, 28)


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    home = open_home(web_home())
    with open_reader(home.versions, home.parts) as found:
        yield found


def expected(product: str = "", org: str = "") -> dict[str, tuple[Decimal, Decimal]]:
    """Return each customer's deposits at both days, reckoned from the accounts of the mini bank."""
    bank = MiniBank()
    found: dict[str, tuple[Decimal, Decimal]] = {}
    held = [bank.balances(day) for day in (BASE, LAST_DAY)]
    for account in bank.accounts:
        if account.kind == "deposit" and product in ("", account.product) and org in ("", account.org):
            before, now = (Decimal(side[account.number]) / 100 for side in held)
            one = found.get(account.customer, (Decimal(0), Decimal(0)))
            found[account.customer] = (one[0] + before, one[1] + now)
    return found


def test_each_customers_part_is_that_of_his_accounts(reader: Reader) -> None:
    found = movers(reader, MoverQuery("deposit_balance"))
    wanted = expected()
    assert {row.customer_number: (row.base, row.value) for row in found.rows} == {
        number: sides for number, sides in wanted.items() if sides[0] != sides[1]
    }
    assert found.whole.count == len(wanted)
    assert (found.day, found.base_day) == (LAST_DAY, BASE)
    sizes = [abs(row.change) for row in found.rows]
    assert sizes == sorted(sizes, reverse=True)


@pytest.mark.parametrize("organisation", [None, "B0", "B1", "B2"])
@pytest.mark.parametrize("comparison", [Comparison.PREVIOUS_DAY, Comparison.PREVIOUS_MONTH])
@pytest.mark.parametrize("metric", ["deposit_balance", "demand_deposit_balance", "loan_balance", "customer_count"])
def test_the_total_is_the_figure_to_the_cent(reader: Reader, metric: str, comparison: Comparison, organisation: str | None) -> None:
    found = movers(reader, MoverQuery(metric, comparison=comparison, organisation=organisation))
    (row,) = ask(reader, Question(metric, organisation=organisation, comparison=comparison)).rows
    assert (found.whole.value, found.whole.base) == (row.value, row.base_value)
    assert sum((one.change for one in found.groups.values()), Decimal(0)) == found.whole.change
    assert found.named.value + found.unnamed.value == found.whole.value


@pytest.mark.parametrize("split", [CHILD, "product", "customer_kind"])
def test_the_total_of_a_line_is_that_of_the_line(reader: Reader, split: str) -> None:
    for row in ask(reader, Question("deposit_balance", (split,), "B0", comparison=Comparison.PREVIOUS_MONTH)).rows:
        found = movers(reader, MoverQuery("deposit_balance", organisation="B0", within=((split, row.dimensions[split]),)))
        assert (found.whole.value, found.whole.base) == (row.value, row.base_value)


def test_rises_and_falls_stand_first_as_asked_and_pages_follow(reader: Reader) -> None:
    changes = sorted(now - before for before, now in expected().values() if now != before)
    rises = movers(reader, MoverQuery("deposit_balance", order=MoverOrder.RISE, size=2))
    falls = movers(reader, MoverQuery("deposit_balance", order=MoverOrder.FALL, size=2, page=99))
    assert [row.change for row in rises.rows] == changes[::-1][:2]
    assert falls.page == -(-len(changes) // 2)
    assert falls.rows[-1].change == changes[-1]
    ends = movers(reader, MoverQuery("deposit_balance", order=MoverOrder.ENDS, size=1))
    assert [row.change for row in ends.rows] == [changes[-1], changes[0]]


def test_everybody_with_a_part_is_listed_by_what_he_has(reader: Reader) -> None:
    """Also whose part did not change; the rows add up to the figure, and so do the numbers taken from all pages."""
    parts = {number: now for number, (_, now) in expected().items() if now}
    found = movers(reader, MoverQuery("deposit_balance", order=MoverOrder.VALUE, size=200))
    assert {row.customer_number: row.value for row in found.rows} == parts
    assert [row.value for row in found.rows] == sorted(parts.values(), reverse=True)
    assert found.listed_count == len(parts)
    assert sum(row.value for row in found.rows) + found.unnamed.value == found.whole.value
    every = mover_numbers(reader, MoverQuery("deposit_balance", order=MoverOrder.VALUE), 1000)
    assert every == tuple(row.customer_number for row in found.rows)


def test_who_is_not_to_be_named_is_summed_beside_the_rows(reader: Reader) -> None:
    elsewhere, here = (movers(reader, MoverQuery("deposit_balance", homes=homes)) for homes in (("B1",), ("B2",)))
    total = sum(now for _, now in expected().values())
    assert (elsewhere.rows, elsewhere.listed_count, elsewhere.unnamed.value) == ((), 0, total)
    assert {row.home_organisation_name for row in here.rows} == {"Market Square"}
    assert (here.named.value, here.unnamed.count) == (total, 0)
    assert movers(reader, MoverQuery("deposit_balance", homes=())).rows == ()


def test_what_has_no_customers_behind_it_says_so(reader: Reader) -> None:
    assert not has_movers(BY_CODE["npl_ratio"])
    assert not has_movers(BY_CODE["new_customer_count"])
    for query in (
        MoverQuery("npl_ratio"),
        MoverQuery("deposit_balance", within=(("channel", "atm"),)),
        MoverQuery("customer_count", manager="E1"),
    ):
        with pytest.raises(QuestionError):
            movers(reader, query)


@pytest.mark.parametrize("group", list(MoverGroup))
def test_a_group_narrows_rows_and_sums_alike(reader: Reader, group: MoverGroup) -> None:
    found = movers(reader, MoverQuery("deposit_balance", organisation="B1", group=group))
    assert {row.group for row in found.rows} <= {group}
    assert found.named.value + found.unnamed.value == found.groups[group].value
