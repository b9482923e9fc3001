"""What becomes of accounts, what they are made of, what moves on them and who holds them, product by product, drawn by hand."""

from __future__ import annotations

from drawn_tables import load_tables, run

from maisui.engines.engine import Engine
from maisui.marts.product_account_month import PRODUCT_ACCOUNT_MONTH_MART
from maisui.marts.product_activity_month import PRODUCT_ACTIVITY_MONTH_MART
from maisui.marts.product_cohort_day import PRODUCT_COHORT_DAY_MART
from maisui.marts.product_portrait_day import PRODUCT_PORTRAIT_DAY_MART
from maisui.marts.product_structure_day import PRODUCT_STRUCTURE_DAY_MART

# A1 was opened before the history and is closed in May, before it fell due in 2027.
# A2 is opened on 10 April, moved on 20 May, highest at the end of May, and still open; its rate is 2 %.
# A3 is opened on 15 May and closed on 20 June, after it fell due; nobody says its rate.
BANK = {
    "calendar_day": ("2026-04-01", "2026-06-30"),
    "account": """
        account_number | currency | account_kind | customer_number | product_group | product_code | opened_on  | closed_on  | is_vanished
        ---------------+----------+--------------+-----------------+---------------+--------------+------------+------------+------------
        A1             | CNY      | deposit      | C1              | term_deposit  | T1           | 2025-01-31 | 2026-05-30 | no
        A2             | CNY      | deposit      | C1              | term_deposit  | T1           | 2026-04-10 |            | no
        A3             | CNY      | deposit      | C2              | term_deposit  | T1           | 2026-05-15 | 2026-06-20 | no
    """,
    "account_month": """
        account_number | currency | month_start | product_code | product_group | closing_balance
        ---------------+----------+-------------+--------------+---------------+----------------
        A1             | CNY      | 2026-04-01  | T1           | term_deposit  | 50.00
        A1             | CNY      | 2026-05-01  | T1           | term_deposit  | 0.00
        A2             | CNY      | 2026-04-01  | T1           | term_deposit  | 100.03
        A2             | CNY      | 2026-05-01  | T1           | term_deposit  | 300.00
        A2             | CNY      | 2026-06-01  | T1           | term_deposit  | 200.00
        A3             | CNY      | 2026-05-01  | T1           | term_deposit  | 70.00
        A3             | CNY      | 2026-06-01  | T1           | term_deposit  | 0.00
    """,
    "account_rate_period": """
        account_number | currency | valid_from | valid_until | interest_rate
        ---------------+----------+------------+-------------+--------------
        A2             | CNY      | 2026-04-10 |             | 0.020000
    """,
    "account_balance": """
        account_number | currency | valid_from | valid_until | balance
        ---------------+----------+------------+-------------+--------
        A2             | CNY      | 2026-06-05 |             | 200.00
    """,
    "deposit_term": """
        account_number | currency | value_on   | matures_on | term_month_count | first_reported_on | last_reported_on
        ---------------+----------+------------+------------+------------------+-------------------+-----------------
        A1             | CNY      | 2026-01-31 | 2027-01-31 | 12               | 2026-04-30        | 2026-04-30
        A2             | CNY      | 2026-04-10 | 2026-07-10 | 3                | 2026-04-30        | 2026-06-30
        A3             | CNY      | 2026-05-15 | 2026-06-15 | 1                | 2026-05-31        | 2026-05-31
    """,
    "account_transaction": """
        transaction_number | account_number | currency | account_kind | posted_on  | is_bank_initiated | channel_code | amount
        -------------------+----------------+----------+--------------+------------+-------------------+--------------+-------
        X1                 | A2             | CNY      | deposit      | 2026-05-20 | no                | counter      | 200.00
        X2                 | A2             | CNY      | deposit      | 2026-05-21 | no                | atm          | 30.00
        X3                 | A2             | CNY      | deposit      | 2026-05-22 | no                | atm          | 30.00
        X4                 | A2             | CNY      | deposit      | 2026-05-23 | yes               | atm          | 9.00
    """,
    "reversal": """
        account_number | currency | transaction_number | counts_as
        ---------------+----------+--------------------+----------
        A2             | CNY      | X2                 | 0
        A2             | CNY      | X3                 | 0
    """,
}


def test_openings_closings_rates_and_early_ends_stand_in_their_month(engine: Engine) -> None:
    """100.03 at 2 % bear 2.0006 a year, 2.00 to the cent; A1 ends early, A3 after it fell due and without a rate."""
    load_tables(engine, **BANK)
    run(engine, PRODUCT_ACCOUNT_MONTH_MART, reporting_date="2026-06-30")
    rows = engine.fetch(
        "SELECT CAST(business_date AS VARCHAR), opened_count, CAST(opened_balance AS VARCHAR), CAST(rated_balance AS VARCHAR), "
        "CAST(yearly_interest_amount AS VARCHAR), closed_count, early_closed_count FROM product_account_month ORDER BY 1"
    )
    assert [tuple(row) for row in rows] == [
        ("2026-04-30", 1, "100.03", "100.03", "2.00", 0, 0),
        ("2026-05-31", 1, "70.00", "0.00", "0.00", 1, 1),
        ("2026-06-30", 0, "0.00", "0.00", "0.00", 1, 0),
    ]


def test_accounts_enter_at_their_age_and_leave_at_it(engine: Engine) -> None:
    """A1 enters at 14 whole months (31 January to 1 April) and ends at 15; A2 is two months old, first used at one and highest at 0.

    The highest month begins on 1 May, nine days short of a month after the opening.
    """
    load_tables(engine, **BANK)
    run(engine, PRODUCT_COHORT_DAY_MART, reporting_date="2026-06-30")
    rows = engine.fetch(
        "SELECT CAST(opening_quarter AS VARCHAR), age_month_count, entered_count, closed_count, censored_count, followed_count, "
        "first_used_count, peaked_count, dormant_count FROM product_cohort_day ORDER BY 1, 2"
    )
    assert [tuple(row) for row in rows] == [
        ("2025-01-01", 14, 1, 0, 0, 0, 0, 0, 0),
        ("2025-01-01", 15, 0, 1, 0, 0, 0, 0, 0),
        ("2026-04-01", 0, 2, 0, 0, 2, 0, 2, 0),
        ("2026-04-01", 1, 0, 1, 0, 0, 1, 0, 0),
        ("2026-04-01", 2, 0, 0, 1, 0, 0, 0, 0),
    ]


def test_a_small_account_without_movement_falls_dormant_at_an_age(engine: Engine) -> None:
    """Opened in January 2026 and never moved, it rests 30 days later, at an age of one month less a day; a limit of 10.00 leaves it in.

    Interest that the bank pays is no movement of the customer's, nor is one after the reporting date; limits that ended do not count.
    """
    bank = {name: BANK[name] for name in ("account_month", "reversal")}
    load_tables(
        engine,
        **bank
        | {
            "calendar_day": ("2026-01-01", "2026-06-30"),
            "account": """
                account_number | currency | opened_on  | closed_on
                ---------------+----------+------------+-----------
                A9             | CNY      | 2026-01-10 |
            """,
            "account_transaction": """
                transaction_number | account_number | currency | account_kind | posted_on  | is_bank_initiated | channel_code | amount
                -------------------+----------------+----------+--------------+------------+-------------------+--------------+-------
                X8                 | A9             | CNY      | deposit      | 2026-06-21 | yes               | none         | 0.01
                X9                 | A9             | CNY      | deposit      | 2026-07-01 | no                | counter      | 5.00
            """,
            "parameter": """
                parameter_code           | valid_from | valid_until | number_value
                -------------------------+------------+-------------+-------------
                dormant_personal_days    | 1900-01-01 | 2025-01-01  | 9000.000000
                dormant_personal_days    | 2025-01-01 |             | 30.000000
                dormant_personal_days    | 2026-07-01 |             | 8000.000000
                dormant_personal_balance | 1900-01-01 |             | 10.000000
                dormant_corporate_days   | 1900-01-01 |             | 30.000000
            """,
        },
    )
    run(engine, PRODUCT_COHORT_DAY_MART, reporting_date="2026-06-30")
    rows = engine.fetch("SELECT age_month_count, entered_count, censored_count, dormant_count FROM product_cohort_day ORDER BY 1")
    assert [tuple(row) for row in rows] == [(0, 1, 0, 1), (5, 0, 1, 0)]


def test_every_cut_adds_up_to_the_balance(engine: Engine) -> None:
    """Only A2 is open: three months stand in band 1 (from 3), 2 % in band 3 of rates (from 2 %), 200.00 in band 0, ten days left in band 1."""
    load_tables(engine, **BANK)
    run(engine, PRODUCT_STRUCTURE_DAY_MART, reporting_date="2026-06-30")
    rows = engine.fetch(
        "SELECT section_kind, band_number, CAST(lower_limit_number AS VARCHAR), CAST(upper_limit_number AS VARCHAR), account_count, "
        "CAST(balance AS VARCHAR) FROM product_structure_day ORDER BY 1"
    )
    assert [tuple(row) for row in rows] == [
        ("amount", 0, None, "1.000000", 1, "200.00"),
        ("maturity", 1, "0.000000", "31.000000", 1, "200.00"),
        ("rate", 3, "0.020000", "0.030000", 1, "200.00"),
        ("term", 1, "3.000000", "6.000000", 1, "200.00"),
    ]


def test_a_balance_counts_in_every_cut_also_where_the_account_is_not_open_on_the_day(engine: Engine) -> None:
    """A1 is said to open in 2030, A2 to have closed, and both hold money: 30.00 + 5.00 in each cut, one open account among three."""
    load_tables(
        engine,
        account="""
            account_number | currency | opened_on  | closed_on
            ---------------+----------+------------+-----------
            A1             | CNY      | 2030-01-01 |
            A2             | CNY      | 2020-01-01 | 2026-06-01
            A3             | CNY      | 2020-01-01 |
        """,
        account_balance="""
            account_number | currency | valid_from | valid_until | balance
            ---------------+----------+------------+-------------+--------
            A1             | CNY      | 2026-06-01 |             | 30.00
            A2             | CNY      | 2020-01-01 |             | 5.00
        """,
    )
    run(engine, PRODUCT_STRUCTURE_DAY_MART, reporting_date="2026-06-30")
    rows = engine.fetch(
        "SELECT section_kind, CAST(sum(balance) AS VARCHAR), CAST(sum(account_count) AS BIGINT) FROM product_structure_day GROUP BY 1 ORDER BY 1"
    )
    assert [tuple(row) for row in rows] == [(cut, "35.00", 1) for cut in ("amount", "maturity", "rate", "term")]


def test_what_has_no_term_stands_beside_the_bands_and_amounts_are_cut_at_ten_thousands(engine: Engine) -> None:
    load_tables(
        engine,
        account="""
            account_number | currency | opened_on  | closed_on
            ---------------+----------+------------+-----------
            A1             | CNY      | 2020-01-01 |
        """,
        account_balance="""
            account_number | currency | valid_from | valid_until | balance
            ---------------+----------+------------+-------------+---------
            A1             | CNY      | 2020-01-01 |             | 10000.00
        """,
    )
    run(engine, PRODUCT_STRUCTURE_DAY_MART, reporting_date="2026-06-30")
    rows = engine.fetch("SELECT section_kind, band_number FROM product_structure_day ORDER BY 1")
    assert [tuple(row) for row in rows] == [("amount", 1), ("maturity", -1), ("rate", -1), ("term", -1)]


def test_movements_of_customers_stand_under_their_product_and_channel(engine: Engine) -> None:
    """X2 and X3 set each other off and the bank made X4."""
    load_tables(engine, **BANK)
    run(engine, PRODUCT_ACTIVITY_MONTH_MART, reporting_date="2026-06-30")
    rows = engine.fetch(
        "SELECT CAST(business_date AS VARCHAR), product_code, channel_code, transaction_count, CAST(transaction_amount AS VARCHAR) "
        "FROM product_activity_month ORDER BY 1, 2, 3"
    )
    assert [tuple(row) for row in rows] == [("2026-05-31", "T1", "atm", 0, "0.00"), ("2026-05-31", "T1", "counter", 1, "200.00")]


def test_holders_stand_beside_everybody_trait_by_trait(engine: Engine) -> None:
    """C1 is 29 on the day before his birthday and holds term money; C2 tells neither age nor sex and holds six groups, said as five."""
    load_tables(
        engine,
        customer_standing="""
            customer_number | business_date | organisation_code | customer_kind | tier_code | product_group_count
            ----------------+---------------+-------------------+---------------+-----------+--------------------
            C1              | 2026-06-30    | B10               | personal      | gold      | 1
            C2              | 2026-06-30    | B10               | personal      | gold      | 6
            C1              | 2026-05-31    | B10               | personal      | basic     | 1
        """,
        customer_product_month="""
            customer_number | business_date | product_line | product_group
            ----------------+---------------+--------------+--------------
            C1              | 2026-06-30    | deposit      | term_deposit
            C2              | 2026-05-31    | deposit      | term_deposit
        """,
        customer="""
            customer_number | person_customer_number | sex  | born_on    | is_farmer
            ----------------+------------------------+------+------------+----------
            C1              | C1                     | male | 1996-07-01 | yes
            C2              | C2                     |      |            |
        """,
    )
    run(engine, PRODUCT_PORTRAIT_DAY_MART, reporting_date="2026-06-30")
    rows = engine.fetch("SELECT product_group, trait_kind, trait_code, customer_count FROM product_portrait_day ORDER BY 1, 2, 3")
    assert [tuple(row) for row in rows] == [
        ("all", "age", "18", 1),
        ("all", "age", "unknown", 1),
        ("all", "farmer", "unknown", 1),
        ("all", "farmer", "yes", 1),
        ("all", "groups", "1", 1),
        ("all", "groups", "5", 1),
        ("all", "sex", "male", 1),
        ("all", "sex", "unknown", 1),
        ("all", "tier", "gold", 2),
        ("term_deposit", "age", "18", 1),
        ("term_deposit", "farmer", "yes", 1),
        ("term_deposit", "groups", "1", 1),
        ("term_deposit", "sex", "male", 1),
        ("term_deposit", "tier", "gold", 1),
    ]
