"""The ledger against itself: sides, opening and closing, subjects and their children, one day and the next."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.reconciliation.check_ledger import CHECK_LEDGER

SUBJECTS = """
    reported_on | subject_code | parent_code | balance_side
    ------------+--------------+-------------+-------------
    2026-06-01  | 10           | 0           | debit
    2026-06-01  | 1001         | 10          | debit
    2026-06-01  | 1003         | 10          | debit
    2026-06-01  | 2011         |             | credit
"""
COLUMNS = """
    reported_on | period_kind | subject_code | opening_debit_balance | opening_credit_balance | debit_amount | credit_amount | closing_debit_balance | closing_credit_balance
    ------------+-------------+--------------+-----------------------+------------------------+--------------+---------------+-----------------------+-----------------------
"""
SOUND = """
    2026-06-29  | day         | 10           | 30.00                 | 0.00                   | 5.00         | 0.00          | 35.00                 | 0.00
    2026-06-29  | day         | 1001         | 10.00                 | 0.00                   | 5.00         | 0.00          | 15.00                 | 0.00
    2026-06-29  | day         | 1003         | 20.00                 | 0.00                   | 0.00         | 0.00          | 20.00                 | 0.00
    2026-06-29  | day         | 2011         | 0.00                  | 30.00                  | 0.00         | 5.00          | 0.00                  | 35.00
    2026-06-30  | day         | 10           | 35.00                 | 0.00                   | 0.00         | 5.00          | 30.00                 | 0.00
    2026-06-30  | day         | 1001         | 15.00                 | 0.00                   | 0.00         | 5.00          | 10.00                 | 0.00
    2026-06-30  | day         | 1003         | 20.00                 | 0.00                   | 0.00         | 0.00          | 20.00                 | 0.00
    2026-06-30  | day         | 2011         | 0.00                  | 35.00                  | 5.00         | 0.00          | 0.00                  | 30.00
"""


def breaks(engine: Engine, lines: str, drawn: str) -> None:
    """Assert which breaks a ledger of `lines` has."""
    load_tables(engine, ledger_subject_snapshot=SUBJECTS, ledger_snapshot=COLUMNS.rstrip() + lines)
    run(engine, CHECK_LEDGER, reporting_date="2026-06-30")
    expect(
        engine,
        "ledger_break",
        """
        check_code | business_date | subject_code | difference_amount
        -----------+---------------+--------------+------------------
        """.rstrip()
        + "\n"
        + drawn,
    )


def changed(lines: str, subject: str, old: str, new: str, day: str = "2026-06-30") -> str:
    """Return `lines` with one cell of one line changed."""
    found = [line.replace(old, new, 1) if f"| {subject} " in line and day in line else line for line in lines.splitlines()]
    assert "\n".join(found) != lines.rstrip()
    return "\n".join(found) + "\n"


def test_a_sound_ledger_has_no_breaks(engine: Engine) -> None:
    """Two sides equal, every line rolls, the upper subject is the sum of its two, Monday begins where Sunday ended."""
    breaks(engine, SOUND, "")


def test_one_cent_more_in_a_closing_cell_is_found_by_every_check_it_touches(engine: Engine) -> None:
    """Cash closes at 10.01: the day does not balance, the line does not roll, its upper subject is not the sum."""
    breaks(
        engine,
        changed(SOUND, "1001", "| 10.00  ", "| 10.01  "),
        """
        closing    | 2026-06-30    | all          | 0.01
        roll       | 2026-06-30    | 1001         | -0.01
        parent     | 2026-06-30    | 10           | 0.01
        """,
    )


def test_one_cent_more_on_the_day_before_shows_in_what_is_carried(engine: Engine) -> None:
    """Deposits closed at 35.01 on the 29th and open at 35.00 on the 30th."""
    breaks(
        engine,
        changed(SOUND, "2011", "0.00                  | 35.00", "0.00                  | 35.01", day="2026-06-29"),
        """
        closing    | 2026-06-29    | all          | -0.01
        roll       | 2026-06-29    | 2011         | 0.01
        carried    | 2026-06-30    | 2011         | -0.01
        """,
    )


def test_one_cent_in_the_turnover(engine: Engine) -> None:
    """Turnover of deposits 5.01 instead of 5.00: the two sides of the day's entries differ, and the line does not roll."""
    breaks(
        engine,
        changed(SOUND, "2011", "| 5.00 ", "| 5.01 "),
        """
        turnover   | 2026-06-30    | all          | 0.01
        roll       | 2026-06-30    | 2011         | 0.01
        """,
    )


def test_a_month_is_held_against_the_month_before_and_a_gap_against_nothing(engine: Engine) -> None:
    """June opens where May closed, not where the 29th closed; a day whose day before was not delivered is not carried from anything."""
    month = """
    2026-05-31  | month       | 1003         | 1.00                  | 0.00                   | 0.00         | 0.00          | 1.00                  | 0.00
    2026-05-31  | month       | 2011         | 0.00                  | 1.00                   | 0.00         | 0.00          | 0.00                  | 1.00
    2026-06-20  | day         | 1003         | 3.00                  | 0.00                   | 0.00         | 0.00          | 3.00                  | 0.00
    2026-06-20  | day         | 2011         | 0.00                  | 3.00                   | 0.00         | 0.00          | 0.00                  | 3.00
    2026-06-30  | month       | 1003         | 1.00                  | 0.00                   | 6.00         | 0.00          | 7.00                  | 0.00
    2026-06-30  | month       | 2011         | 0.00                  | 1.05                   | 0.00         | 5.95          | 0.00                  | 7.00
"""
    breaks(
        engine,
        month,
        """
        opening    | 2026-06-30    | all          | -0.05
        turnover   | 2026-06-30    | all          | 0.05
        carried    | 2026-06-30    | 2011         | 0.05
        """,
    )


def test_a_ledger_of_closings_only_is_not_rolled(engine: Engine) -> None:
    """A source that delivers neither openings nor turnover has nothing to roll or to carry; its two sides are still compared."""
    breaks(
        engine,
        """
    2026-06-29  | day         | 1003         | 0.00                  | 0.00                   | 0.00         | 0.00          | 3.00                  | 0.00
    2026-06-29  | day         | 2011         | 0.00                  | 0.00                   | 0.00         | 0.00          | 0.00                  | 3.00
    2026-06-30  | day         | 1003         | 0.00                  | 0.00                   | 0.00         | 0.00          | 7.00                  | 0.00
    2026-06-30  | day         | 2011         | 0.00                  | 0.00                   | 0.00         | 0.00          | 0.00                  | 6.00
""",
        """
        closing    | 2026-06-30    | all          | 1.00
        """,
    )


def test_an_empty_ledger_has_no_breaks(engine: Engine) -> None:
    """Nothing delivered, nothing found."""
    breaks(engine, "", "")
