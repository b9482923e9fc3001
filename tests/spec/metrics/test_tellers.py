"""Figures of tellers, each on drawn marts against figures computed by hand."""

from decimal import Decimal


def test_tellers_business_is_counted_and_weighed(bank, figure) -> None:
    """3 + 4 handled in June, weighing 2.666666 + 8 standard transactions; checks do not count."""
    bank.draw(
        teller_day="""
            teller_number | transaction_code | business_date | handled_count | checked_count | converted_workload
            --------------+------------------+---------------+---------------+---------------+-------------------
            G1            | 1001             | 2026-05-31    | 90            | 0             | 90
            G1            | 1001             | 2026-06-01    | 3             | 5             | 2.666666
            G2            | 1002             | 2026-06-30    | 4             | 0             | 8
        """
    )
    assert figure("teller_transaction_count", numerator="7") == Decimal(7)
    assert figure("teller_converted_workload", numerator="10.67") == Decimal("10.67")


def test_errors_are_held_against_business_handled_since_there_is_a_register(bank, figure) -> None:
    """3 errors in 500 + 250 handled, one of them of the first class; what was handled before the register is no part of it."""
    bank.draw(
        teller_day="""
            teller_number | transaction_code | business_date | handled_count | error_count | first_class_error_count | is_error_registered
            --------------+------------------+---------------+---------------+-------------+-------------------------+--------------------
            G1            | 1001             | 2026-05-31    | 900           | 0           | 0                       | no
            G1            | 1001             | 2026-06-01    | 500           | 2           | 1                       | yes
            G2            | none             | 2026-06-30    | 0             | 1           | 0                       | yes
            G2            | 1002             | 2026-06-30    | 250           | 0           | 0                       | yes
        """
    )
    assert figure("teller_error_rate", numerator="3", denominator="750") == Decimal("0.004")
    assert figure("teller_first_class_error_rate", numerator="1", denominator="750") == Decimal("0.001333")


def test_without_a_register_there_is_no_rate_of_errors(version) -> None:
    """Nobody counted errors: — and not 0 %."""
    version.draw(
        teller_day="""
            teller_number | transaction_code | business_date | handled_count | is_error_registered
            --------------+------------------+---------------+---------------+--------------------
            G1            | 1001             | 2026-06-01    | 500           | no
        """
    )
    assert version.values("teller_error_rate") == {(): None}


def test_checks_and_authorisations_are_counted_apart_and_workload_by_days_on_duty(bank, figure) -> None:
    """5 + 1 checked, 2 authorised; 30 + 12.5 standard transactions over 3 days on duty, a day of leave aside: 14.17 a day."""
    bank.draw(
        teller_day="""
            teller_number | transaction_code | business_date | checked_count | authorised_count | converted_workload
            --------------+------------------+---------------+---------------+------------------+-------------------
            G1            | 1001             | 2026-06-01    | 5             | 2                | 30
            G2            | 1002             | 2026-06-30    | 1             | 0                | 12.5
        """,
        teller_duty_day="""
            employee_number | business_date | duty_count
            ----------------+---------------+-----------
            E1              | 2026-06-01    | 1
            E1              | 2026-06-02    | 0
            E2              | 2026-06-01    | 1
            E2              | 2026-06-30    | 1
        """,
    )
    assert figure("teller_checked_count", numerator="6") == Decimal(6)
    assert figure("teller_authorised_count", numerator="2") == Decimal(2)
    assert figure("teller_duty_day_count", numerator="3") == Decimal(3)
    assert figure("teller_workload_per_duty_day", numerator="42.50", denominator="3") == Decimal("14.17")
