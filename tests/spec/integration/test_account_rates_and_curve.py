"""Customer rates from report to report, and the transfer price curve in its editions."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.integration.draw_transfer_curve import DRAW_TRANSFER_CURVE
from maisui.integration.trace_account_rates import TRACE_ACCOUNT_RATES

STANDARD = """
    parameter_code | valid_from | valid_until | text_value
    ---------------+------------+-------------+-----------
    transfer_curve | 1900-01-01 |             | standard
"""


def test_a_rate_holds_until_the_report_that_shows_another(engine: Engine) -> None:
    """A1 changes between two monthly reports: the day is a guess; A2 from one day to the next: it is known. A3 never changes, A4 tells none."""
    load_tables(
        engine,
        account_snapshot="""
            account_number | cash_form | reported_on | interest_rate
            ---------------+-----------+-------------+--------------
            A1             | none      | 2026-03-31  | 0.015
            A1             | none      | 2026-04-30  | 0.015
            A1             | none      | 2026-05-31  | 0.012
            A1             | none      | 2026-06-30  | 0.015
            A2             | none      | 2026-05-30  | 0.002
            A2             | none      | 2026-05-31  | 0.001
            A3             | cash      | 2026-05-31  | 0.003
            A3             | transfer  | 2026-05-31  | 0.003
            A3             | cash      | 2026-06-30  | 0.003
            A4             | none      | 2026-06-30  |
        """,
    )
    run(engine, TRACE_ACCOUNT_RATES, reporting_date="2026-06-30")
    expect(
        engine,
        "account_rate_period",
        """
        account_number | valid_from | valid_until | interest_rate | is_estimated
        ---------------+------------+-------------+---------------+-------------
        A1             | 1900-01-01 | 2026-05-31  | 0.015         | no
        A1             | 2026-05-31 | 2026-06-30  | 0.012         | yes
        A1             | 2026-06-30 |             | 0.015         | yes
        A2             | 1900-01-01 | 2026-05-31  | 0.002         | no
        A2             | 2026-05-31 |             | 0.001         | no
        A3             | 1900-01-01 |             | 0.003         | no
        """,
    )


def test_each_edition_takes_the_tenors_it_does_not_tell_from_the_one_before(engine: Engine) -> None:
    """March tells 90 and 365 days, May only 365, July is not there yet; below 90 days the price of 90 holds, beyond 365 that of 365."""
    load_tables(
        engine,
        parameter=STANDARD,
        transfer_price="""
            curve_code | tenor_day_count | effective_from | transfer_rate
            -----------+-----------------+----------------+--------------
            standard   | 90              | 2026-03-01     | 0.010
            standard   | 365             | 2026-03-01     | 0.020
            standard   | 365             | 2026-05-01     | 0.018
            standard   | 365             | 2026-07-01     | 0.500
            other      | 365             | 2026-04-01     | 0.900
        """,
    )
    run(engine, DRAW_TRANSFER_CURVE, reporting_date="2026-06-30")
    expect(
        engine,
        "transfer_curve_segment",
        """
        valid_from | valid_until | effective_from | tenor_from_day_count | tenor_until_day_count | start_rate | end_rate
        -----------+-------------+----------------+----------------------+-----------------------+------------+---------
        1900-01-01 | 2026-05-01  | 2026-03-01     | 0                    | 90                    | 0.010      | 0.010
        1900-01-01 | 2026-05-01  | 2026-03-01     | 90                   | 365                   | 0.010      | 0.020
        1900-01-01 | 2026-05-01  | 2026-03-01     | 365                  | 1000000               | 0.020      | 0.020
        2026-05-01 |             | 2026-05-01     | 0                    | 90                    | 0.010      | 0.010
        2026-05-01 |             | 2026-05-01     | 90                   | 365                   | 0.010      | 0.018
        2026-05-01 |             | 2026-05-01     | 365                  | 1000000               | 0.018      | 0.018
        """,
    )


def test_a_bank_that_changes_to_another_curve_keeps_the_old_one_for_the_days_before(engine: Engine) -> None:
    """From June the curve `new` serves, at the prices it has had since January; until then `standard`; currencies are apart."""
    load_tables(
        engine,
        parameter="""
            parameter_code | valid_from | valid_until | text_value
            ---------------+------------+-------------+-----------
            transfer_curve | 1900-01-01 | 2026-06-01  | standard
            transfer_curve | 2026-06-01 | 2026-08-01  | new
            transfer_curve | 2026-08-01 |             | other
        """,
        transfer_price="""
            curve_code | currency | tenor_day_count | effective_from | transfer_rate
            -----------+----------+-----------------+----------------+--------------
            standard   | CNY      | 0               | 2025-01-01     | 0.008
            standard   | CNY      | 0               | 2026-06-10     | 0.007
            new        | CNY      | 0               | 2026-01-01     | 0.009
            new        | CNY      | 0               | 2026-06-20     | 0.006
            other      | CNY      | 0               | 2026-01-01     | 0.900
            standard   | USD      | 0               | 2026-01-01     | 0.030
        """,
    )
    run(engine, DRAW_TRANSFER_CURVE, reporting_date="2026-06-30")
    expect(
        engine,
        "transfer_curve_segment",
        """
        currency | valid_from | valid_until | effective_from | tenor_from_day_count | start_rate
        ---------+------------+-------------+----------------+----------------------+-----------
        CNY      | 1900-01-01 | 2026-06-01  | 2025-01-01     | 0                    | 0.008
        CNY      | 2026-06-01 | 2026-06-20  | 2026-06-01     | 0                    | 0.009
        CNY      | 2026-06-20 |             | 2026-06-20     | 0                    | 0.006
        USD      | 1900-01-01 |             | 2026-01-01     | 0                    | 0.030
        """,
    )
