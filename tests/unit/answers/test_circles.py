"""Households, villages and company groups by hand: who is inside, what is summed, how far a village is reached, what is left out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from circles_home import circles_home

from maisui.answers import Bank
from maisui.answers.circle_members import CircleKind, FoundMembers
from maisui.answers.circles import (
    Circle,
    CircleOrder,
    CircleQuery,
    Coverage,
    MemberChoice,
    circle_numbers,
    circles_of_customer,
    list_circles,
    one_circle,
)
from maisui.answers.found_circles import visit_days
from maisui.warehouse.reader import Reader

HOUSEHOLD, VILLAGE, GROUP = CircleKind.HOUSEHOLD, CircleKind.VILLAGE, CircleKind.COMPANY_GROUP


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """Yield a reader of the drawn village."""
    with Bank(circles_home()).reader() as found:
        yield found


def one(
    reader: Reader, kind: CircleKind, code: str, *homes: str, choice: MemberChoice = MemberChoice.ALL, visited: tuple[str, ...] = ()
) -> Circle:
    found = one_circle(reader, CircleQuery(kind, homes or None, visited=visited), code, choice)
    assert found is not None
    return found


def members(circle: Circle) -> list[str]:
    return [member.customer_number for member in circle.members]


def test_a_household_counts_each_person_once_with_all_his_numbers(reader: Reader) -> None:
    found = one(reader, HOUSEHOLD, "V1-1")
    assert members(found) == ["P1", "P3", "P2"]
    assert [(member.is_first, member.role, member.evidence, member.since) for member in found.members][2] == (
        False,
        "配偶",
        "roster_number",
        date(2026, 3, 31),
    )
    sums = found.row.sums
    assert (sums.member_count, sums.deposit_balance, sums.asset_average_balance) == (3, Decimal("1115.51"), Decimal("1135.00"))
    assert sums.year_contribution_amount == Decimal("6.00")
    assert sums.deposit_balance == sum(member.deposit_balance for member in found.members)
    assert found.villages == (("V1", "麦穗村"),)


def test_who_is_at_home_elsewhere_is_counted_and_neither_named_nor_summed(reader: Reader) -> None:
    found = one(reader, HOUSEHOLD, "V1-1", "B1")
    assert members(found) == ["P1", "P2"]
    assert (found.row.outside_count, found.row.sums.deposit_balance, found.row.sums.asset_average_balance) == (
        1,
        Decimal("115.51"),
        Decimal("130.00"),
    )
    listed = list_circles(reader, CircleQuery(HOUSEHOLD, ("B1",)))
    assert [(row.code, row.first_number, row.outside_count) for row in listed.rows] == [("V1-1", "P1", 1), ("V1-2", "P4", 0)]
    assert (listed.total_count, listed.sums.member_count, listed.sums.deposit_balance) == (2, 3, Decimal("118.51"))
    assert one_circle(reader, CircleQuery(HOUSEHOLD, ("B1",)), "V1-3") is None
    assert one_circle(reader, CircleQuery(HOUSEHOLD, ()), "V1-1") is None


def test_circles_are_ranked_by_what_is_asked(reader: Reader) -> None:
    def ranked(order: CircleOrder) -> list[str]:
        return [row.code for row in list_circles(reader, CircleQuery(HOUSEHOLD, None, order)).rows]

    assert ranked(CircleOrder.ASSETS) == ["V1-1", "V1-3", "V1-2"]
    assert ranked(CircleOrder.LOANS) == ["V1-2", "V1-3", "V1-1"]
    assert ranked(CircleOrder.CONTRIBUTION) == ["V1-1", "V1-3", "V1-2"]
    assert ranked(CircleOrder.EXPOSURE) == ["V1-2", "V1-3", "V1-1"]
    page = list_circles(reader, CircleQuery(HOUSEHOLD, None, page=9, size=2))
    assert (page.page, page.total_count, [row.code for row in page.rows]) == (2, 3, ["V1-2"])


def test_a_village_is_covered_by_households_of_its_latest_roster(reader: Reader) -> None:
    """Household 1 is visited through P3, 2 and 3 have limits and loans, 4 nobody knows; that of an earlier roster is gone."""
    whole = one(reader, VILLAGE, "V1", visited=("P3",))
    assert whole.row.name == "麦穗村"
    assert whole.row.coverage == Coverage(4, 3, 1, 2, 2, 0)
    assert one(reader, VILLAGE, "V1", visited=("M2",)).row.coverage == Coverage(4, 3, 1, 2, 2, 0)
    assert list_circles(reader, CircleQuery(VILLAGE, None)).rows[0].coverage == Coverage(4, 3, 0, 2, 2, 0)


def test_a_branch_covers_its_own_households_and_those_that_are_nobodys(reader: Reader) -> None:
    """The visit to P3, who is at home elsewhere, is not the branch's; household 3 is counted as elsewhere."""
    assert one(reader, VILLAGE, "V1", "B1", visited=("P3",)).row.coverage == Coverage(3, 2, 0, 1, 1, 1)


def test_members_are_narrowed_to_whom_there_is_something_to_do_for(reader: Reader) -> None:
    def chosen(choice: MemberChoice, *homes: str) -> list[str]:
        return sorted(members(one(reader, VILLAGE, "V1", *homes, choice=choice, visited=("P3",))))

    assert chosen(MemberChoice.UNVISITED) == ["P4", "P5"]
    assert chosen(MemberChoice.UNVISITED, "B1") == ["P1", "P2", "P4"]
    assert chosen(MemberChoice.WITHOUT_CREDIT) == ["P1", "P2", "P3"]
    assert chosen(MemberChoice.ASLEEP) == ["P4"]
    assert one(reader, VILLAGE, "V1").asleep_count == 1


def test_a_group_s_exposure_is_that_of_its_members_to_the_cent_beside_the_last_limit(reader: Reader) -> None:
    found = one(reader, GROUP, "G1")
    assert members(found) == ["F1", "F2", "F3"]
    assert found.credit is not None
    assert found.credit.exposure_amount == Decimal("1100.25") == sum(member.exposure_amount for member in found.members)
    assert (found.credit.limit_amount, found.credit.limit_reported_on) == (Decimal("1000.00"), date(2026, 5, 31))
    assert found.credit.net_capital_amount == Decimal("11002.50")


def test_a_group_s_whole_credit_is_not_told_to_who_sees_only_some_of_it(reader: Reader) -> None:
    found = one(reader, GROUP, "G1", "B1")
    assert (members(found), found.row.outside_count, found.credit) == (["F1", "F3"], 1, None)
    assert found.row.sums.exposure_amount == Decimal("400.00")


def test_the_season_holds_twelve_months_of_the_members_inside(reader: Reader) -> None:
    whole = one(reader, VILLAGE, "V1").months
    assert [(month.month_start, month.inflow_amount, month.outflow_amount) for month in whole] == [
        (date(2025, 7, 1), Decimal("34.00"), Decimal("3.00")),
        (date(2026, 6, 1), Decimal("6.00"), Decimal("6.00")),
    ]
    assert one(reader, VILLAGE, "V1", "B1").months[0].inflow_amount == Decimal("30.00")


def test_a_customer_leads_to_his_circles_under_each_of_his_numbers(reader: Reader) -> None:
    home = [(HOUSEHOLD, "V1-1", None), (VILLAGE, "V1", "麦穗村")]
    assert list(circles_of_customer(reader, "P2")) == home == list(circles_of_customer(reader, "M2"))
    assert circles_of_customer(reader, "F2") == ((GROUP, "G1", "麦田集团"),)
    assert circles_of_customer(reader, "P5") == ((HOUSEHOLD, "V1-3", None), (VILLAGE, "V1", "麦穗村"))


def test_numbers_behind_a_circle_are_those_inside(reader: Reader) -> None:
    assert circle_numbers(reader, CircleQuery(VILLAGE, ("B1",)), "V1") == ("P1", "P2", "P4")
    assert circle_numbers(reader, CircleQuery(VILLAGE, ("B1",)), "V2") == ()


def test_suggested_circles_are_read_from_their_members(reader: Reader) -> None:
    given = FoundMembers(
        ("C1", "C1", "C1"), ("P1", "M2", "P5"), (False, True, False), ("", "", ""), ("kin:1", "kin:1", ""), ("0.00", "2.50", "0.00")
    )
    found = one_circle(reader, CircleQuery(CircleKind.COMMUNITY, ("B1",), found=given), "C1")
    assert found is not None
    assert [(one.customer_number, one.is_first, one.evidence, one.amount) for one in found.members] == [
        ("P2", True, "kin:1", Decimal("2.50")),
        ("P1", False, "kin:1", Decimal("0.00")),
    ]
    assert found.row.outside_count == 1
    assert list_circles(reader, CircleQuery(CircleKind.PAYROLL, None)).total_count == 0


def test_a_visit_counts_for_as_many_days_as_the_parameter_says(reader: Reader) -> None:
    assert visit_days(reader, date(2026, 6, 30)) == 365


def test_a_circle_is_asked_once_however_much_is_told_of_it(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    rows = Reader.rows

    def counted(self: Reader, query: str, values: object = ()) -> list[tuple[object, ...]]:
        asked.append(query)
        return rows(self, query, values)  # type: ignore[arg-type]

    monkeypatch.setattr(Reader, "rows", counted)
    assert one(reader, HOUSEHOLD, "V1-1", visited=("P1",)).chosen_count == 3
    assert sum("judged AS" in query for query in asked) == 1
    asked.clear()
    assert list_circles(reader, CircleQuery(HOUSEHOLD, None)).total_count > 0
    assert sum("judged AS" in query for query in asked) == 1
