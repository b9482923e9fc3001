"""Channel hour month: at which hours of which weekdays customers come."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.channel_hour_month import CHANNEL_HOUR_MONTH_MART


def test_transactions_count_at_their_weekday_and_hour_in_the_month_they_were_posted(engine: Engine) -> None:
    """1 June 2026 is a Monday and 7 June a Sunday; a reversal takes its original back, a time nobody can read is none. Of A9 nobody delivered the account.

    C1 is C0 by the end of June, and of C0's tier then; in May he was of his own. Of C2 no tier is known.
    """
    load_tables(
        engine,
        calendar_day=("2026-05-31", "2026-06-20"),
        account="""
            account_number | customer_kind | opened_on
            ---------------+---------------+-----------
            A1             | personal      | 2026-01-01
            A2             | corporate     | 2026-01-01
        """,
        customer_merge="""
            customer_number | valid_from | valid_until | surviving_number
            ----------------+------------+-------------+-----------------
            C1              | 2026-06-15 |             | C0
        """,
        customer_standing="""
            customer_number | business_date | tier_code
            ----------------+---------------+----------
            C1              | 2026-05-31    | vip
            C1              | 2026-06-20    | ordinary
            C0              | 2026-06-20    | gold
        """,
        account_transaction="""
            transaction_number | account_number | customer_number | account_kind | channel_code | transaction_type | posted_on  | posted_time | amount | is_bank_initiated
            -------------------+----------------+-----------------+--------------+--------------+------------------+------------+-------------+--------+------------------
            EARLY              | A1             | C1              | deposit      | atm          | cash_withdrawal  | 2026-05-30 | 090000      | 1.00   | no
            T0                 | A1             | C1              | deposit      | atm          | cash_withdrawal  | 2026-05-31 | 235959      | 2.00   | no
            T1                 | A1             | C1              | deposit      | atm          | cash_withdrawal  | 2026-06-01 | 090000      | 10.00  | no
            T2                 | A1             | C1              | deposit      | atm          | cash_withdrawal  | 2026-06-08 | 095959      | 20.50  | no
            T3                 | A1             | C1              | deposit      | atm          | cash_withdrawal  | 2026-06-07 | 000000      | 30.00  | no
            T4                 | A2             | C2              | deposit      | counter      | transfer         | 2026-06-02 | 100000      | 40.00  | no
            T5                 | A2             | C2              | deposit      | counter      | transfer         | 2026-06-02 | 103000      | 50.00  | no
            BACK               | A2             | C2              | deposit      | counter      | transfer         | 2026-06-02 | 104500      | 50.00  | no
            T6                 | A1             | C1              | deposit      | pos          | purchase         | 2026-06-03 |             | 5.00   | no
            T7                 | A1             | C1              | deposit      | pos          | purchase         | 2026-06-03 | 9999        | 6.00   | no
            INTEREST           | A1             | C1              | deposit      | none         | interest         | 2026-06-03 | 030000      | 7.00   | yes
            LOAN               | A1             | C1              | loan         | counter      | loan_principal   | 2026-06-03 | 110000      | 8.00   | no
            T8                 | A9             |                 | deposit      | atm          | cash_withdrawal  | 2026-06-04 | 120000      | 3.00   | no
            LATER              | A1             | C1              | deposit      | atm          | cash_withdrawal  | 2026-06-21 | 090000      | 9.00   | no
        """,
        reversal="""
            transaction_number | account_number | counts_as | is_event
            -------------------+----------------+-----------+---------
            BACK               | A2             | -1        | yes
        """,
    )
    run(engine, CHANNEL_HOUR_MONTH_MART, reporting_date="2026-06-20")
    expect(
        engine,
        "channel_hour_month",
        """
        organisation_code | customer_kind | tier_code | channel_code | transaction_type | weekday_code | hour_code | business_date | transaction_count | transaction_amount
        ------------------+---------------+-----------+--------------+------------------+--------------+-----------+---------------+-------------------+-------------------
        B10               | personal      | gold      | atm          | cash_withdrawal  | 1            | 09        | 2026-06-20    | 2                 | 30.50
        B10               | personal      | gold      | atm          | cash_withdrawal  | 7            | 00        | 2026-06-20    | 1                 | 30.00
        B10               | personal      | vip       | atm          | cash_withdrawal  | 7            | 23        | 2026-05-31    | 1                 | 2.00
        B10               | corporate     | none      | counter      | transfer         | 2            | 10        | 2026-06-20    | 1                 | 40.00
        B10               | personal      | gold      | pos          | purchase         | 3            | none      | 2026-06-20    | 2                 | 11.00
        B10               | unknown       | none      | atm          | cash_withdrawal  | 4            | 12        | 2026-06-20    | 1                 | 3.00
        """,
    )
