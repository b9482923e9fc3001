"""Concentration, migration and collection, each on drawn marts against figures computed by hand."""

from decimal import Decimal

from maisui.answers import Period

HELD = """
    business_date | loan_balance | largest_borrower_balance | top_ten_balance | largest_group_amount | related_party_amount | small_ticket_balance | net_capital_amount
    --------------+--------------+--------------------------+-----------------+----------------------+----------------------+----------------------+-------------------
    2026-05-31    | 900.00       | 90.00                    | 400.00          | 100.00               | 10.00                | 500.00               | 999.00
    2026-06-30    | 1000.00      | 80.00                    | 300.00          | 120.00               | 40.00                | 650.00               | 800.00
"""

# Last year end: pass 1,000 + 200, special mention 100 + 50 + 40, substandard 60 + 30, doubtful 20 + 10.
MIGRATION = """
    organisation_code | opening_class   | closing_class   | business_date | opening_balance | remaining_balance
    ------------------+-----------------+-----------------+---------------+-----------------+------------------
    B10               | pass            | pass            | 2026-05-31    | 1200.00         | 1200.00
    B10               | pass            | pass            | 2026-06-30    | 1000.00         | 700.00
    B10               | pass            | substandard     | 2026-06-30    | 200.00          | 100.00
    B10               | special_mention | special_mention | 2026-06-30    | 100.00          | 80.00
    B20               | special_mention | doubtful        | 2026-06-30    | 50.00           | 20.00
    B10               | special_mention | settled         | 2026-06-30    | 40.00           | 0.00
    B10               | substandard     | substandard     | 2026-06-30    | 60.00           | 30.00
    B10               | substandard     | loss            | 2026-06-30    | 30.00           | 30.00
    B10               | doubtful        | loss            | 2026-06-30    | 20.00           | 15.00
    B10               | doubtful        | pass            | 2026-06-30    | 10.00           | 10.00
"""

# June: 300.00 of principal falls due, 250.00 of it comes in; 40.00 that came in for May is no June due.
REPAYMENTS = """
    due_on     | business_date | due_principal_amount | due_interest_amount | collected_principal_amount | collected_interest_amount
    -----------+---------------+----------------------+---------------------+----------------------------+--------------------------
    2026-05-21 | 2026-05-21    | 100.00               | 10.00               | 60.00                      | 10.00
    2026-05-21 | 2026-06-03    | 0.00                 | 0.00                | 40.00                      | 0.00
    2026-06-10 | 2026-06-10    | 200.00               | 6.00                | 200.00                     | 6.00
    2026-06-21 | 2026-06-21    | 100.00               | 4.00                | 0.00                       | 1.00
    2026-06-21 | 2026-06-29    | 0.00                 | 0.00                | 50.00                      | 1.00
"""


def test_concentration_is_held_against_net_capital(bank, figure) -> None:
    """80, 300, 120 and 40 of 800.00 of net capital; 650 of 1,000 are small-ticket loans."""
    bank.draw(concentration_day=HELD)
    assert figure("largest_borrower_ratio", numerator="80.00", denominator="800.00") == Decimal("0.100000")
    assert figure("top_ten_borrowers_ratio", numerator="300.00", denominator="800.00") == Decimal("0.375000")
    assert figure("largest_group_ratio", numerator="120.00", denominator="800.00") == Decimal("0.150000")
    assert figure("related_party_ratio", numerator="40.00", denominator="800.00") == Decimal("0.050000")
    assert figure("small_ticket_loan_share", numerator="650.00", denominator="1000.00") == Decimal("0.650000")


def test_a_ratio_whose_input_is_missing_does_not_exist(version) -> None:
    """Without net capital or groups there is no figure, not 0."""
    version.draw(
        concentration_day="""
            business_date | loan_balance | largest_borrower_balance | top_ten_balance | largest_group_amount | small_ticket_balance | net_capital_amount
            --------------+--------------+--------------------------+-----------------+----------------------+----------------------+-------------------
            2026-06-30    | 1000.00      | 80.00                    | 300.00          |                      | 650.00               |
        """
    )
    for code in ("largest_borrower_ratio", "largest_group_ratio", "top_ten_borrowers_ratio", "related_party_ratio"):
        assert [row.value for row in version.ask(code).rows] == [None], code
    assert [row.value for row in version.ask("small_ticket_loan_share").rows] == [Decimal("0.650000")]


def test_migration_is_of_what_remains_of_last_year_end(bank, figure) -> None:
    """Normal: (100 + 20) of (800 + 100); special mention 20 of 100; substandard 30 of 60; doubtful 15 of 25."""
    bank.draw(loan_migration_day=MIGRATION)
    assert figure("normal_loan_migration_rate", numerator="120.00", denominator="900.00") == Decimal("0.133333")
    assert figure("special_mention_migration_rate", numerator="20.00", denominator="100.00") == Decimal("0.200000")
    assert figure("substandard_migration_rate", numerator="30.00", denominator="60.00") == Decimal("0.500000")
    assert figure("doubtful_migration_rate", numerator="15.00", denominator="25.00") == Decimal("0.600000")


def test_collection_is_of_the_dues_of_the_period_within_the_period(bank, figure) -> None:
    """June: 250.00 of 300.00 and 8.00 of 10.00; the year counts May's due and what came late for it too."""
    bank.draw(repayment_day=REPAYMENTS)
    assert figure("due_loan_collection_rate", numerator="250.00", denominator="300.00") == Decimal("0.833333")
    assert figure("interest_collection_rate", numerator="8.00", denominator="10.00") == Decimal("0.800000")
    assert figure("due_loan_collection_rate", numerator="350.00", denominator="400.00", period=Period.YEAR) == Decimal("0.875000")


def test_the_concentration_index_squares_the_shares(bank, figure) -> None:
    """Deposits of 50, 30 and 20: 2,500 + 900 + 400 of 100 squared, times 10,000."""
    bank.draw(
        concentration_day="""
            business_date | deposit_square_amount | squared_deposit_amount
            --------------+-----------------------+-----------------------
            2026-06-30    | 3800.00               | 10000.00
        """
    )
    assert figure("deposit_hhi", numerator="38000000.00", denominator="10000.00") == Decimal("3800.00")


ROLLS = """
    arrears_stage | closing_arrears_stage | business_date | is_worse | opening_balance
    --------------+-----------------------+---------------+----------+----------------
    M1            | M2                    | 2026-05-31    | yes      | 500.00
    M0            | M1                    | 2026-06-30    | yes      | 9000.00
    M1            | M2                    | 2026-06-30    | yes      | 30.00
    M1            | M0                    | 2026-06-30    | no       | 70.00
    M2            | M3                    | 2026-06-30    | yes      | 60.00
    M7            | M7                    | 2026-06-30    | no       | 800.00
"""


def test_roll_is_of_what_was_in_arrears_and_could_get_worse(bank, figure) -> None:
    """90 of 160: those without arrears and those over 180 days are left out, and May is not June."""
    bank.draw(loan_roll_day=ROLLS)
    assert figure("roll_rate", numerator="90.00", denominator="160.00") == Decimal("0.562500")


def test_roll_splits_by_stage(version) -> None:
    version.draw(loan_roll_day=ROLLS)
    assert version.values("roll_rate", "arrears_stage") == {"M1": Decimal("0.300000"), "M2": Decimal("1.000000")}


VINTAGES = """
    vintage_month | business_date | disbursed_amount | overdue_30d_balance
    --------------+---------------+------------------+--------------------
    2025-12-01    | 2026-06-30    | 900.00           | 900.00
    2026-01-01    | 2026-06-30    | 400.00           | 8.00
    2026-05-01    | 2026-06-30    | 100.00           | 1.00
    2026-05-01    | 2026-05-31    | 100.00           | 100.00
    2026-06-01    | 2026-06-30    | 500.00           | 0.00
"""


def test_a_vintage_share_is_of_what_was_lent_in_the_period(bank, figure) -> None:
    bank.draw(loan_vintage_day=VINTAGES)
    assert figure("vintage_overdue_30d_share", numerator="0.00", denominator="500.00") == Decimal("0.000000")


def test_a_vintage_share_of_the_year_goes_by_month_of_disbursement(version) -> None:
    version.draw(loan_vintage_day=VINTAGES)
    assert [row.value for row in version.ask("vintage_overdue_30d_share", period=Period.YEAR).rows] == [Decimal("0.009000")]
