"""Market month: the county's market as far as it was known on the reporting date."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.market_month import MARKET_MONTH_MART


def test_month_ends_after_the_reporting_date_do_not_count_yet(engine: Engine) -> None:
    """Totals of July, delivered with an early file, are left out of a June version."""
    load_tables(
        engine,
        market_total="""
            month_end_on | business_kind | bank_name | is_own_bank | market_product_name | town_code | market_balance
            -------------+---------------+-----------+-------------+---------------------+-----------+---------------
            2026-06-30   | deposit       | Ours      | yes         | savings             | T1        | 30.00
            2026-06-30   | deposit       | Post bank | no          | savings             | T1        | 70.01
            2026-07-31   | deposit       | Ours      | yes         | savings             | T1        | 31.00
        """,
    )
    run(engine, MARKET_MONTH_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "market_month",
        """
        business_date | business_kind | bank_name | is_own_bank | market_product_name | town_code | market_balance
        --------------+---------------+-----------+-------------+---------------------+-----------+---------------
        2026-06-30    | deposit       | Ours      | yes         | savings             | T1        | 30.00
        2026-06-30    | deposit       | Post bank | no          | savings             | T1        | 70.01
        """,
    )


def test_without_the_feed_there_is_no_market(engine: Engine) -> None:
    """The feed is optional: nothing comes in, nothing comes out."""
    load_tables(engine, market_total="month_end_on | bank_name\n-------------+----------")
    run(engine, MARKET_MONTH_MART, reporting_date="2026-06-30")
    expect(engine, "market_month", "business_date | bank_name\n--------------+----------")
