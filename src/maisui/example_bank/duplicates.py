"""Planted duplicates: persons who got a second customer number, and namesakes who look like one and are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from maisui.example_bank.deformation import deformed_numbers
from maisui.example_bank.near_duplicates import SLIPS
from maisui.example_bank.randomness import stream
from maisui.example_bank.text_columns import ArrowTable, ArrowText, glued, number_text, word_text

if TYPE_CHECKING:
    from maisui.example_bank.population import Population

KINDS = ("same certificate", "temporary certificate", "written differently", "passport", "namesake")
SAME, TEMPORARY, WRITTEN, PASSPORT, NAMESAKE = range(5)


def passport_numbers(people: Population, customers: np.ndarray) -> ArrowText:
    """The passport of each customer, for those who show one."""
    return glued("E", number_text((people.first_passport + customers.astype(np.int64)) * 7_919 % 90_000_000 + 10_000_000, 8))


def plant_duplicates(people: Population, seed: int) -> None:
    """Give some later customers the identity of an earlier one; others share only name and telephone with one."""
    rng = stream(seed, "duplicates")
    pairs = max(10, people.persons * 8 // 1_000)
    chosen = rng.permutation(people.persons)[: pairs * 2].reshape(pairs, 2)
    older, newer = chosen.min(axis=1), chosen.max(axis=1)
    kind = np.arange(pairs) % len(KINDS)
    people.same_as[newer] = older
    people.same_kind[newer] = kind
    takes = np.arange(people.count)
    takes[newer] = older
    index = pa.array(takes)
    people.names, people.phones = people.names.take(index), people.phones.take(index)
    real = people.same_kind != NAMESAKE
    people.certificates = people.certificates.take(pa.array(np.where(real, takes, np.arange(people.count))))
    people.birth[:] = np.where(real, people.birth[takes], people.birth)
    people.male[:] = np.where(real, people.male[takes], people.male)


def recorded_type(people: Population, customers: np.ndarray) -> ArrowText:
    """The certificate type that stands on each person's customer record."""
    kind, has_slip = people.same_kind[customers], np.isin(people.near_kind[customers], SLIPS)
    words = ("居民身份证", "临时居民身份证", "护照", "户口簿")
    return word_text(words, np.select([kind == TEMPORARY, kind == PASSPORT, has_slip], [1, 2, 3], 0))


def recorded_number(people: Population, customers: np.ndarray) -> ArrowText:
    """The certificate number on each person's customer record, now and then with a small x or another certificate."""
    numbers = people.recorded.take(pa.array(customers))
    kind = people.same_kind[customers]
    small = pc.call_function("utf8_lower", [numbers])
    passports = passport_numbers(people, np.where(people.same_as[customers] >= 0, people.same_as[customers], customers))
    if people.is_deformed:
        passports = deformed_numbers(passports)
    number = pc.call_function("if_else", [pa.array(kind == WRITTEN), small, numbers])
    return pc.call_function("if_else", [pa.array(kind == PASSPORT), passports, number])


def duplicate_table(people: Population) -> ArrowTable:
    """The truth: each planted number, the older one it belongs to or resembles, how, and whether it is the same person."""
    newer = np.flatnonzero(people.same_as >= 0)
    return pa.table({
        "customer_number": people.numbers.take(pa.array(newer)),
        "same_as": people.numbers.take(pa.array(people.same_as[newer])),
        "kind": word_text(KINDS, people.same_kind[newer]),
        "is_same_person": pa.array(people.same_kind[newer] != NAMESAKE),
        "joined": pa.array(people.joined[newer], pa.int32()).cast(pa.date32()),
    })  # fmt: skip
