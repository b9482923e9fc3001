"""Customers by the channel they mostly use, how they moved between channels, and whom to speak to about it.

A customer stands at his home outlet of the last month in which he used a channel; numbers that were merged are one person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from maisui.warehouse.reader import Reader

MOST_ROWS = 200
UNUSED = "unused"
"""The channel of somebody who used none in a quarter."""


class ChannelList(StrEnum):
    """Whom a list names.

    COUNTER: persons who come to the counter at least as often as they use any other channel, and used neither mobile nor internet bank
        in the quarter.
    ELSEWHERE: customers whose cards are used at other banks' machines more often than at ours in the quarter.
    """

    COUNTER = "counter"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class ChannelListQuery:
    """Who is on a list at home at or below `organisations` (None is the whole bank, an empty tuple nobody); pages from 1."""

    kind: ChannelList
    organisations: tuple[str, ...] | None = None
    page: int = 1
    size: int = 50


@dataclass(frozen=True, slots=True)
class ChannelCustomer:
    """One customer of a list: uses that put him on it, all his uses of the quarter, the last month or day, and where he mostly was.

    `other_bank_code` is the bank whose machines he uses most; None on the list of the counter.
    """

    customer_number: str
    customer_name: str | None
    customer_kind: str
    home_organisation_name: str
    use_count: int
    all_count: int
    last_on: date
    other_bank_code: str | None


@dataclass(frozen=True, slots=True)
class ChannelCustomers:
    """One page of a list, most uses first; `since` is the first day of the quarter looked at."""

    query: ChannelListQuery
    day: date
    since: date
    page: int
    total_count: int
    rows: tuple[ChannelCustomer, ...]


def quarter_start(day: date, quarters_before: int = 0) -> date:
    """Return the first day of the three months that end with the month of `day`, or of those so many quarters before."""
    months = day.year * 12 + day.month - 1 - 2 - 3 * quarters_before
    return date(months // 12, months % 12 + 1, 1)


_USED = """
WITH merged AS (SELECT customer_number, person_customer_number FROM customer WHERE person_customer_number <> customer_number),
everywhere AS (
  SELECT m.*, coalesce(p.person_customer_number, m.customer_number) AS person_number
  FROM customer_channel_month AS m
  LEFT JOIN merged AS p ON p.customer_number = m.customer_number
  WHERE m.month_start >= {first} AND m.month_start <= {day}
),
uses AS (SELECT * FROM everywhere AS m WHERE {near}),
channels AS (
  SELECT channel_code, row_number() OVER (ORDER BY channel_code) AS place FROM (SELECT DISTINCT channel_code FROM uses)
),
outlets AS (
  SELECT organisation_code, customer_kind, row_number() OVER (ORDER BY organisation_code, customer_kind) AS place
  FROM (SELECT DISTINCT organisation_code, customer_kind FROM uses)
),
used AS (
  SELECT
    m.person_number AS customer_number, c.channel_code,
    (c.channel_code <> 'none')::BIGINT * 10000000000000000 + (c.channel_code = 'counter')::BIGINT * 1000 + 999 - c.place AS rank,
    coalesce(sum(m.transaction_count) FILTER (m.month_start >= {since}), 0)::BIGINT AS now_count,
    coalesce(sum(m.transaction_count) FILTER (m.month_start < {since}), 0)::BIGINT AS before_count, max(m.month_start) AS last_on,
    max(date_diff('month', DATE '1900-01-01', m.month_start) * 1000000 + 999999 - o.place) AS home
  FROM uses AS m
  INNER JOIN channels AS c ON c.channel_code = m.channel_code
  INNER JOIN outlets AS o ON o.organisation_code = m.organisation_code AND o.customer_kind = m.customer_kind
  GROUP BY m.person_number, c.channel_code, c.place
),
main AS (
  SELECT
    customer_number, sum(now_count)::BIGINT AS all_count, max(home) AS home,
    max(rank + before_count * 10000) FILTER (before_count > 0) AS before_rank,
    max(rank + now_count * 10000) FILTER (now_count > 0) AS now_rank,
    arg_max(last_on, rank + now_count * 10000) FILTER (now_count > 0) AS now_on,
    coalesce(bool_or(channel_code IN ('mobile_bank', 'internet_bank') AND now_count > 0), false) AS is_online
  FROM used GROUP BY customer_number
),
placed AS (
  SELECT
    m.customer_number, m.all_count, m.is_online, b.channel_code AS before_code, n.channel_code AS now_code,
    m.now_rank % 10000000000000000 // 10000 AS now_count, m.now_on, o.organisation_code, o.customer_kind
  FROM main AS m
  INNER JOIN outlets AS o ON o.place = 999999 - m.home % 1000000
  LEFT JOIN channels AS b ON b.place = 999 - m.before_rank % 1000
  LEFT JOIN channels AS n ON n.place = 999 - m.now_rank % 1000
)"""
"""Customers who used a channel since `first`, as `placed`: his main channel before `since` and since then, how often he used it and
all channels, and where he was at home in the last month of use.

The main channel is that of most transactions. Of several used equally often the counter comes first (who is there as often as anywhere
else is a customer of the counter), then the first by its code; transactions for which no channel is delivered make one's main
channel only where there are no others. All of this is one number, `rank`, and month and outlet of the last use are one, `home`: of millions
of rows numbers are compared in half the time of words."""


def _used(first: date, since: date, day: date, inside: str = "true") -> str:
    """Return the tables up to `placed`; of those alone who were at home in any month where `inside` holds of the outlet `m` names."""
    near = inside if inside == "true" else f"m.person_number IN (SELECT m.person_number FROM everywhere AS m WHERE {inside})"
    return _USED.format(first=f"DATE '{first}'", since=f"DATE '{since}'", day=f"DATE '{day}'", near=near)


@dataclass(frozen=True, slots=True)
class MigrationCell:
    """Customers at home at one outlet with one main channel in the quarter before and one in this; `UNUSED` where they used none."""

    organisation_code: str
    before_code: str
    now_code: str
    customer_count: int


def migration_cells(reader: Reader, day: date) -> tuple[MigrationCell, ...]:
    """Return for every home outlet how many customers had which main channel in the quarter before and in that up to `day`."""
    rows = reader.rows(
        f"{_used(quarter_start(day, 1), quarter_start(day), day)} SELECT h.organisation_code, coalesce(h.before_code, '{UNUSED}'), "
        f"coalesce(h.now_code, '{UNUSED}'), count(*) FROM placed AS h GROUP BY ALL ORDER BY ALL"
    )
    return tuple(MigrationCell(*row) for row in rows)


def channel_migration(cells: Iterable[MigrationCell], outlets: Collection[str] | None) -> dict[tuple[str, str], int]:
    """Return what `cells` say of the customers at home at `outlets`, by main channel before and now; None is the whole bank."""
    found = Counter[tuple[str, str]]()
    for cell in cells:
        if outlets is None or cell.organisation_code in outlets:
            found[cell.before_code, cell.now_code] += cell.customer_count
    return dict(found)


def list_channel_customers(reader: Reader, query: ChannelListQuery) -> ChannelCustomers:
    """Return one page of a list on the reporting date of the version."""
    day = reader.manifest.reporting_date
    since = quarter_start(day)
    inside, places = _inside("h.organisation_code", query.organisations)
    if query.kind is ChannelList.COUNTER:
        near, bound = _inside("m.organisation_code", query.organisations)
        head = _used(since, since, day, near)
        found = (
            "SELECT h.customer_number, h.customer_kind, h.organisation_code, h.now_count AS use_count, h.all_count, h.now_on AS last_on, "
            "NULL::VARCHAR AS other_bank_code FROM placed AS h "
            f"WHERE h.now_code = 'counter' AND h.customer_kind = 'personal' AND NOT h.is_online AND {inside}"
        )
    else:
        head, bound = _ELSEWHERE, list[Any]((since, day))
        found = f"SELECT h.* FROM elsewhere AS h WHERE h.use_count * 2 > h.all_count AND {inside}"
    size = min(max(query.size, 1), MOST_ROWS)
    page = max(query.page, 1)
    asked = (
        f"{head}, found AS MATERIALIZED ({found}), "
        "listed AS (SELECT * FROM found ORDER BY use_count DESC, customer_number LIMIT ? OFFSET ?) "
        "SELECT (SELECT count(*) FROM found), f.customer_number, c.customer_name, f.customer_kind, "
        "coalesce(o.organisation_name, f.organisation_code), f.use_count, f.all_count, f.last_on, f.other_bank_code "
        "FROM (SELECT 1) AS one LEFT JOIN listed AS f ON true "
        "LEFT JOIN customer AS c ON c.customer_number = f.customer_number "
        "LEFT JOIN organisation AS o ON o.organisation_code = f.organisation_code ORDER BY f.use_count DESC, f.customer_number"
    )
    rows = reader.rows(asked, [*bound, *places, size, (page - 1) * size])
    count = rows[0][0]
    if rows[0][1] is None and page > 1:
        page = max(1, -(-count // size))
        rows = reader.rows(asked, [*bound, *places, size, (page - 1) * size])
    listed = tuple(ChannelCustomer(*row[1:]) for row in rows if row[1] is not None)
    return ChannelCustomers(query, day, since, page, count, listed)


_ELSEWHERE = """
WITH uses AS (
  SELECT
    p.person_customer_number AS customer_number, a.agency_code, a.other_bank_code, a.attempted_on,
    count(*) OVER (PARTITION BY p.person_customer_number, a.agency_code, a.other_bank_code) AS bank_count
  FROM attempt_agency AS a
  INNER JOIN customer AS p ON p.customer_number = a.customer_number
  WHERE a.attempted_on >= ? AND a.attempted_on <= ? AND a.is_successful AND a.transaction_type NOT IN ('enquiry', 'log_in')
    AND a.channel_code IN ('atm', 'vtm', 'pos') AND a.agency_code IN ('own_at_own', 'issued_used_elsewhere')
),
elsewhere AS (
  SELECT
    u.customer_number, c.customer_kind, coalesce(c.home_organisation_code, 'none') AS organisation_code,
    count(*) FILTER (WHERE u.agency_code = 'issued_used_elsewhere') AS use_count, count(*) AS all_count,
    max(u.attempted_on) FILTER (WHERE u.agency_code = 'issued_used_elsewhere') AS last_on,
    max(struct_pack(n := u.bank_count, code := u.other_bank_code)) FILTER (WHERE u.agency_code = 'issued_used_elsewhere').code
      AS other_bank_code
  FROM uses AS u
  INNER JOIN customer AS c ON c.customer_number = u.customer_number
  GROUP BY u.customer_number, c.customer_kind, coalesce(c.home_organisation_code, 'none')
)"""


@dataclass(frozen=True, slots=True)
class ElsewhereOutlet:
    """One home outlet in the quarter: customers who used a card at a machine, and of these those who mostly used other banks'.

    `bank_code` is the bank whose machines those use most; `use_count` is how often they used other banks' machines.
    """

    organisation_code: str
    card_customer_count: int
    customer_count: int
    use_count: int
    bank_code: str | None


def elsewhere_by_outlet(reader: Reader, organisation: str | None, day: date) -> tuple[ElsewhereOutlet, ...]:
    """Return where those are at home who mostly use others' machines in the quarter up to `day`, the most of them first."""
    inside, bound = _inside("h.organisation_code", None if organisation is None else (organisation,))
    rows = reader.rows(
        f"{_ELSEWHERE} SELECT h.organisation_code, count(*), count(*) FILTER (WHERE h.use_count * 2 > h.all_count), "
        "coalesce(sum(h.use_count) FILTER (WHERE h.use_count * 2 > h.all_count), 0)::BIGINT, "
        "mode(h.other_bank_code ORDER BY h.other_bank_code) FILTER (WHERE h.use_count * 2 > h.all_count) "
        f"FROM elsewhere AS h WHERE {inside} GROUP BY h.organisation_code ORDER BY 3 DESC, h.organisation_code",
        [quarter_start(day), day, *bound],
    )
    return tuple(ElsewhereOutlet(*row) for row in rows)


def _inside(column: str, organisations: tuple[str, ...] | None) -> tuple[str, list[Any]]:
    if organisations is None:
        return "true", []
    if not organisations:
        return "false", []
    places = ", ".join("?" for _ in organisations)
    return f"{column} IN (SELECT organisation_code FROM organisation_closure WHERE ancestor_code IN ({places}))", [*organisations]
