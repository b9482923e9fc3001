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
