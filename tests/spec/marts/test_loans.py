"""Loan flow day and loan class day: what went out and came back, and how good the loans are."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.loan_class_day import LOAN_CLASS_DAY_MART
from maisui.marts.loan_flow_day import LOAN_FLOW_DAY_MART


def test_loan_transactions_say_what_went_out_and_came_back(engine: Engine) -> None:
    """Disbursements and repaid principal of loan accounts are flows, interest is not; a reversal takes amount and count back."""
    load_tables(
        engine,
        account="""
            account_number | account_kind | organisation_code | product_code | opened_on
            ---------------+--------------+-------------------+--------------+-----------
            LA1            | loan         | B10               | P9           | 2026-06-01
            LA2            | loan         | B20               | P8           | 2026-06-01
        """,
        loan="""
            loan_number | account_number | loan_status | disbursed_amount | disbursed_on | last_reported_on
            ------------+----------------+-------------+------------------+--------------+-----------------
            L1          | LA1            | overdue     | 500.00           | 2026-06-01   | 2026-06-30
        """,
        account_transaction="""
            transaction_number | account_number | account_kind | transaction_type  | posted_on  | balance_change | is_reversal
            -------------------+----------------+--------------+-------------------+------------+----------------+------------
            T1                 | LA1            | loan         | loan_disbursement | 2026-06-01 | 500.00         | no
            T2                 | LA1            | loan         | loan_disbursement | 2026-06-02 | 80.00          | no
            T3                 | LA1            | loan         | loan_disbursement | 2026-06-02 | -80.00         | yes
            T4                 | LA1            | loan         | loan_principal    | 2026-06-20 | -120.00        | no
            T5                 | LA1            | loan         | loan_principal    | 2026-06-20 | 20.00          | yes
            T6                 | LA1            | loan         | loan_interest     | 2026-06-20 | 0.00           | no
            T7                 | LA2            | loan         | loan_principal    | 2026-06-30 | -9.00          | no
            T8                 | LA2            | loan         | loan_principal    | 2026-07-01 | -9.00          | no
            T9                 | LA1            | deposit      | loan_principal    | 2026-06-30 | -9.00          | no
        """,
        reversal="""
            transaction_number | account_number | counts_as | is_event
            -------------------+----------------+-----------+---------
            T3                 | LA1            | -1        | yes
            T5                 | LA1            | -1        | yes
        """,
    )
    run(engine, LOAN_FLOW_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "loan_flow_day",
        """
        organisation_code | product_code | loan_status | business_date | disbursed_amount | disbursed_count | collected_amount
        ------------------+--------------+-------------+---------------+------------------+-----------------+-----------------
        B10               | P9           | overdue     | 2026-06-01    | 500.00           | 1               | 0.00
        B10               | P9           | overdue     | 2026-06-02    | 0.00             | 0               | 0.00
        B10               | P9           | overdue     | 2026-06-20    | 0.00             | 0               | 100.00
        B20               | P8           | other       | 2026-06-30    | 0.00             | 0               | 9.00
        """,
    )


def test_without_loan_accounts_the_receipts_say_what_went_out(engine: Engine) -> None:
    """A source without loan sub-ledgers counts each receipt on its disbursement day; a deposit account behind it changes nothing."""
    load_tables(
        engine,
        account="""
            account_number | account_kind | opened_on
            ---------------+--------------+-----------
            LA1            | loan         | 2026-06-01
            D1             | deposit      | 2026-06-01
        """,
        loan="""
            loan_number | account_number | organisation_code | disbursed_amount | disbursed_on | last_reported_on
            ------------+----------------+-------------------+------------------+--------------+-----------------
            L1          | LA1            | B10               | 500.00           | 2026-06-01   | 2026-06-30
            L2          | D1             | B20               | 70.00            | 2026-06-05   | 2026-06-30
            L3          |                | B20               | 30.00            | 2026-06-05   | 2026-06-30
            L4          |                | B20               | 30.00            | 2026-07-01   | 2026-06-30
        """,
    )
    run(engine, LOAN_FLOW_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "loan_flow_day",
        """
        organisation_code | business_date | disbursed_amount | disbursed_count | collected_amount
        ------------------+---------------+------------------+-----------------+-----------------
        B20               | 2026-06-05    | 100.00           | 2               | 0.00
        """,
    )


def test_an_account_with_two_receipts_does_not_count_its_flows_twice(engine: Engine) -> None:
    """A posting names the account only; it takes the state of the receipt disbursed last."""
    load_tables(
        engine,
        account="""
            account_number | account_kind | opened_on
            ---------------+--------------+-----------
            LA1            | loan         | 2026-06-01
        """,
        loan="""
            loan_number | account_number | loan_status | disbursed_on | last_reported_on
            ------------+----------------+-------------+--------------+-----------------
            L1          | LA1            | settled     | 2025-06-01   | 2026-06-30
            L2          | LA1            | current     | 2026-06-01   | 2026-06-30
        """,
        account_transaction="""
            account_number | account_kind | transaction_type | posted_on  | balance_change
            ---------------+--------------+------------------+------------+---------------
            LA1            | loan         | loan_principal   | 2026-06-20 | -120.00
        """,
    )
    run(engine, LOAN_FLOW_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "loan_flow_day",
        """
        loan_status | business_date | collected_amount
        ------------+---------------+-----------------
        current     | 2026-06-20    | 120.00
        """,
    )


def test_over_90_days_begins_on_day_91(engine: Engine) -> None:
    """Overdue since 1 April: 30 June is day 90, still in the shorter bucket; 1 July is day 91. On the day itself nothing is overdue yet."""
    load_tables(
        engine,
        calendar_day=("2026-06-30", "2026-07-01"),
        loan="""
            loan_number | disbursed_on | last_reported_on
            ------------+--------------+-----------------
            L1          | 2025-01-01   | 2026-06-30
            L2          | 2025-01-01   | 2026-06-30
            L3          | 2025-01-01   | 2026-06-30
        """,
        loan_state="""
            loan_number | valid_from | balance | overdue_since
            ------------+------------+---------+--------------
            L1          | 2026-05-31 | 100.00  | 2026-04-01
            L2          | 2026-05-31 | 20.00   | 2026-06-30
            L3          | 2026-05-31 | 3.00    |
        """,
    )
    run(engine, LOAN_CLASS_DAY_MART, reporting_date="2026-07-01")
    expect(
        engine,
        "loan_class_day",
        """
        business_date | overdue_bucket | balance | loan_count
        --------------+----------------+---------+-----------
        2026-06-30    | to_90d         | 100.00  | 1
        2026-06-30    | none           | 23.00   | 2
        2026-07-01    | over_90d       | 100.00  | 1
        2026-07-01    | to_90d         | 20.00   | 1
        2026-07-01    | none           | 3.00    | 1
        """,
    )


def test_a_bank_may_draw_the_line_elsewhere_from_a_day_on(engine: Engine) -> None:
    """The number of days is a dated parameter: the same loan changes its bucket on the day a new line begins."""
    load_tables(
        engine,
        calendar_day=("2026-06-29", "2026-06-30"),
        parameter="""
            parameter_code    | valid_from | valid_until | number_value
            ------------------+------------+-------------+-------------
            long_overdue_days | 1900-01-01 | 2026-06-30  | 90
            long_overdue_days | 2026-06-30 |             | 60
        """,
        loan="""
            loan_number | disbursed_on | last_reported_on
            ------------+--------------+-----------------
            L1          | 2025-01-01   | 2026-06-30
        """,
        loan_state="""
            loan_number | valid_from | balance | overdue_since
            ------------+------------+---------+--------------
            L1          | 2026-05-31 | 100.00  | 2026-04-20
        """,
    )
    run(engine, LOAN_CLASS_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "loan_class_day",
        """
        business_date | overdue_bucket | balance
        --------------+----------------+--------
        2026-06-29    | to_90d         | 100.00
        2026-06-30    | over_90d       | 100.00
        """,
    )


def test_written_off_loans_keep_a_line_of_their_own_and_repaid_ones_none(engine: Engine) -> None:
    """The state of a loan splits its line, so that ratios can leave written-off ones out; a balance of 0 is no loan."""
    load_tables(
        engine,
        calendar_day=("2026-06-30", "2026-06-30"),
        loan="""
            loan_number | disbursed_on | last_reported_on
            ------------+--------------+-----------------
            L1          | 2025-01-01   | 2026-06-30
            L2          | 2025-01-01   | 2026-06-30
            L3          | 2025-01-01   | 2026-06-30
        """,
        loan_state="""
            loan_number | valid_from | valid_until | balance | loan_class | loan_status
            ------------+------------+-------------+---------+------------+------------
            L1          | 2026-06-30 |             | 100.00  | loss       | written_off
            L2          | 2026-06-30 |             | 20.00   | loss       | overdue
            L3          | 2026-05-31 | 2026-06-30  | 9.00    | normal     | current
            L3          | 2026-06-30 |             | 0.00    | normal     | settled
        """,
    )
    run(engine, LOAN_CLASS_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "loan_class_day",
        """
        loan_class | loan_status | balance | loan_count
        -----------+-------------+---------+-----------
        loss       | written_off | 100.00  | 1
        loss       | overdue     | 20.00   | 1
        """,
    )


def test_card_overdrafts_are_loans_with_a_class_of_their_own(engine: Engine) -> None:
    """An overdraft counts from its report to the next, in arrears from the day after it fell due; an account that owes nothing has no line."""
    load_tables(
        engine,
        calendar_day=("2026-06-29", "2026-06-30"),
        loan="""
            loan_number | product_code | disbursed_on | last_reported_on
            ------------+--------------+--------------+-----------------
            L1          | 消费贷款     | 2025-01-01   | 2026-06-30
        """,
        loan_state="""
            loan_number | valid_from | balance | loan_class
            ------------+------------+---------+-----------
            L1          | 2026-05-31 | 100.00  | pass
        """,
        credit_card_state="""
            account_number | valid_from | valid_until | overdraft_balance | loan_class  | overdue_since
            ---------------+------------+-------------+-------------------+-------------+--------------
            X1             | 2026-05-31 | 2026-06-30  | 7.00              | pass        |
            X1             | 2026-06-30 |             | 8.05              | substandard | 2026-03-01
            X2             | 2026-05-31 |             | 0.00              | pass        |
        """,
    )
    run(engine, LOAN_CLASS_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "loan_class_day",
        """
        business_date | product_code | loan_class  | loan_status | overdue_bucket | balance | loan_count
        --------------+--------------+-------------+-------------+----------------+---------+-----------
        2026-06-29    | 消费贷款     | pass        | current     | none           | 100.00  | 1
        2026-06-30    | 消费贷款     | pass        | current     | none           | 100.00  | 1
        2026-06-29    | 信用卡透支   | pass        | current     | none           | 7.00    | 1
        2026-06-30    | 信用卡透支   | substandard | overdue     | over_90d       | 8.05    | 1
        """,
    )
