"""Who the customers are: segments, households' money, employers and the day on which each one joins."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pyarrow as pa

from maisui.example_bank.county import County
from maisui.example_bank.days import NO_DAY
from maisui.example_bank.duplicates import plant_duplicates
from maisui.example_bank.identity import citizen_numbers, company_names, credit_codes, person_names, phone_numbers
from maisui.example_bank.near_duplicates import plant_near_duplicates
from maisui.example_bank.organisations import Organisations
from maisui.example_bank.randomness import stream
from maisui.example_bank.scale import Calendar, Scale
from maisui.example_bank.text_columns import ArrowText, glued, number_text

CORPORATE_SHARE = 0.05


class Segment(IntEnum):
    """Walks of life; MICRO and above are corporate customers."""

    FARMER = 0
    MIGRANT = 1
    WAGE = 2
    SELF_EMPLOYED = 3
    RETIRED = 4
    STUDENT = 5
    MICRO = 6
    FIRM = 7
    COOPERATIVE = 8
    PUBLIC = 9


_SHARES = (0.38, 0.20, 0.17, 0.10, 0.10, 0.05)
_MEDIAN_WEALTH = (10_000, 11_500, 18_000, 27_000, 18_000, 2_000)
_MEDIAN_INCOME = (2_400, 3_800, 4_300, 5_200, 2_000, 1_000)
_CORPORATE_SHARES = (0.58, 0.26, 0.09, 0.07)
_CORPORATE_MEDIAN = (1.0, 4.5, 1.6, 14.0)
CORPORATE_TO_PERSONAL = 0.285
WEALTH_SPREAD = 1.5
_BIRTH_RANGE = ((1952, 2001), (1972, 2004), (1968, 2002), (1965, 2003), (1940, 1964), (2003, 2008))


@dataclass
class Population:
    """Customers by position: persons first (0 … persons-1), then organisations; each part ordered by joining day.

    `same_as` is the earlier customer whose identity a planted duplicate has, `same_kind` how (duplicates.KINDS), -1 for none;
    `near_as` and `near_kind` likewise for near-duplicates (near_duplicates.NEAR_KINDS). `recorded` is the certificate number on
    the customer's own record, `lives_with` whose address stands there.
    Money is in cents; `wealth` is what a customer keeps here at the start, `income` the monthly inflow.
    """

    persons: int
    segment: np.ndarray
    org: np.ndarray
    area: np.ndarray
    joined: np.ndarray
    wealth: np.ndarray
    income: np.ndarray
    risk: np.ndarray
    birth: np.ndarray
    male: np.ndarray
    employer: np.ndarray
    trait: np.ndarray
    first_credit: np.ndarray
    left: np.ndarray
    numbers: ArrowText
    names: ArrowText
    certificates: ArrowText
    phones: ArrowText
    same_as: np.ndarray
    same_kind: np.ndarray
    first_passport: int
    true_names: ArrowText
    true_certificates: ArrowText
    near_as: np.ndarray
    near_kind: np.ndarray
    lives_with: np.ndarray
    recorded: ArrowText
    is_deformed: bool = False

    @property
    def count(self) -> int:
        """Number of customers, persons and organisations, of the whole simulation."""
        return len(self.segment)

    def joined_by(self, day: int) -> tuple[int, int]:
        """How many persons and how many organisations have joined by the end of `day`."""
        persons = int(np.searchsorted(self.joined[: self.persons], day, side="right"))
        return persons, int(np.searchsorted(self.joined[self.persons :], day, side="right"))


def _joining_days(rng: np.random.Generator, count: int, calendar: Calendar) -> np.ndarray:
    early = rng.random(count) < 0.90
    before = calendar.first_day - 1 - rng.integers(0, 15 * 365, count)
    later = rng.integers(calendar.first_day, calendar.last_day + 1, count)
    return np.sort(np.where(early, before, later)).astype(np.int32)


def _wealth_draw(rng: np.random.Generator, count: int) -> np.ndarray:
    """Log-normal factors with a Pareto tail, cut so that one customer never is the bank."""
    factor = np.exp(WEALTH_SPREAD * rng.standard_normal(count))
    rich = rng.random(count) < 0.01
    factor = np.where(rich, 20 * (1 + rng.pareto(2.2, count)), factor)
    return np.minimum(factor, 150.0)


def _spread(rng: np.random.Generator, organisations: Organisations, urban_pull: np.ndarray) -> np.ndarray:
    """A holding outlet for each customer; `urban_pull` > 1 draws towards urban outlets."""
    outlets = organisations.outlets
    weights = organisations.weights[outlets]
    rural = np.cumsum(weights)
    towns = np.cumsum(weights * np.where(organisations.urban[outlets], 4.0, 1.0))
    draw = rng.random(len(urban_pull))
    rural_place = np.searchsorted(rural / rural[-1], draw)
    town_place = np.searchsorted(towns / towns[-1], draw)
    return outlets[np.where(urban_pull > 1, town_place, rural_place)].astype(np.int16)


def _birth_days(rng: np.random.Generator, segment: np.ndarray) -> np.ndarray:
    years = np.array(_BIRTH_RANGE)[segment]
    first = (np.asarray(years[:, 0] - 1970).astype("datetime64[Y]")).astype("datetime64[D]").astype(np.int64)
    span = (years[:, 1] - years[:, 0]) * 365
    return first + (rng.random(len(segment)) * span).astype(np.int64)


def settle_population(scale: Scale, county: County, organisations: Organisations, calendar: Calendar, seed: int) -> Population:
    """Draw every customer of the simulation, those who join later included."""
    rng = stream(seed, "population")
    organs = max(12, int(scale.customers * CORPORATE_SHARE))
    persons = scale.customers - organs
    who = rng.choice(6, persons, p=_SHARES)
    kind = 6 + rng.choice(4, organs, p=_CORPORATE_SHARES)
    kind[: min(4, organs)] = (Segment.PUBLIC, Segment.FIRM, Segment.COOPERATIVE, Segment.MICRO)[: min(4, organs)]
    segment = np.r_[who, kind].astype(np.int8)
    joined = np.r_[_joining_days(rng, persons, calendar), _joining_days(rng, organs, calendar)]
    wealth = np.array(_MEDIAN_WEALTH)[who] * 100 * _wealth_draw(rng, persons)
    corporate = np.array(_CORPORATE_MEDIAN)[kind - 6] * np.minimum(np.exp(1.1 * rng.standard_normal(organs)), 5.0)
    corporate *= wealth.sum() * CORPORATE_TO_PERSONAL / corporate.sum()
    income = np.array(_MEDIAN_INCOME)[who] * 100 * np.exp(0.45 * rng.standard_normal(persons))
    income *= np.clip(wealth / (np.array(_MEDIAN_WEALTH)[who] * 100), 0.2, 40) ** 0.45
    turnover = corporate * 0.75
    urban_pull = np.where(np.isin(segment, (Segment.WAGE, Segment.SELF_EMPLOYED, Segment.FIRM, Segment.PUBLIC)), 2, 1)
    birth = np.r_[_birth_days(rng, who), np.zeros(organs, np.int64)]
    male = np.r_[rng.integers(0, 2, persons), np.zeros(organs, np.int64)]
    employers = persons + np.flatnonzero((kind != Segment.MICRO) & (joined[persons:] < calendar.first_day))
    employer = np.full(scale.customers, -1, np.int32)
    paid = np.flatnonzero(who == Segment.WAGE)
    known = rng.random(len(paid)) < 0.6
    employer[paid[known]] = employers[rng.integers(0, len(employers), int(known.sum()))]
    heads = np.select([kind == Segment.COOPERATIVE, kind == Segment.PUBLIC], [1, 2], 0)
    endings = np.select([kind == Segment.MICRO, kind == Segment.FIRM, kind == Segment.COOPERATIVE], [0, 1, 2], 3)
    names = pa.concat_arrays([person_names(rng, persons), company_names(rng, county, endings)])
    personal_id = citizen_numbers(rng, county, birth[:persons], male[:persons])
    corporate_id = credit_codes(county, heads, 10_000_019 + np.arange(organs, dtype=np.int64) * 37)
    org = _spread(rng, organisations, urban_pull)
    people = Population(
        persons=persons,
        segment=segment,
        org=org,
        area=org.copy(),
        joined=joined,
        wealth=np.r_[wealth, corporate].astype(np.int64),
        income=np.maximum(np.r_[income, turnover], 20_000).astype(np.int64),
        risk=rng.beta(1.6, 6.0, scale.customers),
        birth=birth,
        male=male,
        employer=employer,
        trait=rng.random(scale.customers),
        first_credit=np.full(scale.customers, NO_DAY, np.int32),
        left=np.full(scale.customers, NO_DAY, np.int32),
        numbers=pa.concat_arrays(
            [
                glued("1", number_text(county.customer_serial + np.arange(1, persons + 1), 11)),
                glued("2", number_text(county.customer_serial + np.arange(1, organs + 1), 11)),
            ]
        ),
        names=names,
        certificates=pa.concat_arrays([personal_id, corporate_id]),
        phones=phone_numbers(scale.customers, county.customer_phones),
        same_as=np.full(scale.customers, -1, np.int32),
        same_kind=np.full(scale.customers, -1, np.int8),
        first_passport=county.first_passport,
        true_names=names,
        true_certificates=names,
        near_as=np.full(scale.customers, -1, np.int32),
        near_kind=np.full(scale.customers, -1, np.int8),
        lives_with=np.arange(scale.customers),
        recorded=names,
    )
    plant_duplicates(people, seed)
    people.recorded = people.certificates
    plant_near_duplicates(people, seed, calendar.first_day)
    people.true_names, people.true_certificates = people.names, people.recorded
    return people
