"""Holders, users, comers and leavers of products on three levels, and pairs of product groups, drawn by hand."""

from __future__ import annotations

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.customer_product_month import CUSTOMER_PRODUCT_MONTH_MART
from maisui.marts.product_customer_month import PRODUCT_CUSTOMER_MONTH_MART
from maisui.marts.product_pair_day import PRODUCT_PAIR_DAY_MART

# C1 keeps demand money, moves it in April only, and closes his term deposit in June.
# C2 holds two demand products and wealth from June; he moves neither, his card's account is the second.
# C3 has a loan of 100.00 and a credit card overdrawn in May alone.
BANK = {
    "calendar_day": ("2026-04-01", "2026-07-31"),
    "account": """
        account_number | currency | customer_number | product_line | product_group  | product_code | account_kind | opened_on  | closed_on
        ---------------+----------+-----------------+--------------+----------------+--------------+--------------+------------+-----------
        A1             | CNY      | C1              | deposit      | demand_deposit | D1           | deposit      | 2020-01-01 |
        A2             | CNY      | C1              | deposit      | term_deposit   | T1           | deposit      | 2025-01-01 | 2026-06-10
        A3             | CNY      | C2              | deposit      | demand_deposit | D1           | deposit      | 2020-01-01 |
        A4             | CNY      | C2              | deposit      | demand_deposit | D2           | deposit      | 2020-01-01 |
        A5             | CNY      | C3              | loan         | farmer_loan    | L1           | loan         | 2026-05-05 |
    """,
    "account_balance": """
        account_number | currency | valid_from | valid_until | balance
        ---------------+----------+------------+-------------+--------
        A1             | CNY      | 2020-01-01 |             | 5.00
        A2             | CNY      | 2025-01-01 | 2026-06-10  | 10.00
        A3             | CNY      | 2020-01-01 |             | 7.00
        A5             | CNY      | 2026-05-05 |             | 100.00
    """,
    "account_transaction": """
        transaction_number | account_number | currency | posted_on  | is_bank_initiated | is_reversal | initiator_code
        -------------------+----------------+----------+------------+-------------------+-------------+---------------
        X1                 | A1             | CNY      | 2026-04-20 | no                | no          | customer
        X2                 | A3             | CNY      | 2026-04-20 | yes               | no          |
        X3                 | A3             | CNY      | 2026-04-21 | no                | yes         | customer
    """,
    "card": """
        card_kind | card_number | customer_number | account_number | card_name | issued_on  | closed_on | last_reported_on
        ----------+-------------+-----------------+----------------+-----------+------------+-----------+-----------------
        debit     | K1          | C2              | A4             | Wheat     | 2020-01-01 |           | 2026-07-31
        credit    | K2          | C3              | B1             | Gold      | 2026-04-10 |           | 2026-07-31
        passbook  | K3          | C1              | A1             | Book      | 2020-01-01 |           | 2026-07-31
    """,
    "credit_card_state": """
        account_number | currency | valid_from | valid_until | overdraft_balance
        ---------------+----------+------------+-------------+------------------
        B1             | CNY      | 2026-04-10 | 2026-05-01  | 0.00
        B1             | CNY      | 2026-05-01 | 2026-06-01  | 9.00
        B1             | CNY      | 2026-06-01 |             | 0.00
    """,
    "asset_holding": """
        holding_number | customer_number | product_line | product_group  | product_code | valid_from | valid_until
        ---------------+-----------------+--------------+----------------+--------------+------------+------------
        H1             | C2              | wealth       | wealth_product | Z1           | 2026-06-15 |
        H2             | none            | wealth       | wealth_product | Z1           | 2026-04-01 |
    """,
    "customer_standing": """
        customer_number | business_date | organisation_code | customer_kind
        ----------------+---------------+-------------------+--------------
        C1              | 2026-05-31    | B10               | personal
        C2              | 2026-05-31    | B10               | personal
        C3              | 2026-05-31    | B20               | personal
        C1              | 2026-06-30    | B10               | personal
        C2              | 2026-06-30    | B10               | personal
        C3              | 2026-06-30    | B20               | personal
        C1              | 2026-07-31    | B10               | personal
        C2              | 2026-07-31    | B10               | personal
        C3              | 2026-07-31    | B20               | personal
    """,
}


def test_each_person_counts_once_a_level_with_those_who_came_and_left(engine: Engine) -> None:
    """In June C1 leaves term money and C2 takes up wealth; A1 was moved within three months, A3 only by the bank and by a reversal."""
    load_tables(engine, **BANK)
    run(engine, PRODUCT_CUSTOMER_MONTH_MART, reporting_date="2026-07-31")
    rows = engine.fetch(
        "SELECT level_kind, level_code, organisation_code, holder_count, active_holder_count, taken_up_count, left_count "
        "FROM product_customer_month WHERE business_date = DATE '2026-06-30' ORDER BY 1, 2, 3"
    )
    assert [tuple(row) for row in rows] == [
        ("group", "credit_card", "B20", 1, 0, 0, 0),
        ("group", "debit_card", "B10", 1, 0, 0, 0),
        ("group", "demand_deposit", "B10", 2, 1, 0, 0),
        ("group", "farmer_loan", "B20", 1, 1, 0, 0),
        ("group", "term_deposit", "B10", 0, 0, 0, 1),
        ("group", "wealth_product", "B10", 1, 1, 1, 0),
        ("line", "card", "B10", 1, 0, 0, 0),
        ("line", "card", "B20", 1, 0, 0, 0),
        ("line", "deposit", "B10", 2, 1, 0, 0),
        ("line", "loan", "B20", 1, 1, 0, 0),
        ("line", "wealth", "B10", 1, 1, 1, 0),
        ("product", "D1", "B10", 2, 1, 0, 0),
        ("product", "D2", "B10", 1, 0, 0, 0),
        ("product", "Gold", "B20", 1, 0, 0, 0),
        ("product", "L1", "B20", 1, 1, 0, 0),
        ("product", "T1", "B10", 0, 0, 0, 1),
        ("product", "Wheat", "B10", 1, 0, 0, 0),
        ("product", "Z1", "B10", 1, 1, 1, 0),
    ]


def test_use_is_looked_for_in_three_months_and_an_overdraft_on_the_day(engine: Engine) -> None:
    """C1 moved his money in April: June is the last month in which that counts; the card is overdrawn at the end of May alone."""
    load_tables(engine, **BANK)
    run(engine, PRODUCT_CUSTOMER_MONTH_MART, reporting_date="2026-07-31")
    rows = engine.fetch(
        "SELECT level_code, CAST(business_date AS VARCHAR), active_holder_count FROM product_customer_month "
        "WHERE level_kind = 'group' AND level_code IN ('demand_deposit', 'credit_card') ORDER BY 1, 2, 3"
    )
    assert [tuple(row) for row in rows] == [
        ("credit_card", "2026-05-31", 1),
        ("credit_card", "2026-06-30", 0),
        ("credit_card", "2026-07-31", 0),
        ("demand_deposit", "2026-05-31", 1),
        ("demand_deposit", "2026-06-30", 1),
        ("demand_deposit", "2026-07-31", 0),
    ]


def test_pairs_count_both_and_who_took_up_one_after_the_other(engine: Engine) -> None:
    """Twelve months before, C1 held term money and C2 demand; today C1 holds wealth instead of term money and C2 both."""
    load_tables(
        engine,
        calendar_day=("2025-06-01", "2026-06-30"),
        account="""
            account_number | currency | customer_number | product_line | product_group  | opened_on  | closed_on
            ---------------+----------+-----------------+--------------+----------------+------------+-----------
            A1             | CNY      | C1              | deposit      | term_deposit   | 2020-01-01 | 2026-01-01
            A2             | CNY      | C2              | deposit      | demand_deposit | 2020-01-01 |
        """,
        asset_holding="""
            holding_number | customer_number | product_line | product_group  | valid_from | valid_until
            ---------------+-----------------+--------------+----------------+------------+------------
            H1             | C1              | wealth       | wealth_product | 2026-01-01 |
            H2             | C2              | wealth       | wealth_product | 2026-02-01 |
        """,
        customer_standing="""
            customer_number | business_date | organisation_code | customer_kind
            ----------------+---------------+-------------------+--------------
            C1              | 2025-06-30    | B10               | personal
            C2              | 2025-06-30    | B10               | personal
            C1              | 2026-06-30    | B10               | personal
            C2              | 2026-06-30    | B10               | personal
        """,
    )
    for step in (CUSTOMER_PRODUCT_MONTH_MART, PRODUCT_PAIR_DAY_MART):
        run(engine, step, reporting_date="2026-06-30")
    expect(
        engine,
        "product_pair_day",
        """
        organisation_code | customer_kind | product_group  | other_product_group | business_date | holder_count | earlier_holder_count | taken_up_count | switched_count
        ------------------+---------------+----------------+---------------------+---------------+--------------+----------------------+----------------+---------------
        B10               | personal      | all            | all                 | 2026-06-30    | 2            | 0                    | 0              | 0
        B10               | personal      | all            | demand_deposit      | 2026-06-30    | 1            | 1                    | 0              | 0
        B10               | personal      | all            | term_deposit        | 2026-06-30    | 0            | 1                    | 0              | 0
        B10               | personal      | all            | wealth_product      | 2026-06-30    | 2            | 2                    | 2              | 0
        B10               | personal      | demand_deposit | all                 | 2026-06-30    | 1            | 0                    | 0              | 0
        B10               | personal      | demand_deposit | demand_deposit      | 2026-06-30    | 1            | 0                    | 0              | 0
        B10               | personal      | demand_deposit | term_deposit        | 2026-06-30    | 0            | 1                    | 0              | 0
        B10               | personal      | demand_deposit | wealth_product      | 2026-06-30    | 1            | 1                    | 1              | 0
        B10               | personal      | term_deposit   | demand_deposit      | 2026-06-30    | 0            | 1                    | 0              | 0
        B10               | personal      | term_deposit   | wealth_product      | 2026-06-30    | 0            | 1                    | 1              | 1
        B10               | personal      | wealth_product | all                 | 2026-06-30    | 2            | 0                    | 0              | 0
        B10               | personal      | wealth_product | demand_deposit      | 2026-06-30    | 1            | 0                    | 0              | 0
        B10               | personal      | wealth_product | wealth_product      | 2026-06-30    | 2            | 0                    | 0              | 0
        """,
    )


def test_a_merge_that_was_undone_moves_no_product_to_the_other_number(engine: Engine) -> None:
    """C1 was merged into C2 until January: what he held a year before is his own, at his own outlet."""
    load_tables(
        engine,
        calendar_day=("2025-06-01", "2026-06-30"),
        customer_merge="""
            customer_number | surviving_number | valid_from | valid_until
            ----------------+------------------+------------+------------
            C1              | C2               | 2025-01-01 | 2026-01-01
        """,
        customer_product_month="""
            customer_number | product_group  | business_date
            ----------------+----------------+--------------
            C1              | term_deposit   | 2025-06-30
            C1              | demand_deposit | 2026-06-30
        """,
        customer_standing="""
            customer_number | business_date | organisation_code | customer_kind
            ----------------+---------------+-------------------+--------------
            C1              | 2025-06-30    | B10               | personal
            C2              | 2025-06-30    | B20               | personal
            C1              | 2026-06-30    | B10               | personal
            C2              | 2026-06-30    | B20               | personal
        """,
    )
    run(engine, PRODUCT_PAIR_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "product_pair_day",
        """
        organisation_code | product_group  | other_product_group | holder_count | earlier_holder_count | taken_up_count | switched_count
        ------------------+----------------+---------------------+--------------+----------------------+----------------+---------------
        B10               | all            | all                 | 1            | 0                    | 0              | 0
        B10               | all            | demand_deposit      | 1            | 1                    | 1              | 0
        B10               | demand_deposit | all                 | 1            | 0                    | 0              | 0
        B10               | demand_deposit | demand_deposit      | 1            | 0                    | 0              | 0
        B10               | term_deposit   | demand_deposit      | 0            | 1                    | 1              | 1
        B20               | all            | all                 | 1            | 0                    | 0              | 0
        B20               | all            | demand_deposit      | 0            | 1                    | 0              | 0
        B20               | all            | term_deposit        | 0            | 1                    | 0              | 0
        """,
    )
