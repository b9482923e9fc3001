"""Every mart against what it is made of, outlet by outlet and day by day: silent while equal, naming the place of a cent that is not."""

from decimal import Decimal
from typing import Any

import pytest
from drawn_tables import load_tables, need_table

from maisui.engines.engine import Engine
from maisui.reconciliation import Rule
from maisui.reconciliation.channel_controls import MERCHANTS_EQUAL_TRADES
from maisui.reconciliation.mart_controls import (
    ASSETS_EQUAL_PARTS,
    CHANNELS_EQUAL_TRANSACTIONS,
    CUSTOMERS_EQUAL_RELATIONS,
    LOAN_CLASSES_EQUAL_RECEIPTS,
    LOAN_FLOWS_EQUAL_POSTINGS,
    MATURITIES_EQUAL_ACCOUNTS,
    PRODUCTS_EQUAL_ACCOUNTS,
)
from maisui.tables import BY_NAME


def found(engine: Engine, rule: Rule, **tables: Any) -> tuple[list[tuple[Any, ...]], int]:
    """Return what `rule` finds in the drawn tables, and how many places it compared."""
    load_tables(engine, calendar_day=("2026-05-30", "2026-06-04"), **tables)
    for name in BY_NAME:
        if name in rule.violations + rule.checked:
            need_table(engine, name)
    return sorted(engine.fetch(rule.violations), key=repr), int(engine.fetch(rule.checked)[0][0])


def test_product_totals_equal_account_balances_of_the_outlet_that_kept_them(engine: Engine) -> None:
    """A1 moved to B20 in June: its May balance belongs to B10. A kind missing on one side is a difference; differences of two outlets do not cancel."""
    places, compared = found(
        engine,
        PRODUCTS_EQUAL_ACCOUNTS,
        product_day="""
            organisation_code | product_code | account_kind | business_date | balance
            ------------------+--------------+--------------+---------------+--------
            B10               | P1           | deposit      | 2026-05-30    | 999.00
            B10               | P1           | deposit      | 2026-05-31    | 60.00
            B10               | P2           | deposit      | 2026-05-31    | 40.00
            B20               | P1           | deposit      | 2026-06-04    | 70.01
            B10               | P2           | deposit      | 2026-06-04    | 39.99
            B10               | P9           | loan         | 2026-06-04    | 5.00
        """,
        account_month="""
            account_number | organisation_code | account_kind | month_start | closing_balance
            ---------------+-------------------+--------------+-------------+----------------
            A1             | B20               | deposit      | 2026-05-01  | 60.00
            A2             | B10               | deposit      | 2026-05-01  | 40.00
            A1             | B20               | deposit      | 2026-06-01  | 70.00
            A2             | B10               | deposit      | 2026-06-01  | 40.00
        """,
        account_organisation_period="""
            account_number | organisation_code | previous_organisation_code | valid_from | valid_until
            ---------------+-------------------+----------------------------+------------+------------
            A1             | B10               |                            | 1900-01-01 | 2026-06-02
            A1             | B20               | B10                        | 2026-06-02 |
        """,
    )
    assert places == [
        ("2026-06-04", "B10", "deposit", "CNY", Decimal("-0.01")),
        ("2026-06-04", "B10", "loan", "CNY", Decimal("5.00")),
        ("2026-06-04", "B20", "deposit", "CNY", Decimal("0.01")),
    ]
    assert compared == 4


def test_channel_totals_equal_transactions_by_both_outlets_and_day(engine: Engine) -> None:
    """One posting was counted at B20 instead of B10, and one is in no channel; what lies before the history is not compared."""
    places, compared = found(
        engine,
        CHANNELS_EQUAL_TRANSACTIONS,
        account_transaction="""
            transaction_number | holding_organisation_code | handling_organisation_code | posted_on  | balance_change | is_reversal
            -------------------+---------------------------+----------------------------+------------+----------------+------------
            T0                 | B10                       | B10                        | 2026-05-01 | 999.00         | no
            T1                 | B10                       | B10                        | 2026-06-03 | 100.00         | no
            T2                 | B10                       |                            | 2026-06-03 | 70.00          | no
            T3                 | B10                       |                            | 2026-06-04 | -70.00         | yes
            T4                 | B10                       | B20                        | 2026-06-04 | 5.00           | no
        """,
        channel_day="""
            organisation_code | handling_organisation_code | business_date | posting_count | credit_amount | debit_amount
            ------------------+----------------------------+---------------+---------------+---------------+-------------
            B20               | B10                        | 2026-06-03    | 1             | 100.00        | 0.00
            B10               | none                       | 2026-06-03    | 1             | 70.00         | 0.00
            B10               | none                       | 2026-06-04    | 1             | 0.00          | 70.00
        """,
    )
    assert places == [
        ("2026-06-03", "B10", "B10", "CNY", "net change", Decimal("-100.00")),
        ("2026-06-03", "B10", "B10", "CNY", "postings", Decimal("-1.00")),
        ("2026-06-03", "B20", "B10", "CNY", "net change", Decimal("100.00")),
        ("2026-06-03", "B20", "B10", "CNY", "postings", Decimal("1.00")),
        ("2026-06-04", "B10", "B20", "CNY", "net change", Decimal("-5.00")),
        ("2026-06-04", "B10", "B20", "CNY", "postings", Decimal("-1.00")),
    ]
    assert compared == 10


def test_customers_counted_equal_the_relations_in_force(engine: Engine) -> None:
    """C2 left in June and C3 borrows; a borrower too many at B10 is found, at the month end alone.

    C4 borrows from the last day on and is counted nowhere; that he was one person with C3 ends on that day.
    """
    places, compared = found(
        engine,
        CUSTOMERS_EQUAL_RELATIONS,
        customer="""
            customer_number | home_organisation_code
            ----------------+-----------------------
            C1              | B10
            C2              | B10
            C3              | B20
            C4              | B30
        """,
        customer_merge="""
            customer_number | surviving_number | valid_from | valid_until
            ----------------+------------------+------------+------------
            C3              | C4               | 2026-05-01 | 2026-06-04
        """,
        customer_relation="""
            customer_number | relation | valid_from | valid_until | is_first
            ----------------+----------+------------+-------------+---------
            C1              | holder   | 2026-05-01 |             | yes
            C2              | holder   | 2026-05-01 | 2026-06-02  | yes
            C3              | borrower | 2026-06-01 |             | yes
            C4              | borrower | 2026-06-04 |             | yes
        """,
        customer_day="""
            organisation_code | business_date | customer_count | borrower_count
            ------------------+---------------+----------------+---------------
            B10               | 2026-05-31    | 2              | 0
            B10               | 2026-06-03    | 99             | 0
            B10               | 2026-06-04    | 1              | 1
            B20               | 2026-06-04    | 0              | 1
        """,
    )
    assert places == [("2026-06-04", "B10", "borrower", Decimal("1.00")), ("2026-06-04", "B30", "borrower", Decimal("-1.00"))]
    assert compared == 10


def test_assets_equal_deposits_and_holdings(engine: Engine) -> None:
    """From the first holding on; the holding counts at its owner's home, and that of C2 was left out."""
    places, compared = found(
        engine,
        ASSETS_EQUAL_PARTS,
        product_day="""
            account_kind | business_date | balance
            -------------+---------------+--------
            deposit      | 2026-05-31    | 80.00
            deposit      | 2026-06-04    | 90.00
            loan         | 2026-06-04    | 7.00
        """,
        customer="""
            customer_number | home_organisation_code
            ----------------+-----------------------
            C1              | B20
            C2              | B20
        """,
        customer_home_period="""
            customer_number | valid_from | valid_until | organisation_code
            ----------------+------------+-------------+------------------
            C2              | 2026-05-01 |             | B30
        """,
        asset_holding="""
            customer_number | valid_from | valid_until | market_amount
            ----------------+------------+-------------+--------------
            C1              | 2026-06-01 |             | 30.00
            C1              | 2026-06-01 | 2026-06-04  | 500.00
            C2              | 2026-06-01 |             | 5.00
        """,
        asset_day="""
            organisation_code | asset_kind | business_date | balance
            ------------------+------------+---------------+--------
            B10               | deposit    | 2026-06-04    | 90.00
            B20               | holding    | 2026-06-04    | 29.99
        """,
    )
    assert places == [("2026-06-04", "B20", "holding", "CNY", Decimal("-0.01")), ("2026-06-04", "B30", "holding", "CNY", Decimal("-5.00"))]
    assert compared == 3


def test_what_falls_due_equals_the_balances_of_the_day_before(engine: Engine) -> None:
    """A1 is told twice and counts once; A2 falls due after the history and is taken as it stands on its last day; A3 ended before it fell due."""
    places, compared = found(
        engine,
        MATURITIES_EQUAL_ACCOUNTS,
        account="""
            account_number | organisation_code | opened_on
            ---------------+-------------------+-----------
            A1             | B10               | 2020-01-01
            A2             | B20               | 2020-01-01
            A3             | B30               | 2020-01-01
        """,
        account_balance="""
            account_number | valid_from | valid_until | balance
            ---------------+------------+-------------+--------
            A1             | 2026-05-30 | 2026-06-02  | 50.00
            A2             | 2026-05-30 |             | 20.00
            A3             | 2026-05-30 | 2026-06-02  | 7.00
        """,
        deposit_term_snapshot="""
            account_number | reported_on | matures_on | source_line
            ---------------+-------------+------------+------------
            A1             | 2026-05-30  | 2026-06-02 | 1
            A1             | 2026-05-31  | 2026-06-02 | 2
            A2             | 2026-05-31  | 2026-09-01 | 3
            A3             | 2026-05-31  | 2026-06-03 | 4
        """,
        maturity_day="""
            organisation_code | business_date | maturing_amount
            ------------------+---------------+----------------
            B10               | 2026-06-02    | 49.99
            B20               | 2026-09-01    | 20.00
        """,
    )
    assert places == [("2026-06-02", "B10", "CNY", Decimal("-0.01"))]
    assert compared == 2


def test_loans_by_class_equal_receipts_and_overdrafts(engine: Engine) -> None:
    """L1 was repaid in June; a cent of the overdraft at the other outlet, drawn since June, is in no class."""
    places, compared = found(
        engine,
        LOAN_CLASSES_EQUAL_RECEIPTS,
        loan="""
            loan_number | disbursed_on | last_reported_on
            ------------+--------------+-----------------
            L1          | 2026-01-01   | 2026-06-01
        """,
        loan_state="""
            loan_number | valid_from | valid_until | balance
            ------------+------------+-------------+--------
            L1          | 2026-05-01 | 2026-06-01  | 100.00
            L1          | 2026-06-01 |             | 0.00
        """,
        credit_card_state="""
            account_number | organisation_code | valid_from | overdraft_balance
            ---------------+-------------------+------------+------------------
            X1             | B20               | 2026-06-01 | 7.00
        """,
        loan_class_day="""
            organisation_code | business_date | balance
            ------------------+---------------+--------
            B10               | 2026-05-31    | 100.00
            B20               | 2026-06-04    | 6.99
        """,
    )
    assert places == [("2026-06-04", "B20", "CNY", Decimal("-0.01"))]
    assert compared == 3


@pytest.mark.parametrize(("collected", "difference"), [("30.00", None), ("29.99", "0.01")])
def test_principal_lent_and_collected_equals_the_postings(engine: Engine, collected: str, difference: str | None) -> None:
    """Interest moves no principal, nor does the deposit it is paid from; a receipt without an account counts on the day it was paid out."""
    places, compared = found(
        engine,
        LOAN_FLOWS_EQUAL_POSTINGS,
        account="""
            account_number | account_kind | opened_on
            ---------------+--------------+-----------
            L1             | loan         | 2026-06-01
            D1             | deposit      | 2026-05-01
        """,
        account_organisation_period="""
            account_number | organisation_code | previous_organisation_code | valid_from | valid_until
            ---------------+-------------------+----------------------------+------------+------------
            D1             | B30               |                            | 1900-01-01 |
        """,
        account_transaction="""
            transaction_number | account_kind | account_number | transaction_type  | posted_on  | balance_change
            -------------------+--------------+----------------+-------------------+------------+---------------
            T1                 | loan         | L1             | loan_disbursement | 2026-06-01 | 100.00
            T2                 | loan         | L1             | loan_principal    | 2026-06-03 | -30.00
            T3                 | loan         | L1             | loan_interest     | 2026-06-03 | -2.00
            T4                 | deposit      | D1             | loan_principal    | 2026-06-03 | -30.00
        """,
        loan="""
            loan_number | account_number | organisation_code | disbursed_on | disbursed_amount | last_reported_on
            ------------+----------------+-------------------+--------------+------------------+-----------------
            R1          | L1             | B10               | 2026-06-01   | 100.00           | 2026-06-01
            R2          |                | B20               | 2026-06-02   | 8.00             | 2026-06-02
        """,
        loan_flow_day=f"""
            organisation_code | business_date | disbursed_amount | collected_amount
            ------------------+---------------+------------------+-----------------
            B10               | 2026-06-01    | 100.00           | 0.00
            B20               | 2026-06-02    | 8.00             | 0.00
            B10               | 2026-06-03    | 0.00             | {collected}
        """,
    )
    assert places == ([] if difference is None else [("2026-06-03", "B10", "CNY", Decimal(difference))])
    assert compared == 3


def test_merchant_months_equal_the_days_of_each_month(engine: Engine) -> None:
    """May ties; in June a cent of the takings and the whole fee cost are missing, and a day before the history is not compared."""
    places, compared = found(
        engine,
        MERCHANTS_EQUAL_TRADES,
        merchant_trade_day="""
            merchant_number | traded_on  | trade_amount | fee_income_amount | fee_cost_amount
            ----------------+------------+--------------+-------------------+----------------
            M1              | 2026-05-29 | 999.00       | 9.00              | 0.00
            M1              | 2026-05-30 | 40.00        | 2.00              | 1.00
            M2              | 2026-05-31 | 10.00        | 1.00              | 0.50
            M1              | 2026-06-01 | 70.00        | 3.00              | 1.25
            M1              | 2026-06-04 | 30.00        | 1.00              | 0.00
        """,
        merchant_month="""
            merchant_number | business_date | trade_amount | fee_income_amount | fee_cost_amount
            ----------------+---------------+--------------+-------------------+----------------
            M1              | 2026-05-31    | 40.00        | 2.00              | 1.00
            M2              | 2026-05-31    | 10.00        | 1.00              | 0.50
            M1              | 2026-06-04    | 99.99        | 4.00              | 0.00
        """,
    )
    assert [(str(month), counted, difference) for month, counted, difference in places] == [
        ("2026-06-01", "fees", Decimal("1.25")),
        ("2026-06-01", "takings", Decimal("-0.01")),
    ]
    assert compared == 4
