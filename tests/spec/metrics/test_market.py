"""Market shares on a drawn county against figures computed by hand."""

from decimal import Decimal

COUNTY = """
    business_date | business_kind | bank_name | is_own_bank | market_product_name | town_code | market_balance
    --------------+---------------+-----------+-------------+---------------------+-----------+---------------
    2026-05-31    | deposit       | Ours      | yes         | savings             | T1        | 30.00
    2026-05-31    | deposit       | Ours      | yes         | savings             | T2        | 10.00
    2026-05-31    | deposit       | Ours      | yes         | corporate           | T1        | 0.00
    2026-05-31    | deposit       | Post bank | no          | savings             | T1        | 20.00
    2026-05-31    | deposit       | Post bank | no          | corporate           | T1        | 100.00
    2026-05-31    | loan          | Ours      | yes         | farmers             | T1        | 1.00
    2026-05-31    | loan          | Post bank | no          | farmers             | T1        | 7.00
    2026-04-30    | deposit       | Ours      | yes         | savings             | T1        | 999.00
"""


def test_the_market_share_is_ours_over_all_at_the_last_delivered_month_end(bank, figure) -> None:
    """40 of 160 deposits and 1 of 8 loans at the end of May; April no longer counts on 30 June."""
    bank.draw(market_month=COUNTY)
    assert figure("market_share_deposit", numerator="40.00", denominator="160.00") == Decimal("0.25")
    assert figure("market_share_loan", numerator="1.00", denominator="8.00") == Decimal("0.125")


def test_shares_by_product_and_town_have_their_own_totals(version) -> None:
    """Savings: 40 of 60; corporate deposits: 0 of 100. In T2 all delivered deposits are ours."""
    version.draw(market_month=COUNTY)
    assert version.values("market_share_deposit", "market_product") == {"savings": Decimal("0.666667"), "corporate": Decimal(0)}
    assert version.values("market_share_deposit", "town") == {"T1": Decimal("0.2"), "T2": Decimal(1)}


def test_a_county_that_tells_of_deposits_alone_gives_the_share_of_deposits(version) -> None:
    """30 of 50; of loans nothing was delivered."""
    version.draw(
        market_month="""
            business_date | business_kind | bank_name | is_own_bank | market_balance
            --------------+---------------+-----------+-------------+---------------
            2026-05-31    | deposit       | Ours      | yes         | 30.00
            2026-05-31    | deposit       | Post bank | no          | 20.00
        """
    )
    assert version.values("market_share_deposit") == {(): Decimal("0.6")}
    assert version.values("market_share_loan") == {(): None}


def test_a_county_in_which_we_hold_nothing_is_a_share_of_nought(version) -> None:
    """Others' deposits were delivered, so that ours are 0, not unknown."""
    version.draw(
        market_month="""
            business_date | business_kind | bank_name | is_own_bank | market_balance
            --------------+---------------+-----------+-------------+---------------
            2026-05-31    | deposit       | Post bank | no          | 20.00
        """
    )
    assert version.values("market_share_deposit") == {(): Decimal(0)}


def test_without_market_totals_there_is_no_share(version) -> None:
    """A missing feed makes no 0 %."""
    version.draw()
    assert version.values("market_share_deposit") == {(): None}
