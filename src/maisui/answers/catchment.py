"""Whom each outlet draws: where its customers' villages lie, which outlet is nearest to them, and where they do their business.

Distances are as the crow flies between the middle of a village and an outlet; only customers of villages with a position are measured.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.warehouse.reader import Reader


@dataclass(frozen=True, slots=True)
class Nearness:
    """Customers at home at one outlet to whom another (or the same) is nearest, with the sums of both distances in kilometres."""

    home_code: str
    nearest_code: str
    customer_count: int
    home_km: Decimal | None
    nearest_km: Decimal


@dataclass(frozen=True, slots=True)
class Crossing:
    """Transactions of customers of one outlet that another (or the same) handled."""

    holding_code: str
    handling_code: str
    transaction_count: int


@dataclass(frozen=True, slots=True)
class PeopleOfHome:
    """Persons at home at one outlet, those of them whose village is known, and those whose village has a position."""

    home_code: str | None
    customer_count: int
    village_count: int
    placed_count: int


@dataclass(frozen=True, slots=True)
class CatchmentCells:
    """What is known of every outlet of the bank, from which `catchment` is cut for some of them."""

    people: tuple[PeopleOfHome, ...]
    nearness: tuple[Nearness, ...]
    crossings: tuple[Crossing, ...]


@dataclass(frozen=True, slots=True)
class Catchment:
    """What is known: persons in all, those of a known village, those of a village with a position, and where they are drawn."""

    customer_count: int
    village_count: int
    placed_count: int
    nearness: tuple[Nearness, ...]
    crossings: tuple[Crossing, ...]


_NEAREST = """
WITH people AS (
  SELECT c.person_customer_number AS person_number, max(h.home_organisation_code) AS home_code, max(m.village_code) AS village_code
  FROM customer AS c
  INNER JOIN customer AS h ON h.customer_number = c.person_customer_number
  LEFT JOIN household_member AS m
    ON m.customer_number = c.customer_number AND m.valid_from <= ? AND (m.valid_until IS NULL OR m.valid_until > ?)
  WHERE c.customer_kind = 'personal'
  GROUP BY c.person_customer_number
),
villages AS (
  SELECT village_code, latitude, longitude FROM village_position_snapshot WHERE reported_on <= ?
  QUALIFY row_number() OVER (PARTITION BY village_code ORDER BY reported_on DESC) = 1
),
outlets AS (
  SELECT organisation_code, latitude, longitude, closed_on FROM outlet_profile_snapshot
  WHERE reported_on <= ? AND latitude IS NOT NULL AND longitude IS NOT NULL
  QUALIFY row_number() OVER (PARTITION BY organisation_code ORDER BY reported_on DESC) = 1
),
ways AS (
  SELECT
    v.village_code, o.organisation_code, o.closed_on IS NULL OR o.closed_on > ? AS is_open,
    (2 * 6371.0 * asin(sqrt(
      pow(sin(radians(v.latitude - o.latitude) / 2), 2)
      + cos(radians(v.latitude)) * cos(radians(o.latitude)) * pow(sin(radians(v.longitude - o.longitude) / 2), 2)
    )))::DECIMAL(12,3) AS km
  FROM villages AS v
  CROSS JOIN outlets AS o
),
nearest AS (
  SELECT village_code, organisation_code, km FROM ways WHERE is_open
  QUALIFY row_number() OVER (PARTITION BY village_code ORDER BY km, organisation_code) = 1
)"""


def catchment_cells(reader: Reader, first_day: date, day: date) -> CatchmentCells:
    """Return whom every outlet draws on a day, and where its customers' transactions between two days were handled."""
    rows = reader.rows(
        f"{_NEAREST} SELECT p.home_code, n.organisation_code, count(*), count(p.village_code), "
        "CASE WHEN count(w.km) = count(*) THEN sum(w.km) END, sum(n.km) "
        "FROM people AS p LEFT JOIN nearest AS n ON n.village_code = p.village_code "
        "LEFT JOIN ways AS w ON w.village_code = p.village_code AND w.organisation_code = p.home_code GROUP BY ALL ORDER BY ALL",
        [day] * 5,
    )
    people: dict[str | None, list[int]] = {}
    near: list[Nearness] = []
    for home, nearest, count, of_village, home_km, nearest_km in rows:
        known = people.setdefault(home, [0, 0, 0])
        for at, more in enumerate((count, of_village, 0 if nearest is None else count)):
            known[at] += more
        if nearest is not None:
            near.append(Nearness(home, nearest, count, home_km, nearest_km))
    crossed = reader.rows(
        "SELECT organisation_code, handling_organisation_code, sum(transaction_count)::BIGINT FROM channel_day "
        "WHERE business_date >= ? AND business_date <= ? AND account_kind = 'deposit' AND NOT is_bank_initiated "
        "AND channel_code IN ('counter', 'atm', 'vtm') AND handling_organisation_code <> 'none' "
        "GROUP BY ALL HAVING sum(transaction_count) > 0 ORDER BY ALL",
        [first_day, day],
    )
    return CatchmentCells(
        tuple(PeopleOfHome(home, *counts) for home, counts in people.items()), tuple(near), tuple(Crossing(*row) for row in crossed)
    )


def catchment(cells: CatchmentCells, outlets: Collection[str] | None) -> Catchment:
    """Return what `cells` say of the customers at home at `outlets`; None is the whole bank."""

    def inside(code: str | None) -> bool:
        return outlets is None or code in outlets

    people = [one for one in cells.people if inside(one.home_code)]
    return Catchment(
        sum(one.customer_count for one in people),
        sum(one.village_count for one in people),
        sum(one.placed_count for one in people),
        tuple(one for one in cells.nearness if inside(one.home_code)),
        tuple(one for one in cells.crossings if inside(one.holding_code)),
    )
