"""Customers one by one: what counts, what ties with the metrics, how they are searched, ordered and paged."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

import pytest
from customers_home import (
    ACCOUNTS,
    BY_NUMBER,
    LAST_DAY,
    ORGANISATIONS,
    PEOPLE,
    POISON,
    UNNAMED,
    WITHOUT_ACCOUNT,
    CustomersBank,
    customers_home,
)

from maisui.answers import (
    CUSTOMER_COLUMNS,
    CustomerOrder,
    CustomerQuery,
    CustomerSearch,
    Question,
    ask,
    customer_profile,
    home_of_customer,
    list_customers,
)
from maisui.answers.customer_holdings import customer_holdings, customer_months
from maisui.answers.customers import count_customers, counts_of_cells, customer_cells
from maisui.answers.organisations import organisations_below
from maisui.errors import QuestionError
from maisui.warehouse.home import open_home
from maisui.warehouse.reader import Reader, open_reader

TOPS = [None, *(row[0] for row in ORGANISATIONS)]


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    home = open_home(customers_home())
    with open_reader(home.versions, home.parts) as found:
        yield found


def within(top: str | None) -> tuple[str, ...] | None:
    return None if top is None else (top,)


def count_of(reader: Reader, top: str | None, kind: str) -> int:
    rows = ask(reader, Question("customer_count", by=("customer_kind",), organisation=top)).rows
    return int(next((row.value for row in rows if row.dimensions["customer_kind"] == kind and row.value is not None), Decimal(0)))


@pytest.mark.parametrize("top", TOPS)
def test_as_many_are_listed_as_the_metric_counts(reader, top):
    whole = list_customers(reader, CustomerQuery(organisations=within(top)))
    assert whole.total_count == ask(reader, Question("customer_count", organisation=top)).rows[0].value
    for kind in ("personal", "corporate", "unknown"):
        listed = list_customers(reader, CustomerQuery(organisations=within(top), kind=kind))
        assert listed.total_count == count_of(reader, top, kind)


def test_whoever_holds_no_open_account_is_counted_beside_and_listed_when_asked(reader):
    holders = list_customers(reader, CustomerQuery())
    everybody = list_customers(reader, CustomerQuery(with_open_account=False))
    assert (holders.total_count, holders.left_out_count) == (len(PEOPLE) + 1 - len(WITHOUT_ACCOUNT), len(WITHOUT_ACCOUNT))
    assert (everybody.total_count, everybody.left_out_count) == (len(PEOPLE) + 1, 0)
    assert {row.customer_number for row in everybody.rows if not row.has_open_account} == WITHOUT_ACCOUNT


def test_the_sums_are_those_of_the_whole_bank(reader):
    found = list_customers(reader, CustomerQuery(size=5))
    assert found.deposit_balance == ask(reader, Question("deposit_balance")).rows[0].value
    assert found.loan_balance == ask(reader, Question("loan_balance")).rows[0].value


@pytest.mark.parametrize("top", ["B1", "B2", "B3"])
def test_the_sums_follow_the_home_and_not_the_booking(reader, top):
    homes = {"B1": {"B1", "B3"}}.get(top, {top})
    held = CustomersBank().balances(LAST_DAY)
    home_of = {UNNAMED: "B3"} | {number: person.home for number, person in BY_NUMBER.items()}
    expected = sum(held[account.number] for account in ACCOUNTS if account.kind == "deposit" and home_of[account.customer] in homes)
    assert list_customers(reader, CustomerQuery(organisations=(top,))).deposit_balance == Decimal(expected) / 100


def test_several_tops_are_one_list(reader):
    both = list_customers(reader, CustomerQuery(organisations=("B1", "B3", "B2"), with_open_account=False))
    assert both.total_count == len(PEOPLE) + 1
    assert list_customers(reader, CustomerQuery(organisations=())).total_count == 0


@pytest.mark.parametrize("order", list(CustomerOrder))
@pytest.mark.parametrize("is_descending", [True, False])
def test_pages_hold_everybody_once_in_order(reader, order, is_descending):
    seen = []
    for page in range(1, 7):
        query = CustomerQuery(order=order, is_descending=is_descending, page=page, size=7, with_open_account=False)
        seen += list_customers(reader, query).rows
    assert len({row.customer_number for row in seen}) == len(seen) == len(PEOPLE) + 1
    column = {"number": "customer_number", "name": "customer_name"}.get(order.value, order.value)
    keys = [value for row in seen if (value := getattr(row, column)) is not None]
    assert all((a >= b) if is_descending else (a <= b) for a, b in pairwise(keys))


@pytest.mark.parametrize("code", list(CUSTOMER_COLUMNS))
def test_a_list_holds_and_is_ordered_by_every_fact_of_the_person(reader, code):
    """A merged number shows what its person has; whoever has no facts stands last, both ways round."""
    day = reader.manifest.reporting_date
    known = dict(
        reader.rows(
            f"SELECT c.customer_number, f.{code} FROM customer AS c INNER JOIN customer_fact_month AS f "
            "ON f.customer_number = c.person_customer_number AND f.business_date = ?",
            [day],
        )
    )
    for is_descending in (True, False):
        query = CustomerQuery(columns=(code,), order=code, is_descending=is_descending, size=200, with_open_account=False)
        rows = list_customers(reader, query).rows
        assert {row.customer_number: row.columns[code] for row in rows} == {
            row.customer_number: known.get(row.customer_number) for row in rows
        }
        values = [row.columns[code] for row in rows if row.columns[code] is not None]
        assert values == sorted(values, reverse=is_descending)


@pytest.mark.parametrize(
    "query",
    [CustomerQuery(columns=("customer_name",)), CustomerQuery(order="1; DROP"), CustomerQuery(search=CustomerSearch.PHONE, words="123")],
)
def test_an_unknown_column_or_order_and_three_digits_of_a_telephone_are_refused(reader, query):
    with pytest.raises(QuestionError):
        list_customers(reader, query)


def test_a_page_after_the_last_is_the_last(reader):
    found = list_customers(reader, CustomerQuery(page=10**6, size=10))
    assert (found.page, len(found.rows)) == (4, 7)


@pytest.mark.parametrize(
    ("search", "words", "numbers"),
    [
        (CustomerSearch.NUMBER, "C90000000012", {"C90000000012"}),
        (CustomerSearch.NUMBER, "C9000000001", {f"C900000000{n}" for n in range(10, 20)}),
        (CustomerSearch.PHONE, PEOPLE[10].phone[-6:], {PEOPLE[10].number}),
        (CustomerSearch.PHONE, PEOPLE[10].phone[:6], set()),
        (CustomerSearch.NAME, "雀0011", {"C90000000011"}),
        (CustomerSearch.NAME, POISON, {"C90000000005"}),
        (CustomerSearch.CERTIFICATE, "330121198001010003", {"C90000000003"}),
        (CustomerSearch.CERTIFICATE, "33012119800101", set()),
        (CustomerSearch.ACCOUNT, "62284822222000001", {UNNAMED}),
        (CustomerSearch.ACCOUNT, "6228482222200000", set()),
        (CustomerSearch.NAME, "%", set()),
        (CustomerSearch.NUMBER, "_" * 12, set()),
        (CustomerSearch.CERTIFICATE, "' OR '1'='1", set()),
    ],
)
def test_searches_find_what_was_meant_and_nothing_else(reader, search, words, numbers):
    found = list_customers(reader, CustomerQuery(search=search, words=words))
    assert {row.customer_number for row in found.rows} == numbers


def test_a_search_stays_within_the_organisation(reader):
    elsewhere = CustomerQuery(organisations=("B2",), search=CustomerSearch.CERTIFICATE, words="330121198001010003")
    assert list_customers(reader, elsewhere).total_count == 0


def test_a_profile_adds_up(reader):
    held = CustomersBank().balances(LAST_DAY)
    for number in ("C90000000003", "C90000000004", UNNAMED):
        found = customer_profile(reader, number)
        assert found is not None
        for kind, balance in (("deposit", found.deposit_balance), ("loan", found.loan_balance)):
            own = [account for account in ACCOUNTS if account.customer == number and account.kind == kind]
            assert balance == Decimal(sum(held[account.number] for account in own)) / 100
            accounts = customer_holdings(reader, number).accounts
            assert balance == sum((a.balance for a in accounts if a.account_kind == kind), Decimal(0))
        months = customer_months(reader, number, 12)
        assert months[-1].deposit_balance == found.deposit_balance
        assert [point.day for point in months] == sorted(point.day for point in months)
        assert len(months) <= 12


def test_who_does_not_exist_has_neither_profile_nor_home(reader):
    assert customer_profile(reader, "' OR 1=1 --") is None
    assert home_of_customer(reader, "") is None
    assert home_of_customer(reader, UNNAMED) == "B3"


def test_every_holder_has_a_tier_and_each_tier_lists_its_own(reader):
    """The tiers of a list add up to all holders; whoever holds no open account has none."""
    whole = list_customers(reader, CustomerQuery(size=200))
    by_tier = {tier: list_customers(reader, CustomerQuery(tier=tier, size=200)) for tier in whole.tiers}
    assert sum(found.total_count for found in by_tier.values()) == whole.total_count
    for tier, found in by_tier.items():
        assert found.total_count > 0
        assert {row.tier_code for row in found.rows} == {tier}
    everybody = list_customers(reader, CustomerQuery(with_open_account=False, size=200))
    assert {row.customer_number for row in everybody.rows if row.tier_code is None} == WITHOUT_ACCOUNT


def test_beside_each_kind_and_tier_stands_how_many_it_would_list(reader):
    """Whatever is chosen, the other choices of its own filter keep their counts, and the other filter is narrowed by it."""
    whole = list_customers(reader, CustomerQuery())
    every = {
        (kind, tier): list_customers(reader, CustomerQuery(kind=kind, tier=tier)) for kind in whole.kind_counts for tier in whole.tiers
    }
    chosen = every["corporate", whole.tiers[0]]
    assert sum(whole.kind_counts.values()) == sum(whole.tier_counts.values()) == whole.total_count
    for kind, count in whole.kind_counts.items():
        assert list_customers(reader, CustomerQuery(kind=kind)).total_count == count
        assert every[kind, whole.tiers[0]].total_count == chosen.kind_counts.get(kind, 0)
    for tier in whole.tiers:
        assert list_customers(reader, CustomerQuery(tier=tier)).total_count == whole.tier_counts[tier]
        assert every["corporate", tier].total_count == chosen.tier_counts.get(tier, 0)


def test_a_tier_that_nobody_has_is_refused(reader):
    with pytest.raises(QuestionError, match="no such tier"):
        list_customers(reader, CustomerQuery(tier="' OR true --"))


def test_a_customer_s_page_says_his_tier_and_why(reader):
    whole = list_customers(reader, CustomerQuery(size=200))
    for row in whole.rows[:10]:
        standing = customer_profile(reader, row.customer_number).standing
        assert standing.tier_code == row.tier_code
        assert standing.is_effective == (row.loan_balance > 0 or standing.asset_average_balance >= 500)
        accounts = customer_holdings(reader, row.customer_number).accounts
        groups = {account.product_group for account in accounts if account.closed_on is None}
        assert standing.product_group_count >= len(groups) > 0
    assert customer_profile(reader, next(iter(WITHOUT_ACCOUNT))).standing is None


@pytest.mark.parametrize("top", TOPS)
def test_what_is_counted_for_the_whole_bank_is_cut_for_each_part_of_it(reader, top):
    for with_open_account in (True, False):
        cells = customer_cells(reader, CustomerQuery(with_open_account=with_open_account))
        for kind in (None, "personal", "corporate", "unknown"):
            for tier in (None, "gold", "ordinary"):
                asked = CustomerQuery(within(top), kind=kind, tier=tier, with_open_account=with_open_account)
                assert counts_of_cells(cells, organisations_below(reader, top), kind, tier) == count_customers(reader, asked)


def test_counts_of_another_kind_or_tier_are_those_of_the_list_that_asks_for_it(reader):
    found = list_customers(reader, CustomerQuery(kind="personal", tier="ordinary"))
    for kind in ("personal", "corporate", "unknown"):
        listed = list_customers(reader, CustomerQuery(kind=kind, tier="ordinary"))
        assert found.kind_counts.get(kind, 0) == listed.total_count
    assert found.tier_counts["ordinary"] == found.total_count == sum(1 for _ in listed_of(reader, kind="personal", tier="ordinary"))
    assert sum(list_customers(reader, CustomerQuery()).tier_counts.values()) == list_customers(reader, CustomerQuery()).total_count


def listed_of(reader: Reader, **query: object) -> Iterator[str]:
    page = list_customers(reader, CustomerQuery(size=500, **query))
    assert page.page == 1
    return (row.customer_number for row in page.rows)
