"""Ledger day: what the ledger says, leaf subjects only."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.ledger_day import LEDGER_DAY_MART


def test_only_leaf_subjects_count(engine: Engine) -> None:
    """A subject with sub-subjects repeats their sum and is left out."""
    load_tables(
        engine,
        ledger_subject_snapshot="""
            reported_on | subject_code | subject_name   | parent_code | balance_side | business_subclass
            ------------+--------------+----------------+-------------+--------------+------------------
            2026-06-30  | 2011         | Deposits       |             | credit       | deposit
            2026-06-30  | 201101       | Demand         | 2011        | credit       | deposit
            2026-06-30  | 201102       | Term           | 2011        | credit       | deposit
            2026-06-30  | 1001         | Cash           | 1001        | debit        | cash
            2026-05-31  | 1001         | Cash, old name | 1001        | debit        | unmapped
        """,
        ledger_snapshot="""
            reported_on | subject_code | closing_debit_balance | closing_credit_balance | debit_amount | credit_amount
            ------------+--------------+-----------------------+------------------------+--------------+--------------
            2026-06-30  | 2011         | 0.00                  | 100.00                 | 1.00         | 3.00
            2026-06-30  | 201101       | 0.00                  | 60.00                  | 1.00         | 2.00
            2026-06-30  | 201102       | 0.00                  | 40.00                  | 0.00         | 1.00
            2026-06-30  | 1001         | 100.00                | 0.00                   | 2.00         | 0.00
        """,
    )
    run(engine, LEDGER_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "ledger_day",
        """
        subject_code | subject_name | business_subclass | business_date | balance | debit_amount | credit_amount
        -------------+--------------+-------------------+---------------+---------+--------------+--------------
        201101       | Demand       | deposit           | 2026-06-30    | 60.00   | 1.00         | 2.00
        201102       | Term         | deposit           | 2026-06-30    | 40.00   | 0.00         | 1.00
        1001         | Cash         | cash              | 2026-06-30    | 100.00  | 2.00         | 0.00
        """,
    )


def test_a_balance_is_positive_on_the_subjects_own_side(engine: Engine) -> None:
    """Credit subjects count credit less debit, all others debit less credit; a balance on the wrong side is negative."""
    load_tables(
        engine,
        ledger_subject_snapshot="""
            reported_on | subject_code | balance_side | business_subclass
            ------------+--------------+--------------+------------------
            2026-06-30  | 2011         | credit       | deposit
            2026-06-30  | 1301         | debit        | loan
            2026-06-30  | 3001         | both         | clearing
        """,
        ledger_snapshot="""
            reported_on | subject_code | closing_debit_balance | closing_credit_balance
            ------------+--------------+-----------------------+-----------------------
            2026-06-30  | 2011         | 5.00                  | 2.00
            2026-06-30  | 1301         | 70.00                 | 0.00
            2026-06-30  | 3001         | 0.00                  | 4.00
            2026-06-30  | 9999         | 6.00                  | 0.00
        """,
    )
    run(engine, LEDGER_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "ledger_day",
        """
        subject_code | balance_side | business_subclass | balance
        -------------+--------------+-------------------+--------
        2011         | credit       | deposit           | -3.00
        1301         | debit        | loan              | 70.00
        3001         | both         | clearing          | -4.00
        9999         | both         | unmapped          | 6.00
        """,
    )


def test_a_subject_that_is_divided_later_was_a_leaf_before(engine: Engine) -> None:
    """When a subject gets sub-subjects in June, its May balance still counts; in June only the sub-subjects do."""
    load_tables(
        engine,
        ledger_subject_snapshot="""
            reported_on | subject_code | parent_code | balance_side | business_subclass
            ------------+--------------+-------------+--------------+------------------
            2026-05-31  | 2011         |             | credit       | deposit
            2026-06-30  | 2011         |             | credit       | deposit
            2026-06-30  | 201101       | 2011        | credit       | deposit
        """,
        ledger_snapshot="""
            reported_on | subject_code | closing_credit_balance
            ------------+--------------+-----------------------
            2026-05-31  | 2011         | 90.00
            2026-06-30  | 2011         | 100.00
            2026-06-30  | 201101       | 100.00
        """,
    )
    run(engine, LEDGER_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "ledger_day",
        """
        business_date | subject_code | balance
        --------------+--------------+--------
        2026-05-31    | 2011         | 90.00
        2026-06-30    | 201101       | 100.00
        """,
    )


RATES = """
    currency | valid_from | valid_until | quoted_amount | exchange_rate
    ---------+------------+-------------+---------------+--------------
    USD      | 1900-01-01 | 2026-06-30  | 100.00        | 700.000000
    USD      | 2026-06-30 |             | 100.00        | 712.345000
"""


def test_foreign_money_also_stands_in_local_currency_at_the_rate_of_the_day(engine: Engine) -> None:
    """100.03 dollars are 700.21 yuan on 31 May and 712.56 on 30 June; euros without a rate and yuan are what they are."""
    load_tables(
        engine,
        ledger_subject_snapshot="""
            reported_on | subject_code | balance_side | business_subclass
            ------------+--------------+--------------+------------------
            2026-06-30  | 1001         | debit        | cash
        """,
        ledger_snapshot="""
            reported_on | subject_code | currency | closing_debit_balance | closing_credit_balance
            ------------+--------------+----------+-----------------------+-----------------------
            2026-05-31  | 1001         | USD      | 100.03                | 0.00
            2026-06-30  | 1001         | USD      | 100.03                | 0.00
            2026-06-30  | 1001         | EUR      | 5.00                  | 0.00
            2026-06-30  | 1001         | CNY      | 9.00                  | 0.00
        """,
        local_rate=RATES,
    )
    run(engine, LEDGER_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "ledger_day",
        """
        currency | business_date | balance | local_balance
        ---------+---------------+---------+--------------
        USD      | 2026-05-31    | 100.03  | 700.21
        USD      | 2026-06-30    | 100.03  | 712.56
        EUR      | 2026-06-30    | 5.00    | 5.00
        CNY      | 2026-06-30    | 9.00    | 9.00
        """,
    )
