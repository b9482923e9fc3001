"""Settings of contribution: by group before kind, as they stood at each month's end."""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.integration.settle_contribution_settings import SETTLE_CONTRIBUTION_SETTINGS

ACCOUNTS = """
    account_number | account_kind | product_group  | opened_on
    ---------------+--------------+----------------+-----------
    A1             | deposit      | demand_deposit | 2020-01-01
    A2             | deposit      | demand_deposit | 2020-01-01
    L1             | loan         | farmer_loan    | 2020-01-01
    L2             | loan         | housing_loan   | 2020-01-01
    L3             | loan         | business_loan  | 2020-01-01
"""


def test_a_group_goes_before_its_kind_and_a_change_holds_from_its_month(engine: Engine) -> None:
    """By the product's own parameters: farmers are exempt until the end of 2027; January is reckoned to its 10th day."""
    load_tables(engine, calendar_day=("2027-12-01", "2028-01-10"), account=ACCOUNTS)
    run(engine, SETTLE_CONTRIBUTION_SETTINGS, reporting_date="2028-01-10")
    expect(
        engine,
        "contribution_setting",
        """
        business_date | month_start | account_kind | product_group  | day_basis_count | vat_rate | surcharge_rate | income_tax_rate | risk_weight | loss_given_default
        --------------+-------------+--------------+----------------+-----------------+----------+----------------+-----------------+-------------+-------------------
        2027-12-31    | 2027-12-01  | deposit      | demand_deposit | 360             | 0.03     | 0.1            | 0.25            | 0           | 0
        2027-12-31    | 2027-12-01  | loan         | farmer_loan    | 360             | 0        | 0.1            | 0.25            | 0.75        | 0.45
        2027-12-31    | 2027-12-01  | loan         | housing_loan   | 360             | 0.03     | 0.1            | 0.25            | 0.5         | 0.2
        2027-12-31    | 2027-12-01  | loan         | business_loan  | 360             | 0.03     | 0.1            | 0.25            | 1           | 0.45
        2027-12-31    | 2027-12-01  | none         | none           | 360             | 0.03     | 0.1            | 0.25            | 0           | 0
        2028-01-10    | 2028-01-01  | deposit      | demand_deposit | 360             | 0.03     | 0.1            | 0.25            | 0           | 0
        2028-01-10    | 2028-01-01  | loan         | farmer_loan    | 360             | 0.03     | 0.1            | 0.25            | 0.75        | 0.45
        2028-01-10    | 2028-01-01  | loan         | housing_loan   | 360             | 0.03     | 0.1            | 0.25            | 0.5         | 0.2
        2028-01-10    | 2028-01-01  | loan         | business_loan  | 360             | 0.03     | 0.1            | 0.25            | 1           | 0.45
        2028-01-10    | 2028-01-01  | none         | none           | 360             | 0.03     | 0.1            | 0.25            | 0           | 0
        """,
    )


def test_a_change_inside_a_month_holds_for_the_whole_of_it(engine: Engine) -> None:
    """From 15 June the posted rate is 0.001; June takes it, May does not. Capital ratio and cost are told as they are."""
    load_tables(
        engine,
        calendar_day=("2026-05-01", "2026-06-30"),
        parameter="""
            parameter_code      | valid_from | valid_until | number_value
            --------------------+------------+-------------+-------------
            demand_deposit_rate | 1900-01-01 | 2026-06-15  | 0.0005
            demand_deposit_rate | 2026-06-15 |             | 0.001
            capital_ratio       | 1900-01-01 |             | 0.105
            capital_cost_rate   | 1900-01-01 |             | 0.1
        """,
    )
    run(engine, SETTLE_CONTRIBUTION_SETTINGS, reporting_date="2026-06-30")
    expect(
        engine,
        "contribution_setting",
        """
        business_date | account_kind | demand_deposit_rate | capital_ratio | capital_cost_rate
        --------------+--------------+---------------------+---------------+------------------
        2026-05-31    | none         | 0.0005              | 0.105         | 0.1
        2026-06-30    | none         | 0.001               | 0.105         | 0.1
        """,
    )
