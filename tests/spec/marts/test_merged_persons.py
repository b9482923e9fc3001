"""One person under two numbers: C1 is merged into C2 in the second month, and the merge is undone in the third.

C2 counts for both on 31 May, and nowhere else: April and June are as if nothing had been merged.
"""

from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.integration.measure_customer_exposure import MEASURE_CUSTOMER_EXPOSURE
from maisui.integration.measure_group_exposure import MEASURE_GROUP_EXPOSURE
from maisui.marts.concentration_day import CONCENTRATION_DAY_MART
from maisui.marts.customer_base_day import CUSTOMER_BASE_DAY_MART
from maisui.marts.customer_channel_month import CUSTOMER_CHANNEL_MONTH_MART
from maisui.marts.customer_day import CUSTOMER_DAY_MART
from maisui.marts.customer_product_month import CUSTOMER_PRODUCT_MONTH_MART
from maisui.marts.customer_standing import CUSTOMER_STANDING_MART
from maisui.marts.managed_customer_month import MANAGED_CUSTOMER_MONTH_MART
from maisui.marts.product_holder_day import PRODUCT_HOLDER_DAY_MART
from maisui.marts.tier_migration_day import TIER_MIGRATION_DAY_MART

TODAY = "2026-06-30"
THREE_MONTHS = ("2026-04-01", TODAY)
MERGE = """
    customer_number | surviving_number | certificate_group | valid_from | valid_until
    ----------------+------------------+-------------------+------------+------------
    C1              | C2               | resident          | 2026-05-10 | 2026-06-15
"""
CUSTOMER = """
    customer_number | customer_kind | home_organisation_code
    ----------------+---------------+-----------------------
    C1              | personal      | B10
    C2              | personal      | B20
"""
# Gold from 5 ten thousands; a tier is kept for one month; effective from 500 yuan.
PARAMETERS = """
    parameter_code             | valid_from | text_value | number_value
    ---------------------------+------------+------------+-------------
    tier.ordinary              | 1900-01-01 |            | 0
    tier.gold                  | 1900-01-01 |            | 5
    tier_protection_months     | 1900-01-01 |            | 1
    quality_tier               | 1900-01-01 | gold       |
    effective_customer_balance | 1900-01-01 |            | 500
"""


def test_the_largest_borrower_is_a_person_while_his_numbers_are_merged(engine: Engine) -> None:
    """C1 owes 300.00 and C2 700.00, C3 800.00: in May one borrower of 1,000.00, whose guarantee for himself is none."""
    load_tables(
        engine,
        calendar_day=THREE_MONTHS,
        customer_merge=MERGE,
        loan="""
            loan_number | customer_number | disbursed_on | disbursed_amount | last_reported_on
            ------------+-----------------+--------------+------------------+-----------------
            L1          | C1              | 2025-01-01   | 300.00           | 2026-06-30
            L2          | C2              | 2025-01-01   | 700.00           | 2026-06-30
            L3          | C3              | 2025-01-01   | 800.00           | 2026-06-30
        """,
        loan_state="""
            loan_number | valid_from | balance | loan_class
            ------------+------------+---------+-------------
            L1          | 2026-04-30 | 300.00  | substandard
            L2          | 2026-04-30 | 700.00  | pass
            L3          | 2026-04-30 | 800.00  | pass
        """,
        credit_limit_state="""
            customer_number | valid_from | limit_amount | used_amount | undrawn_amount | limit_count
            ----------------+------------+--------------+-------------+----------------+------------
            C1              | 2026-04-30 | 80.00        | 30.00       | 50.00          | 1
        """,
        guarantee_link="""
            guarantee_contract_number | guaranteed_contract_number | guarantor_key | guarantor_number | borrower_number | guarantee_amount | valid_from | is_self
            --------------------------+----------------------------+---------------+------------------+-----------------+------------------+------------+--------
            G1                        | X2                         | C1            | C1               | C2              | 20.00            | 2026-01-01 | no
            G2                        | X3                         | C1            | C1               | C3              | 5.00             | 2026-01-01 | no
            G2                        | X3                         | C2            | C2               | C3              | 5.00             | 2026-01-01 | no
            G3                        | X9                         | C2            | C2               |                 | 9.00             | 2026-01-01 | no
        """,
        customer_group_member="""
            group_number | customer_number | valid_from | is_parent
            -------------+-----------------+------------+----------
            J1           | C2              | 2026-04-30 | no
            J1           | C3              | 2026-04-30 | yes
        """,
        related_party="""
            party_key | customer_number | valid_from
            ----------+-----------------+-----------
            C1        | C1              | 2026-04-30
        """,
        customer_month="""
            customer_number | month_start | deposit_balance
            ----------------+-------------+----------------
            C1              | 2026-04-01  | 30.00
            C2              | 2026-04-01  | 40.00
            C1              | 2026-05-01  | 30.00
            C2              | 2026-05-01  | 40.00
            C1              | 2026-06-01  | 30.00
            C2              | 2026-06-01  | 40.00
        """,
    )
    run(engine, MEASURE_CUSTOMER_EXPOSURE, reporting_date=TODAY)
    expect(
        engine,
        "customer_exposure",
        """
        customer_number | business_date | group_number | is_related_party | loan_balance | bad_loan_balance | undrawn_amount | guaranteed_amount
        ----------------+---------------+--------------+------------------+--------------+------------------+----------------+------------------
        C1              | 2026-04-30    |              | yes              | 300.00       | 300.00           | 50.00          | 25.00
        C2              | 2026-04-30    | J1           | no               | 700.00       | 0.00             | 0.00           | 14.00
        C3              | 2026-04-30    | J1           | no               | 800.00       | 0.00             | 0.00           | 0.00
        C2              | 2026-05-31    | J1           | yes              | 1000.00      | 300.00           | 50.00          | 14.00
        C3              | 2026-05-31    | J1           | no               | 800.00       | 0.00             | 0.00           | 0.00
        C1              | 2026-06-30    |              | yes              | 300.00       | 300.00           | 50.00          | 25.00
        C2              | 2026-06-30    | J1           | no               | 700.00       | 0.00             | 0.00           | 14.00
        C3              | 2026-06-30    | J1           | no               | 800.00       | 0.00             | 0.00           | 0.00
        """,
    )
    run(engine, MEASURE_GROUP_EXPOSURE, reporting_date=TODAY)
    expect(
        engine,
        "group_exposure",
        """
        group_number | business_date | member_count | exposure_amount
        -------------+---------------+--------------+----------------
        J1           | 2026-04-30    | 2            | 1500.00
        J1           | 2026-05-31    | 2            | 1850.00
        J1           | 2026-06-30    | 2            | 1500.00
        """,
    )
    run(engine, CONCENTRATION_DAY_MART, reporting_date=TODAY)
    expect(
        engine,
        "concentration_day",
        """
        business_date | loan_balance | largest_borrower_balance | related_party_amount | largest_group_amount | deposit_square_amount | squared_deposit_amount
        --------------+--------------+--------------------------+----------------------+----------------------+-----------------------+-----------------------
        2026-04-30    | 1800.00      | 800.00                   | 350.00               | 1500.00              | 2500.00               | 4900.00
        2026-05-31    | 1800.00      | 1000.00                  | 1050.00              | 1850.00              | 4900.00               | 4900.00
        2026-06-30    | 1800.00      | 800.00                   | 350.00               | 1500.00              | 2500.00               | 4900.00
        """,
    )


def _customers_with_assets(engine: Engine) -> None:
    """30,000.00 under C1 and 40,000.00 under C2: ordinary apart, gold together; C1 borrows, and C2 holds a card."""
    load_tables(
        engine,
        calendar_day=THREE_MONTHS,
        parameter=PARAMETERS,
        customer=CUSTOMER,
        customer_merge=MERGE,
        customer_relation="""
            customer_number | relation  | valid_from | is_first
            ----------------+-----------+------------+---------
            C1              | holder    | 2020-01-01 | yes
            C1              | depositor | 2020-01-01 | yes
            C1              | borrower  | 2020-01-01 | yes
            C2              | holder    | 2020-01-01 | yes
            C2              | depositor | 2020-01-01 | yes
        """,
        account="""
            account_number | customer_number | account_kind | product_group  | product_line | opened_on
            ---------------+-----------------+--------------+----------------+--------------+-----------
            A1             | C1              | deposit      | demand_deposit | deposit      | 2020-01-01
            A2             | C2              | deposit      | demand_deposit | deposit      | 2020-01-01
            A3             | C1              | loan         | business_loan  | loan         | 2020-01-01
        """,
        card="""
            card_kind | card_number | customer_number | issued_on  | last_reported_on
            ----------+-------------+-----------------+------------+-----------------
            debit     | K1          | C2              | 2020-01-01 | 2026-06-30
        """,
        account_month="""
            account_number | customer_number | month_start | account_kind | balance_days | day_count | closing_balance
            ---------------+-----------------+-------------+--------------+--------------+-----------+----------------
            A1             | C1              | 2026-04-01  | deposit      | 900000.00    | 30        | 30000.00
            A2             | C2              | 2026-04-01  | deposit      | 1200000.00   | 30        | 40000.00
            A3             | C1              | 2026-04-01  | loan         | 3000.00      | 30        | 100.00
            A1             | C1              | 2026-05-01  | deposit      | 930000.00    | 31        | 30000.00
            A2             | C2              | 2026-05-01  | deposit      | 1240000.00   | 31        | 40000.00
            A3             | C1              | 2026-05-01  | loan         | 3100.00      | 31        | 100.00
            A1             | C1              | 2026-06-01  | deposit      | 900000.00    | 30        | 30000.00
            A2             | C2              | 2026-06-01  | deposit      | 1200000.00   | 30        | 40000.00
            A3             | C1              | 2026-06-01  | loan         | 3000.00      | 30        | 100.00
        """,
    )
    run(engine, CUSTOMER_PRODUCT_MONTH_MART, reporting_date=TODAY)
    run(engine, CUSTOMER_STANDING_MART, reporting_date=TODAY)


def test_tier_and_products_are_a_persons_while_his_numbers_are_merged(engine: Engine) -> None:
    """Together gold in May, at C2's home, with three product groups; in June C2's tier is protected and C1 is ordinary again."""
    _customers_with_assets(engine)
    expect(
        engine,
        "customer_standing",
        """
        customer_number | business_date | organisation_code | asset_average_balance | loan_balance | reached_tier_code | tier_code | product_group_count
        ----------------+---------------+-------------------+-----------------------+--------------+-------------------+-----------+--------------------
        C1              | 2026-04-30    | B10               | 30000.00              | 100.00       | ordinary          | ordinary  | 2
        C2              | 2026-04-30    | B20               | 40000.00              | 0.00         | ordinary          | ordinary  | 2
        C2              | 2026-05-31    | B20               | 70000.00              | 100.00       | gold              | gold      | 3
        C1              | 2026-06-30    | B10               | 30000.00              | 100.00       | ordinary          | ordinary  | 2
        C2              | 2026-06-30    | B20               | 40000.00              | 0.00         | ordinary          | gold      | 2
        """,
    )
    run(engine, CUSTOMER_BASE_DAY_MART, reporting_date=TODAY)
    expect(
        engine,
        "customer_base_day",
        """
        organisation_code | tier_code | business_date | customer_count | product_group_count
        ------------------+-----------+---------------+----------------+--------------------
        B10               | ordinary  | 2026-04-30    | 1              | 2
        B20               | ordinary  | 2026-04-30    | 1              | 2
        B20               | gold      | 2026-05-31    | 1              | 3
        B10               | ordinary  | 2026-06-30    | 1              | 2
        B20               | gold      | 2026-06-30    | 1              | 2
        """,
    )
    run(engine, PRODUCT_HOLDER_DAY_MART, reporting_date=TODAY)
    held = engine.fetch(
        "SELECT business_date, sum(holder_count) FROM product_holder_day WHERE product_group = 'demand_deposit' GROUP BY business_date"
    )
    assert {f"{row[0]}": int(row[1]) for row in held} == {"2026-04-30": 2, "2026-05-31": 1, "2026-06-30": 2}


def test_a_merged_number_is_not_a_lost_customer(engine: Engine) -> None:
    """Both numbers of April are there in May, risen with the person; of May there is one, and he is there in June as C2."""
    _customers_with_assets(engine)
    run(engine, TIER_MIGRATION_DAY_MART, reporting_date=TODAY)
    months = engine.fetch(
        "SELECT organisation_code, tier_code, closing_tier_code, business_date, is_retained, is_upgraded, customer_count "
        "FROM tier_migration_day WHERE period_start >= DATE '2026-05-01' ORDER BY business_date, organisation_code"
    )
    assert [(*row[:3], f"{row[3]}", *row[4:]) for row in months] == [
        ("B20", "ordinary", "gold", "2026-05-31", True, True, 2),
        ("B20", "gold", "gold", "2026-06-30", True, False, 1),
    ]


def test_depositors_and_borrowers_are_persons_from_the_day_of_merging_to_its_undoing(engine: Engine) -> None:
    """C1 alone borrows, so there is one borrower on every day; of depositors B10 has none while C1 is C2."""
    _customers_with_assets(engine)
    run(engine, CUSTOMER_DAY_MART, reporting_date=TODAY)
    found = engine.fetch(
        "SELECT organisation_code, business_date, person_count, depositor_count, borrower_count FROM customer_day WHERE business_date IN "
        "(DATE '2026-05-09', DATE '2026-05-10', DATE '2026-06-14', DATE '2026-06-15') ORDER BY business_date, organisation_code"
    )
    assert [(row[0], f"{row[1]}", *row[2:]) for row in found] == [
        ("B10", "2026-05-09", 1, 1, 1),
        ("B20", "2026-05-09", 1, 1, 0),
        ("B10", "2026-05-10", 0, 0, 1),
        ("B20", "2026-05-10", 1, 1, 0),
        ("B10", "2026-06-14", 0, 0, 1),
        ("B20", "2026-06-14", 1, 1, 0),
        ("B10", "2026-06-15", 1, 1, 1),
        ("B20", "2026-06-15", 1, 1, 0),
    ]


def test_a_person_who_holds_only_under_his_merged_number_is_at_home_there(engine: Engine) -> None:
    """C2 holds nothing any more: the person keeps C2's number and is at home in B10, where C1 holds an account."""
    load_tables(
        engine,
        calendar_day=("2026-05-01", "2026-05-31"),
        parameter=PARAMETERS,
        customer=CUSTOMER,
        customer_merge=MERGE,
        customer_relation="""
            customer_number | relation | valid_from | valid_until | is_first
            ----------------+----------+------------+-------------+---------
            C1              | holder   | 2020-01-01 |             | yes
            C2              | holder   | 2020-01-01 | 2026-05-20  | yes
        """,
    )
    run(engine, CUSTOMER_STANDING_MART, reporting_date="2026-05-31")
    expect(
        engine,
        "customer_standing",
        """
        customer_number | business_date | organisation_code | tier_code
        ----------------+---------------+-------------------+----------
        C2              | 2026-05-31    | B10               | ordinary
        """,
    )


def test_channel_users_and_managed_customers_are_persons_at_the_end_of_a_month(engine: Engine) -> None:
    """Both numbers use the machine each month and belong to manager M1: two in April, one in May, two again in June. C3 is nobody else."""
    load_tables(
        engine,
        calendar_day=THREE_MONTHS,
        customer=CUSTOMER,
        customer_merge=MERGE,
        account="""
            account_number | customer_number | opened_on
            ---------------+-----------------+-----------
            A1             | C1              | 2020-01-01
            A2             | C2              | 2020-01-01
            A3             | C3              | 2020-01-01
        """,
        account_transaction="""
            transaction_number | customer_number | channel_code | posted_on  | is_bank_initiated | is_reversal
            -------------------+-----------------+--------------+------------+-------------------+------------
            T1                 | C1              | atm          | 2026-04-05 | no                | no
            T2                 | C2              | atm          | 2026-04-06 | no                | no
            T3                 | C1              | atm          | 2026-05-05 | no                | no
            T4                 | C2              | atm          | 2026-05-06 | no                | no
            T5                 | C1              | atm          | 2026-06-05 | no                | no
            T6                 | C2              | atm          | 2026-06-06 | no                | no
        """,
        account_allocation="""
            account_number | employee_number | valid_from | result_share
            ---------------+-----------------+------------+-------------
            A1             | M1              | 2026-04-01 | 1
            A2             | M1              | 2026-04-01 | 1
            A3             | M3              | 2026-05-01 | 1
        """,
    )
    run(engine, CUSTOMER_CHANNEL_MONTH_MART, reporting_date=TODAY)
    expect(
        engine,
        "customer_channel_month",
        """
        customer_number | month_start | organisation_code | business_date | transaction_count
        ----------------+-------------+-------------------+---------------+------------------
        C1              | 2026-04-01  | B10               | 2026-04-05    | 1
        C2              | 2026-04-01  | B20               | 2026-04-06    | 1
        C2              | 2026-05-01  | B20               | 2026-05-05    | 2
        C1              | 2026-06-01  | B10               | 2026-06-05    | 1
        C2              | 2026-06-01  | B20               | 2026-06-06    | 1
        """,
    )
    run(engine, MANAGED_CUSTOMER_MONTH_MART, reporting_date=TODAY)
    expect(
        engine,
        "managed_customer_month",
        """
        customer_number | employee_number | organisation_code | business_date
        ----------------+-----------------+-------------------+--------------
        C1              | M1              | B10               | 2026-04-01
        C2              | M1              | B20               | 2026-04-01
        C2              | M1              | B20               | 2026-05-01
        C1              | M1              | B10               | 2026-06-01
        C2              | M1              | B20               | 2026-06-01
        C3              | M3              | none              | 2026-05-01
        C3              | M3              | none              | 2026-06-01
        """,
    )
