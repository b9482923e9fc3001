"""How customers take electronic channels up after they came, cohort by cohort, and who has used each channel lately.

A person stands at his home outlet of today; numbers that were merged are one person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any

from maisui.warehouse.reader import Reader

HORIZONS = (1, 3, 6, 12)
"""Months after the cohort's month by which it is asked who has begun."""
WINDOWS = (30, 90, 180)
"""Days within which somebody must have been there to be an active user."""
MOBILE = ("mobile_bank",)
ELECTRONIC = ("mobile_bank", "internet_bank", "telephone_bank", "third_party")


class CohortBasis(StrEnum):
    """What makes a cohort: the month of the first account, or the first month in which a channel was used."""

    OPENED = "opened"
    ACTIVE = "active"


@dataclass(frozen=True, slots=True)
class Adoption:
    """One cohort or outlet: of `sizes` customers whose time has come, how many had begun by each horizon; in the order of `HORIZONS`."""

    code: str
    size: int
    sizes: tuple[int, ...]
    begun: tuple[int, ...]

    @property
    def shares(self) -> tuple[Decimal | None, ...]:
        """Return the share by each horizon; None where no cohort is old enough."""
        return tuple(
            (Decimal(begun) / size).quantize(Decimal("0.000001"), ROUND_HALF_UP) if size else None
            for size, begun in zip(self.sizes, self.begun, strict=True)
        )


@dataclass(frozen=True, slots=True)
class ChannelAdoption:
    """Cohorts by month, oldest first, and all of them by home outlet; `last_month` is the last whole month."""

    last_month: date
    cohorts: tuple[Adoption, ...]
    outlets: tuple[Adoption, ...]


@dataclass(frozen=True, slots=True)
class ActiveUsers:
    """One channel (`all` for any of them): customers active within each of `WINDOWS`, and of these by logging in alone."""

    channel_code: str
    counts: tuple[int, ...]
    log_in_only: tuple[int, ...]


_COHORTS = """
WITH people AS (
  SELECT c.person_customer_number AS person_number, date_trunc('month', min(a.opened_on))::DATE AS opened_month
  FROM (SELECT customer_number, min(opened_on) AS opened_on FROM account WHERE account_kind = 'deposit' GROUP BY customer_number) AS a
  INNER JOIN customer AS c ON c.customer_number = a.customer_number
  WHERE c.customer_kind = 'personal'
  GROUP BY c.person_customer_number
),
months AS (
  SELECT
    customer_number, min(month_start) AS active_month, min(month_start) FILTER (WHERE list_contains(?, channel_code)) AS begun_month
  FROM customer_channel_month WHERE month_start <= ? GROUP BY customer_number
),
used AS (
  SELECT
    coalesce(p.person_customer_number, m.customer_number) AS person_number, min(m.active_month) AS active_month,
    min(m.begun_month) AS begun_month
  FROM months AS m
  LEFT JOIN customer AS p ON p.customer_number = m.customer_number
  GROUP BY coalesce(p.person_customer_number, m.customer_number)
),
began AS (
  SELECT min(month_start) AS first_month FROM calendar_day
),
members AS (
  SELECT
    p.person_number, coalesce(h.home_organisation_code, 'none') AS organisation_code,
    {month} AS cohort_month, u.begun_month
  FROM people AS p
  LEFT JOIN used AS u ON u.person_number = p.person_number
  LEFT JOIN customer AS h ON h.customer_number = p.person_number
)
SELECT
  m.organisation_code, m.cohort_month, greatest(date_diff('month', m.cohort_month, m.begun_month), 0) AS months, count(*)
FROM members AS m
CROSS JOIN began AS b
WHERE m.cohort_month {since} b.first_month AND m.cohort_month <= ? AND {inside}
GROUP BY ALL ORDER BY ALL
"""


def channel_adoption(
    reader: Reader, organisation: str | None, day: date, basis: CohortBasis, channels: tuple[str, ...] = MOBILE
) -> ChannelAdoption:
    """Return how many customers of each cohort had begun to use one of `channels` so many months later.

    Who was active in the first month of the data may have been active before: that month is no cohort of `CohortBasis.ACTIVE`.
    """
    last = last_whole_month(day)
    inside, bound = _inside("m.organisation_code", organisation)
    month, since = ("p.opened_month", ">=") if basis is CohortBasis.OPENED else ("u.active_month", ">")
    rows = reader.rows(_COHORTS.format(month=month, since=since, inside=inside), [list(channels), last, last, *bound])
    by_month: dict[date, list[tuple[date, int | None, int]]] = defaultdict(list)
    by_outlet: dict[str, list[tuple[date, int | None, int]]] = defaultdict(list)
    for outlet, cohort, months, count in rows:
        by_month[cohort].append((cohort, months, count))
        by_outlet[outlet].append((cohort, months, count))
    return ChannelAdoption(
        last,
        tuple(_adoption(f"{cohort:%Y-%m}", found, last) for cohort, found in sorted(by_month.items())),
        tuple(_adoption(outlet, found, last) for outlet, found in sorted(by_outlet.items())),
    )


def last_whole_month(day: date) -> date:
    """Return the first day of the last month that has ended on or before `day`."""
    first = (day + timedelta(days=1)).replace(day=1)
    return (first - timedelta(days=1)).replace(day=1)


def _adoption(code: str, found: Iterable[tuple[date, int | None, int]], last: date) -> Adoption:
    """Return who has begun by each horizon, of the cohorts that have come so far."""
    sizes, begun, whole = [0] * len(HORIZONS), [0] * len(HORIZONS), 0
    for cohort, months, count in found:
        whole += count
        age = (last.year - cohort.year) * 12 + last.month - cohort.month
        for place, horizon in enumerate(HORIZONS):
            if age >= horizon:
                sizes[place] += count
                begun[place] += count if months is not None and months <= horizon else 0
    return Adoption(code, whole, tuple(sizes), tuple(begun))


def active_users(reader: Reader, organisation: str | None, day: date) -> tuple[ActiveUsers, ...]:
    """Return who used each channel within 30, 90 and 180 days up to `day`, by a transaction of his own or by logging in.

    Who made a transaction that was taken back was there all the same. Log-ins come from the channel log;
    without one only transactions count.
    """
    inside, bound = _inside("coalesce(h.home_organisation_code, 'none')", organisation)
    starts = {f"since_{days}": day - timedelta(days=days) for days in WINDOWS}
    query = _ACTIVE.format(inside=inside, **{name: f"DATE '{start}'" for name, start in starts.items()})
    first = min(starts.values())
    rows = reader.rows(query, [first, day, first, day, *bound])
    return tuple(ActiveUsers(channel, tuple(counts[:3]), tuple(counts[3:])) for channel, *counts in rows)


_ACTIVE = """
WITH uses AS (
  SELECT customer_number, channel_code, max(posted_on) AS moved_on, CAST(NULL AS DATE) AS entered_on
  FROM account_transaction
  WHERE account_kind = 'deposit' AND NOT is_bank_initiated AND NOT is_reversal AND customer_number IS NOT NULL
    AND posted_on > ? AND posted_on <= ?
  GROUP BY customer_number, channel_code
  UNION ALL
  SELECT customer_number, channel_code, CAST(NULL AS DATE), max(attempted_on)
  FROM attempt_agency
  WHERE transaction_type = 'log_in' AND is_successful AND customer_number IS NOT NULL AND attempted_on > ? AND attempted_on <= ?
  GROUP BY customer_number, channel_code
),
people AS MATERIALIZED (
  SELECT
    coalesce(c.person_customer_number, u.customer_number) AS person_number, u.channel_code, max(u.moved_on) AS moved_on,
    max(u.entered_on) AS entered_on
  FROM uses AS u
  LEFT JOIN customer AS c ON c.customer_number = u.customer_number
  LEFT JOIN customer AS h ON h.customer_number = coalesce(c.person_customer_number, u.customer_number)
  WHERE {inside}
  GROUP BY coalesce(c.person_customer_number, u.customer_number), u.channel_code
),
each AS (
  SELECT channel_code, moved_on, entered_on FROM people
  UNION ALL
  SELECT 'all', max(moved_on), max(entered_on) FROM people GROUP BY person_number
)
SELECT
  channel_code,
  count(*) FILTER (WHERE moved_on > {since_30} OR entered_on > {since_30}),
  count(*) FILTER (WHERE moved_on > {since_90} OR entered_on > {since_90}),
  count(*) FILTER (WHERE moved_on > {since_180} OR entered_on > {since_180}),
  count(*) FILTER (WHERE entered_on > {since_30} AND coalesce(moved_on <= {since_30}, true)),
  count(*) FILTER (WHERE entered_on > {since_90} AND coalesce(moved_on <= {since_90}, true)),
  count(*) FILTER (WHERE entered_on > {since_180} AND coalesce(moved_on <= {since_180}, true))
FROM each GROUP BY channel_code ORDER BY channel_code
"""


def _inside(column: str, organisation: str | None) -> tuple[str, list[Any]]:
    if organisation is None:
        return "true", []
    return f"{column} IN (SELECT organisation_code FROM organisation_closure WHERE ancestor_code = ?)", [organisation]
