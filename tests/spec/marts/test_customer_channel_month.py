"""Customer channel month: which channels each customer used."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.customer_channel_month import CUSTOMER_CHANNEL_MONTH_MART


def test_a_customer_counts_from_the_first_day_of_the_month_on_which_he_used_a_channel(engine: Engine) -> None:
    """The first use that was not reversed; what the bank posts, loans and reversed transactions make nobody a user."""
    load_tables(
        engine,
        calendar_day=("2026-05-15", "2026-06-30"),
        customer="""
            customer_number | customer_kind | home_organisation_code
            ----------------+---------------+-----------------------
            C1              | corporate     | B20
        """,
        account_transaction="""
            transaction_number | customer_number | account_kind | channel_code | posted_on  | balance_change | is_bank_initiated | is_reversal
            -------------------+-----------------+--------------+--------------+------------+----------------+-------------------+------------
            EARLY              | C1              | deposit      | atm          | 2026-05-10 | 1.00           | no                | no
            T1                 | C1              | deposit      | atm          | 2026-06-09 | 1.00           | no                | no
            T2                 | C1              | deposit      | atm          | 2026-06-05 | 1.00           | no                | no
            T3                 | C1              | deposit      | pos          | 2026-06-05 | -3.00          | no                | no
            BACK               | C1              | deposit      | pos          | 2026-06-05 | 3.00           | no                | yes
            INTEREST           | C2              | deposit      | none         | 2026-06-05 | 1.00           | yes               | no
            LOAN               | C2              | loan         | counter      | 2026-06-05 | 1.00           | no                | no
            NOBODY             |                 | deposit      | counter      | 2026-06-05 | 1.00           | no                | no
            T4                 | C3              | deposit      | counter      | 2026-05-31 | 1.00           | no                | no
            T5                 | C3              | deposit      | counter      | 2026-06-01 | 1.00           | no                | no
        """,
        reversal="""
            transaction_number | counts_as | is_event
            -------------------+-----------+---------
            BACK               | -1        | yes
        """,
    )
    run(engine, CUSTOMER_CHANNEL_MONTH_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "customer_channel_month",
        """
        customer_number | channel_code | month_start | organisation_code | customer_kind | business_date | transaction_count
        ----------------+--------------+-------------+-------------------+---------------+---------------+------------------
        C1              | atm          | 2026-06-01  | B20               | corporate     | 2026-06-05    | 2
        C3              | counter      | 2026-05-01  | none              | unknown       | 2026-05-31    | 1
        C3              | counter      | 2026-06-01  | none              | unknown       | 2026-06-01    | 1
        """,
    )
