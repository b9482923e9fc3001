"""Ledger tie-out: sub-ledgers equal the ledger to the cent, on every day on which both exist."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.reconciliation import STEPS
from maisui.reconciliation.sum_subledgers import SUM_SUBLEDGERS


def tie(engine: Engine) -> None:
    """Run every step of reconciliation, from account balances to covered subjects."""
    for step in STEPS:
        run(engine, step, reporting_date="2026-06-30")


def test_accounts_and_ledger_tie_or_miss_by_the_cent(engine: Engine) -> None:
    """All accounts of an outlet, detail subject and currency are held against that subject; one cent is a difference."""
    load_tables(
        engine,
        account_snapshot="""
            reported_on | account_number | organisation_code | subject_code | currency | cash_form | account_kind | balance
            ------------+----------------+-------------------+--------------+----------+-----------+--------------+--------
            2026-06-30  | A1             | B10               | 201101       | CNY      | none      | deposit      | 60.00
            2026-06-30  | A2             | B10               | 201101       | CNY      | none      | deposit      | 40.00
            2026-06-30  | A2             | B10               | 201101       | USD      | note      | deposit      | 3.00
            2026-06-30  | A2             | B10               | 201101       | USD      | transfer  | deposit      | 4.00
            2026-06-30  | A3             | B20               | 201101       | CNY      | none      | deposit      | 9.99
            2026-06-30  | L1             | B10               | 1301         | CNY      | none      | loan         | 500.00
            2026-06-30  | A4             | B10               | 2251         | CNY      | none      | deposit      | 8.00
        """,
        ledger_day="""
            business_date | organisation_code | subject_code | currency | business_subclass | balance | balance_side
            --------------+-------------------+--------------+----------+-------------------+---------+-------------
            2026-06-30    | B10               | 201101       | CNY      | deposit           | 100.00 | credit
            2026-06-30    | B10               | 201101       | USD      | deposit           | 7.00 | credit
            2026-06-30    | B20               | 201101       | CNY      | deposit           | 10.00 | credit
            2026-06-30    | B10               | 1301         | CNY      | loan              | 500.00 | debit
            2026-06-30    | B10               | 2251         | CNY      | guarantee         | 8.00 | credit
            2026-06-30    | B10               | 1001         | CNY      | cash              | 77.00 | debit
        """,
    )
    tie(engine)
    expect(
        engine,
        "ledger_tie",
        """
        business_date | organisation_code | subject_code | currency | control_code | subledger_balance | ledger_balance | difference_amount
        --------------+-------------------+--------------+----------+--------------+-------------------+----------------+------------------
        2026-06-30    | B10               | 201101       | CNY      | deposit      | 100.00            | 100.00         | 0.00
        2026-06-30    | B10               | 201101       | USD      | deposit      | 7.00              | 7.00           | 0.00
        2026-06-30    | B20               | 201101       | CNY      | deposit      | 9.99              | 10.00          | -0.01
        2026-06-30    | B10               | 1301         | CNY      | loan         | 500.00            | 500.00         | 0.00
        2026-06-30    | B10               | 2251         | CNY      | deposit      | 8.00              | 8.00           | 0.00
        """,
    )


def test_a_subject_missing_on_either_side_is_a_difference(engine: Engine) -> None:
    """Accounts under a subject unknown to the ledger and ledger balances without accounts are listed; empty subjects are not."""
    load_tables(
        engine,
        account_snapshot="""
            reported_on | account_number | subject_code | account_kind | balance
            ------------+----------------+--------------+--------------+--------
            2026-06-30  | A1             | 201109       | deposit      | 60.00
            2026-06-30  | A2             |              | deposit      | 5.00
            2026-06-30  | L1             | 1301         | loan         | 1.00
        """,
        ledger_day="""
            business_date | subject_code | business_subclass | balance | balance_side
            --------------+--------------+-------------------+---------+-------------
            2026-06-30    | 201102       | deposit           | 40.00 | credit
            2026-06-30    | 201103       | deposit           | 0.00 | credit
            2026-06-30    | 1301         | loan              | 1.00 | debit
            2026-06-30    | 6011         | interest_income   | 8.00 | credit
        """,
    )
    tie(engine)
    expect(
        engine,
        "ledger_tie",
        """
        subject_code | control_code | subledger_balance | ledger_balance | difference_amount
        -------------+--------------+-------------------+----------------+------------------
        201109       | deposit      | 60.00             | 0.00           | 60.00
        none         | deposit      | 5.00              | 0.00           | 5.00
        201102       | deposit      | 0.00              | 40.00          | -40.00
        1301         | loan         | 1.00              | 1.00           | 0.00
        """,
    )


def test_a_day_is_compared_only_when_both_sides_were_delivered_for_it(engine: Engine) -> None:
    """A ledger day without accounts, or accounts without a ledger day, say nothing; a day without loan accounts says nothing of loans."""
    load_tables(
        engine,
        account_snapshot="""
            reported_on | account_number | subject_code | account_kind | balance
            ------------+----------------+--------------+--------------+--------
            2026-06-10  | A1             | 201101       | deposit      | 60.00
            2026-06-29  | A1             | 201101       | deposit      | 60.00
            2026-06-30  | A1             | 201101       | deposit      | 60.00
            2026-06-30  | L1             | 1301         | loan         | 70.00
        """,
        ledger_day="""
            business_date | subject_code | business_subclass | balance | balance_side
            --------------+--------------+-------------------+---------+-------------
            2026-06-29    | 201101       | deposit           | 60.00 | credit
            2026-06-29    | 1301         | loan              | 70.00 | debit
            2026-06-30    | 201101       | deposit           | 60.00 | credit
            2026-06-30    | 1301         | loan              | 70.00 | debit
            2026-06-28    | 201101       | deposit           | 55.00 | credit
        """,
    )
    tie(engine)
    expect(
        engine,
        "ledger_tie",
        """
        business_date | subject_code | difference_amount
        --------------+--------------+------------------
        2026-06-29    | 201101       | 0.00
        2026-06-30    | 201101       | 0.00
        2026-06-30    | 1301         | 0.00
        """,
    )


def test_accounts_reported_without_a_balance_are_not_held_against_the_ledger(engine: Engine) -> None:
    """A source that delivers no balances has no sub-ledger to compare."""
    load_tables(
        engine,
        account_snapshot="""
            reported_on | account_number | subject_code | balance
            ------------+----------------+--------------+--------
            2026-06-30  | A1             | 201101       |
        """,
        ledger_day="""
            business_date | subject_code | business_subclass | balance | balance_side
            --------------+--------------+-------------------+---------+-------------
            2026-06-30    | 201101       | deposit           | 60.00 | credit
        """,
    )
    tie(engine)
    expect(
        engine,
        "ledger_tie",
        """
        subject_code | difference_amount
        -------------+------------------
        """,
    )


def test_internal_accounts_and_card_overdrafts_add_up_beside_deposits_and_loans(engine: Engine) -> None:
    """Internal accounts count debit less credit under their subject, overdrafts by outlet under none."""
    load_tables(
        engine,
        internal_account_snapshot="""
            reported_on | account_number | organisation_code | subject_code | debit_balance | credit_balance
            ------------+----------------+-------------------+--------------+---------------+---------------
            2026-06-30  | N1             | B10               | 1001         | 100.00        | 0.00
            2026-06-30  | N2             | B10               | 1001         | 5.00          | 0.00
            2026-06-30  | N3             | B10               | 2221         | 0.00          | 7.05
        """,
        credit_card_account_snapshot="""
            reported_on | account_number | organisation_code | overdraft_balance
            ------------+----------------+-------------------+------------------
            2026-06-30  | X1             | B10               | 10.00
            2026-06-30  | X2             | B10               | 0.05
        """,
    )
    run(engine, SUM_SUBLEDGERS, reporting_date="2026-06-30")
    expect(
        engine,
        "subledger_day",
        """
        organisation_code | subject_code | control_code | balance
        ------------------+--------------+--------------+--------
        B10               | 1001         | internal     | 105.00
        B10               | 2221         | internal     | -7.05
        B10               | none         | card         | 10.05
        """,
    )


def test_bills_are_added_up_at_their_face_while_they_are_held_and_advances_at_what_is_owed(engine: Engine) -> None:
    """By hand: B10 holds 100.00 and an overdue 20.00, the collected 7.00 counts nothing; of two advances 50.00 and 0.00 are owed."""
    load_tables(
        engine,
        bill_discount_snapshot="""
            reported_on | loan_number | organisation_code | face_amount | discount_amount | bill_status
            ------------+-------------+-------------------+-------------+-----------------+------------
            2026-06-30  | J1          | B10               | 100.00      | 99.00           | held
            2026-06-30  | J2          | B10               | 20.00       | 19.50           | overdue
            2026-06-30  | J3          | B10               | 7.00        | 6.90            | settled
            2026-06-30  | J4          | B20               | 3.00        | 2.90            | transferred
        """,
        advance_snapshot="""
            reported_on | loan_number | organisation_code | advance_amount | balance
            ------------+-------------+-------------------+----------------+--------
            2026-06-30  | D1          | B20               | 60.00          | 50.00
            2026-06-30  | D2          | B20               | 9.00           | 0.00
        """,
        ledger_day="""
            business_date | organisation_code | subject_code | subject_name   | balance | balance_side
            --------------+-------------------+--------------+----------------+---------+-------------
            2026-06-30    | B10               | 130101       | 贴现资产面值   | 120.00  | debit
            2026-06-30    | B10               | 130102       | 贴现利息调整   | 1.50    | credit
            2026-06-30    | B20               | 130601       | 承兑垫款       | 50.01   | debit
        """,
    )
    tie(engine)
    expect(
        engine,
        "ledger_tie",
        """
        organisation_code | subject_code | control_code | subledger_balance | ledger_balance | difference_amount
        ------------------+--------------+--------------+-------------------+----------------+------------------
        B10               | *            | discount     | 120.00            | 120.00         | 0.00
        B20               | *            | advance      | 50.00             | 50.01          | -0.01
        B20               | *            | discount     | 0.00              | 0.00           | 0.00
        """,
    )
