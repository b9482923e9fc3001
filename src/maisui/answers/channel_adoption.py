"""How customers take electronic channels up after they came, cohort by cohort, and who has used each channel lately.

A person stands at his home outlet of today; numbers that were merged are one person.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

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
class AdoptionCell:
    """One cohort of one home outlet, of the month that begins on `cohort`; counts as in `Adoption`."""

    organisation_code: str
    cohort: date
    size: int
    sizes: tuple[int, ...]
    begun: tuple[int, ...]


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
WHERE m.cohort_month {since} b.first_month AND m.cohort_month <= ?
GROUP BY ALL ORDER BY ALL
"""


def adoption_cells(reader: Reader, day: date, basis: CohortBasis, channels: tuple[str, ...] = MOBILE) -> tuple[AdoptionCell, ...]:
    """Return for every cohort of every home outlet how many had begun to use one of `channels` so many months later.

    Who was active in the first month of the data may have been active before: that month is no cohort of `CohortBasis.ACTIVE`.
    """
    last = last_whole_month(day)
    month, since = ("p.opened_month", ">=") if basis is CohortBasis.OPENED else ("u.active_month", ">")
    found: dict[tuple[str, date], list[tuple[int | None, int]]] = defaultdict(list)
    for outlet, cohort, months, count in reader.rows(_COHORTS.format(month=month, since=since), [list(channels), last, last]):
        found[outlet, cohort].append((months, count))
    return tuple(_cell(outlet, cohort, those, last) for (outlet, cohort), those in sorted(found.items()))


def channel_adoption(cells: Iterable[AdoptionCell], outlets: Collection[str] | None, day: date) -> ChannelAdoption:
    """Return what `cells` of `day` say of the customers at home at `outlets`; None is the whole bank."""
    by_month: dict[str, list[AdoptionCell]] = defaultdict(list)
    by_outlet: dict[str, list[AdoptionCell]] = defaultdict(list)
    for cell in cells:
        if outlets is None or cell.organisation_code in outlets:
            by_month[f"{cell.cohort:%Y-%m}"].append(cell)
            by_outlet[cell.organisation_code].append(cell)
    return ChannelAdoption(
        last_whole_month(day),
        tuple(_added_up(month, those) for month, those in sorted(by_month.items())),
        tuple(_added_up(outlet, those) for outlet, those in sorted(by_outlet.items())),
    )


def last_whole_month(day: date) -> date:
    """Return the first day of the last month that has ended on or before `day`."""
    first = (day + timedelta(days=1)).replace(day=1)
    return (first - timedelta(days=1)).replace(day=1)


def _cell(outlet: str, cohort: date, found: Iterable[tuple[int | None, int]], last: date) -> AdoptionCell:
    """Return who has begun by each horizon that has come; `found` are months until the beginning (None: never) with their customers."""
    age, counted = (last.year - cohort.year) * 12 + last.month - cohort.month, list(found)
    size = sum(count for _, count in counted)
    begun = (sum(count for months, count in counted if months is not None and months <= horizon) for horizon in HORIZONS)
    return AdoptionCell(
        outlet,
        cohort,
        size,
        tuple(size if age >= horizon else 0 for horizon in HORIZONS),
        tuple(count if age >= horizon else 0 for horizon, count in zip(HORIZONS, begun, strict=True)),
    )


def _added_up(code: str, cells: Iterable[AdoptionCell]) -> Adoption:
    those = list(cells)
    return Adoption(code, sum(one.size for one in those), _sums(one.sizes for one in those), _sums(one.begun for one in those))


def _sums(rows: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*rows, strict=True))


def active_cells(reader: Reader, day: date) -> tuple[tuple[str, ActiveUsers], ...]:
    """Return for every home outlet who used each channel within 30, 90 and 180 days up to `day`, by a transaction of his own or a log-in.

    Who made a transaction that was taken back was there all the same. Log-ins come from the channel log;
    without one only transactions count.
    """
    starts = {f"since_{days}": day - timedelta(days=days) for days in WINDOWS}
    query = _ACTIVE.format(**{name: f"DATE '{start}'" for name, start in starts.items()})
    first = min(starts.values())
    rows = reader.rows(query, [first, day, first, day])
    return tuple((outlet, ActiveUsers(channel, tuple(counts[:3]), tuple(counts[3:]))) for outlet, channel, *counts in rows)


def active_users(cells: Iterable[tuple[str, ActiveUsers]], outlets: Collection[str] | None) -> tuple[ActiveUsers, ...]:
    """Return what `cells` say of the customers at home at `outlets`, channel by channel; None is the whole bank."""
    by_channel: dict[str, list[ActiveUsers]] = defaultdict(list)
    for outlet, one in cells:
        if outlets is None or outlet in outlets:
            by_channel[one.channel_code].append(one)
    return tuple(
        ActiveUsers(code, _sums(one.counts for one in those), _sums(one.log_in_only for one in those))
        for code, those in sorted(by_channel.items())
    )


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
    coalesce(c.person_customer_number, u.customer_number) AS person_number, u.channel_code,
    max(coalesce(h.home_organisation_code, 'none')) AS organisation_code, max(u.moved_on) AS moved_on, max(u.entered_on) AS entered_on
  FROM uses AS u
  LEFT JOIN customer AS c ON c.customer_number = u.customer_number
  LEFT JOIN customer AS h ON h.customer_number = coalesce(c.person_customer_number, u.customer_number)
  GROUP BY coalesce(c.person_customer_number, u.customer_number), u.channel_code
),
each AS (
  SELECT organisation_code, channel_code, moved_on, entered_on FROM people
  UNION ALL
  SELECT max(organisation_code), 'all', max(moved_on), max(entered_on) FROM people GROUP BY person_number
)
SELECT
  organisation_code, channel_code,
  count(*) FILTER (WHERE moved_on > {since_30} OR entered_on > {since_30}),
  count(*) FILTER (WHERE moved_on > {since_90} OR entered_on > {since_90}),
  count(*) FILTER (WHERE moved_on > {since_180} OR entered_on > {since_180}),
  count(*) FILTER (WHERE entered_on > {since_30} AND coalesce(moved_on <= {since_30}, true)),
  count(*) FILTER (WHERE entered_on > {since_90} AND coalesce(moved_on <= {since_90}, true)),
  count(*) FILTER (WHERE entered_on > {since_180} AND coalesce(moved_on <= {since_180}, true))
FROM each GROUP BY organisation_code, channel_code ORDER BY organisation_code, channel_code
"""
