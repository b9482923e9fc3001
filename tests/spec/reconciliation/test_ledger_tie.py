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


def test_discounted_bills_and_advances_add_up_by_outlet(engine: Engine) -> None:
    """Bills at face value while held, advances at their balance; what has a loan account of its own is already among the accounts."""
    load_tables(
        engine,
        bill_discount_snapshot="""
            reported_on | loan_number | organisation_code | face_amount | bill_status
            ------------+-------------+-------------------+-------------+------------
            2026-06-30  | D1          | B10               | 90.00       | held
            2026-06-30  | D2          | B10               | 10.05       | overdue
            2026-06-30  | D3          | B10               | 500.00      | settled
            2026-06-30  | D4          | B10               | 70.00       | held
            2026-06-30  | D5          | B20               | 30.00       | transferred
        """,
        advance_snapshot="""
            reported_on | loan_number | organisation_code | balance
            ------------+-------------+-------------------+--------
            2026-06-30  | V1          | B20               | 5.00
            2026-06-30  | V2          |                   | 1.00
        """,
        loan_snapshot="""
            reported_on | loan_number | account_number | disbursed_on | balance
            ------------+-------------+----------------+--------------+--------
            2026-06-30  | D4          | L4             | 2026-06-01   | 70.00
            2026-06-30  | D1          |                | 2026-06-01   | 90.00
        """,
        account_snapshot="""
            reported_on | account_number | organisation_code | subject_code | account_kind | balance
            ------------+----------------+-------------------+--------------+--------------+--------
            2026-06-30  | L4             | B10               | 130101       | loan         | 70.00
        """,
    )
    run(engine, SUM_SUBLEDGERS, reporting_date="2026-06-30")
    expect(
        engine,
        "subledger_day",
        """
        organisation_code | subject_code | control_code | balance
        ------------------+--------------+--------------+--------
        B10               | 130101       | loan         | 70.00
        B10               | none         | discount     | 100.05
        B20               | none         | discount     | 0.00
        B20               | none         | advance      | 5.00
        none              | none         | advance      | 1.00
        """,
    )


def test_receipts_are_held_against_loan_accounts_and_the_ledger(engine: Engine) -> None:
    """At B10 a cent of the receipts is missing; the bill and the card have no account and count against the ledger alone; L3 is written off.

    On 28 June the receipts came without a balance: there is nothing to hold against the ledger of that day.
    """
    load_tables(
        engine,
        loan_snapshot="""
            reported_on | loan_number | account_number | organisation_code | loan_status | disbursed_on | balance
            ------------+-------------+----------------+-------------------+-------------+--------------+--------
            2026-06-30  | L1          | L1             | B10               | current     | 2026-06-01   | 99.99
            2026-06-30  | L2          | L2             | B20               | overdue     | 2026-06-01   | 50.00
            2026-06-30  | L3          | L3             | B20               | written_off | 2026-06-01   | 7.00
            2026-06-30  | D1          |                | B10               | current     | 2026-06-01   | 30.00
            2026-06-29  | D1          |                | B10               | current     | 2026-06-01   | 30.00
            2026-06-28  | L1          | L1             | B10               | current     | 2026-06-01   |
        """,
        account_snapshot="""
            reported_on | account_number | organisation_code | subject_code | account_kind | balance
            ------------+----------------+-------------------+--------------+--------------+--------
            2026-06-30  | L1             | B10               | 130301       | loan         | 100.00
            2026-06-30  | L2             | B20               | 130301       | loan         | 50.00
        """,
        loan_class_day="""
            business_date | organisation_code | product_code | loan_status | balance
            --------------+-------------------+--------------+-------------+--------
            2026-06-30    | B10               | P1           | current     | 99.99
            2026-06-30    | B10               | 票据贴现     | current     | 30.00
            2026-06-30    | B10               | 信用卡透支   | current     | 4.00
            2026-06-30    | B20               | P1           | overdue     | 50.00
            2026-06-30    | B20               | P1           | written_off | 7.00
            2026-06-30    | B20               | 委托贷款     | current     | 3.00
            2026-06-29    | B10               | 票据贴现     | current     | 30.00
            2026-06-28    | B10               | P1           | current     | 99.99
        """,
        ledger_day="""
            business_date | organisation_code | subject_code | subject_name | business_subclass | balance | balance_side
            --------------+-------------------+--------------+--------------+-------------------+---------+-------------
            2026-06-30    | B10               | 130301       | 农户贷款     | loan              | 100.00  | debit
            2026-06-30    | B10               | 130101       | 贴现         | loan              | 30.00   | debit
            2026-06-30    | B10               | 130701       | 信用卡透支   | loan              | 4.00    | debit
            2026-06-30    | B20               | 130301       | 农户贷款     | loan              | 50.00   | debit
            2026-06-30    | B20               | 130309       | 贷款利息调整 | loan              | 2.00    | debit
        """,
    )
    tie(engine)
    expect(
        engine,
        "loan_tie",
        """
        business_date | organisation_code | receipt_balance | account_balance | difference_amount | counted_balance | ledger_balance
        --------------+-------------------+-----------------+-----------------+-------------------+-----------------+---------------
        2026-06-30    | B10               | 99.99           | 100.00          | -0.01             | 133.99          | 134.00
        2026-06-30    | B20               | 50.00           | 50.00           | 0.00              | 50.00           | 50.00
        2026-06-29    | B10               |                 |                 |                   | 30.00           |
        """,
    )
