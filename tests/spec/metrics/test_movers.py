"""New, lost, come, gone and stayed: what becomes of a customer's part in a figure between May's end and June's."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from maisui.answers import BY_CODE, Comparison, MoverGroup, MoverQuery, Period, has_movers, movers, why_no_movers
from maisui.errors import QuestionError

TREE = {
    "organisation": """
        organisation_code | organisation_name | parent_code | first_reported_on | last_reported_on
        ------------------+-------------------+-------------+-------------------+-----------------
        1                 | Head office       |             | 2026-06-30        | 2026-06-30
        11                | North             | 1           | 2026-06-30        | 2026-06-30
        12                | South             | 1           | 2026-06-30        | 2026-06-30
    """,
    "organisation_closure": """
        ancestor_code | organisation_code | distance
        --------------+-------------------+---------
        1             | 1                 | 0
        1             | 11                | 1
        1             | 12                | 1
        11            | 11                | 0
        12            | 12                | 0
    """,
}
BANK = TREE | {
    "customer": """
        customer_number | customer_name | customer_kind | home_organisation_code | first_reported_on | last_reported_on
        ----------------+---------------+---------------+------------------------+-------------------+-----------------
        C1              | New one       | personal      | 11                     | 2026-06-30        | 2026-06-30
        C2              | Lost one      | personal      | 11                     | 2026-06-30        | 2026-06-30
        C3              | Moved one     | corporate     | 12                     | 2026-06-30        | 2026-06-30
        C4              | Staying one   | personal      | 11                     | 2026-06-30        | 2026-06-30
        C5              | Still one     | personal      | 11                     | 2026-06-30        | 2026-06-30
    """,
    "customer_home_period": """
        customer_number | valid_from | valid_until | organisation_code | previous_organisation_code
        ----------------+------------+-------------+-------------------+---------------------------
        C3              | 1900-01-01 | 2026-06-15  | 11                |
        C3              | 2026-06-15 |             | 12                | 11
    """,
    "customer_relation": """
        customer_number | relation | valid_from | valid_until | is_first
        ----------------+----------+------------+-------------+---------
        C1              | holder   | 2026-06-10 |             | yes
        C2              | holder   | 2026-01-01 | 2026-06-20  | yes
        C3              | holder   | 2026-01-01 |             | yes
        C4              | holder   | 2026-01-01 |             | yes
        C5              | holder   | 2026-01-01 |             | yes
    """,
    "account": """
        account_number | currency | account_kind | customer_number | customer_kind | organisation_code | product_code | product_group  | opened_on  | closed_on  | last_reported_on
        ---------------+----------+--------------+-----------------+---------------+-------------------+--------------+----------------+------------+------------+-----------------
        A1             | CNY      | deposit      | C1              | personal      | 11                | P1           | demand_deposit | 2026-06-10 |            | 2026-06-30
        A2             | CNY      | deposit      | C2              | personal      | 11                | P1           | demand_deposit | 2026-01-01 | 2026-06-20 | 2026-06-30
        A3             | CNY      | deposit      | C3              | corporate     | 12                | P1           | demand_deposit | 2026-01-01 |            | 2026-06-30
        A4             | CNY      | deposit      | C4              | personal      | 11                | P1           | demand_deposit | 2026-01-01 |            | 2026-06-30
        A5             | CNY      | deposit      | C4              | personal      | 11                | P2           | term_deposit   | 2026-06-11 |            | 2026-06-30
        A6             | CNY      | deposit      | C5              | personal      | 11                | P1           | demand_deposit | 2026-01-01 |            | 2026-06-30
        A7             | CNY      | loan         | C4              | personal      | 11                | P9           | loan           | 2026-01-01 |            | 2026-06-30
        A8             | CNY      | deposit      | none            | unknown       | 11                | P1           | demand_deposit | 2026-01-01 |            | 2026-06-30
    """,
    "account_organisation_period": """
        account_number | currency | valid_from | valid_until | organisation_code | previous_organisation_code
        ---------------+----------+------------+-------------+-------------------+---------------------------
        A3             | CNY      | 1900-01-01 | 2026-06-15  | 11                |
        A3             | CNY      | 2026-06-15 |             | 12                | 11
    """,
    "account_balance": """
        account_number | currency | valid_from | valid_until | balance | is_estimated
        ---------------+----------+------------+-------------+---------+-------------
        A1             | CNY      | 2026-06-10 |             | 50.00   | no
        A2             | CNY      | 2026-01-01 | 2026-06-20  | 30.00   | no
        A2             | CNY      | 2026-06-20 |             | 0.00    | no
        A3             | CNY      | 2026-01-01 |             | 200.00  | no
        A4             | CNY      | 2026-01-01 | 2026-06-11  | 100.00  | no
        A4             | CNY      | 2026-06-11 |             | 20.00   | no
        A5             | CNY      | 2026-06-11 |             | 85.00   | no
        A6             | CNY      | 2026-01-01 |             | 7.00    | no
        A7             | CNY      | 2026-01-01 |             | 900.00  | no
        A8             | CNY      | 2026-01-01 | 2026-06-30  | 1.00    | no
        A8             | CNY      | 2026-06-30 |             | 1.25    | no
    """,
}
"""June: C1 opens, C2 closes, C3 moves from North to South, C4 puts 80 of 100 into a term deposit and adds 5, C5 does nothing."""


def groups(version, query: MoverQuery) -> dict[str, tuple[int, str, str]]:
    found = movers(version.reader, query)
    return {group.value: (one.count, f"{one.base:.2f}", f"{one.value:.2f}") for group, one in found.groups.items() if one.count}


def test_the_bank_as_a_whole_gains_and_loses_and_nobody_moves(version) -> None:
    version.draw(**BANK)
    assert groups(version, MoverQuery("deposit_balance")) == {
        "new": (1, "0.00", "50.00"),
        "lost": (1, "30.00", "0.00"),
        "stayed": (4, "308.00", "313.25"),
    }


def test_who_changes_the_outlet_is_gone_there_and_come_here(version) -> None:
    version.draw(**BANK)
    assert groups(version, MoverQuery("deposit_balance", organisation="11"))["left"] == (1, "200.00", "0.00")
    assert groups(version, MoverQuery("deposit_balance", organisation="12")) == {"came": (1, "0.00", "200.00")}


def test_of_one_product_a_customer_comes_with_money_from_another(version) -> None:
    version.draw(**BANK)
    term = MoverQuery("deposit_balance", within=(("product_group", "term_deposit"),))
    assert groups(version, term) == {"came": (1, "0.00", "85.00")}


def test_customers_are_counted_where_they_are_at_home(version) -> None:
    version.draw(**BANK)
    assert groups(version, MoverQuery("customer_count", organisation="11")) == {
        "new": (1, "0.00", "1.00"),
        "lost": (1, "1.00", "0.00"),
        "left": (1, "1.00", "0.00"),
        "stayed": (2, "2.00", "2.00"),
    }
    assert groups(version, MoverQuery("customer_count", organisation="12")) == {"came": (1, "0.00", "1.00")}


def test_those_whose_part_did_not_change_are_counted_and_not_listed(version) -> None:
    version.draw(**BANK)
    found = movers(version.reader, MoverQuery("deposit_balance"))
    assert [(row.customer_number, row.change, row.group) for row in found.rows] == [
        ("C1", Decimal("50.00"), MoverGroup.NEW),
        ("C2", Decimal("-30.00"), MoverGroup.LOST),
        ("C4", Decimal("5.00"), MoverGroup.STAYED),
    ]
    assert (found.listed_count, found.whole.count) == (3, 6)
    assert (found.unnamed.count, found.unnamed.change) == (1, Decimal("0.25")), "an account of nobody is summed, never listed"


@pytest.mark.parametrize(("day", "value"), [(date(2026, 6, 14), "393.00"), (date(2026, 6, 19), "193.00")])
def test_an_account_counts_where_it_was_kept_on_the_day(version, day: date, value: str) -> None:
    """North on 14 June: 50 + 30 + 200 + 20 + 85 + 7 + 1; five days later without the 200 that moved to South."""
    version.draw(**BANK)
    assert movers(version.reader, MoverQuery("deposit_balance", day=day, organisation="11")).whole.value == Decimal(value)


def test_a_managers_accounts_alone(version) -> None:
    version.draw(
        **BANK,
        account_allocation="""
        account_number | currency | employee_number | valid_from | valid_until | result_share | rule_code | organisation_code
        ---------------+----------+-----------------+------------+-------------+--------------+-----------+------------------
        A4             | CNY      | E1              | 2026-01-01 |             | 1            | account   | 11
        A6             | CNY      | E1              | 2026-06-15 |             | 1            | account   | 11
        A1             | CNY      | E2              | 2026-06-10 |             | 1            | account   | 11
    """,
    )
    assert groups(version, MoverQuery("deposit_balance", manager="E1")) == {
        "came": (1, "0.00", "7.00"),
        "stayed": (1, "100.00", "20.00"),
    }


POSTINGS = BANK | {
    "account_transaction": """
        account_number | currency | transaction_number | account_kind | customer_number | holding_organisation_code | posted_on  | amount | balance_change | transaction_type | is_reversal | is_bank_initiated | channel_code
        ---------------+----------+--------------------+--------------+-----------------+---------------------------+------------+--------+----------------+------------------+-------------+-------------------+-------------
        A4             | CNY      | T1                 | deposit      | C4              | 11                        | 2026-05-10 | 40.00  | 40.00          | transfer         | no          | no                | counter
        A4             | CNY      | T2                 | deposit      | C4              | 11                        | 2026-06-10 | 70.00  | 70.00          | transfer         | no          | no                | counter
        A4             | CNY      | T3                 | deposit      | C4              | 11                        | 2026-06-11 | 5.00   | 5.00           | transfer         | no          | no                | counter
        A4             | CNY      | T4                 | deposit      | C4              | 11                        | 2026-06-11 | 5.00   | -5.00          | transfer         | yes         | no                | counter
        A4             | CNY      | T5                 | deposit      | C4              | 11                        | 2026-06-12 | 8.00   | -8.00          | transfer         | no          | no                | counter
        A6             | CNY      | T6                 | deposit      | C5              | 11                        | 2026-05-11 | 9.00   | 9.00           | transfer         | no          | no                | counter
        A4             | CNY      | T7                 | deposit      | C4              | 11                        | 2026-06-21 | 0.30   | 0.30           | interest         | no          | yes               | counter
        A7             | CNY      | T8                 | loan         | C4              | 11                        | 2026-06-22 | 50.00  | -50.00         | loan_principal   | no          | no                | counter
    """,
    "channel_day": """
        organisation_code | handling_organisation_code | account_kind | customer_kind | channel_code | transaction_type | currency | is_bank_initiated | initiator_code | counterparty_code | business_date
        ------------------+----------------------------+--------------+---------------+--------------+------------------+----------+-------------------+----------------+-------------------+--------------
        11                | none                       | deposit      | personal      | counter      | transfer         | CNY      | no                | customer       | none              | 2026-05-10
        11                | none                       | deposit      | personal      | counter      | transfer         | CNY      | no                | customer       | none              | 2026-06-10
    """,
}


def test_a_flow_is_taken_apart_by_posting_and_what_was_taken_back_is_not_in_it(version) -> None:
    """June: C4 gets 70 and 5, of which 5 is taken back, and pays 8; interest is no inflow. May: 40 for C4 and 9 for C5, who gets no more."""
    version.draw(**POSTINGS)
    assert groups(version, MoverQuery("inflow_amount")) == {"left": (1, "9.00", "0.00"), "stayed": (1, "40.00", "70.00")}
    assert groups(version, MoverQuery("outflow_amount")) == {"came": (1, "0.00", "8.00"), "stayed": (1, "0.00", "0.00")}
    assert movers(version.reader, MoverQuery("net_inflow_amount")).whole.change == Decimal("13.00")
    day = movers(version.reader, MoverQuery("inflow_amount", day=date(2026, 6, 10), period=Period.MONTH))
    assert (day.start, day.day, day.base_start, day.base_day) == (date(2026, 6, 1), date(2026, 6, 10), date(2026, 5, 1), date(2026, 5, 10))
    assert (day.whole.base, day.whole.value) == (Decimal("40.00"), Decimal("70.00"))


def test_electronic_transactions_go_by_the_channels_of_their_day(version) -> None:
    """The counter counts as electronic until 10 June: of the two, three and one of June's one; of May's both."""
    version.draw(
        **POSTINGS,
        parameter="""
        parameter_code             | valid_from | valid_until | text_value
        ---------------------------+------------+-------------+-----------
        electronic_channel.counter | 1900-01-01 | 2026-06-11  | counter
        electronic_channel.counter | 2026-06-11 |             | off
    """,
    )
    assert groups(version, MoverQuery("electronic_transaction_count")) == {"left": (1, "1.00", "0.00"), "stayed": (1, "1.00", "1.00")}


def test_assets_are_deposits_where_booked_and_holdings_at_home(version) -> None:
    """C3 lives in South since 15 June and holds 400 of a fund, 300 at the base."""
    version.draw(
        **BANK,
        asset_holding="""
        origin_kind | holding_number | customer_number | product_group | product_line | currency | valid_from | valid_until | market_amount
        ------------+----------------+-----------------+---------------+--------------+----------+------------+-------------+--------------
        agency      | H1             | C3              | fund          | agency       | CNY      | 2026-01-01 | 2026-06-20  | 300.00
        agency      | H1             | C3              | fund          | agency       | CNY      | 2026-06-20 |             | 400.00
    """,
        asset_day="""
        organisation_code | customer_kind | asset_kind | product_group | product_line | currency | business_date | balance
        ------------------+---------------+------------+---------------+--------------+----------+---------------+--------
        11                | corporate     | holding    | fund          | agency       | CNY      | 2026-05-31    | 300.00
        12                | corporate     | holding    | fund          | agency       | CNY      | 2026-06-30    | 400.00
    """,
    )
    assert groups(version, MoverQuery("aum_balance", organisation="12")) == {"came": (1, "0.00", "600.00")}
    assert groups(version, MoverQuery("aum_balance", organisation="11"))["left"] == (1, "500.00", "0.00")
    assert groups(version, MoverQuery("aum_balance", within=(("product_group", "fund"),))) == {"stayed": (1, "300.00", "400.00")}
    with pytest.raises(QuestionError, match="not known"):
        movers(version.reader, MoverQuery("aum_balance", comparison=Comparison.PREVIOUS_DAY, day=date(2026, 6, 2)))


def test_what_cannot_be_taken_apart_says_why() -> None:
    for code, why in (
        ("npl_ratio", "ratio"),
        ("deposit_average_daily_balance", "averages"),
        ("loan_net_increase_since_year_start", "change itself"),
        ("net_profit", "ledger"),
        ("merchant_trade_amount", "merchants"),
        ("acquiring_for_others_count", "other banks"),
    ):
        note = why_no_movers(BY_CODE[code])
        assert note is not None
        assert why in note.en
    assert why_no_movers(BY_CODE["aum_balance"]) is None
    assert has_movers(BY_CODE["customer_contribution"])
    assert not has_movers(BY_CODE["customer_contribution"], ("manager",))
