"""Rules of key focus about accounts, customers and staff: what they find in drawn tables, and what they leave alone."""

from __future__ import annotations

from drawn_tables import expect, load_tables, run
from restated_parameters import restated

from maisui.alerts import BY_CODE, fill
from maisui.alerts.settle_alert_thresholds import SETTLE_ALERT_THRESHOLDS
from maisui.engines.engine import Engine

DAY = "2026-06-30"

PARAMETERS = """
    parameter_code                       | valid_from | number_value
    -------------------------------------+------------+-------------
    alert.window_days                    | 1900-01-01 | 31
    alert.near_days                      | 1900-01-01 | 7
    alert.soon_days                      | 1900-01-01 | 30
    alert.ahead_days                     | 1900-01-01 | 90
    alert.large_personal_movement        | 1900-01-01 | 20
    alert.large_corporate_movement       | 1900-01-01 | 100
    alert.maturing_deposit               | 1900-01-01 | 10
    alert.top_customer_count             | 1900-01-01 | 2
    alert.top_customer_change            | 1900-01-01 | 0.2
    alert.dormant_days                   | 1900-01-01 | 365
    alert.dormant_movement               | 1900-01-01 | 1
    alert.closed_outlet_days             | 1900-01-01 | 365
    alert.closed_outlet_fall             | 1900-01-01 | 0.3
    alert.closed_outlet_amount           | 1900-01-01 | 1
    alert.circle_exposure                | 1900-01-01 | 30
    alert.staff_turnover                 | 1900-01-01 | 20
    alert.staff_count                    | 1900-01-01 | 3
    ratio_ceiling.largest_borrower_ratio | 1900-01-01 | 0.10
    ratio_ceiling.largest_group_ratio    | 1900-01-01 | 0.15
    ratio_near_share                     | 1900-01-01 | 0.1
"""

TREE = """
    organisation_code | ancestor_code | distance
    ------------------+---------------+---------
    B10               | B10           | 0
    B20               | B20           | 0
"""

CALENDAR = ("2026-05-01", DAY)


def find(engine: Engine, code: str, **tables: object) -> None:
    """Draw the tables, settle the thresholds and run the rule alone."""
    load_tables(engine, parameter=restated(PARAMETERS, DAY), organisation_closure=TREE, **tables)  # type: ignore[arg-type]
    run(engine, SETTLE_ALERT_THRESHOLDS, reporting_date=DAY)
    run(engine, fill((BY_CODE[code],)), reporting_date=DAY)


def test_large_movements_are_told_once_an_account_and_day(engine: Engine) -> None:
    """A1 moves 200 000 twice and 2 000 000 on another day; a firm needs a million; what was reversed or interest does not count."""
    find(
        engine,
        "large_movement",
        account="""
            account_number | customer_number | customer_kind | opened_on
            ---------------+-----------------+---------------+-----------
            A1             | C1              | personal      | 2020-01-01
            A2             | C2              | corporate     | 2020-01-01
        """,
        account_transaction="""
            transaction_number | account_number | posted_on  | amount     | balance_change | is_bank_initiated
            -------------------+----------------+------------+------------+----------------+------------------
            T1                 | A1             | 2026-06-10 | 200000.00  | -200000.00     | no
            T2                 | A1             | 2026-06-10 | 250000.00  | 250000.00      | no
            T3                 | A1             | 2026-06-20 | 1000000.00 | 1000000.00     | no
            T4                 | A1             | 2026-06-21 | 199999.99  | 199999.99      | no
            T5                 | A1             | 2026-06-22 | 900000.00  | 900000.00      | yes
            T6                 | A1             | 2026-06-23 | 900000.00  | 900000.00      | no
            T7                 | A1             | 2026-05-30 | 900000.00  | 900000.00      | no
            T8                 | A2             | 2026-06-30 | 2000000.00 | -2000000.00    | no
            T9                 | A2             | 2026-06-29 | 999999.99  | -999999.99     | no
        """,
        reversal="""
            transaction_number | account_number | counts_as
            -------------------+----------------+----------
            T6                 | A1             | 0
        """,
        account_balance="""
            account_number | valid_from | valid_until | balance
            ---------------+------------+-------------+-----------
            A1             | 2026-01-01 | 2026-06-10  | 300000.00
            A1             | 2026-06-10 | 2026-06-20  | 350000.00
            A1             | 2026-06-20 |             | 1350000.00
        """,
    )
    expect(
        engine,
        "alert_case",
        """
        subject_key | period_on  | severity_code | customer_number | at_stake_amount | item_count | before_amount | after_amount | limit_amount | after_word
        ------------+------------+---------------+-----------------+-----------------+------------+---------------+--------------+--------------+-----------
        A1          | 2026-06-10 | low           | C1              | 250000.00       | 2          | 300000.00     | 350000.00    | 200000.00    | both
        A1          | 2026-06-20 | high          | C1              | 1000000.00      | 1          | 350000.00     | 1350000.00   | 200000.00    | in
        A2          | 2026-06-30 | medium        | C2              | 2000000.00      | 1          |               |              | 1000000.00   | out
        """,
    )


def test_term_deposits_are_told_before_they_fall_due(engine: Engine) -> None:
    find(
        engine,
        "maturing_deposit",
        account="""
            account_number | opened_on  | product_group | closed_on
            ---------------+------------+---------------+-----------
            A1             | 2025-01-01 | term_deposit  |
            A2             | 2025-01-01 | term_deposit  |
            A3             | 2025-01-01 | term_deposit  |
            A4             | 2025-01-01 | term_deposit  |
            A5             | 2025-01-01 | term_deposit  | 2026-06-01
            A6             | 2025-01-01 | term_deposit  |
        """,
        account_balance="""
            account_number | valid_from | balance
            ---------------+------------+----------
            A1             | 2026-01-01 | 100000.00
            A2             | 2026-01-01 | 200000.00
            A3             | 2026-01-01 | 99999.99
            A4             | 2026-01-01 | 300000.00
            A5             | 2026-01-01 | 300000.00
            A6             | 2026-01-01 | 400000.00
        """,
        deposit_term_snapshot="""
            account_number | reported_on | matures_on | is_auto_renewal
            ---------------+-------------+------------+----------------
            A1             | 2026-05-31  | 2026-07-02 | yes
            A1             | 2026-06-30  | 2026-07-07 | no
            A2             | 2026-06-30  | 2026-07-05 | yes
            A3             | 2026-06-30  | 2026-07-05 | no
            A4             | 2026-06-30  | 2026-09-28 | no
            A5             | 2026-06-30  | 2026-07-05 | no
            A6             | 2026-06-30  | 2026-09-29 | no
        """,
    )
    expect(
        engine,
        "alert_case",
        """
        subject_key | period_on  | severity_code | at_stake_amount | day_count | after_word
        ------------+------------+---------------+-----------------+-----------+-----------
        A1          | 2026-07-07 | high          | 100000.00       | 7         | ends
        A2          | 2026-07-05 | medium        | 200000.00       | 5         | renews
        A4          | 2026-09-28 | low           | 300000.00       | 90        | ends
        """,
    )


def test_top_customers_are_those_of_the_last_month_end_or_of_now(engine: Engine) -> None:
    """C1 fell by half, C2 rose by a fifth and C3 came up to the second place; C4 is too small, C5 hardly moved."""
    find(
        engine,
        "top_customer_moved",
        calendar_day=("2026-05-01", "2026-07-31"),
        customer_month="""
            customer_number | month_start | deposit_balance | loan_balance
            ----------------+-------------+-----------------+-------------
            C1              | 2026-05-01  | 1000.00         | 0.00
            C1              | 2026-06-01  | 500.00          | 0.00
            C2              | 2026-05-01  | 1000.00         | 0.00
            C2              | 2026-06-01  | 1200.00         | 0.00
            C3              | 2026-05-01  | 400.00          | 0.00
            C3              | 2026-06-01  | 900.00          | 0.00
            C4              | 2026-05-01  | 100.00          | 0.00
            C4              | 2026-06-01  | 10.00           | 0.00
        """,
    )
    expect(
        engine,
        "alert_case",
        """
        subject_key | period_on  | severity_code | at_stake_amount | before_amount | after_amount | measured_rate | item_count | after_word
        ------------+------------+---------------+-----------------+---------------+--------------+---------------+------------+-----------
        C1          | 2026-06-01 | high          | 500.00          | 1000.00       | 500.00       | -0.5          | 1          | fall
        C2          | 2026-06-01 | low           | 200.00          | 1000.00       | 1200.00      | 0.2           | 1          | rise
        C3          | 2026-06-01 | low           | 500.00          | 400.00        | 900.00       | 1.25          | 2          | rise
        """,
    )


def test_a_dormant_account_wakes_by_a_movement_of_its_customer(engine: Engine) -> None:
    """A1 slept 366 days, A2 365, A3 was told to have slept since 2020 before the first delivered posting, A4 moved little."""
    find(
        engine,
        "dormant_active",
        account="""
            account_number | opened_on  | product_group
            ---------------+------------+---------------
            A1             | 2020-01-01 | demand_deposit
            A2             | 2020-01-01 | demand_deposit
            A3             | 2019-01-01 | demand_deposit
            A4             | 2019-01-01 | demand_deposit
        """,
        account_snapshot="""
            account_number | reported_on | last_active_on
            ---------------+-------------+---------------
            A3             | 2025-06-30  | 2020-02-02
        """,
        account_transaction="""
            transaction_number | account_number | posted_on  | amount   | balance_change | is_bank_initiated
            -------------------+----------------+------------+----------+----------------+------------------
            T1                 | A1             | 2025-06-14 | 5.00     | 5.00           | no
            T2                 | A1             | 2026-03-21 | 9.00     | 9.00           | yes
            T3                 | A1             | 2026-06-15 | 50000.00 | -50000.00      | no
            T4                 | A2             | 2025-06-15 | 5.00     | 5.00           | no
            T5                 | A2             | 2026-06-15 | 50000.00 | -50000.00      | no
            T6                 | A3             | 2026-06-16 | 10000.00 | 10000.00       | no
            T7                 | A4             | 2026-06-16 | 9999.99  | 9999.99        | no
        """,
    )
    expect(
        engine,
        "alert_case",
        """
        subject_key | period_on  | severity_code | at_stake_amount | due_on     | day_count | item_count
        ------------+------------+---------------+-----------------+------------+-----------+-----------
        A1          | 2026-06-15 | high          | 50000.00        | 2025-06-14 | 366       | 1
        A3          | 2026-06-16 | medium        | 10000.00        | 2020-02-02 | 2326      | 1
        """,
    )


def test_customers_of_a_closed_outlet_are_watched_for_a_year(engine: Engine) -> None:
    """B30 closed on 2 June 2026; C1 lost nine tenths, C2 four tenths, C3 too little money, C4 came from an outlet that closed earlier."""
    find(
        engine,
        "closed_outlet_customer",
        calendar_day=("2026-04-01", DAY),
        organisation_succession="""
            organisation_code | closed_on  | successor_code | current_successor_code | evidence
            ------------------+------------+----------------+------------------------+---------
            B30               | 2026-06-02 | B10            | B10                    | profile
            B40               | 2025-06-29 | B10            | B10                    | profile
        """,
        account="""
            account_number | customer_number | opened_on
            ---------------+-----------------+-----------
            A1             | C1              | 2020-01-01
            A2             | C2              | 2020-01-01
            A3             | C3              | 2020-01-01
            A4             | C4              | 2020-01-01
        """,
        account_organisation_period="""
            account_number | valid_from | organisation_code | previous_organisation_code
            ---------------+------------+-------------------+---------------------------
            A1             | 2026-06-02 | B10               | B30
            A2             | 2026-06-02 | B10               | B30
            A3             | 2026-06-02 | B10               | B30
            A4             | 2025-06-29 | B10               | B40
        """,
        customer_month="""
            customer_number | month_start | deposit_balance
            ----------------+-------------+----------------
            C1              | 2026-05-01  | 100000.00
            C1              | 2026-06-01  | 10000.00
            C2              | 2026-05-01  | 50000.00
            C2              | 2026-06-01  | 30000.00
            C3              | 2026-05-01  | 9000.00
            C4              | 2026-05-01  | 90000.00
        """,
    )
    expect(
        engine,
        "alert_case",
        """
        subject_key | period_on  | severity_code | organisation_code | at_stake_amount | before_word | due_on     | measured_rate
        ------------+------------+---------------+-------------------+-----------------+-------------+------------+--------------
        C1@B30      | 2026-06-01 | high          | B10               | 90000.00        | B30         | 2026-06-02 | -0.9
        C2@B30      | 2026-06-01 | medium        | B10               | 20000.00        | B30         | 2026-06-02 | -0.4
        """,
    )


def test_borrowers_and_groups_near_their_limit_are_told(engine: Engine) -> None:
    """Capital is 1 000 000: a borrower may owe 100 000, a group 150 000; nine tenths of it are near."""
    find(
        engine,
        "concentration",
        calendar_day=CALENDAR,
        customer="""
            customer_number | person_customer_number | customer_kind | home_organisation_code
            ----------------+------------------------+---------------+-----------------------
            C1              | C1                     | corporate     | B10
            C2              | C2                     | corporate     | B20
            C3              | C3                     | corporate     | B20
        """,
        regulatory_input="""
            input_code  | measured_on | input_amount
            ------------+-------------+-------------
            net_capital | 2026-03-31  | 1000000.00
            net_capital | 2025-12-31  | 2000000.00
        """,
        customer_exposure="""
            customer_number | business_date | loan_balance
            ----------------+---------------+-------------
            C1              | 2026-06-30    | 100000.01
            C2              | 2026-06-30    | 95000.00
            C3              | 2026-06-30    | 90000.00
            C3              | 2026-05-31    | 990000.00
        """,
        group_exposure="""
            group_number | business_date | member_count | exposure_amount
            -------------+---------------+--------------+----------------
            G1           | 2026-06-30    | 2            | 160000.00
        """,
        customer_group_member="""
            group_number | customer_number | valid_from | is_parent
            -------------+-----------------+------------+----------
            G1           | C1              | 2026-01-01 | no
            G1           | C3              | 2026-01-01 | yes
        """,
    )
    expect(
        engine,
        "alert_case",
        """
        subject_key | severity_code | organisation_code | customer_number | at_stake_amount | measured_rate | limit_rate | limit_amount | before_word | item_count
        ------------+---------------+-------------------+-----------------+-----------------+---------------+------------+--------------+-------------+-----------
        C2          | medium        | B20               | C2              | 95000.00        | 0.095         | 0.1        | 100000.00    | borrower    |
        C1          | high          | B10               | C1              | 100000.01       | 0.1           | 0.1        | 100000.00    | borrower    |
        group:G1    | high          | B20               | C3              | 160000.00       | 0.16          | 0.15       | 150000.00    | group       | 2
        """,
    )


def test_circles_by_their_loans_and_chains_by_their_bad_ones(engine: Engine) -> None:
    """Circle R1 owes 300 000, R2 less; chain K1 holds a bad loan, K2 none."""
    find(
        engine,
        "guarantee_circle",
        calendar_day=CALENDAR,
        customer="""
            customer_number | person_customer_number | customer_kind | home_organisation_code
            ----------------+------------------------+---------------+-----------------------
            C1              | C1                     | personal      | B10
            C2              | C2                     | personal      | B20
        """,
        guarantee_party="""
            party_key | customer_number | business_date | component_code | chain_code | circle_code | loan_balance | bad_loan_balance | given_amount
            ----------+-----------------+---------------+----------------+------------+-------------+--------------+------------------+-------------
            C1        | C1              | 2026-06-30    | R1             | R1         | R1          | 100000.00    | 0.00             | 50000.00
            C2        | C2              | 2026-06-30    | R1             | R1         | R1          | 200000.00    | 0.00             | 60000.00
            C3        | C1              | 2026-06-30    | R2             | R2         | R2          | 299999.99    | 0.00             | 0.00
            C4        | C2              | 2026-06-30    | K1             | K1         |             | 10.00        | 10.00            | 5.00
            C5        | C1              | 2026-06-30    | K1             | K1         |             | 20.00        | 0.00             | 0.00
            C6        | C1              | 2026-06-30    | K2             | K2         |             | 900000.00    | 0.00             | 0.00
        """,
    )
    expect(
        engine,
        "alert_case",
        """
        subject_key | severity_code | organisation_code | customer_number | at_stake_amount | before_word | item_count | before_amount | after_amount
        ------------+---------------+-------------------+-----------------+-----------------+-------------+------------+---------------+-------------
        circle:R1   | medium        | B20               | C2              | 300000.00       | circle      | 2          | 0.00          | 110000.00
        chain:K1    | high          | B10               | C1              | 30.00           | chain       | 2          | 10.00         | 5.00
        """,
    )


STAFF = """
    customer_number | person_customer_number | customer_kind | home_organisation_code | is_employee | is_blacklisted | blacklisted_on | warning_signal
    ----------------+------------------------+---------------+------------------------+-------------+----------------+----------------+---------------
    C1              | C1                     | personal      | B10                    | yes         | no             |                |
    C2              | C2                     | personal      | B10                    | no          | yes            | 2026-01-05     |
    C3              | C3                     | corporate     | B10                    | no          | no             |                | 停产
    C4              | C4                     | personal      | B10                    | no          | yes            | 2026-01-05     |
    C5              | C5                     | personal      | B20                    | yes         |                |                |
"""


def test_flows_of_employees_by_amount_or_number_without_their_pay(engine: Engine) -> None:
    """C1 turns over 200 000 in June besides his pay; C5 moves three times; C2 is no employee."""
    find(
        engine,
        "staff_account",
        calendar_day=CALENDAR,
        customer=STAFF,
        account="""
            account_number | customer_number | opened_on
            ---------------+-----------------+-----------
            A1             | C1              | 2020-01-01
            A2             | C2              | 2020-01-01
            A5             | C5              | 2020-01-01
        """,
        account_transaction="""
            transaction_number | account_number | posted_on  | balance_change | initiator_code
            -------------------+----------------+------------+----------------+---------------
            T1                 | A1             | 2026-06-01 | 120000.00      | customer
            T2                 | A1             | 2026-06-30 | -80000.00      |
            T3                 | A1             | 2026-06-15 | 900000.00      | batch
            T4                 | A1             | 2026-05-31 | 900000.00      | customer
            T5                 | A2             | 2026-06-15 | 900000.00      | customer
            T6                 | A5             | 2026-06-01 | 1.00           | customer
            T7                 | A5             | 2026-06-01 | 1.00           | customer
            T8                 | A5             | 2026-06-02 | -2.00          | customer
        """,
    )
    expect(
        engine,
        "alert_case",
        """
        subject_key | period_on  | severity_code | organisation_code | at_stake_amount | before_amount | after_amount | item_count
        ------------+------------+---------------+-------------------+-----------------+---------------+--------------+-----------
        C1          | 2026-06-01 | medium        | B10               | 200000.00       | 120000.00     | 80000.00     | 2
        C5          | 2026-06-01 | medium        | B20               | 4.00            | 2.00          | 2.00         | 3
        """,
    )


def test_the_black_list_and_warned_firms_where_they_hold_something(engine: Engine) -> None:
    find(
        engine,
        "black_list",
        calendar_day=CALENDAR,
        customer=STAFF,
        customer_month="""
            customer_number | month_start | deposit_balance | loan_balance
            ----------------+-------------+-----------------+-------------
            C1              | 2026-06-01  | 9.00            | 9.00
            C2              | 2026-06-01  | 10.00           | 5.00
            C3              | 2026-06-01  | 0.00            | 7.00
            C4              | 2026-06-01  | 0.00            | 0.00
        """,
    )
    expect(
        engine,
        "alert_case",
        """
        subject_key | severity_code | at_stake_amount | before_word | due_on     | before_amount | after_amount
        ------------+---------------+-----------------+-------------+------------+---------------+-------------
        C2          | high          | 15.00           | black_list  | 2026-01-05 | 10.00         | 5.00
        C3          | medium        | 7.00            | warning     |            | 0.00          | 7.00
        """,
    )
