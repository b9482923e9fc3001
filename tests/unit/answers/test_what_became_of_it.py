"""What became of what belongs to people, by hand: loans by responsibility, collection, deposits, tiers, and the parts of ability."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from drawn_version import published

from maisui.answers import PersonNumbers
from maisui.answers.abilities import ability_settings, handling_parts, managing_parts
from maisui.answers.ability_scores import Measured
from maisui.answers.manager_quality import Collection, LoanVintage, collection, deposit_quality, loan_vintages, tier_cohorts
from maisui.warehouse.reader import Reader

D = Decimal
E1, E2 = PersonNumbers("E1", ("E1",), ("G1",)), PersonNumbers("E2", ("E2",), ())
DAY, FIRST, BASE = date(2026, 6, 30), date(2026, 6, 1), date(2025, 12, 31)
TABLES = {
    "loan": """
loan_number | account_number | customer_number | organisation_code | disbursed_on | last_reported_on
------------+----------------+-----------------+-------------------+--------------+-----------------
L1          | A1             | P1              | B1                | 2025-03-01   | 2026-06-30
L2          | A2             | P2              | B1                | 2026-02-01   | 2026-06-30
L3          | A3             | P3              | B2                | 2019-02-01   | 2026-06-30
L4          | A4             | P4              | B1                | 2025-03-01   | 2026-06-30
""",
    "loan_state": """
loan_number | valid_from | organisation_code | balance | loan_class  | overdue_since
------------+------------+-------------------+---------+-------------+--------------
L1          | 2025-03-01 | B1                | 100.00  | substandard | 2026-01-01
L2          | 2026-02-01 | B1                | 200.00  | pass        |
L3          | 2019-02-01 | B2                | 300.00  | pass        | 2026-07-01
L4          | 2025-03-01 | B1                | 400.00  | pass        |
""",
    "account_allocation": """
account_number | employee_number | valid_from | valid_until | result_share | rule_code | organisation_code
---------------+-----------------+------------+-------------+--------------+-----------+------------------
A1             | E1              | 2024-01-01 | 2026-01-01  | 1            | customer  | B1
A1             | E2              | 2026-01-01 |             | 1            | customer  | B1
A2             | E1              | 2024-01-01 |             | 0.5          | customer  | B1
A2             | E2              | 2024-01-01 |             | 0.5          | customer  | B1
A3             | E2              | 2024-01-01 |             | 1            | customer  | B2
A4             | unassigned      | 2024-01-01 |             | 1            | none      | B1
""",
    "repayment_schedule": """
loan_number | instalment_number | due_on     | due_principal_amount | due_interest_amount
------------+-------------------+------------+----------------------+--------------------
L1          | 1                 | 2025-12-31 | 10.00                | 1.00
L1          | 2                 | 2026-06-15 | 10.00                | 2.00
L2          | 1                 | 2026-06-20 | 20.00                | 4.00
""",
    "repayment_receipt": """
loan_number | receipt_number | instalment_number | received_on | principal_amount | interest_amount
------------+----------------+-------------------+-------------+------------------+----------------
L1          | R1             | 2                 | 2026-06-16  | 3.00             | 0.00
L1          | R2             | 2                 | 2026-07-01  | 9.00             | 0.00
L2          | R3             | 1                 | 2026-06-20  | 30.00            | 4.00
""",
    "manager_day": """
organisation_code | employee_number | account_kind | business_date | balance
------------------+-----------------+--------------+---------------+--------
B1                | E1              | deposit      | 2025-12-31    | 100.00
B1                | E1              | deposit      | 2026-06-30    | 130.00
B2                | E1              | deposit      | 2026-06-30    | 5.00
B1                | E1              | loan         | 2026-06-30    | 999.00
""",
    "contribution_month": """
organisation_code | product_group  | account_kind | employee_number | business_date | balance_days | interest_amount
------------------+----------------+--------------+-----------------+---------------+--------------+----------------
B1                | demand_deposit | deposit      | E1              | 2026-06-30    | 3650.00      | 1.00
B1                | term_deposit   | deposit      | E1              | 2026-06-30    | 10950.00     | 3.00
B1                | demand_deposit | deposit      | E1              | 2026-05-31    | 9999.00      | 9.00
""",
    "customer_standing": """
customer_number | business_date | tier_code | tier_rank | organisation_code
----------------+---------------+-----------+-----------+------------------
P1              | 2025-12-31    | gold      | 2         | B1
P2              | 2025-12-31    | gold      | 2         | B1
P3              | 2025-12-31    | gold      | 2         | B1
P9              | 2025-12-31    | gold      | 2         | B1
P4              | 2025-12-31    | ordinary  | 1         | B1
P1              | 2026-06-30    | platinum  | 4         | B1
P9              | 2026-06-30    | gold      | 3         | B1
P4              | 2026-06-30    | ordinary  | 2         | B1
""",
    "managed_customer_month": """
customer_number | employee_number | person_number | organisation_code | business_date | managed_until
----------------+-----------------+---------------+-------------------+---------------+--------------
P1              | E1              | E1            | B1                | 2026-01-01    | 2026-02-01
P2              | E1              | E1            | B1                | 2026-01-01    | 2026-02-01
P3              | E1              | E1            | B1                | 2026-02-01    | 2026-03-01
P4              | E2              | E2            | B1                | 2026-01-01    | 2026-02-01
""",
    "managed_standing": """
customer_number | employee_number | person_number | business_date | is_quality | electronic_transaction_count | counter_transaction_count
----------------+-----------------+---------------+---------------+------------+------------------------------+--------------------------
P1              | E1              | E1            | 2026-06-30    | yes        | 6                            | 2
P2              | E1              | E1            | 2026-06-30    | no         | 0                            | 0
P1              | E1              | E1            | 2026-05-31    | no         | 3                            | 1
P1              | E1              | E1            | 2025-12-31    | no         | 99                           | 1
""",
    "teller_duty_day": """
employee_number | person_number | organisation_code | business_date | duty_count
----------------+---------------+-------------------+---------------+-----------
E1              | E1            | B1                | 2026-06-01    | 1
E1              | E1            | B1                | 2026-06-02    | 1
E1              | E1            | B1                | 2026-06-03    | 0
""",
    "teller_day": """
teller_number | person_number | organisation_code | transaction_code | business_date | handled_count | converted_workload | error_count | is_error_registered
--------------+---------------+-------------------+------------------+---------------+---------------+--------------------+-------------+--------------------
G1            | E1            | B1                | 1001             | 2026-06-01    | 3             | 4                  | 1           | yes
G1            | E1            | B1                | 1002             | 2026-06-01    | 1             | 2                  | 0           | yes
G1            | E1            | B2                | 1001             | 2026-06-02    | 1             | 1                  | 0           | no
""",
    "queue_ticket": """
organisation_code | taken_on   | ticket_number | taken_time | teller_number | rating_type
------------------+------------+---------------+------------+---------------+------------
B1                | 2026-06-01 | A1            | 090000     | G1            | satisfied
B1                | 2026-06-01 | A2            | 090000     | G1            | neutral
B1                | 2026-06-01 | A3            | 090000     | G1            |
B1                | 2026-05-31 | A4            | 090000     | G1            | satisfied
""",
    "person_number": """
number_kind | worker_number | person_number | valid_from
------------+---------------+---------------+-----------
employee    | E1            | E1            | 2024-01-01
employee    | E2            | E2            | 2024-01-01
teller      | G1            | E1            | 2024-01-01
""",
    "parameter": """
parameter_code       | valid_from | valid_until | number_value
---------------------+------------+-------------+-------------
workload_factor.B2   | 2026-01-01 | 2026-06-02  | 9
workload_factor.B2   | 2026-06-02 | 2026-06-03  | 2
workload_factor.B2   | 2026-06-03 |             | 7
post_factor.T        | 2026-01-01 | 2026-06-02  | 1.5
post_factor.M        | 2026-01-01 |             | 8
ability_weight.pace  | 2026-01-01 |             | 0.9
tier.basic           | 2026-03-01 |             | 0
tier.ordinary        | 1900-01-01 | 2026-03-01  | 0
tier.ordinary        | 2026-03-01 |             | 1
tier.gold            | 1900-01-01 |             | 5
tier.platinum        | 1900-01-01 |             | 20
""",
    "employment_period": """
employee_number | valid_from | valid_until | person_number | organisation_code | post_code | is_on_duty
----------------+------------+-------------+---------------+-------------------+-----------+-----------
E1              | 2026-06-02 | 2026-06-30  | E1            | B1                | T         | yes
E1              | 2026-06-30 |             | E1            | B1                | M         | yes
""",
    "organisation_closure": """
ancestor_code | organisation_code | distance
--------------+-------------------+---------
B0            | B1                | 1
B0            | B2                | 1
B1            | B1                | 0
B2            | B2                | 0
""",
}


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Yield a reader of a small published version of these tables."""
    with published(tmp_path_factory.mktemp("became"), date(2025, 1, 1), DAY, **TABLES) as found:
        yield found


def test_bad_loans_taken_over_stand_apart_from_those_granted(reader: Reader) -> None:
    """E1 granted L1 and handed it over; he granted L2 and shares it. E2 took L1 over and holds L3, granted before there were records."""
    assert loan_vintages(reader, E1, DAY, None)["E1"] == (
        LoanVintage(2026, "own", "own", 1, D("200.00"), D(0), D(0)),
        LoanVintage(2025, "own", "other", 1, D("100.00"), D("100.00"), D("100.00")),
    )
    assert loan_vintages(reader, E2, DAY, None)["E2"] == (
        LoanVintage(2026, "own", "own", 1, D("200.00"), D(0), D(0)),
        LoanVintage(2025, "other", "own", 1, D("100.00"), D("100.00"), D("100.00")),
        LoanVintage(2019, "unknown", "own", 1, D("300.00"), D(0), D(0)),
    )
    assert [loan.year for loan in loan_vintages(reader, E2, DAY, "B2")["E2"]] == [2019]


def test_what_fell_due_counts_with_whoever_held_the_loan_that_day(reader: Reader) -> None:
    """June: L1 belongs to E2 by then: 3 of 12 came in; L2 is paid, what is too much aside: 24 of 24. E1 shares L2 alone."""
    found = collection(reader, E2, FIRST, DAY, None)["E2"]
    assert (found.due_count, found.due_amount, found.received_amount, found.rate) == (2, D("36.00"), D("27.00"), D("0.75"))
    assert collection(reader, E1, FIRST, DAY, None)["E1"].rate == D(1)
    assert collection(reader, E1, FIRST, DAY, "B2") == {}
    assert Collection(0, D(0), D(0)).rate is None


def test_deposits_have_a_base_an_increment_a_demand_share_and_a_cost(reader: Reader) -> None:
    """100 at the year's start, 135 now; 3,650 of 14,600 balance-days on demand; 4.00 for them is 10 a year on 100."""
    found = deposit_quality(reader, ["E1"], FIRST, BASE, DAY, None)
    assert (found.base_balance, found.increment, found.demand_share, found.cost_per_hundred) == (D(100), D(35), D("0.25"), D("10.00"))
    assert deposit_quality(reader, ["E1"], FIRST, BASE, DAY, "B1").increment == D(30)
    nobody = deposit_quality(reader, ["E9"], FIRST, BASE, DAY, None)
    assert (nobody.balance, nobody.demand_share, nobody.cost_per_hundred) == (D(0), None, None)


def test_retention_is_held_against_what_the_bank_keeps_of_the_same_tier(reader: Reader) -> None:
    """P1 rose and P2 left: 1 of 2 kept. The bank kept P1 and P9 of four gold customers: one of two was to be expected. P3 came later."""
    (cohort,) = tier_cohorts(reader, E1, BASE, DAY, None)["E1"]
    assert (cohort.tier, cohort.customer_count, cohort.kept_count, cohort.risen_count, cohort.fallen_count) == ("gold", 2, 1, 1, 0)
    assert (cohort.bank_count, cohort.bank_kept_count, cohort.expected) == (4, 2, D("1.00"))
    assert tier_cohorts(reader, E1, BASE, DAY, "B2") == {}


def test_who_stays_in_a_tier_does_not_rise_because_a_lower_one_was_added(reader: Reader) -> None:
    """Since March there is a tier below: P4 is ordinary as he was, now the second of four."""
    (cohort,) = tier_cohorts(reader, E2, BASE, DAY, None)["E2"]
    assert (cohort.tier, cohort.customer_count, cohort.kept_count, cohort.risen_count, cohort.fallen_count) == ("ordinary", 1, 1, 0, 0)


def test_what_is_read_of_everybody_is_what_is_read_of_each(reader: Reader) -> None:
    """One pass over the bank finds both people as two passes do; nobody's loan is with nobody."""
    for read in (
        lambda whose: loan_vintages(reader, whose, DAY, None),
        lambda whose: collection(reader, whose, FIRST, DAY, None),
        lambda whose: tier_cohorts(reader, whose, BASE, DAY, None),
    ):
        everybody = read(None)
        assert set(everybody) == {"E1", "E2"}
        assert everybody == {**read(E1), **read(E2)}


def test_parts_of_ability_are_counted_over_their_bases(reader: Reader) -> None:
    """Workload 4 + 2 in B1 in the post T, 1.5 that day and nothing the next, and 1 × factor 2 of that day in B2: 9 and 2.

    Over two days on duty: squares 81 + 4 over 2, less 5.5²: variance 12.25. T is reported on the second day and was held before.
    """
    settings = ability_settings(reader, DAY)
    assert settings.rules["pace"].weight == D("0.9")
    assert settings.rules["accuracy"].more_is_better is False
    assert handling_parts(reader, FIRST, DAY) == {
        "E1": {
            "pace": Measured(D(11), D(2), D("12.25"), unweighted=D(7)),
            "accuracy": Measured(D(1), D(4)),
            "satisfaction": Measured(D(1), D(2)),
        }
    }
    # 3 by hand on the first of two days: 12 and 2, squares 144 + 4 over 2 less 7²: variance 25
    by_hand = (("E1", FIRST, D("3.00")), ("E2", FIRST, D("5.00")))
    with_manual = handling_parts(reader, FIRST, DAY, by_hand)
    assert set(with_manual) == {"E1"}, "E2 has no day on duty, and so no pace"
    assert with_manual["E1"]["pace"] == Measured(D(14), D(2), D(25), D("3.00"), D(7))
    assert managing_parts(reader, date(2026, 1, 1), DAY) == {
        "E1": {
            "retention": Measured(D(1), D(2)),
            "quality": Measured(D(1), D(2)),
            "soundness": Measured(D(1), D(1)),
            "electronic": Measured(D(9), D(12)),
        },
        "E2": {"retention": Measured(D(1), D(1)), "soundness": Measured(D(2), D(3))},
    }
