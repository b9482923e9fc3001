"""Supervisory ratios from inputs, and what is said where one is missing."""

from decimal import Decimal

INPUTS = """
    input_code           | business_date | input_amount | measured_on
    ---------------------+---------------+-------------+-----------
    net_capital          | 2026-05-31    | 1.00 | 2026-05-31
    net_capital          | 2026-06-30    | 126.00 | 2026-05-31
    risk_weighted_assets | 2026-06-30    | 1000.00 | 2026-05-31
    liquid_assets        | 2026-06-30    | 300.00 | 2026-05-31
    liquid_liabilities   | 2026-06-30    | 600.00 | 2026-05-31
    core_liabilities     | 2026-06-30    | 640.00 | 2026-05-31
    total_liabilities    | 2026-06-30    | 1000.00 | 2026-05-31
"""


def test_ratios_are_of_the_last_inputs(bank, figure) -> None:
    bank.draw(regulatory_day=INPUTS)
    assert figure("capital_adequacy_ratio", numerator="126.00", denominator="1000.00") == Decimal("0.126000")
    assert figure("liquidity_ratio", numerator="300.00", denominator="600.00") == Decimal("0.500000")
    assert figure("core_liability_ratio", numerator="640.00", denominator="1000.00") == Decimal("0.640000")


def test_a_missing_input_is_not_nought(version) -> None:
    version.draw(
        regulatory_day="input_code | business_date | measured_on | input_amount\n---+---+---+---\nnet_capital | 2026-06-30 | 2026-06-30 | 126.00"
    )
    assert [row.value for row in version.ask("capital_adequacy_ratio").rows] == [None]
    assert [row.value for row in version.ask("liquidity_ratio").rows] == [None]


def test_a_missing_denominator_is_shown_as_missing(version) -> None:
    """Liquid assets without liquid liabilities: what stands below is unknown, not 0.00."""
    version.draw(
        regulatory_day="input_code | business_date | measured_on | input_amount\n---+---+---+---\nliquid_assets | 2026-06-30 | 2026-06-30 | 300.00"
    )
    (row,) = version.ask("liquidity_ratio").rows
    assert (row.numerator, row.denominator, row.value) == (Decimal("300.00"), None, None)
