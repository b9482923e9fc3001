"""Loan and loan-quality metrics, each on drawn marts against figures computed by hand."""

from decimal import Decimal

from maisui.answers import Period

BALANCES = {
    "product_day": """
        organisation_code | product_group  | account_kind | business_date | balance
        ------------------+----------------+--------------+---------------+--------
        B10               | loan           | loan         | 2025-12-31    | 700.00
        B10               | loan           | loan         | 2026-06-29    | 800.00
        B10               | loan           | loan         | 2026-06-30    | 900.00
        B20               | loan           | loan         | 2026-06-30    | 60.00
        B10               | demand_deposit | deposit      | 2026-06-30    | 1200.00
    """,
    "customer_day": """
        organisation_code | business_date | customer_count | depositor_count | borrower_count
        ------------------+---------------+----------------+-----------------+---------------
        B10               | 2026-06-30    | 20             | 15              | 5
        B20               | 2026-06-30    | 4              | 3               | 2
    """,
}

FLOWS = """
    organisation_code | business_date | disbursed_amount | disbursed_count | collected_amount
    ------------------+---------------+------------------+-----------------+-----------------
    B10               | 2026-05-31    | 999.00           | 9               | 999.00
    B10               | 2026-06-01    | 300.00           | 2               | 10.00
    B10               | 2026-06-20    | -100.00          | -1              | 0.00
    B20               | 2026-06-30    | 50.00            | 1               | 45.50
"""

# Without written-off and transferred loans: 1,000 + 100 + 60 + 30 + 10 = 1,200; bad 60 + 30 + 10 = 100.
CLASSES = """
    business_date | loan_class      | loan_status | overdue_bucket | is_agriculture | is_inclusive_small_micro | balance
    --------------+-----------------+-------------+----------------+----------------+--------------------------+--------
    2026-06-29    | loss            | overdue     | over_90d       | yes            | yes                      | 5000.00
    2026-06-30    | normal          | current     | none           | yes            | no                       | 1000.00
    2026-06-30    | special_mention | overdue     | to_90d         | no             | yes                      | 100.00
    2026-06-30    | substandard     | overdue     | to_90d         | no             | no                       | 60.00
    2026-06-30    | doubtful        | overdue     | over_90d       | yes            | yes                      | 30.00
    2026-06-30    | loss            | current     | none           | no             | no                       | 10.00
    2026-06-30    | loss            | written_off | over_90d       | yes            | yes                      | 400.00
    2026-06-30    | loss            | transferred | over_90d       | yes            | yes                      | 300.00
"""

PROVISIONS = """
    business_date | subject_code | balance_side | business_subclass | local_balance
    --------------+--------------+--------------+-------------------+--------------
    2026-05-31    | 1304         | credit       | provision         | 11.00
    2026-06-20    | 1304         | credit       | provision         | 100.00
    2026-06-20    | 1305         | debit        | provision         | -30.00
    2026-06-20    | 1306         | both         | provision         | -20.00
    2026-06-20    | 1301         | debit        | loan              | 1200.00
"""


def test_loan_balances_are_those_of_loan_accounts(bank, figure) -> None:
    """960.00 on the day; 1,760.00 balance-days over June's 30 days; 260.00 more than on 31 December."""
    bank.draw(**BALANCES)
    assert figure("loan_balance", numerator="960.00") == Decimal("960.00")
    assert figure("loan_average_daily_balance", numerator="1760.00") == Decimal("58.67")
    assert figure("loan_net_increase_since_year_start", numerator="260.00") == Decimal("260.00")


def test_loans_are_held_against_borrowers_and_deposits(bank, figure) -> None:
    """960.00 over 5 + 2 borrowers; 960.00 of loans over 1,200.00 of deposits."""
    bank.draw(**BALANCES)
    assert figure("loan_per_customer", numerator="960.00", denominator="7") == Decimal("137.14")
    assert figure("loan_to_deposit_ratio", numerator="960.00", denominator="1200.00") == Decimal("0.800000")


def test_disbursed_and_collected_are_sums_over_the_period(bank, figure) -> None:
    """June alone: 300.00 − 100.00 reversed + 50.00 in 2 − 1 + 1 disbursements, 55.50 of principal came back; the year adds May."""
    bank.draw(loan_flow_day=FLOWS)
    assert figure("loan_disbursed_amount", numerator="250.00") == Decimal("250.00")
    assert figure("loan_disbursed_count", numerator="2") == Decimal(2)
    assert figure("loan_collected_amount", numerator="55.50") == Decimal("55.50")
    assert figure("loan_collected_amount", numerator="1054.50", period=Period.YEAR) == Decimal("1054.50")


def test_bad_loans_are_substandard_doubtful_and_loss(bank, figure) -> None:
    """60.00 + 30.00 + 10.00 of 1,200.00; written-off and transferred loans are in neither side."""
    bank.draw(loan_class_day=CLASSES)
    assert figure("npl_balance", numerator="100.00") == Decimal("100.00")
    assert figure("npl_ratio", numerator="100.00", denominator="1200.00") == Decimal("0.083333")
    assert figure("special_mention_balance", numerator="100.00") == Decimal("100.00")
    assert figure("special_mention_ratio", numerator="100.00", denominator="1200.00") == Decimal("0.083333")


def test_overdue_loans_count_with_their_whole_balance(bank, figure) -> None:
    """100.00 + 60.00 + 30.00 are overdue, 30.00 of it for more than 90 days; a bad loan that pays is not overdue."""
    bank.draw(loan_class_day=CLASSES)
    assert figure("overdue_loan_balance", numerator="190.00") == Decimal("190.00")
    assert figure("overdue_90d_loan_balance", numerator="30.00") == Decimal("30.00")
    assert figure("overdue_loan_ratio", numerator="190.00", denominator="1200.00") == Decimal("0.158333")
    assert figure("overdue_90d_loan_ratio", numerator="30.00", denominator="1200.00") == Decimal("0.025000")


def test_agricultural_and_small_loans_go_by_the_flag_of_the_receipt(bank, figure) -> None:
    """1,000.00 + 30.00 agricultural, 100.00 + 30.00 inclusive small-and-micro."""
    bank.draw(loan_class_day=CLASSES)
    assert figure("agriculture_loan_balance", numerator="1030.00") == Decimal("1030.00")
    assert figure("inclusive_small_micro_loan_balance", numerator="130.00") == Decimal("130.00")


def test_provisions_come_from_the_last_ledger_day(bank, figure) -> None:
    """150.00 of provisions on 20 June, whichever side their subjects are said to have, cover 100.00 of bad loans one and a half times and are 12.5 % of all loans."""
    bank.draw(loan_class_day=CLASSES, ledger_day=PROVISIONS)
    assert figure("provision_coverage_ratio", numerator="150.00", denominator="100.00") == Decimal("1.500000")
    assert figure("provision_to_loan_ratio", numerator="150.00", denominator="1200.00") == Decimal("0.125000")


def test_write_offs_and_recoveries_of_the_period(bank, figure) -> None:
    """June: 70 + 5 + 25 = 100.00 written off, 30 + 2 = 32.00 recovered; May's do not count."""
    bank.draw(
        write_off_day="""
            organisation_code | business_date | written_off_principal_amount | written_off_interest_amount | recovered_principal_amount | recovered_interest_amount
            ------------------+---------------+------------------------------+-----------------------------+----------------------------+--------------------------
            B10               | 2026-05-31    | 900.00                       | 9.00                        | 90.00                      | 9.00
            B10               | 2026-06-01    | 70.00                        | 5.00                        | 0.00                       | 0.00
            B20               | 2026-06-30    | 25.00                        | 0.00                        | 30.00                      | 2.00
        """
    )
    assert figure("write_off_amount", numerator="100.00") == Decimal("100.00")
    assert figure("write_off_recovery_amount", numerator="32.00") == Decimal("32.00")
