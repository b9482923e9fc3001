"""Rules of key focus about loans: what they find on a drawn book, and what they leave alone."""

from __future__ import annotations

import pytest
from drawn_tables import expect, load_tables, run
from restated_parameters import restated

from maisui.alerts import BY_CODE, Rule, fill
from maisui.alerts.settle_alert_thresholds import SETTLE_ALERT_THRESHOLDS
from maisui.engines.engine import Engine

DAY = "2026-06-30"

PARAMETERS = """
    parameter_code         | valid_from | number_value
    -----------------------+------------+-------------
    alert.window_days      | 1900-01-01 | 31
    alert.near_days        | 1900-01-01 | 7
    alert.soon_days        | 1900-01-01 | 30
    alert.ahead_days       | 1900-01-01 | 90
    alert.maturing_loan    | 1900-01-01 | 1
    alert.nearly_bad_days  | 1900-01-01 | 60
    alert.interest_arrears | 1900-01-01 | 0.01
"""

TREE = """
    organisation_code | ancestor_code | distance
    ------------------+---------------+---------
    B10               | B10           | 0
    B10               | HQ            | 1
    HQ                | HQ            | 0
"""

CUSTOMERS = """
    customer_number | person_customer_number | customer_kind | home_organisation_code
    ----------------+------------------------+---------------+-----------------------
    C1              | C1                     | personal      | B10
"""

# L1 turned bad within the window, L2 before it; L3 fell to special mention, L4 fell among the bad; L5 rose.
LOANS = """
    loan_number | product_code | disbursed_on | matures_on | disbursed_amount | last_reported_on
    ------------+--------------+--------------+------------+------------------+-----------------
    L1          | P1           | 2025-01-01   | 2026-07-07 | 100000.00        | 2026-06-30
    L2          | P1           | 2025-01-01   | 2026-07-30 | 100000.00        | 2026-06-30
    L3          | P1           | 2025-01-01   | 2026-09-28 | 100000.00        | 2026-06-30
    L4          | P1           | 2025-01-01   | 2026-09-29 | 100000.00        | 2026-06-30
    L5          | P1           | 2025-01-01   | 2026-07-01 | 9999.99          | 2026-06-30
    L6          | P1           | 2025-01-01   | 2026-07-01 | 80000.00         | 2026-06-30
"""

STATES = """
    loan_number | valid_from | valid_until | balance  | loan_class      | loan_status | overdue_since
    ------------+------------+-------------+----------+-----------------+-------------+--------------
    L1          | 2026-04-30 | 2026-06-15  | 50000.00 | special_mention | overdue     | 2026-03-31
    L1          | 2026-06-15 |             | 50000.00 | substandard     | overdue     | 2026-03-31
    L2          | 2026-04-30 | 2026-05-30  | 40000.00 | pass            | current     |
    L2          | 2026-05-30 |             | 40000.00 | doubtful        | overdue     | 2026-02-01
    L3          | 2026-04-30 | 2026-05-31  | 30000.00 | pass            | current     |
    L3          | 2026-05-31 |             | 30000.00 | special_mention | overdue     | 2026-05-31
    L4          | 2026-05-31 | 2026-06-30  | 20000.00 | substandard     | overdue     | 2026-01-01
    L4          | 2026-06-30 |             | 20000.00 | loss            | overdue     | 2026-01-01
    L5          | 2026-05-31 | 2026-06-30  | 9999.99  | special_mention | overdue     | 2026-06-22
    L5          | 2026-06-30 |             | 9999.99  | pass            | overdue     | 2026-06-22
    L6          | 2026-05-31 |             | 80000.00 | pass            | written_off | 2026-04-01
"""

SNAPSHOTS = """
    loan_number | reported_on | balance  | loan_class  | loan_status | interest_overdue_amount | disbursed_on | product_code
    ------------+-------------+----------+-------------+-------------+-------------------------+--------------+-------------
    L1          | 2026-04-30  | 50000.00 | pass        | current     |                         | 2025-01-01   | P1
    L1          | 2026-05-31  | 50000.00 | pass        | overdue     | 150.00                  | 2025-01-01   | P1
    L1          | 2026-06-30  | 50000.00 | pass        | overdue     | 300.00                  | 2025-01-01   | P1
    L2          | 2026-03-31  | 40000.00 | pass        | overdue     | 500.00                  | 2025-01-01   | P1
    L2          | 2026-06-30  | 40000.00 | substandard | overdue     | 900.00                  | 2025-01-01   | P1
    L3          | 2026-05-31  | 30000.00 | pass        | overdue     | 700.00                  | 2025-01-01   | P1
    L3          | 2026-06-30  | 30000.00 | pass        | current     | 0.00                    | 2025-01-01   | P1
    L4          | 2026-06-30  | 20000.00 | pass        | overdue     | 99.99                   | 2025-01-01   | P1
"""

FOUND = {
    "newly_bad_loan": """
        subject_key | period_on  | severity_code | at_stake_amount | before_word     | after_word  | day_count
        ------------+------------+---------------+-----------------+-----------------+-------------+----------
        L1          | 2026-06-15 | high          | 50000.00        | special_mention | substandard | 76
    """,
    "falling_loan_class": """
        subject_key | period_on  | severity_code | at_stake_amount | before_word | after_word      | day_count
        ------------+------------+---------------+-----------------+-------------+-----------------+----------
        L3          | 2026-05-31 | medium        | 30000.00        | pass        | special_mention | 0
        L4          | 2026-06-30 | high          | 20000.00        | substandard | loss            | 180
    """,
    "newly_overdue_loan": """
        subject_key | period_on  | severity_code | at_stake_amount | day_count | before_word
        ------------+------------+---------------+-----------------+-----------+----------------
        L3          | 2026-05-31 | medium        | 30000.00        | 30        | special_mention
        L5          | 2026-06-22 | medium        | 9999.99         | 8         | pass
    """,
    "nearly_bad_loan": """
        subject_key | period_on  | severity_code | at_stake_amount | day_count | before_word
        ------------+------------+---------------+-----------------+-----------+----------------
        L3          | 2026-05-31 | medium        | 30000.00        | 30        | special_mention
    """,
    "maturing_loan": """
        subject_key | period_on  | severity_code | at_stake_amount | day_count | due_on     | before_word
        ------------+------------+---------------+-----------------+-----------+------------+----------------
        L1          | 2026-07-07 | high          | 50000.00        | 7         | 2026-07-07 | substandard
        L2          | 2026-07-30 | medium        | 40000.00        | 30        | 2026-07-30 | doubtful
        L3          | 2026-09-28 | low           | 30000.00        | 90        | 2026-09-28 | special_mention
    """,
    "interest_arrears": """
        subject_key | period_on  | severity_code | at_stake_amount | day_count | before_amount | before_word
        ------------+------------+---------------+-----------------+-----------+---------------+------------
        L1          | 2026-05-31 | low           | 300.00          | 30        | 50000.00      | pass
        L2          | 2026-03-31 | high          | 900.00          | 91        | 40000.00      | substandard
    """,
}


def found_by(engine: Engine, rule: Rule) -> None:
    """Settle the thresholds and run the rule alone."""
    run(engine, SETTLE_ALERT_THRESHOLDS, reporting_date=DAY)
    run(engine, fill((rule,)), reporting_date=DAY)


@pytest.mark.parametrize("code", FOUND)
def test_a_rule_of_loans_finds_its_cases_and_no_others(engine: Engine, code: str) -> None:
    load_tables(
        engine,
        parameter=restated(PARAMETERS, DAY),
        organisation_closure=TREE,
        customer=CUSTOMERS,
        loan=LOANS,
        loan_state=STATES,
        loan_snapshot=SNAPSHOTS,
    )
    found_by(engine, BY_CODE[code])
    expect(engine, "alert_case", FOUND[code])
    expect(
        engine,
        "alert_case",
        "\n".join(
            ["rule_code | organisation_code | customer_number", "-+-+-"]
            + [f"{code} | B10 | C1"] * (len(FOUND[code].strip().splitlines()) - 2)
        ),
    )


def test_an_organisation_s_own_threshold_goes_before_the_bank_s_and_holds_below_it(engine: Engine) -> None:
    """HQ wants 10 days from July, B10 has 5 until June, and B20 below HQ goes by HQ's."""
    load_tables(
        engine,
        organisation_closure="""
            organisation_code | ancestor_code | distance
            ------------------+---------------+---------
            B10               | B10           | 0
            B10               | HQ            | 1
            B20               | B20           | 0
            B20               | HQ            | 1
            HQ                | HQ            | 0
            N1                | N1            | 0
        """,
        parameter="""
            parameter_code      | valid_from | valid_until | number_value
            --------------------+------------+-------------+-------------
            alert.near_days     | 1900-01-01 |             | 7
            alert.near_days.b10 | 2026-01-01 | 2026-07-01  | 5
            alert.near_days.b10 | 2026-07-01 |             | 3
            alert.near_days.hq  | 2026-07-01 |             | 10
        """,
    )
    run(engine, SETTLE_ALERT_THRESHOLDS, reporting_date=DAY)
    expect(
        engine,
        "alert_threshold",
        """
        threshold_code | organisation_code | valid_from | valid_until | threshold_value
        ---------------+-------------------+------------+-------------+----------------
        near_days      | B10               | 1900-01-01 | 2026-01-01  | 7
        near_days      | B10               | 2026-01-01 | 2026-07-01  | 5
        near_days      | B10               | 2026-07-01 |             | 3
        near_days      | B20               | 1900-01-01 | 2026-01-01  | 7
        near_days      | B20               | 2026-01-01 | 2026-07-01  | 7
        near_days      | B20               | 2026-07-01 |             | 10
        near_days      | HQ                | 1900-01-01 | 2026-01-01  | 7
        near_days      | HQ                | 2026-01-01 | 2026-07-01  | 7
        near_days      | HQ                | 2026-07-01 |             | 10
        near_days      | N1                | 1900-01-01 | 2026-01-01  | 7
        near_days      | N1                | 2026-01-01 | 2026-07-01  | 7
        near_days      | N1                | 2026-07-01 |             | 7
        """,
    )


def test_a_case_belongs_to_the_home_outlet_and_to_the_manager_of_the_day(engine: Engine) -> None:
    """The loan is booked at B10, the customer is at home at B20; of his managers the one whose term has not ended."""
    load_tables(
        engine,
        parameter=restated(PARAMETERS, DAY),
        organisation_closure=TREE,
        customer=CUSTOMERS.replace("| B10", "| B20"),
        loan=LOANS,
        loan_state=STATES,
        managed_customer_month="""
            customer_number | employee_number | person_number | organisation_code | business_date | managed_until
            ----------------+-----------------+---------------+-------------------+---------------+--------------
            C1              | M1              | M1            | B20               | 2026-06-01    | 2026-06-30
            C1              | M2              | M2            | B20               | 2026-06-10    | 2026-07-01
            C1              | M3              | M3            | B20               | 2026-05-01    | 2026-06-01
        """,
    )
    found_by(engine, BY_CODE["newly_bad_loan"])
    expect(
        engine,
        "alert_case",
        """
        subject_key | organisation_code | employee_number
        ------------+-------------------+----------------
        L1          | B20               | M2
        """,
    )
