"""Households, company groups, villages and suggested circles: who is in them, and what they are worth together.

Sums are over the members at home within the reader's organisations; those outside are counted and never named or summed. A circle
none of whose members is inside is not there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from maisui.answers.circle_members import CircleKind, FoundMembers, circles_with, judged
from maisui.warehouse.reader import Reader

MOST_CIRCLE_ROWS = 500
MONTHS = 12


class CircleOrder(StrEnum):
    """By what circles are ranked, the largest first."""

    ASSETS = "assets"
    DEPOSITS = "deposits"
    LOANS = "loans"
    CONTRIBUTION = "contribution"
    EXPOSURE = "exposure"
    MEMBERS = "members"


class MemberChoice(StrEnum):
    """Which members of a circle: all, those of households nobody visited, without credit, or farmers whose accounts sleep."""

    ALL = "all"
    UNVISITED = "unvisited"
    WITHOUT_CREDIT = "without_credit"
    ASLEEP = "asleep"


@dataclass(frozen=True, slots=True)
class CircleSums:
    """Sums over the members inside, in yuan: balances of the day, assets as the month's average, contribution of twelve months."""

    member_count: int
    deposit_balance: Decimal
    loan_balance: Decimal
    asset_average_balance: Decimal
    year_contribution_amount: Decimal
    exposure_amount: Decimal


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far the households of a village are reached, those of the roster that are inside or nobody's customers.

    `elsewhere_count` are households all of whose customers are at home outside and which are counted nowhere else.
    """

    household_count: int
    on_file_count: int
    visited_count: int
    granted_count: int
    drawn_count: int
    elsewhere_count: int


@dataclass(frozen=True, slots=True)
class CircleRow:
    """One circle: its head or core among the members inside, sums over them, and how many members are outside."""

    code: str
    name: str | None
    first_number: str | None
    first_name: str | None
    first_kind: str | None
    outside_count: int
    sums: CircleSums
    coverage: Coverage | None = None


@dataclass(frozen=True, slots=True)
class CirclePage:
    """One page of circles with sums over all of them, every person counted once."""

    kind: CircleKind
    day: date
    page: int
    total_count: int
    sums: CircleSums
    rows: tuple[CircleRow, ...]


@dataclass(frozen=True, slots=True)
class CircleMember:
    """One member inside: how he belongs, by what evidence and since when, and his own figures."""

    customer_number: str
    customer_name: str | None
    customer_kind: str
    home_organisation_name: str
    is_first: bool
    role: str | None
    evidence: str | None
    since: date | None
    amount: Decimal | None
    tier_code: str | None
    deposit_balance: Decimal
    loan_balance: Decimal
    asset_average_balance: Decimal
    year_contribution_amount: Decimal
    limit_amount: Decimal
    exposure_amount: Decimal
    is_visited: bool
    is_asleep: bool
    household_code: str | None


@dataclass(frozen=True, slots=True)
class FlowMonth:
    """What came in and went out of the members inside in one month."""

    month_start: date
    inflow_amount: Decimal
    outflow_amount: Decimal


@dataclass(frozen=True, slots=True)
class ConnectedCredit:
    """A company group's whole credit beside its limit and the bank's net capital; limits are None where none was delivered."""

    business_date: date
    member_count: int
    loan_balance: Decimal
    undrawn_amount: Decimal
    exposure_amount: Decimal
    limit_amount: Decimal | None
    limit_reported_on: date | None
    net_capital_amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Circle:
    """One circle as a reader may see it: the row of the list, one page of members, and what only its kind has.

    `credit` is given only where every member is inside, since it would tell what the others owe. `villages` are those of a
    household's members.
    """

    kind: CircleKind
    day: date
    row: CircleRow
    asleep_count: int
    page: int
    chosen_count: int
    members: tuple[CircleMember, ...]
    months: tuple[FlowMonth, ...]
    credit: ConnectedCredit | None
    villages: tuple[tuple[str, str | None], ...]


@dataclass(frozen=True, slots=True)
class CircleQuery:
    """Which circles: of `kind`, for whoever sees `organisations` (None is the whole bank); `visited` are the customers somebody visited."""

    kind: CircleKind
    organisations: tuple[str, ...] | None
    order: CircleOrder = CircleOrder.ASSETS
    page: int = 1
    size: int = 50
    visited: tuple[str, ...] = ()
    found: FoundMembers | None = None


_SUMS = (
    "count(*) FILTER (is_in), CAST(coalesce(sum(deposit_balance) FILTER (is_in), 0) AS DECIMAL(38,2)), "
    "CAST(coalesce(sum(loan_balance) FILTER (is_in), 0) AS DECIMAL(38,2)), "
    "CAST(coalesce(sum(asset_average_balance) FILTER (is_in), 0) AS DECIMAL(38,2)), "
    "CAST(coalesce(sum(year_contribution_amount) FILTER (is_in), 0) AS DECIMAL(38,2)), "
    "CAST(coalesce(sum(exposure_amount) FILTER (is_in), 0) AS DECIMAL(38,2))"
)
_PLACES = {
    CircleOrder.MEMBERS: 7,
    CircleOrder.DEPOSITS: 8,
    CircleOrder.LOANS: 9,
    CircleOrder.ASSETS: 10,
    CircleOrder.CONTRIBUTION: 11,
    CircleOrder.EXPOSURE: 12,
}
"""Where each order stands in the columns of a row, counted from 1."""
_FIRST = "ORDER BY is_first DESC, asset_average_balance DESC, customer_number"
_ROW = (
    f"SELECT code, max(name), first(customer_number {_FIRST}) FILTER (is_in), first(customer_name {_FIRST}) FILTER (is_in), "
    f"first(customer_kind {_FIRST}) FILTER (is_in), count(*) FILTER (NOT is_in), {_SUMS} "
    "FROM judged GROUP BY code HAVING count(*) FILTER (is_in) > 0"
)
_HEAD = 12
"""Columns of a row of the list."""
_HOUSES = (
    "houses AS (SELECT *, coalesce(bool_or(is_visited) OVER (PARTITION BY coalesce(household_code, customer_number)), false) "
    "AS is_house_visited FROM judged WHERE is_in)"
)
_MEMBER = (
    "m.customer_number, m.customer_name, m.customer_kind, coalesce(o.organisation_name, m.home_organisation_code), m.is_first, m.role, "
    "m.evidence, m.since, m.amount, m.tier_code, m.deposit_balance, m.loan_balance, m.asset_average_balance, m.year_contribution_amount, "
    "m.limit_amount, m.exposure_amount, m.is_visited, m.is_asleep, m.household_code"
)
_CHOICES = {
    MemberChoice.ALL: "true",
    MemberChoice.UNVISITED: "NOT m.is_house_visited",
    MemberChoice.WITHOUT_CREDIT: "m.limit_amount = 0 AND m.loan_balance = 0",
    MemberChoice.ASLEEP: "m.is_asleep AND m.is_farmer",
}
"""Whom a choice names of the members inside."""


def list_circles(reader: Reader, query: CircleQuery) -> CirclePage:
    """Return one page of circles, and sums over all of them; a page after the last is the last."""
    size, page = min(max(query.size, 1), MOST_CIRCLE_ROWS), max(query.page, 1)
    count, sums, rows = _counted_and_listed(reader, query, size, page)
    if not rows and count:
        page = -(-count // size)
        count, sums, rows = _counted_and_listed(reader, query, size, page)
    covered = _coverage(reader, query, [row[0] for row in rows]) if query.kind is CircleKind.VILLAGE else {}
    return CirclePage(
        query.kind,
        reader.manifest.reporting_date,
        page if count else 1,
        count,
        sums,
        tuple(CircleRow(*row[:6], sums=CircleSums(*row[6:]), coverage=covered.get(row[0])) for row in rows),
    )


def _counted_and_listed(reader: Reader, query: CircleQuery, size: int, page: int) -> tuple[int, CircleSums, list[tuple[Any, ...]]]:
    """Return how many circles there are, the sums over all, and one page, in one question: to judge all members is the dear part of it."""
    judging, values = judged(query.kind, reader.manifest.reporting_date, query.organisations, found=query.found, visited=query.visited)
    once = "SELECT DISTINCT ON (customer_number) * FROM judged WHERE is_in ORDER BY customer_number, code"
    order = f"ORDER BY {_PLACES[query.order]} DESC, code"
    found = reader.rows(
        f"{judging}, whole AS (SELECT (SELECT count(DISTINCT code) FROM judged WHERE is_in) AS circles, {_SUMS} FROM ({once})), "
        f"listed AS ({_ROW} {order} LIMIT ? OFFSET ?) "
        f"SELECT l.*, w.* FROM whole AS w LEFT JOIN listed AS l ON true {order}",
        [*values, size, (page - 1) * size],
    )
    count, *sums = found[0][_HEAD:]
    return count, CircleSums(*sums), [row[:_HEAD] for row in found if row[0] is not None]


def one_circle(reader: Reader, query: CircleQuery, code: str, choice: MemberChoice = MemberChoice.ALL) -> Circle | None:
    """Return one circle with a page of the members chosen; None where nobody of it is inside."""
    day = reader.manifest.reporting_date
    judging, values = judged(query.kind, day, query.organisations, codes=(code,), found=query.found, visited=query.visited)
    whole = reader.rows(
        f"{judging}, {_HOUSES}, whole AS ({_ROW}) SELECT w.*, (SELECT count(*) FROM judged WHERE is_in AND is_asleep AND is_farmer), "
        f"{_MEMBER}, ({_CHOICES[choice]}) AS is_chosen FROM whole AS w INNER JOIN houses AS m ON true "
        "LEFT JOIN organisation AS o ON o.organisation_code = m.home_organisation_code "
        "ORDER BY m.household_code, m.is_first DESC, m.asset_average_balance DESC, m.customer_number",
        values,
    )
    if not whole:
        return None
    head, (asleep, *_) = whole[0][:_HEAD], whole[0][_HEAD:]
    chosen = [row[_HEAD + 1 : -1] for row in whole if row[-1]]
    size = min(max(query.size, 1), MOST_CIRCLE_ROWS)
    page = min(max(query.page, 1), max(1, -(-len(chosen) // size)))
    covered = _coverage(reader, query, [code]).get(code) if query.kind is CircleKind.VILLAGE else None
    row = CircleRow(*head[:6], sums=CircleSums(*head[6:]), coverage=covered)
    flows = reader.rows(
        "SELECT month_start, sum(inflow_amount), sum(outflow_amount) FROM customer_flow_month "
        "WHERE customer_number IN (SELECT unnest(CAST(? AS VARCHAR[]))) AND month_start > ? GROUP BY 1 ORDER BY 1",
        [[one[_HEAD + 1] for one in whole], day.replace(year=day.year - 1, day=1)],
    )
    is_whole = query.kind is CircleKind.COMPANY_GROUP and row.outside_count == 0
    return Circle(
        kind=query.kind,
        day=day,
        row=row,
        asleep_count=asleep,
        page=page,
        chosen_count=len(chosen),
        members=tuple(CircleMember(*member) for member in chosen[(page - 1) * size : page * size]),
        months=tuple(FlowMonth(*flow) for flow in flows),
        credit=_credit(reader, code, day) if is_whole else None,
        villages=_villages(reader, code, day) if query.kind is CircleKind.HOUSEHOLD else (),
    )


def circles_of_customer(reader: Reader, customer_number: str) -> tuple[tuple[CircleKind, str, str | None], ...]:
    """Return the household, company group and village a customer is in at the reporting date: kind, code and name."""
    day = reader.manifest.reporting_date
    return tuple(
        (kind, code, name)
        for kind in (CircleKind.HOUSEHOLD, CircleKind.VILLAGE, CircleKind.COMPANY_GROUP)
        for code, name in reader.rows(circles_with(kind, day), [customer_number])
    )


def circle_numbers(reader: Reader, query: CircleQuery, code: str) -> tuple[str, ...]:
    """Return the numbers of all members inside, for work behind the pages only; empty where nobody is."""
    day = reader.manifest.reporting_date
    judging, values = judged(query.kind, day, query.organisations, codes=(code,), found=query.found)
    return tuple(number for (number,) in reader.rows(f"{judging} SELECT customer_number FROM judged WHERE is_in ORDER BY 1", values))


def _coverage(reader: Reader, query: CircleQuery, codes: list[str]) -> dict[str, Coverage]:
    day = reader.manifest.reporting_date
    judging, values = judged(CircleKind.VILLAGE, day, query.organisations, codes=codes, visited=query.visited)
    rows = reader.rows(
        f"{judging}, latest AS (SELECT village_code, max(reported_on) AS reported_on FROM village_roster_snapshot WHERE reported_on <= ? "
        "GROUP BY 1), homes AS (SELECT DISTINCT r.village_code, concat(r.village_code, '-', r.household_number) AS household_code "
        "FROM village_roster_snapshot AS r INNER JOIN latest AS l ON l.village_code = r.village_code AND l.reported_on = r.reported_on), "
        "houses AS (SELECT h.village_code AS code, count(m.customer_number) FILTER (m.is_in) AS inside, count(m.customer_number) AS known, "
        "coalesce(bool_or(m.is_visited) FILTER (m.is_in), false) AS is_visited, "
        "coalesce(bool_or(m.limit_amount > 0 OR m.loan_balance > 0) FILTER (m.is_in), false) AS is_granted, "
        "coalesce(bool_or(m.loan_balance > 0) FILTER (m.is_in), false) AS is_drawn "
        "FROM homes AS h LEFT JOIN judged AS m ON m.household_code = h.household_code GROUP BY h.village_code, h.household_code) "
        "SELECT code, count(*) FILTER (inside > 0 OR known = 0), count(*) FILTER (inside > 0), count(*) FILTER (is_visited), "
        "count(*) FILTER (is_granted), count(*) FILTER (is_drawn), count(*) FILTER (inside = 0 AND known > 0) FROM houses "
        "WHERE code IN (SELECT unnest(CAST(? AS VARCHAR[]))) GROUP BY 1",
        [*values, day, codes],
    )
    return {row[0]: Coverage(*row[1:]) for row in rows}


def _credit(reader: Reader, code: str, day: date) -> ConnectedCredit | None:
    rows = reader.rows(
        "WITH given AS (SELECT group_limit_amount, reported_on FROM customer_group_snapshot WHERE group_number = ? AND reported_on <= ? "
        "AND group_limit_amount IS NOT NULL ORDER BY reported_on DESC, group_limit_amount DESC LIMIT 1) "
        "SELECT e.business_date, e.member_count, e.loan_balance, e.undrawn_amount, e.exposure_amount, g.group_limit_amount, g.reported_on, "
        "c.net_capital_amount FROM group_exposure AS e LEFT JOIN given AS g ON true "
        "LEFT JOIN concentration_day AS c ON c.business_date = e.business_date WHERE e.group_number = ? AND e.business_date = ?",
        [code, day, code, day],
    )
    return ConnectedCredit(*rows[0]) if rows else None


def _villages(reader: Reader, code: str, day: date) -> tuple[tuple[str, str | None], ...]:
    rows = reader.rows(
        "SELECT DISTINCT m.village_code, (SELECT arg_max(r.village_name, r.reported_on) FROM village_roster_snapshot AS r "
        "WHERE r.village_code = m.village_code AND r.reported_on <= ?) FROM household_member AS m "
        "WHERE m.household_code = ? AND m.village_code IS NOT NULL AND m.valid_from <= ? AND (m.valid_until IS NULL OR m.valid_until > ?) "
        "ORDER BY 1",
        [day, code, day, day],
    )
    return tuple((code, name) for code, name in rows)
