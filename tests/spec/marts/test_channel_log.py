"""Channel attempts and terminals by day."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.channel_attempt_day import CHANNEL_ATTEMPT_DAY_MART
from maisui.marts.terminal_day import TERMINAL_DAY_MART

JUNE = ("2026-06-01", "2026-06-30")
ATTEMPTS = """
    attempt_number | attempted_on | channel_code | transaction_type | agency_code           | terminal_number | is_successful | attempt_amount | fee_amount | has_posting
    ---------------+--------------+--------------+------------------+-----------------------+-----------------+---------------+----------------+------------+------------
    A              | 2026-06-01   | atm          | cash_withdrawal  | own_at_own            | T1              | yes           | 100.00         | 0.00       | yes
    B              | 2026-06-01   | atm          | cash_withdrawal  | own_at_own            | T1              | no            | 900.00         | 4.00       | no
    C              | 2026-06-01   | atm          | cash_withdrawal  | own_at_own            | T1              | yes           | 50.00          | 0.00       | no
    D              | 2026-06-01   | atm          | enquiry          | own_at_own            | T1              | yes           | 0.00           | 0.00       | no
    E              | 2026-06-01   | atm          | cash_withdrawal  | acquiring_for_others  | T2              | yes           | 30.00          | 2.00       | no
    F              | 2026-06-02   | pos          | purchase         | issued_used_elsewhere | Z1              | yes           | 8.00           | -0.50      | yes
    G              | 2026-05-31   | pos          | purchase         | issued_used_elsewhere | Z1              | yes           | 8.00           | 0.00       | yes
"""


def test_attempts_successes_and_what_has_no_posting(engine: Engine) -> None:
    """Amounts and fees of failures do not count; enquiries and others' cards need no posting of ours; days before the history stay out."""
    load_tables(
        engine,
        calendar_day=JUNE,
        attempt_agency=ATTEMPTS,
        terminal_snapshot="""
            reported_on | terminal_number
            ------------+----------------
            2026-05-31  | T1
            2026-06-30  | T1
        """,
    )
    run(engine, CHANNEL_ATTEMPT_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "channel_attempt_day",
        """
        transaction_type | agency_code           | is_financial | attempt_count | success_count | terminal_success_count | success_amount | fee_amount | unposted_count
        -----------------+-----------------------+--------------+---------------+---------------+------------------------+----------------+------------+---------------
        cash_withdrawal  | own_at_own            | yes          | 3             | 2             | 2                      | 150.00         | 0.00       | 1
        enquiry          | own_at_own            | no           | 1             | 1             | 1                      | 0.00           | 0.00       | 0
        cash_withdrawal  | acquiring_for_others  | yes          | 1             | 1             | 0                      | 30.00          | 2.00       | 0
        purchase         | issued_used_elsewhere | yes          | 1             | 1             | 0                      | 8.00           | -0.50      | 0
        """,
    )


def test_an_idle_terminal_counts_on_every_day_that_the_log_tells_of(engine: Engine) -> None:
    """T1 worked on the first, T2 on none; T3 was taken away on the second; a day without any log is not counted."""
    load_tables(
        engine,
        calendar_day=JUNE,
        attempt_agency=ATTEMPTS,
        terminal_snapshot="""
            reported_on | terminal_number | terminal_kind | organisation_code | installed_on | retired_on
            ------------+-----------------+---------------+-------------------+--------------+-----------
            2026-06-30  | T1              | atm           | B10               | 2020-01-01   |
            2026-06-30  | T9              | atm           | B10               |              |
            2026-06-30  | T3              | atm           | B10               | 2020-01-01   | 2026-06-02
            2026-06-30  | T4              | vtm           | B10               | 2026-06-02   |
        """,
    )
    run(engine, TERMINAL_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "terminal_day",
        """
        channel_code | business_date | terminal_count | success_count
        -------------+---------------+----------------+--------------
        atm          | 2026-06-01    | 3              | 2
        atm          | 2026-06-02    | 2              | 0
        vtm          | 2026-06-02    | 1              | 0
        """,
    )
