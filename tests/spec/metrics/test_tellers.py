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
