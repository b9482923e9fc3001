"""Assets under management and maturing deposits."""

from datetime import date
from decimal import Decimal

DAYS = """
    organisation_code | asset_kind | product_line | product_group  | business_date | balance
    ------------------+------------+--------------+----------------+---------------+--------
    B10               | deposit    | deposit      | demand_deposit | 2026-06-30    | 100.00
    B20               | deposit    | deposit      | term_deposit   | 2026-06-30    | 20.00
    B20               | holding    | agency       | agency_fund    | 2026-06-30    | 7.05
"""


def test_assets_are_deposits_and_holdings(bank, figure) -> None:
    bank.draw(asset_day=DAYS)
    assert figure("aum_balance", numerator="127.05") == Decimal("127.05")
    assert bank.version.values("aum_balance", "product_line") == {"deposit": Decimal("120.00"), "agency": Decimal("7.05")}


def test_without_holdings_there_are_no_assets_to_name(bank) -> None:
    bank.draw(asset_day=DAYS)
    (row,) = bank.version.ask("aum_balance", day=date(2026, 6, 29)).rows
    assert row.value is None


def test_what_falls_due_counts_in_its_period(bank, figure) -> None:
    bank.draw(
        maturity_day="""
            business_date | maturing_amount | account_count
            --------------+-----------------+--------------
            2026-05-31    | 1.00            | 1
            2026-06-01    | 10.00           | 1
            2026-06-30    | 5.05            | 1
            2026-07-01    | 99.00           | 1
        """
    )
    assert figure("maturing_term_deposit_amount", numerator="15.05") == Decimal("15.05")


def test_renewal_is_of_what_has_fallen_due(bank, figure) -> None:
    """8 of 10 and 2 of 6 in June; what falls due later is not judged."""
    bank.draw(
        maturity_day="""
            business_date | maturing_amount | renewed_amount | account_count
            --------------+-----------------+----------------+--------------
            2026-05-31    | 1.00            | 1.00           | 1
            2026-06-01    | 10.00           | 8.00           | 1
            2026-06-29    | 6.00            | 2.00           | 1
            2026-06-30    | 99.00           |                | 1
        """
    )
    assert figure("term_deposit_renewal_rate", numerator="10.00", denominator="16.00") == Decimal("0.625000")
