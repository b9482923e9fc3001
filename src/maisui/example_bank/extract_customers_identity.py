"""Supplement feeds about identity and place: customer_identity, village_roster and outlet_profile."""

# ruff: noqa: PLR2004 (the odds, sizes and days of an invented bank are its content)

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from maisui.example_bank.bank import Bank
from maisui.example_bank.days import as_date, compact, is_month_end
from maisui.example_bank.duplicates import PASSPORT, passport_numbers
from maisui.example_bank.extract_deposits import slices
from maisui.example_bank.near_duplicates import SLIPS
from maisui.example_bank.population import Segment
from maisui.example_bank.randomness import stream
from maisui.example_bank.supplement_files import SupplementFolder
from maisui.example_bank.text_columns import ArrowText, glued, joined_text, number_text, word_text

_HOUSEHOLD, _VILLAGE = 3, 150
_GRADES = ("一级支行", "二级支行", "分理处")


def identity_columns(bank: Bank, day: int) -> dict[str, ArrowText]:
    """Every certificate that a person has shown by `day`, whatever the regulator's files say of it."""
    people = bank.population
    joined = np.arange(people.joined_by(day)[0])
    second = joined[people.same_kind[joined] == PASSPORT]
    second = np.r_[second, people.same_as[second]].astype(np.int64)
    owner = np.where(people.same_as[second] >= 0, people.same_as[second], second)
    has_only_passport = people.same_kind[joined] == PASSPORT
    is_blank = pc.call_function("equal", [people.true_certificates.take(pa.array(joined)), pa.scalar("")])
    first = joined[~has_only_passport & ~is_blank.to_numpy(zero_copy_only=False)]
    index = pa.array(np.r_[first, second])
    kind = np.r_[np.where(np.isin(people.near_kind[first], SLIPS), 2, 0), np.ones(len(second), int)]
    return {
        "customer_number": people.numbers.take(index),
        "customer_name": people.true_names.take(index),
        "certificate_type": word_text(("居民身份证", "护照", "户口簿"), kind),
        "certificate_number": pa.concat_arrays([people.true_certificates.take(pa.array(first)), passport_numbers(people, owner)]),
        "phone_number": people.phones.take(index),
    }


def outlet_position(bank: Bank, outlet: int) -> tuple[float, float]:
    """Return latitude and longitude of an outlet, in degrees."""
    return 27.1 + bank.county.place * 0.9 + outlet * 37 % 90 / 100, 103.2 + outlet * 53 % 90 / 100


class IdentityExtract:
    """Who customers really are and where they live, at the ends of quarters; outlets at the ends of months."""

    def __init__(self, bank: Bank, *, has_identities: bool) -> None:
        """Take the true names and certificates; without `has_identities` they come some other way."""
        self._bank = bank
        self._has_identities = has_identities
        self._names, self._certificates = bank.population.true_names, bank.population.true_certificates
        rural = np.flatnonzero(bank.population.segment[: bank.population.persons] <= Segment.MIGRANT)
        self._rural = rural[np.argsort(bank.population.area[rural], kind="stable")]
        area = bank.population.area[self._rural]
        self._rank = np.arange(len(area)) - np.searchsorted(area, area)

    def write(self, folder: SupplementFolder, day: int) -> None:
        """Write the files that are due on `day`."""
        is_last = day == self._bank.calendar.last_day
        if is_month_end(day) or is_last:
            self._write_outlets(folder, day)
            if as_date(day).month % 3 == 0 or is_last:
                if self._has_identities:
                    folder.write("customer_identity", day, identity_columns(self._bank, day))
                self._write_rosters(folder, day)

    def _write_rosters(self, folder: SupplementFolder, day: int) -> None:
        people = self._bank.population
        here = people.joined[self._rural] <= day
        lines = zip(slices(self._rural[here]), slices(self._rank[here]), strict=True)
        folder.write_batches("village_roster", day, (self._roster(living, rank) for living, rank in lines))
        if here.any():
            village = self._rank[here] // _HOUSEHOLD // _VILLAGE
            folder.write("village_position", day, self._positions(people.area[self._rural[here]].astype(np.int64), village))

    def _positions(self, area: np.ndarray, village: np.ndarray) -> dict[str, ArrowText | list[str]]:
        """Return where each village lies: within some fifteen kilometres of the outlet of its area."""
        bank = self._bank
        pairs = sorted(set(zip(area.tolist(), village.tolist(), strict=True)))
        draws = {
            outlet: stream(bank.seed, "village positions", outlet).random((int(village.max()) + 1, 2))
            for outlet in {one for one, _ in pairs}
        }
        spots = [(*outlet_position(bank, outlet), *draws[outlet][number]) for outlet, number in pairs]
        outlets, numbers = np.array([one for one, _ in pairs]), np.array([number for _, number in pairs])
        return {
            "village_code": joined_text("-", word_text(bank.organisations.codes, outlets), number_text(numbers, 3)),
            "latitude": [f"{latitude + (north - 0.5) * 0.27:.6f}" for latitude, _, north, _ in spots],
            "longitude": [f"{longitude + (east - 0.5) * 0.27:.6f}" for _, longitude, _, east in spots],
        }

    def _roster(self, living: np.ndarray, rank: np.ndarray) -> dict[str, ArrowText]:
        bank, people = self._bank, self._bank.population
        area = people.area[living]
        household, line = rank // _HOUSEHOLD, rank % _HOUSEHOLD
        village = household // _VILLAGE
        known = people.trait[living] < 0.8
        index = pa.array(living)
        officers = np.array([pool[0] if len(pool) else 0 for pool in bank.staff.officers])[people.org[living]]
        blank = pa.array([""] * len(living))
        return {
            "village_code": joined_text("-", word_text(bank.organisations.codes, area), number_text(village, 3)),
            "village_name": glued("第", number_text(village + 1), "村组"),
            "grid_code": glued("W", number_text(household // 30, 4)),
            "household_number": number_text(household + 1, 6),
            "member_line": number_text(line + 1),
            "member_name": self._names.take(index),
            "certificate_number": self._certificates.take(index),
            "customer_number": pc.call_function("if_else", [pa.array(known), people.numbers.take(index), blank]),
            "is_head": word_text(("否", "是"), (line == 0).astype(int)),
            "kin_to_head": word_text(("户主", "配偶", "子女"), line),
            "manager_number": word_text(bank.staff.numbers, officers),
        }

    def _write_outlets(self, folder: SupplementFolder, day: int) -> None:
        units, closing = self._bank.organisations, self._bank.closing
        outlets = [int(place) for place in units.outlets]
        is_closed = [place == closing.outlet and day >= closing.day for place in outlets]
        rank = [0 if units.urban[place] else 2 if "分理处" in units.names[place] else 1 for place in outlets]
        columns = {
            "organisation_code": [units.codes[place] for place in outlets],
            "grade_code": [_GRADES[grade] for grade in rank],
            "area_kind": [("城区", "镇区", "乡村")[grade] for grade in rank],
            "floor_area": [str(420 - 120 * grade + place % 7 * 10) for place, grade in zip(outlets, rank, strict=True)],
            "opens_at": ["08:30"] * len(outlets),
            "closes_at": [("17:30", "17:00", "16:30")[grade] for grade in rank],
            "latitude": [f"{outlet_position(self._bank, place)[0]:.6f}" for place in outlets],
            "longitude": [f"{outlet_position(self._bank, place)[1]:.6f}" for place in outlets],
            "catchment_households": [str(int(units.weights[place] * 60_000)) for place in outlets],
            "competitor_count": [str((5, 2, 0)[grade]) for grade in rank],
            "closed_on": [compact(closing.day) if gone else "" for gone in is_closed],
            "successor_code": [units.codes[closing.successor] if gone else "" for gone in is_closed],
        }
        folder.write("outlet_profile", day, columns)
