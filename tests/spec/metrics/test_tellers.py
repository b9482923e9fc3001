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
