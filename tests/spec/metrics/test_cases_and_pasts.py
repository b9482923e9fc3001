"""Cases of key focus as a list shows them: a case's place counts all that wait with it; and whose own past is long enough."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from maisui.answers.alerts import CaseQuery, CaseSight, cases_there, list_cases
from maisui.answers.unusual_history import OwnPasts, own_pasts, own_pasts_by_home

EVERYTHING = CaseSight(None, None, sees_staff=True, sees_data=True)
CASES = """
    rule_code        | subject_key | period_on  | case_code | severity_code | organisation_code | customer_number | employee_number | at_stake_amount
    -----------------+-------------+------------+-----------+---------------+-------------------+-----------------+-----------------+----------------
    maturing_deposit | A1          | 2026-06-30 | K1        | high          | B1                | C1              | M1              | 100.00
    maturing_deposit | A2          | 2026-06-30 | K2        | high          | B1                | C2              | M1              | 900.00
    maturing_deposit | A3          | 2026-06-30 | K3        | medium        | B1                | C3              | M1              | 500.00
    maturing_deposit | A4          | 2026-06-30 | K4        | medium        | B2                | C4              | M1              |
    maturing_deposit | A5          | 2026-06-30 | K5        | low           | B1                | C5              |                 | 700.00
    maturing_deposit | A6          | 2026-06-30 | K6        | low           | B2                | C6              |                 | 800.00
"""
"""M1 has K2, K1, K3, K4 in this order; nobody looks after C5 and C6, whose cases wait at their outlets."""
BUDGETS = """
    organisation_code | threshold_code | threshold_value | valid_from | valid_until
    ------------------+----------------+-----------------+------------+------------
    B1                | daily_budget   | 1               | 1900-01-01 |
    B2                | daily_budget   | 1               | 1900-01-01 |
"""
CUSTOMERS = """
    customer_number | person_customer_number | customer_name | customer_kind | home_organisation_code
    ----------------+------------------------+---------------+---------------+-----------------------
    C1              | C1                     | one           | personal      | B1
    C2              | C1                     | one           | personal      | B1
    C3              | C3                     | three         | personal      | B2
    C4              | C4                     | four          | personal      | B2
"""


def places(version, **query: object) -> list[tuple[str, int | None, bool]]:
    found = list_cases(version.reader, CaseQuery(EVERYTHING, **query))
    return [(case.code, case.place, case.is_beyond_budget) for case in found.cases]


def test_a_place_counts_all_that_wait_with_the_same_person_or_outlet_not_those_of_the_page(version) -> None:
    version.draw(alert_case=CASES, alert_threshold=BUDGETS, customer=CUSTOMERS)
    assert places(version) == [
        ("K2", 1, False),
        ("K1", 2, True),
        ("K3", 3, True),
        ("K4", 4, True),
        ("K6", 1, False),
        ("K5", 1, False),
    ]
    assert places(version, size=2, page=2) == [("K3", 3, True), ("K4", 4, True)]
    assert places(version, organisation="B2") == []  # the drawn bank has no tree
    assert places(version, severity="medium", size=1, page=2) == [("K4", 4, True)]
    assert places(version, only=frozenset({"K4", "K5"})) == [("K4", 4, True), ("K5", 1, False)]
    assert places(version, without=frozenset({"K2", "K6"}), size=1) == [("K1", 2, True)]


def test_what_is_handled_takes_no_place_in_a_queue(version) -> None:
    version.draw(alert_case=CASES, alert_threshold=BUDGETS, customer=CUSTOMERS)
    assert places(version, handled=frozenset({"K2", "K6"})) == [
        ("K2", None, False),
        ("K1", 1, False),
        ("K3", 2, True),
        ("K4", 3, True),
        ("K6", None, False),
        ("K5", 1, False),
    ]


def test_a_page_keeps_number_and_money_of_all_cases_and_names_their_customers(version) -> None:
    version.draw(alert_case=CASES, alert_threshold=BUDGETS, customer=CUSTOMERS)
    found = list_cases(version.reader, CaseQuery(EVERYTHING, size=2, page=9))
    assert (found.page, found.pages, found.total_count, found.at_stake_amount) == (3, 3, 6, Decimal("3000.00"))
    assert [(case.code, case.customer_name) for case in found.cases] == [("K6", None), ("K5", None)]
    nothing = list_cases(version.reader, CaseQuery(EVERYTHING, only=frozenset()))
    assert (nothing.page, nothing.pages, nothing.total_count, nothing.cases) == (1, 1, 0, ())


def test_cases_that_are_no_more_are_known_by_their_codes(version) -> None:
    version.draw(alert_case=CASES, alert_threshold=BUDGETS, customer=CUSTOMERS)
    assert cases_there(version.reader, {"K1", "K4", "K9"}) == {"K1", "K4"}


def test_a_past_is_long_enough_at_each_home_by_itself_and_counts_a_person_once(version) -> None:
    """C1 and C2 are one person, known for 18 months; C3 since January, judged from January 2027; C4 has nothing in June any more."""
    version.draw(
        customer=CUSTOMERS,
        customer_month="""
            customer_number | month_start | home_organisation_code
            ----------------+-------------+-----------------------
            C1              | 2026-01-01  | B1
            C1              | 2026-06-01  | B1
            C2              | 2025-01-01  | B1
            C3              | 2026-01-01  | B2
            C3              | 2026-06-01  | B2
            C4              | 2025-01-01  | B2
            C4              | 2026-05-01  | B2
        """,
        alert_threshold="""
            organisation_code | threshold_code | threshold_value | valid_from | valid_until
            ------------------+----------------+-----------------+------------+------------
            B1                | unusual_months | 12              | 1900-01-01 |
            B2                | unusual_months | 12              | 1900-01-01 |
        """,
    )
    found = own_pasts_by_home(version.reader)
    waiting = date(2027, 1, 1)
    assert found == {"B1": OwnPasts(1, 0, 12, None, None), "B2": OwnPasts(0, 1, 12, waiting, waiting)}
    assert own_pasts(found, {"B1", "B2"}) == OwnPasts(1, 1, 12, waiting, waiting)
    assert own_pasts(found, {"B1"}) == OwnPasts(1, 0, 12, None, None)
    assert own_pasts(found, set()) == OwnPasts(0, 0, 0, None, None)


def test_a_person_of_two_homes_is_counted_at_the_last_of_them_by_its_code_as_the_rule_has_him(version) -> None:
    for first, second in (("B1", "B2"), ("B2", "B1")):
        version.draw(
            customer=CUSTOMERS,
            customer_month=f"""
                customer_number | month_start | home_organisation_code
                ----------------+-------------+-----------------------
                C1              | 2025-01-01  | B1
                C1              | 2026-06-01  | {first}
                C2              | 2026-06-01  | {second}
            """,
            alert_threshold="""
                organisation_code | threshold_code | threshold_value | valid_from | valid_until
                ------------------+----------------+-----------------+------------+------------
                B1                | unusual_months | 12              | 1900-01-01 |
                B2                | unusual_months | 12              | 1900-01-01 |
            """,
        )
        assert own_pasts_by_home(version.reader) == {"B2": OwnPasts(1, 0, 12, None, None)}


def test_cases_are_those_of_a_manager_under_each_of_his_numbers(version) -> None:
    version.draw(
        alert_case=CASES.replace("| M1              | 900.00", "| N1              | 900.00"), alert_threshold=BUDGETS, customer=CUSTOMERS
    )

    def codes(*numbers: str) -> list[str]:
        return sorted(code for code, _, _ in places(version, employee_numbers=frozenset(numbers)))

    assert (codes("M1", "N1"), codes()) == (["K1", "K2", "K3", "K4"], [])
    assert 0 < len(codes("N1")) < len(codes("M1", "N1"))
