"""One quarter with every dispute at once, reckoned by hand day by day: a shared account that a third joins, the pool shared out, a leaver,
a list that overlaps, and an outlet that is merged on a Tuesday.

A1 of 100,000.00 is M1's and M2's, 60 to 40, and from 1 March by decision M1's, M2's and M5's, 50 to 30 to 20. A2 of 10,000.01 is nobody's
and is shared out between M1 and M2 from 10 February. A3 of 20,000.00 is M3's and moves with its outlet B9 into B1 on 10 March. A4 of
30,000.00 is M4's, who leaves, and M5's from 21 February. A5 of 5,000.00 is given to M1 and M2 by 70 % each: the line that passes 100 % is refused, and not scaled.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from drawn_tables import load_tables, need_table, run

from maisui.answers import Period, Question, View, ask
from maisui.engines.duckdb_engine import DuckDBEngine
from maisui.integration.allocate_results import ALLOCATE_RESULTS
from maisui.integration.check_allocation_decisions import CHECK_ALLOCATION_DECISIONS
from maisui.integration.check_manager_assignments import CHECK_MANAGER_ASSIGNMENTS
from maisui.integration.settle_assignments import SETTLE_ASSIGNMENTS
from maisui.integration.split_balances import SPLIT_BALANCES
from maisui.marts.manager_day import MANAGER_DAY_MART
from maisui.tables import BY_NAME
from maisui.warehouse.reader import Reader
from maisui.warehouse.version import Manifest
from maisui.web.schemes.assessment import assessed, ground_of
from maisui.web.schemes.terms import Indicator, Method, Subject, Terms, Tier

FIRST, LAST = date(2026, 1, 1), date(2026, 3, 31)
AVERAGE = "managed_deposit_average_daily_balance"
STEPS = (CHECK_MANAGER_ASSIGNMENTS, CHECK_ALLOCATION_DECISIONS, SETTLE_ASSIGNMENTS, ALLOCATE_RESULTS, SPLIT_BALANCES, MANAGER_DAY_MART)
BY_PRICE = (Indicator(AVERAGE, Method.PRICE, tiers=(Tier(Decimal(0), Decimal(10)), Tier(Decimal(5), Decimal(4)))),)
PEOPLE = Terms("own-1", "日均计价", Subject.MANAGER, ("客户经理",), (), BY_PRICE, Decimal(0))
OUTLETS = Terms("own-2", "网点日均", Subject.BRANCH, (), (), BY_PRICE, Decimal(0))
CENTS = {"A1": 10_000_000, "A2": 1_000_001, "A3": 2_000_000, "A4": 3_000_000, "A5": 500_000}


def shares_of(account: str, day: date) -> dict[str, int]:
    """Return who holds an account on a day, in percent, as the text above tells it."""
    if account == "A1":
        return {"M1": 60, "M2": 40} if day < date(2026, 3, 1) else {"M1": 50, "M2": 30, "M5": 20}
    if account == "A2":
        return {} if day < date(2026, 2, 10) else {"M1": 50, "M2": 50}
    if account == "A3":
        return {"M3": 100}
    if account == "A4":
        return {"M4": 100} if day < date(2026, 2, 21) else {"M5": 100}
    return {"M1": 70}


def parted(cents: int, shares: dict[str, int]) -> dict[str, int]:
    """Return whole cents of each holder and of nobody: the largest remainder first, then the smaller number."""
    whole = {**shares, "unassigned": 100 - sum(shares.values())}
    found = {holder: cents * share // 100 for holder, share in whole.items() if share}
    by_remainder = sorted(found, key=lambda holder: (-(cents * whole[holder] % 100), holder))
    for holder in by_remainder[: cents - sum(found.values())]:
        found[holder] += 1
    return found


def by_hand() -> tuple[dict[str, Decimal], dict[str, Decimal]]:
    """Return the quarter's average of each person, and of each outlet over what belongs to people, day by day in plain cents."""
    people: dict[str, int] = {}
    outlets: dict[str, int] = {}
    for number in range(90):
        day = FIRST + timedelta(days=number)
        for account, cents in CENTS.items():
            outlet = "B9" if account == "A3" and day < date(2026, 3, 10) else "B1"
            for holder, part in parted(cents, shares_of(account, day)).items():
                people[holder] = people.get(holder, 0) + part
                if holder != "unassigned":
                    outlets[outlet] = outlets.get(outlet, 0) + part
    return averages(people), averages(outlets)


def averages(sums: dict[str, int]) -> dict[str, Decimal]:
    return {code: (Decimal(cents) / 9000).quantize(Decimal("0.01"), ROUND_HALF_UP) for code, cents in sums.items()}


def pay(average: Decimal) -> Decimal:
    """Return ten yuan for each of the first five ten thousands and four for each above."""
    quantity = average / 10_000
    return (10 * min(quantity, Decimal(5)) + 4 * max(quantity - 5, Decimal(0))).quantize(Decimal("0.01"), ROUND_HALF_UP)


@pytest.fixture(scope="module")
def quarter(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """Yield a version of the quarter."""
    engine = DuckDBEngine(tmp_path_factory.mktemp("disputes"))
    open_ended = "".join(f"{account} | 2026-01-01 | | {Decimal(cents) / 100:.2f}\n" for account, cents in CENTS.items())
    load_tables(
        engine,
        calendar_day=(str(FIRST), str(LAST)),
        organisation="""
            organisation_code | parent_code | is_open | first_reported_on | last_reported_on
            ------------------+-------------+---------+-------------------+-----------------
            B0                |             | yes     | 2025-12-31        | 2026-03-31
            B1                | B0          | yes     | 2025-12-31        | 2026-03-31
            B9                | B0          | no      | 2025-12-31        | 2026-03-31
        """,
        organisation_closure="""
            ancestor_code | organisation_code | distance
            --------------+-------------------+---------
            B0            | B1                | 1
            B0            | B9                | 1
            B1            | B1                | 0
            B9            | B9                | 0
        """,
        organisation_succession="""
            organisation_code | closed_on  | successor_code | current_successor_code | evidence
            ------------------+------------+----------------+------------------------+---------
            B9                | 2026-03-10 | B1             | B1                     | profile
        """,
        account="account_number | customer_number | organisation_code | opened_on\n"
        "---+---+---+---\n" + "".join(f"{account} | C{account[1]} | B1 | 2025-06-01\n" for account in CENTS),
        account_organisation_period="""
            account_number | valid_from | valid_until | organisation_code
            ---------------+------------+-------------+------------------
            A3             | 2025-06-01 | 2026-03-10  | B9
            A3             | 2026-03-10 |             | B1
        """,
        customer="customer_number\n---------------\nC1\nC2\nC3\nC4\nC5",
        account_balance="account_number | valid_from | valid_until | balance\n---+---+---+---\n" + open_ended,
        employee_snapshot="""
            employee_number | organisation_code | post_name | reported_on | is_on_duty
            ----------------+-------------------+-----------+-------------+-----------
            M1              | B1                | 客户经理  | 2025-12-31  | yes
            M2              | B1                | 客户经理  | 2025-12-31  | yes
            M3              | B9                | 客户经理  | 2025-12-31  | yes
            M3              | B1                | 客户经理  | 2026-03-31  | yes
            M4              | B1                | 客户经理  | 2025-12-31  | yes
            M4              | B1                | 客户经理  | 2026-03-31  | no
            M5              | B1                | 客户经理  | 2025-12-31  | yes
        """,
        manager_assignment_snapshot="""
            reported_on | object_kind | object_number | employee_number | business_line | result_share | valid_from | valid_until
            ------------+-------------+---------------+-----------------+---------------+--------------+------------+------------
            2026-01-31  | account     | A1            | M1              | all           | 0.6          | 2025-06-01 |
            2026-01-31  | account     | A1            | M2              | all           | 0.4          | 2025-06-01 |
            2026-01-31  | account     | A3            | M3              | all           | 1            | 2025-06-01 |
            2026-01-31  | account     | A4            | M4              | all           | 1            | 2025-06-01 |
            2026-01-31  | account     | A5            | M1              | all           | 0.7          | 2025-06-01 |
            2026-01-31  | account     | A5            | M2              | all           | 0.7          | 2025-06-01 |
        """,
        allocation_decision_line="""
            decision_number | line_number | object_kind | object_number | employee_number | business_line | result_share | valid_from | valid_until
            ----------------+-------------+-------------+---------------+-----------------+---------------+--------------+------------+------------
            1               | 1           | account     | A1            | M1              | all           | 0.5          | 2026-03-01 |
            1               | 2           | account     | A1            | M2              | all           | 0.3          | 2026-03-01 |
            1               | 3           | account     | A1            | M5              | all           | 0.2          | 2026-03-01 |
            2               | 1           | account     | A2            | M1              | all           | 0.5          | 2026-02-10 |
            2               | 2           | account     | A2            | M2              | all           | 0.5          | 2026-02-10 |
            3               | 1           | account     | A4            | M5              | all           | 1            | 2026-02-21 |
        """,
    )
    for step in STEPS:
        run(engine, step, reporting_date=str(LAST))
    for name in BY_NAME:
        need_table(engine, name)
    yield Reader(Manifest("v", "MINI01", LAST, FIRST, "", "", (), "", (), None, "", ()), engine.as_duckdb())
    engine.close()


def asked(reader: Reader, by: str, view: View = View.AS_WAS) -> dict[str, Decimal]:
    question = Question(AVERAGE, (by,), None, LAST, Period.QUARTER, view=view)
    return {str(row.dimensions[by]): row.value for row in ask(reader, question).rows if row.value}


def test_every_persons_average_comes_out_by_hand_and_nothing_is_lost(quarter: Reader) -> None:
    """M1 has 60 % and then 50 % of A1 and half of A2; the odd cent of A2 is his; of A5 the refused line's part stays nobody's."""
    people, _ = by_hand()
    assert people["M1"] == Decimal("62833.34"), "(60,000.00 × 59 + 50,000.00 × 31 + 5,000.01 × 50) ÷ 90 + 3,500.00"
    assert people["M3"] == Decimal("20000.00")
    assert people["unassigned"] == Decimal("5944.45"), "10,000.01 × 40 ÷ 90 + 1,500.00"
    assert asked(quarter, "manager") == {code: value for code, value in people.items() if code != "unassigned"}
    rows = quarter.rows("SELECT business_date, CAST(sum(balance) * 100 AS BIGINT) FROM manager_day GROUP BY business_date")
    assert len(rows) == 90
    assert {cents for _, cents in rows} == {sum(CENTS.values())}, "people and nobody hold all of it on each day"


def test_what_a_merged_outlet_held_stays_its_own_until_the_day_and_moves_only_in_the_view_of_today(quarter: Reader) -> None:
    """B9 had A3 for 68 days: 15,111.11. As is, the outlet is gone and B1 has all; nothing is lost between the two views."""
    _, outlets = by_hand()
    assert outlets["B9"] == Decimal("15111.11")
    assert asked(quarter, "organisation") == outlets
    as_is = asked(quarter, "organisation", View.AS_IS)
    assert as_is == {"B1": outlets["B1"] + outlets["B9"]}


def test_the_quarter_pays_people_and_outlets_by_hand(quarter: Reader) -> None:
    """The manager of the merged outlet and the leaver are paid for their days; both outlets share out what each of them held."""
    people, outlets = by_hand()
    expected = {code: pay(average) for code, average in (people | outlets).items() if code != "unassigned"}
    found = assessed(ground_of(quarter, LAST, Period.QUARTER), (PEOPLE, OUTLETS))
    assert {one.holder.number: one.statement.pay for one in found} == expected
    assert expected["M1"] == Decimal("55.13"), "50.00 for the first five ten thousands, 4 × 1.28333 above"
    where = {one.holder.number: one.holder.organisation for one in found}
    assert (where["M3"], where["M4"], where["B9"]) == ("B1", "B1", "B9"), "people stand where they work on the last day"
