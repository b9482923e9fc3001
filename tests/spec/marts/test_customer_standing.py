"""Tiers, effective customers, products held and what became of those who were there before, against figures worked out by hand."""

from __future__ import annotations

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.customer_base_day import CUSTOMER_BASE_DAY_MART
from maisui.marts.customer_product_month import CUSTOMER_PRODUCT_MONTH_MART
from maisui.marts.customer_standing import CUSTOMER_STANDING_MART
from maisui.marts.product_holder_day import PRODUCT_HOLDER_DAY_MART
from maisui.marts.tier_migration_day import TIER_MIGRATION_DAY_MART

# Gold from 5, platinum from 20 (ten thousands); wealth counts half; a tier is kept for one month; effective from 500 yuan.
PARAMETERS = """
    parameter_code             | valid_from | text_value | number_value
    ---------------------------+------------+------------+-------------
    tier.ordinary              | 1900-01-01 |            | 0
    tier.gold                  | 1900-01-01 |            | 5
    tier.platinum              | 1900-01-01 |            | 20
    tier_weight.deposit        | 1900-01-01 |            | 1
    tier_weight.wealth         | 1900-01-01 |            | 0.5
    tier_protection_months     | 1900-01-01 |            | 1
    quality_tier               | 1900-01-01 | gold       |
    effective_customer_balance | 1900-01-01 |            | 500
"""

# April has 30 days, May 31, June 30. Balance-days ÷ days is the average.
# C1: 60,000.00, then 20,000.00 twice: gold, kept gold for May, ordinary in June.
# C2: 40,000.00 of deposits; wealth of 20,000.00 from 1 May, and of 380,000.00 from 16 June (15 days of it):
#     May 40,000 + 10,000 = 50,000.00 gold; June 40,000 + (20,000 x 15 + 380,000 x 15) / 30 / 2 = 140,000.00 gold.
# C3: 499.99 on average, no loan: not effective. Closes on 20 June: no row in June.
# C4: a loan of 100.00 only: effective. Moves from B10 to B20 on 1 June.
BANK = {
    "calendar_day": ("2026-04-01", "2026-06-30"),
    "parameter": PARAMETERS,
    "customer": """
        customer_number | customer_kind | home_organisation_code
        ----------------+---------------+-----------------------
        C1              | personal      | B10
        C2              | personal      | B10
        C3              | personal      | B10
        C4              | corporate     | B20
    """,
    "customer_home_period": """
        customer_number | valid_from | valid_until | organisation_code
        ----------------+------------+-------------+------------------
        C4              | 2026-04-01 | 2026-06-01  | B10
        C4              | 2026-06-01 |             | B20
    """,
    "customer_relation": """
        customer_number | relation  | valid_from | valid_until
        ----------------+-----------+------------+------------
        C1              | holder    | 2020-01-01 |
        C1              | depositor | 2020-01-01 |
        C2              | holder    | 2020-01-01 |
        C3              | holder    | 2026-04-10 | 2026-06-20
        C4              | holder    | 2026-05-01 |
    """,
    "account": """
        account_number | customer_number | account_kind | product_group  | product_line | opened_on  | closed_on
        ---------------+-----------------+--------------+----------------+--------------+------------+-----------
        A1             | C1              | deposit      | demand_deposit | deposit      | 2020-01-01 |
        A2             | C2              | deposit      | demand_deposit | deposit      | 2020-01-01 |
        A3             | C2              | deposit      | demand_deposit | deposit      | 2020-01-01 |
        A4             | C3              | deposit      | demand_deposit | deposit      | 2026-04-10 | 2026-06-20
        A5             | C4              | loan         | business_loan  | loan         | 2026-05-01 |
    """,
    "card": """
        card_kind | card_number | customer_number | issued_on  | closed_on | last_reported_on
        ----------+-------------+-----------------+------------+-----------+----------------
        debit     | K1          | C1              | 2026-06-01 | | 2026-06-30
        passbook  | K2          | C1              | 2020-01-01 | | 2026-06-30
        credit    | K3          | C2              | 2026-04-01 | 2026-05-31 | 2026-06-30
    """,
    "asset_holding": """
        holding_number | customer_number | product_group  | product_line | valid_from | valid_until | market_amount
        ---------------+-----------------+----------------+--------------+------------+-------------+--------------
        H1             | C2              | wealth_product | wealth       | 2026-05-01 | 2026-06-16  | 20000.00
        H2             | C2              | wealth_product | wealth       | 2026-06-16 |             | 380000.00
        H3             | none            | wealth_product | wealth       | 2026-05-01 |             | 7.00
    """,
    "account_month": """
        account_number | customer_number | month_start | account_kind | balance_days | day_count | closing_balance
        ---------------+-----------------+-------------+--------------+--------------+-----------+----------------
        A1             | C1              | 2026-04-01  | deposit      | 1800000.00   | 30        | 60000.00
        A1             | C1              | 2026-05-01  | deposit      | 620000.00    | 31        | 20000.00
        A1             | C1              | 2026-06-01  | deposit      | 600000.00    | 30        | 20000.00
        A2             | C2              | 2026-04-01  | deposit      | 900000.00    | 30        | 30000.00
        A2             | C2              | 2026-05-01  | deposit      | 930000.00    | 31        | 30000.00
        A2             | C2              | 2026-06-01  | deposit      | 900000.00    | 30        | 30000.00
        A3             | C2              | 2026-04-01  | deposit      | 300000.00    | 30        | 10000.00
        A3             | C2              | 2026-05-01  | deposit      | 310000.00    | 31        | 10000.00
        A3             | C2              | 2026-06-01  | deposit      | 300000.00    | 30        | 10000.00
        A4             | C3              | 2026-04-01  | deposit      | 14999.70     | 30        | 714.27
        A4             | C3              | 2026-05-01  | deposit      | 15499.69     | 31        | 499.99
        A5             | C4              | 2026-05-01  | loan         | 3100.00      | 31        | 100.00
        A5             | C4              | 2026-06-01  | loan         | 3000.00      | 30        | 100.00
    """,
}


def fill(engine: Engine) -> None:
    """Run the steps up to the standing of every customer."""
    load_tables(engine, **BANK)
    for step in (CUSTOMER_PRODUCT_MONTH_MART, CUSTOMER_STANDING_MART):
        run(engine, step, reporting_date="2026-06-30")


def test_a_tier_rises_at_once_and_falls_after_its_protection(engine: Engine) -> None:
    fill(engine)
    expect(
        engine,
        "customer_standing",
        """
        customer_number | business_date | organisation_code | asset_average_balance | tier_average_balance | loan_average_balance | reached_tier_code | tier_code | tier_rank | is_quality | is_effective | product_group_count
        ----------------+---------------+-------------------+-----------------------+----------------------+----------------------+-------------------+-----------+-----------+------------+--------------+--------------------
        C1              | 2026-04-30    | B10               | 60000.00              | 60000.00             | 0.00                 | gold              | gold      | 2         | yes        | yes          | 1
        C1              | 2026-05-31    | B10               | 20000.00              | 20000.00             | 0.00                 | ordinary          | gold      | 2         | yes        | yes          | 1
        C1              | 2026-06-30    | B10               | 20000.00              | 20000.00             | 0.00                 | ordinary          | ordinary  | 1         | no         | yes          | 2
        C2              | 2026-04-30    | B10               | 40000.00              | 40000.00             | 0.00                 | ordinary          | ordinary  | 1         | no         | yes          | 2
        C2              | 2026-05-31    | B10               | 60000.00              | 50000.00             | 0.00                 | gold              | gold      | 2         | yes        | yes          | 2
        C2              | 2026-06-30    | B10               | 240000.00             | 140000.00            | 0.00                 | gold              | gold      | 2         | yes        | yes          | 2
        C3              | 2026-04-30    | B10               | 499.99                | 499.99               | 0.00                 | ordinary          | ordinary  | 1         | no         | no           | 1
        C3              | 2026-05-31    | B10               | 499.99                | 499.99               | 0.00                 | ordinary          | ordinary  | 1         | no         | no           | 1
        C4              | 2026-05-31    | B10               | 0.00                  | 0.00                 | 100.00               | ordinary          | ordinary  | 1         | no         | yes          | 1
        C4              | 2026-06-30    | B20               | 0.00                  | 0.00                 | 100.00               | ordinary          | ordinary  | 1         | no         | yes          | 1
        """,
    )


def test_a_tier_set_by_hand_holds_while_its_decision_does_and_protects_nothing(engine: Engine) -> None:
    """C1 is platinum on 31 May by a decision on C9, which is merged into him, and falls to the rule's tier when it is over.

    C2 is set down for June; decision 3 was refused, 4 ended what had not begun.
    """
    load_tables(
        engine,
        **BANK,
        customer_merge="""
            customer_number | surviving_number | valid_from
            ----------------+------------------+-----------
            C9              | C1               | 2026-01-01
        """,
        tier_decision="""
            decision_number | decision_kind | customer_number | tier_code | valid_from | valid_until | is_accepted
            ----------------+---------------+-----------------+-----------+------------+-------------+------------
            1               | set           | C9              | platinum  | 2026-05-15 | 2026-06-20  | yes
            2               | set           | C2              | ordinary  | 2026-06-30 | 2027-01-01  | yes
            3               | set           | C4              | platinum  | 2026-05-01 |             | no
            4               | end           | C4              |           | 2026-05-01 |             | yes
        """,
    )
    for step in (CUSTOMER_PRODUCT_MONTH_MART, CUSTOMER_STANDING_MART):
        run(engine, step, reporting_date="2026-06-30")
    expect(
        engine,
        "customer_standing",
        """
        customer_number | business_date | reached_tier_code | tier_code | ruled_tier_code | tier_decision_number | tier_rank | is_quality
        ----------------+---------------+-------------------+-----------+-----------------+----------------------+-----------+-----------
        C1              | 2026-04-30    | gold              | gold      | gold            |                      | 2         | yes
        C1              | 2026-05-31    | ordinary          | platinum  | gold            | 1                    | 3         | yes
        C1              | 2026-06-30    | ordinary          | ordinary  | ordinary        |                      | 1         | no
        C2              | 2026-04-30    | ordinary          | ordinary  | ordinary        |                      | 1         | no
        C2              | 2026-05-31    | gold              | gold      | gold            |                      | 2         | yes
        C2              | 2026-06-30    | gold              | ordinary  | gold            | 2                    | 1         | no
        C3              | 2026-04-30    | ordinary          | ordinary  | ordinary        |                      | 1         | no
        C3              | 2026-05-31    | ordinary          | ordinary  | ordinary        |                      | 1         | no
        C4              | 2026-05-31    | ordinary          | ordinary  | ordinary        |                      | 1         | no
        C4              | 2026-06-30    | ordinary          | ordinary  | ordinary        |                      | 1         | no
        """,
    )


def test_a_tier_put_in_between_takes_no_protection_away(engine: Engine) -> None:
    """From May there is silver from 1.5: C1 was gold in April and reaches silver in May and June. Gold is kept for May, as before."""
    silver = "    tier.silver                | 2026-05-01 |            | 1.5\n"
    load_tables(engine, **BANK | {"parameter": PARAMETERS + silver})
    for step in (CUSTOMER_PRODUCT_MONTH_MART, CUSTOMER_STANDING_MART, TIER_MIGRATION_DAY_MART):
        run(engine, step, reporting_date="2026-06-30")
    expect(
        engine,
        "customer_standing",
        """
        customer_number | business_date | reached_tier_code | tier_code | tier_rank | is_quality
        ----------------+---------------+-------------------+-----------+-----------+-----------
        C1              | 2026-04-30    | gold              | gold      | 2         | yes
        C1              | 2026-05-31    | silver            | gold      | 3         | yes
        C1              | 2026-06-30    | silver            | silver    | 2         | no
        C2              | 2026-04-30    | ordinary          | ordinary  | 1         | no
        C2              | 2026-05-31    | gold              | gold      | 3         | yes
        C2              | 2026-06-30    | gold              | gold      | 3         | yes
        C3              | 2026-04-30    | ordinary          | ordinary  | 1         | no
        C3              | 2026-05-31    | ordinary          | ordinary  | 1         | no
        C4              | 2026-05-31    | ordinary          | ordinary  | 1         | no
        C4              | 2026-06-30    | ordinary          | ordinary  | 1         | no
        """,
    )
    may = "SELECT tier_code, closing_tier_code, is_upgraded, is_downgraded FROM tier_migration_day WHERE business_date = DATE '2026-05-31'"
    moved = {tuple(row) for row in engine.fetch(may)}
    assert moved >= {("gold", "gold", False, False), ("ordinary", "gold", True, False), ("ordinary", "ordinary", False, False)}


def test_two_accounts_of_one_product_group_are_one_and_a_passbook_is_none(engine: Engine) -> None:
    """C2's second demand account adds nothing; the credit card closed on 31 May is not held that evening."""
    fill(engine)
    expect(
        engine,
        "customer_product_month",
        """
        customer_number | business_date | product_line | product_group
        ----------------+---------------+--------------+---------------
        C1              | 2026-04-30    | deposit      | demand_deposit
        C1              | 2026-05-31    | deposit      | demand_deposit
        C1              | 2026-06-30    | deposit      | demand_deposit
        C1              | 2026-06-30    | card         | debit_card
        C2              | 2026-04-30    | deposit      | demand_deposit
        C2              | 2026-04-30    | card         | credit_card
        C2              | 2026-05-31    | deposit      | demand_deposit
        C2              | 2026-05-31    | wealth       | wealth_product
        C2              | 2026-06-30    | deposit      | demand_deposit
        C2              | 2026-06-30    | wealth       | wealth_product
        C3              | 2026-04-30    | deposit      | demand_deposit
        C3              | 2026-05-31    | deposit      | demand_deposit
        C4              | 2026-05-31    | loan         | business_loan
        C4              | 2026-06-30    | loan         | business_loan
        """,
    )


def test_the_base_counts_every_holder_once(engine: Engine) -> None:
    fill(engine)
    run(engine, CUSTOMER_BASE_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "customer_base_day",
        """
        organisation_code | customer_kind | tier_code | business_date | customer_count | effective_customer_count | quality_customer_count | product_group_count | cross_sold_customer_count | borrower_deposit_average_balance | borrower_loan_average_balance
        ------------------+---------------+-----------+---------------+----------------+--------------------------+------------------------+---------------------+---------------------------+----------------------------------+------------------------------
        B10               | personal      | gold      | 2026-04-30    | 1              | 1                        | 1                      | 1                   | 0                         | 0.00                             | 0.00
        B10               | personal      | ordinary  | 2026-04-30    | 2              | 1                        | 0                      | 3                   | 1                         | 0.00                             | 0.00
        B10               | personal      | gold      | 2026-05-31    | 2              | 2                        | 2                      | 3                   | 1                         | 0.00                             | 0.00
        B10               | personal      | ordinary  | 2026-05-31    | 1              | 0                        | 0                      | 1                   | 0                         | 0.00                             | 0.00
        B10               | corporate     | ordinary  | 2026-05-31    | 1              | 1                        | 0                      | 1                   | 0                         | 0.00                             | 100.00
        B10               | personal      | gold      | 2026-06-30    | 1              | 1                        | 1                      | 2                   | 1                         | 0.00                             | 0.00
        B10               | personal      | ordinary  | 2026-06-30    | 1              | 1                        | 0                      | 2                   | 1                         | 0.00                             | 0.00
        B20               | corporate     | ordinary  | 2026-06-30    | 1              | 1                        | 0                      | 1                   | 0                         | 0.00                             | 100.00
        """,
    )


def test_migration_follows_those_who_were_there_when_the_period_began(engine: Engine) -> None:
    """June: C1 fell, C2 and C4 stayed, C3 left. The quarter began on 31 March, before the history: nobody was there."""
    fill(engine)
    run(engine, TIER_MIGRATION_DAY_MART, reporting_date="2026-06-30")
    expect(
        engine,
        "tier_migration_day",
        """
        organisation_code | customer_kind | tier_code | closing_tier_code | period_start | business_date | is_retained | is_upgraded | is_downgraded | customer_count
        ------------------+---------------+-----------+-------------------+--------------+---------------+-------------+-------------+---------------+---------------
        B10               | personal      | gold      | gold              | 2026-05-01   | 2026-05-31    | yes         | no          | no            | 1
        B10               | personal      | ordinary  | gold              | 2026-05-01   | 2026-05-31    | yes         | yes         | no            | 1
        B10               | personal      | ordinary  | ordinary          | 2026-05-01   | 2026-05-31    | yes         | no          | no            | 1
        B10               | personal      | gold      | ordinary          | 2026-06-01   | 2026-06-30    | yes         | no          | yes           | 1
        B10               | personal      | gold      | gold              | 2026-06-01   | 2026-06-30    | yes         | no          | no            | 1
        B10               | personal      | ordinary  | gone              | 2026-06-01   | 2026-06-30    | no          | no          | no            | 1
        B20               | corporate     | ordinary  | ordinary          | 2026-06-01   | 2026-06-30    | yes         | no          | no            | 1
        """,
    )


def test_penetration_counts_holders_beside_all_customers_of_outlet_and_kind(engine: Engine) -> None:
    fill(engine)
    run(engine, PRODUCT_HOLDER_DAY_MART, reporting_date="2026-06-30")
    engine_rows = """
        organisation_code | customer_kind | product_group  | business_date | holder_count | target_customer_count
        ------------------+---------------+----------------+---------------+--------------+----------------------
        B10               | personal      | demand_deposit | 2026-04-30    | 3            | 3
        B10               | personal      | credit_card    | 2026-04-30    | 1            | 3
        B10               | personal      | demand_deposit | 2026-05-31    | 3            | 3
        B10               | personal      | wealth_product | 2026-05-31    | 1            | 3
        B10               | corporate     | business_loan  | 2026-05-31    | 1            | 1
        B10               | personal      | demand_deposit | 2026-06-30    | 2            | 2
        B10               | personal      | debit_card     | 2026-06-30    | 1            | 2
        B10               | personal      | wealth_product | 2026-06-30    | 1            | 2
        B20               | corporate     | business_loan  | 2026-06-30    | 1            | 1
    """
    expect(engine, "product_holder_day", engine_rows)


def test_without_customers_there_is_no_standing(engine: Engine) -> None:
    load_tables(engine, calendar_day=("2026-04-01", "2026-04-30"))
    for step in (CUSTOMER_PRODUCT_MONTH_MART, CUSTOMER_STANDING_MART, CUSTOMER_BASE_DAY_MART):
        run(engine, step, reporting_date="2026-04-30")
    assert engine.fetch("SELECT count(*) FROM customer_base_day") == [(0,)]
