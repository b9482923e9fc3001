"""Channel day: what ran through which channel."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.channel_day import CHANNEL_DAY_MART

JUNE = ("2026-06-01", "2026-06-30")


def test_what_was_reversed_does_not_count(engine: Engine) -> None:
    """A lone reversal takes its unflagged original back; of a pair that is flagged on both sides neither counts. Postings are counted all the same."""
    load_tables(
        engine,
        calendar_day=JUNE,
        account_transaction="""
            transaction_number | channel_code | posted_on  | balance_change | is_reversal
            -------------------+--------------+------------+----------------+------------
            KEPT               | counter      | 2026-06-03 | 100.00         | no
            ORIGINAL           | counter      | 2026-06-03 | 70.00          | no
            LONE               | counter      | 2026-06-03 | -70.00         | yes
            SPENT              | counter      | 2026-06-03 | -5.00          | no
            FLAGGED            | atm          | 2026-06-03 | -40.00         | yes
            BACK               | atm          | 2026-06-04 | 40.00          | yes
        """,
        reversal="""
            transaction_number | counts_as | is_event
            -------------------+-----------+---------
            LONE               | -1        | yes
            FLAGGED            | 0         | no
            BACK               | 0         | yes
        """,
    )
    run(engine, CHANNEL_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "channel_day",
        """
        channel_code | business_date | transaction_count | transaction_amount | reversal_count | posting_count | credit_amount | debit_amount
        -------------+---------------+-------------------+--------------------+----------------+---------------+---------------+-------------
        counter      | 2026-06-03    | 2                 | 105.00             | 1              | 4             | 170.00        | 75.00
        atm          | 2026-06-03    | 0                 | 0.00               | 0              | 1             | 0.00          | 40.00
        atm          | 2026-06-04    | 0                 | 0.00               | 1              | 1             | 40.00         | 0.00
        """,
    )


def test_the_parameter_of_the_day_says_which_channels_are_electronic(engine: Engine) -> None:
    """A channel is electronic by the line valid on the day of the transaction; a later line does not alter the past."""
    load_tables(
        engine,
        calendar_day=JUNE,
        parameter="""
            parameter_code             | valid_from | valid_until | text_value
            ---------------------------+------------+-------------+-------------
            electronic_channel.atm     | 1900-01-01 | 2026-06-10  | atm
            electronic_channel.mobile  | 2026-06-10 |             | mobile_bank
            long_overdue_days          | 1900-01-01 |             | counter
        """,
        account_transaction="""
            channel_code | posted_on  | balance_change
            -------------+------------+---------------
            atm          | 2026-06-09 | 1.00
            atm          | 2026-06-10 | 1.00
            mobile_bank  | 2026-06-09 | 1.00
            mobile_bank  | 2026-06-10 | 1.00
            counter      | 2026-06-10 | 1.00
        """,
    )
    run(engine, CHANNEL_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "channel_day",
        """
        channel_code | business_date | is_electronic
        -------------+---------------+--------------
        atm          | 2026-06-09    | yes
        atm          | 2026-06-10    | no
        mobile_bank  | 2026-06-09    | no
        mobile_bank  | 2026-06-10    | yes
        counter      | 2026-06-10    | no
        """,
    )


def test_what_the_bank_posted_itself_is_kept_apart(engine: Engine) -> None:
    """Interest and batches have lines of their own, so that they can be left out."""
    load_tables(
        engine,
        calendar_day=JUNE,
        account_transaction="""
            channel_code | transaction_type | posted_on  | balance_change | is_bank_initiated
            -------------+------------------+------------+----------------+------------------
            none         | interest         | 2026-06-21 | 0.31           | yes
            none         | interest         | 2026-06-21 | 0.44           | yes
            none         | transfer         | 2026-06-21 | 9.00           | no
        """,
    )
    run(engine, CHANNEL_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "channel_day",
        """
        channel_code | transaction_type | is_bank_initiated | transaction_count | transaction_amount
        -------------+------------------+-------------------+-------------------+-------------------
        none         | interest         | yes               | 2                 | 0.75
        none         | transfer         | no                | 1                 | 9.00
        """,
    )


def test_the_history_limits_what_counts(engine: Engine) -> None:
    """The first day of the history and the reporting date count; placeholders before and postings after do not."""
    load_tables(
        engine,
        calendar_day=JUNE,
        account_transaction="""
            posted_on  | balance_change
            -----------+---------------
            2026-05-31 | 1.00
            2026-06-01 | 1.00
            2026-06-30 | 1.00
            2026-07-01 | 1.00
        """,
    )
    run(engine, CHANNEL_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "channel_day",
        """
        business_date | posting_count
        --------------+--------------
        2026-06-01    | 1
        2026-06-30    | 1
        """,
    )


def test_a_transaction_has_a_holding_and_a_handling_outlet(engine: Engine) -> None:
    """The outlet that holds the account and the one that did the work are both kept; the kind of customer comes from the account."""
    load_tables(
        engine,
        calendar_day=JUNE,
        account="""
            account_number | customer_kind | opened_on
            ---------------+---------------+-----------
            A1             | corporate     | 2020-01-01
        """,
        account_transaction="""
            account_number | holding_organisation_code | handling_organisation_code | posted_on  | balance_change
            ---------------+---------------------------+----------------------------+------------+---------------
            A1             | B10                       | B20                        | 2026-06-03 | 1.00
            A2             | B10                       |                            | 2026-06-03 | 1.00
        """,
    )
    run(engine, CHANNEL_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "channel_day",
        """
        organisation_code | handling_organisation_code | customer_kind
        ------------------+----------------------------+--------------
        B10               | B20                        | corporate
        B10               | none                       | unknown
        """,
    )


def test_the_other_side_says_whether_money_stays(engine: Engine) -> None:
    """Cash, the customer's other account, another account here, another bank, a namesake elsewhere, and nothing delivered, each told apart."""
    load_tables(
        engine,
        calendar_day=JUNE,
        organisation_snapshot="""
            reported_on | organisation_code | organisation_name | bank_code
            ------------+-------------------+-------------------+----------
            2026-06-30  | B10               | East Street       | 402001
        """,
        account_alias="""
            alias_number | account_number | account_kind | customer_number
            -------------+----------------+--------------+----------------
            A1           | A1             | deposit      | C1
            CARD1        | A1             | deposit      | C1
            A2           | A2             | deposit      | C1
            A3           | A3             | deposit      | C2
            L1           | L1             | loan         | C1
        """,
        account_transaction="""
            transaction_number | customer_number | is_cash | counterparty_account | counterparty_bank_code | counterparty_bank_name | is_counterparty_namesake | posted_on  | balance_change
            -------------------+-----------------+---------+----------------------+------------------------+------------------------+--------------------------+------------+---------------
            CASH               | C1              | yes     |                      |                        |                        |                          | 2026-06-01 | -1.00
            SAVED              | C1              | no      | A2                   | 313001                 |                        | yes                      | 2026-06-02 | -2.00
            FRIEND             | C1              |         | A3                   | 402001                 |                        | no                       | 2026-06-03 | -3.00
            LENT               | C1              | no      | L1                   | 402001                 |                        | yes                      | 2026-06-04 | 4.00
            ITSELF             | C1              | no      | CARD1                | 402001                 |                        | yes                      | 2026-06-05 | -5.00
            BY_CODE            | C1              | no      | X1                   | 402001                 |                        | no                       | 2026-06-06 | -6.00
            BY_NAME            | C1              | no      | X2                   |                        | East Street            | yes                      | 2026-06-07 | -7.00
            ABROAD             | C1              | no      | X3                   | 313001                 |                        | no                       | 2026-06-08 | -8.00
            MINE_ABROAD        | C1              | no      | X4                   | 313001                 |                        | yes                      | 2026-06-09 | -9.00
            UNTOLD             | C1              | no      |                      |                        |                        |                          | 2026-06-10 | -10.00
        """,
    )
    run(engine, CHANNEL_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "channel_day",
        """
        business_date | counterparty_code     | inflow_amount | outflow_amount
        --------------+-----------------------+---------------+---------------
        2026-06-01    | cash                  | 0.00          | 1.00
        2026-06-02    | own_account           | 0.00          | 2.00
        2026-06-03    | on_us                 | 0.00          | 3.00
        2026-06-04    | on_us                 | 4.00          | 0.00
        2026-06-05    | on_us                 | 0.00          | 5.00
        2026-06-06    | on_us                 | 0.00          | 6.00
        2026-06-07    | own_account           | 0.00          | 7.00
        2026-06-08    | off_us                | 0.00          | 8.00
        2026-06-09    | own_account_elsewhere | 0.00          | 9.00
        2026-06-10    | none                  | 0.00          | 10.00
        """,
    )


def test_what_was_reversed_flows_nowhere(engine: Engine) -> None:
    """A lone reversal takes its inflow back and does not become an outflow; a pair flagged on both sides flows in neither direction."""
    load_tables(
        engine,
        calendar_day=JUNE,
        account_transaction="""
            transaction_number | posted_on  | balance_change | is_reversal
            -------------------+------------+----------------+------------
            KEPT               | 2026-06-03 | 100.00         | no
            ORIGINAL           | 2026-06-03 | 70.00          | no
            LONE               | 2026-06-03 | -70.00         | yes
            PAIRED             | 2026-06-03 | -40.00         | yes
            BACK               | 2026-06-03 | 40.00          | yes
        """,
        reversal="""
            transaction_number | counts_as | is_event
            -------------------+-----------+---------
            LONE               | -1        | yes
            PAIRED             | 0         | no
            BACK               | 0         | yes
        """,
    )
    run(engine, CHANNEL_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "channel_day",
        """
        inflow_amount | outflow_amount | credit_amount | debit_amount
        --------------+----------------+---------------+-------------
        100.00        | 0.00           | 210.00        | 110.00
        """,
    )


def test_third_party_payments_beyond_the_days_limit_are_counted_apart(engine: Engine) -> None:
    """With a limit of two: of one account's four payments on a day two are beyond, the next day begins anew, and another account has its own two."""
    load_tables(
        engine,
        calendar_day=JUNE,
        parameter="""
            parameter_code        | valid_from | valid_until | number_value
            ----------------------+------------+-------------+-------------
            quick_pay_daily_limit | 1900-01-01 | 2026-06-10  | 2
            quick_pay_daily_limit | 2026-06-10 |             | 5
        """,
        account_transaction="""
            account_number | channel_code | posted_on  | balance_change
            ---------------+--------------+------------+---------------
            A1             | third_party  | 2026-06-03 | -1.00
            A1             | third_party  | 2026-06-03 | -1.00
            A1             | third_party  | 2026-06-03 | -1.00
            A1             | third_party  | 2026-06-03 | 1.00
            A1             | third_party  | 2026-06-04 | -1.00
            A2             | third_party  | 2026-06-03 | -1.00
            A1             | pos          | 2026-06-03 | -1.00
            A1             | third_party  | 2026-06-10 | -1.00
            A1             | third_party  | 2026-06-10 | -1.00
            A1             | third_party  | 2026-06-10 | -1.00
        """,
    )
    run(engine, CHANNEL_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "channel_day",
        """
        channel_code | business_date | transaction_count | quick_pay_beyond_limit_count
        -------------+---------------+-------------------+-----------------------------
        third_party  | 2026-06-03    | 5                 | 2
        third_party  | 2026-06-04    | 1                 | 0
        pos          | 2026-06-03    | 1                 | 0
        third_party  | 2026-06-10    | 3                 | 0
        """,
    )


def test_who_set_a_posting_off_is_kept_apart(engine: Engine) -> None:
    """Mass postings ordered by others stay apart from the customer's own; a source that does not tell leaves bank and customer."""
    load_tables(
        engine,
        calendar_day=JUNE,
        account_transaction="""
            posted_on  | balance_change | initiator_code | is_bank_initiated
            -----------+----------------+----------------+------------------
            2026-06-03 | 1.00           | batch          | no
            2026-06-03 | 1.00           |                | yes
            2026-06-03 | 1.00           |                | no
        """,
    )
    run(engine, CHANNEL_DAY_MART, reporting_date="2026-06-30")
    assert sorted(engine.fetch("SELECT initiator_code, posting_count FROM channel_day")) == [("bank", 1), ("batch", 1), ("customer", 1)]


def test_small_transactions_go_by_the_limit_of_the_day(engine: Engine) -> None:
    """10,000.00 is small, a cent more is not; a lone reversal takes its small original back; from the 10th the limit is 5,000."""
    load_tables(
        engine,
        calendar_day=JUNE,
        parameter="""
            parameter_code          | valid_from | valid_until | number_value
            ------------------------+------------+-------------+-------------
            small_transaction_limit | 1900-01-01 | 2026-06-10  | 10000
            small_transaction_limit | 2026-06-10 |             | 5000
        """,
        account_transaction="""
            transaction_number | channel_code | posted_on  | balance_change | is_cash | is_reversal
            -------------------+--------------+------------+----------------+---------+------------
            SMALL              | counter      | 2026-06-03 | -10000.00      | yes     | no
            LARGE              | counter      | 2026-06-03 | 10000.01       | yes     | no
            ORIGINAL           | counter      | 2026-06-03 | 70.00          | yes     | no
            LONE               | counter      | 2026-06-03 | -70.00         | yes     | yes
            LATER              | counter      | 2026-06-10 | 5000.01        | yes     | no
        """,
        reversal="""
            transaction_number | counts_as | is_event
            -------------------+-----------+---------
            LONE               | -1        | yes
        """,
    )
    run(engine, CHANNEL_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "channel_day",
        """
        channel_code | counterparty_code | business_date | transaction_count | small_transaction_count
        -------------+-------------------+---------------+-------------------+------------------------
        counter      | cash              | 2026-06-03    | 2                 | 1
        counter      | cash              | 2026-06-10    | 1                 | 0
        """,
    )
