"""Reversals: which postings take which back, whatever the core system flags."""

import pytest
from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.integration.match_reversals import MATCH_REVERSALS


def test_a_lone_reversal_takes_its_unflagged_original_back(engine: Engine) -> None:
    """Where only the reversing posting is flagged it counts minus one, so that the original and it count nothing together."""
    load_tables(
        engine,
        account_transaction="""
            transaction_number | posted_on  | balance_change | is_reversal
            -------------------+------------+----------------+------------
            ORIGINAL           | 2026-06-03 | 70.00          | no
            BACK               | 2026-06-04 | -70.00         | yes
        """,
    )
    run(engine, MATCH_REVERSALS, reporting_date="2026-06-30")
    expect(
        engine,
        "reversal",
        """
        transaction_number | counts_as | is_event
        -------------------+-----------+---------
        BACK               | -1        | yes
        """,
    )


def test_of_a_pair_flagged_on_both_sides_neither_counts(engine: Engine) -> None:
    """Core systems that flag the original too: both count nothing, and the later one is the one reversal."""
    load_tables(
        engine,
        account_transaction="""
            transaction_number | posted_on  | posted_time | balance_change | is_reversal
            -------------------+------------+-------------+----------------+------------
            ORIGINAL           | 2026-06-03 | 100000      | 70.00          | yes
            BACK               | 2026-06-03 | 100500      | -70.00         | yes
        """,
    )
    run(engine, MATCH_REVERSALS, reporting_date="2026-06-30")
    expect(
        engine,
        "reversal",
        """
        transaction_number | counts_as | is_event
        -------------------+-----------+---------
        ORIGINAL           | 0         | no
        BACK               | 0         | yes
        """,
    )


def test_only_the_same_account_currency_and_amount_make_a_pair(engine: Engine) -> None:
    """Flagged postings of another account, currency, amount or of the same direction are reversals of their own."""
    load_tables(
        engine,
        account_transaction="""
            transaction_number | account_number | currency | posted_on  | balance_change | is_reversal
            -------------------+----------------+----------+------------+----------------+------------
            T1                 | A1             | CNY      | 2026-06-03 | 70.00          | yes
            T2                 | A2             | CNY      | 2026-06-03 | -70.00         | yes
            T3                 | A1             | USD      | 2026-06-03 | -70.00         | yes
            T4                 | A1             | CNY      | 2026-06-03 | -70.01         | yes
            T5                 | A1             | CNY      | 2026-06-03 | 70.00          | yes
        """,
    )
    run(engine, MATCH_REVERSALS, reporting_date="2026-06-30")
    expect(
        engine,
        "reversal",
        """
        transaction_number | counts_as | is_event
        -------------------+-----------+---------
        T1                 | -1        | yes
        T2                 | -1        | yes
        T3                 | -1        | yes
        T4                 | -1        | yes
        T5                 | -1        | yes
        """,
    )


def test_of_three_flagged_postings_two_make_a_pair(engine: Engine) -> None:
    """The first credit pairs with the first debit; the one left over takes an unflagged original back."""
    load_tables(
        engine,
        account_transaction="""
            transaction_number | posted_on  | balance_change | is_reversal
            -------------------+------------+----------------+------------
            ORIGINAL           | 2026-06-01 | 70.00          | no
            T1                 | 2026-06-04 | 70.00          | yes
            T2                 | 2026-06-04 | -70.00         | yes
            T3                 | 2026-06-05 | -70.00         | yes
        """,
    )
    run(engine, MATCH_REVERSALS, reporting_date="2026-06-30")
    expect(
        engine,
        "reversal",
        """
        transaction_number | counts_as | is_event
        -------------------+-----------+---------
        T1                 | 0         | no
        T2                 | 0         | yes
        T3                 | -1        | yes
        """,
    )


def test_of_three_flagged_postings_of_one_day_two_make_a_pair_and_each_counts_once(engine: Engine) -> None:
    """The first debit is the credit's; the second takes the unflagged original of the day before back."""
    load_tables(
        engine,
        account_transaction="""
            transaction_number | posted_on  | posted_time | balance_change | is_reversal
            -------------------+------------+-------------+----------------+------------
            ORIGINAL           | 2026-06-03 | 090000      | 70.00          | no
            T1                 | 2026-06-04 | 100000      | 70.00          | yes
            T2                 | 2026-06-04 | 110000      | -70.00         | yes
            T3                 | 2026-06-04 | 120000      | -70.00         | yes
        """,
    )
    run(engine, MATCH_REVERSALS, reporting_date="2026-06-30")
    expect(
        engine,
        "reversal",
        """
        transaction_number | counts_as | is_event
        -------------------+-----------+---------
        T1                 | 0         | no
        T2                 | 0         | yes
        T3                 | -1        | yes
        """,
    )


def test_two_lone_reversals_are_not_each_others_pair(engine: Engine) -> None:
    """A deposit and, weeks later, a withdrawal of the same amount were both reversed: nothing of the four postings counts."""
    load_tables(
        engine,
        account_transaction="""
            transaction_number | posted_on  | balance_change | is_reversal
            -------------------+------------+----------------+------------
            PAID-IN            | 2026-06-01 | 70.00          | no
            BACK-OUT           | 2026-06-01 | -70.00         | yes
            PAID-OUT           | 2026-06-20 | -70.00         | no
            BACK-IN            | 2026-06-20 | 70.00          | yes
        """,
    )
    run(engine, MATCH_REVERSALS, reporting_date="2026-06-30")
    assert sorted(engine.fetch("SELECT counts_as FROM reversal")) == [(-1,), (-1,)]


@pytest.mark.parametrize(
    ("original_on", "back_on"),
    [("2026-06-03", "2026-06-03"), ("2026-06-03", "2026-06-05"), ("2026-05-29", "2026-06-02")],
    ids=["the same day", "two days later", "in the next month"],
)
def test_a_flagged_original_and_its_reversal_count_nothing_whenever_it_comes(engine: Engine, original_on: str, back_on: str) -> None:
    """Both are flagged: together they count 0 and are one event; an old, unflagged payment of the same amount stays what it was."""
    load_tables(
        engine,
        account_transaction=f"""
            transaction_number | posted_on     | posted_time | balance_change | is_reversal
            -------------------+---------------+-------------+----------------+------------
            PAID-OUT           | 2026-05-02    | 090000      | -70.00         | no
            ORIGINAL           | {original_on} | 100000      | 70.00          | yes
            BACK               | {back_on}     | 100500      | -70.00         | yes
        """,
    )
    run(engine, MATCH_REVERSALS, reporting_date="2026-06-30")
    expect(
        engine,
        "reversal",
        """
        transaction_number | counts_as | is_event
        -------------------+-----------+---------
        ORIGINAL           | 0         | no
        BACK               | 0         | yes
        """,
    )


def test_a_lone_flagged_posting_counts_minus_one_with_or_without_its_original(engine: Engine) -> None:
    """The original of T2 was posted before the history; that of T3 on the day before, and is the nearest payment of that amount."""
    load_tables(
        engine,
        account_transaction="""
            transaction_number | account_number | posted_on  | balance_change | is_reversal
            -------------------+----------------+------------+----------------+------------
            T2                 | A1             | 2026-06-03 | -70.00         | yes
            PAID-IN            | A2             | 2026-06-02 | 70.00          | no
            T3                 | A2             | 2026-06-03 | -70.00         | yes
        """,
    )
    run(engine, MATCH_REVERSALS, reporting_date="2026-06-30")
    expect(
        engine,
        "reversal",
        """
        transaction_number | counts_as | is_event
        -------------------+-----------+---------
        T2                 | -1        | yes
        T3                 | -1        | yes
        """,
    )


@pytest.mark.parametrize(
    "changes", [("70.00", "-70.00", "70.00", "-70.00"), ("70.00", "70.00", "-70.00", "-70.00")], ids=["in turn", "nested"]
)
def test_two_flagged_pairs_of_one_amount_on_four_days_count_nothing(engine: Engine, changes: tuple[str, ...]) -> None:
    """One after the other or both originals first: four postings count 0, and two of them are events."""
    rows = "".join(f"            T{n} | 2026-06-0{n} | {change} | yes\n" for n, change in enumerate(changes, 1))
    load_tables(
        engine,
        account_transaction=f"""
            transaction_number | posted_on | balance_change | is_reversal
            -------------------+-----------+----------------+------------
{rows}""",
    )
    run(engine, MATCH_REVERSALS, reporting_date="2026-06-30")
    assert sorted(engine.fetch("SELECT counts_as, is_event FROM reversal")) == [(0, False), (0, False), (0, True), (0, True)]


def test_a_payment_reversed_and_made_again_and_reversed_by_a_lone_posting_counts_nothing(engine: Engine) -> None:
    """A flagged pair over two days, then an unflagged payment with a lone reversal: the reversal belongs to the payment nearest to it."""
    load_tables(
        engine,
        account_transaction="""
            transaction_number | posted_on  | balance_change | is_reversal
            -------------------+------------+----------------+------------
            ORIGINAL           | 2026-06-01 | 70.00          | yes
            BACK               | 2026-06-02 | -70.00         | yes
            AGAIN              | 2026-06-08 | 70.00          | no
            AGAIN-BACK         | 2026-06-09 | -70.00         | yes
        """,
    )
    run(engine, MATCH_REVERSALS, reporting_date="2026-06-30")
    expect(
        engine,
        "reversal",
        """
        transaction_number | counts_as | is_event
        -------------------+-----------+---------
        ORIGINAL           | 0         | no
        BACK               | 0         | yes
        AGAIN-BACK         | -1        | yes
        """,
    )


def test_a_flagged_pair_of_loan_interest_counts_nothing(engine: Engine) -> None:
    """Loan interest moves no balance; reversed, with both postings flagged, it still counts nothing."""
    load_tables(
        engine,
        account_transaction="""
            transaction_number | account_kind | transaction_type | posted_on  | balance_change | amount | is_reversal
            -------------------+--------------+------------------+------------+----------------+--------+------------
            T1                 | loan         | loan_interest    | 2026-06-20 | 0.00           | 31.00  | yes
            T2                 | loan         | loan_interest    | 2026-06-20 | 0.00           | 31.00  | yes
        """,
    )
    run(engine, MATCH_REVERSALS, reporting_date="2026-06-30")
    assert engine.fetch("SELECT CAST(sum(counts_as) AS BIGINT) FROM reversal") == [(0,)]
