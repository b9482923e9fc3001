"""How a living group changed: at each month end whom its rule of today finds, who joined since the month end before, and who left.

The rule is put to the facts, labels and relations of each month end; what is known of a customer only today — his kind, birthday or
industry, guarantees in circles — is taken as it is today. A group that names others takes those by their rule as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from maisui.answers.groups import Selection, compiled, within
from maisui.warehouse.reader import Reader

MONTHS = 13
MOST_ROWS = 200
_NOTHING = Decimal("0.00")
Change = Literal["joined", "left"]


@dataclass(frozen=True, slots=True)
class GroupMonth:
    """A group on a day: its size, who joined and who left since the day before it; None on the first day.

    `joined_amount` are the average assets of those who joined, of this day; `left_amount` those of who left, of the day before, in yuan.
    """

    day: date
    count: int
    joined: int | None
    joined_amount: Decimal | None
    left: int | None
    left_amount: Decimal | None


@dataclass(frozen=True, slots=True)
class ChangedMember:
    """One who joined or left, with his home and assets of the day on which he was last in it."""

    customer_number: str
    customer_name: str | None
    customer_kind: str
    home_organisation_name: str
    asset_average_balance: Decimal


@dataclass(frozen=True, slots=True)
class ChangedMembers:
    """One page of those who joined or left until a day, the largest assets first."""

    day: date
    page: int
    total_count: int
    rows: tuple[ChangedMember, ...]


def history_days(reader: Reader) -> tuple[date, ...]:
    """Return the days of a history in order: the last month ends and the reporting date."""
    rows = reader.rows("SELECT DISTINCT business_date FROM customer_fact_month ORDER BY 1 DESC LIMIT ?", [MONTHS])
    return tuple(sorted(day for (day,) in rows))


def group_history(reader: Reader, selection: Selection, organisations: tuple[str, ...] | None) -> tuple[GroupMonth, ...]:
    """Return a group within `organisations` (None is the whole bank) on each of `history_days`."""
    days = history_days(reader)
    if not days:
        return ()
    found, values = _found(selection, organisations, days)
    rows = reader.rows(
        f"{found}, paired AS (SELECT coalesce(n.place, b.place + 1) AS place, n.assets AS now, b.assets AS before FROM found AS n "
        "FULL OUTER JOIN found AS b ON b.customer_number = n.customer_number AND b.place = n.place - 1) "
        "SELECT place, count(now), count(*) FILTER (before IS NULL), sum(now) FILTER (before IS NULL), count(*) FILTER (now IS NULL), "
        "sum(before) FILTER (now IS NULL) FROM paired GROUP BY place",
        values,
    )
    by_place = {place: tuple(row) for place, *row in rows}
    months: list[GroupMonth] = []
    for place, day in enumerate(days):
        count, joined, joined_amount, left, left_amount = by_place.get(place, (0, 0, None, 0, None))
        sums = (joined_amount or _NOTHING, left_amount or _NOTHING)
        months.append(GroupMonth(day, count, joined, sums[0], left, sums[1]) if place else GroupMonth(day, count, None, None, None, None))
    return tuple(months)


def group_changes(
    reader: Reader, selection: Selection, organisations: tuple[str, ...] | None, day: date, change: Change, *, page: int, size: int
) -> ChangedMembers | None:
    """Return one page of those who joined or left a group until `day`, one of `history_days`; None where there is no day before it."""
    days = history_days(reader)
    if day not in days[1:]:
        return None
    pair = days[days.index(day) - 1], day
    found, values = _found(selection, organisations, pair)
    here, there = (1, 0) if change == "joined" else (0, 1)
    changed = (
        f"{found}, changed AS (SELECT n.* FROM found AS n LEFT JOIN found AS o ON o.customer_number = n.customer_number "
        f"AND o.place = {there} WHERE n.place = {here} AND o.customer_number IS NULL)"
    )
    ((count,),) = reader.rows(f"{changed} SELECT count(*) FROM changed", values)
    size = min(max(size, 1), MOST_ROWS)
    page = min(max(page, 1), max(1, -(-count // size)))
    rows = reader.rows(
        f"{changed} SELECT m.customer_number, c.customer_name, m.customer_kind, "
        "coalesce(o.organisation_name, m.organisation_code), m.assets "
        "FROM changed AS m LEFT JOIN customer AS c ON c.customer_number = m.customer_number "
        "LEFT JOIN organisation AS o ON o.organisation_code = m.organisation_code "
        "ORDER BY m.assets DESC, m.customer_number LIMIT ? OFFSET ?",
        [*values, size, (page - 1) * size],
    )
    return ChangedMembers(day, page, count, tuple(ChangedMember(*row) for row in rows))


def _found(selection: Selection, organisations: tuple[str, ...] | None, days: Sequence[date]) -> tuple[str, list[Any]]:
    """Return the table `found` of whom a rule finds on each of `days`, by its place among them, and its values."""
    place = within(organisations)
    parts: list[str] = []
    values: list[Any] = []
    for at, day in enumerate(days):
        asked = compiled(selection, day)
        parts.append(
            f"SELECT {at} AS place, f.customer_number, f.customer_kind, f.organisation_code, f.asset_average_balance AS assets "
            f"FROM customer_fact_month AS f WHERE f.business_date = ? AND {place.text} AND ({asked.text})"
        )
        values += [day, *place.values, *asked.values]
    return f"WITH found AS MATERIALIZED ({' UNION ALL '.join(parts)})", values
