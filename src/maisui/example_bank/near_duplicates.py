"""Planted near-duplicates: later numbers of one person that no certificate gives away, and look-alikes who are other people.

Their recorded certificates have a slip of the keyboard or are missing, so that equal certificates do not merge them. They are
drawn apart from everything else, among walks of life that stand in no village roster and no guarantee ring.
"""

# ruff: noqa: PLR2004 (the odds and places of an invented bank are its content)

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from maisui.example_bank.days import NO_DAY
from maisui.example_bank.identity import GIVEN, check_letter
from maisui.example_bank.randomness import stream
from maisui.example_bank.text_columns import ArrowTable, word_text

if TYPE_CHECKING:
    from maisui.example_bank.population import Population

NEAR_KINDS = ("mistyped digit", "swapped digits", "no certificate", "similar character", "traditional character", "moved",
              "no birthday", "twin", "twin without certificate", "namesake of the place", "child at home")  # fmt: skip
(MISTYPED, SWAPPED, MISSING, SIMILAR, TRADITIONAL, MOVED, UNBORN, TWIN, BARE_TWIN, NAMESAKE, CHILD) = range(11)
SLIPS = (MISTYPED, SWAPPED, SIMILAR, TRADITIONAL, MOVED, UNBORN)
"""The kinds whose number was typed from the household register, whose check digit nobody looks at."""
_OTHER_PEOPLE = (TWIN, BARE_TWIN, NAMESAKE, CHILD)
_WALKS = (2, 4, 5)
"""Wage earners, retired people and students (population.Segment)."""
_STUDENT = 5
_TRADITIONAL = dict(zip("张刘陈杨黄赵吴孙马罗郑谢许韩冯邓萧叶苏吕钟谭陆贾丽强军艳杰涛刚华兰红国晓东云飞义荣庆陽",
                        "張劉陳楊黃趙吳孫馬羅鄭謝許韓馮鄧蕭葉蘇呂鍾譚陸賈麗強軍豔傑濤剛華蘭紅國曉東雲飛義榮慶陽", strict=True))  # fmt: skip
_SIMILAR = dict(
    zip(
        "伟芳娜静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红春梅建国志文俊晓东海云飞林峰山川麦穗秋雨雪晨光荣福贵生德宏宇婷欣怡佳慧",
        "玮方那靖莉蔷雷君阳永燕洁鹃韬铭朝绣侠萍钢贵瑛花钰岚虹椿玫健果智雯峻小冬浩芸非霖锋珊钏迈惠邱羽薛辰广蓉富桂升得洪雨亭新宜家惠",
        strict=True,
    )
)


def plant_near_duplicates(people: Population, seed: int, first_day: int) -> None:
    """Give some later customers the identity of an earlier one with slips; others only look alike."""
    rng = stream(seed, "near duplicates")
    older, newer = _pairs(people, rng, first_day)
    kind = np.arange(len(newer)) % len(NEAR_KINDS)
    people.near_as[newer], people.near_kind[newer] = older, kind
    names, certificates, recorded = (people.names.to_pylist(), people.certificates.to_pylist(), people.recorded.to_pylist())
    given = set(certificates)
    for new, old, how in zip(newer.tolist(), older.tolist(), kind.tolist(), strict=True):
        names[new] = _name(rng, names[old], names[new], how)
        if how == TWIN:
            certificates[new] = recorded[new] = _twin_number(certificates[old], given)
            given.add(certificates[new])
        elif how not in _OTHER_PEOPLE:
            certificates[new] = certificates[old]
        if how != TWIN:
            recorded[new] = _slip(rng, certificates[old], how)
    people.names, people.certificates, people.recorded = pa.array(names), pa.array(certificates), pa.array(recorded)
    alike = ~np.isin(kind, (NAMESAKE, CHILD))
    people.birth[newer[alike]] = people.birth[older[alike]]
    people.birth[newer[kind == UNBORN]] = NO_DAY
    people.male[newer[alike]] = people.male[older[alike]]
    stays = kind != MOVED
    people.lives_with[newer[stays]] = older[stays]
    takes = np.arange(people.count)
    keeps_phone = np.isin(kind, (MISTYPED, MISSING, SIMILAR, UNBORN, TWIN, BARE_TWIN, CHILD))
    takes[newer[keeps_phone]] = older[keeps_phone]
    people.phones = people.phones.take(pa.array(takes))


def near_duplicate_table(people: Population) -> ArrowTable:
    """The truth: each planted number, the older one it resembles, how, and whether it is the same person."""
    newer = np.flatnonzero(people.near_as >= 0)
    kind = people.near_kind[newer]
    return pa.table({
        "customer_number": people.numbers.take(pa.array(newer)),
        "resembles": people.numbers.take(pa.array(people.near_as[newer])),
        "kind": word_text(NEAR_KINDS, kind),
        "is_same_person": pa.array(~np.isin(kind, _OTHER_PEOPLE)),
        "joined": pa.array(people.joined[newer], pa.int32()).cast(pa.date32()),
    })  # fmt: skip


def _pairs(people: Population, rng: np.random.Generator, first_day: int) -> tuple[np.ndarray, np.ndarray]:
    """Return older and newer numbers of one walk of life, nobody twice and none with an exact duplicate."""
    place = np.arange(people.persons)
    free = people.same_as[: people.persons] < 0
    free[people.same_as[people.same_as >= 0]] = False
    segment, joined = people.segment[: people.persons], people.joined[: people.persons]
    is_late = (place >= people.persons // 2) & ((segment == _STUDENT) | (joined >= first_day))
    older, newer = [], []
    for walk in _WALKS:
        late = rng.permutation(np.flatnonzero(free & is_late & (segment == walk)))
        early = rng.permutation(np.flatnonzero(free & (place < people.persons // 2) & (segment == walk)))
        size = min(len(late), len(early))
        older.append(early[:size])
        newer.append(late[:size])
    order = rng.permutation(sum(map(len, newer)))[: max(44, people.persons * 12 // 1_000)]
    return np.concatenate(older)[order], np.concatenate(newer)[order]


def _name(rng: np.random.Generator, older: str, newer: str, kind: int) -> str:
    """Return the name on the newer record: the older one's, a variant of it, or that of a brother, sister or child."""
    if kind in (SIMILAR, TRADITIONAL):
        words = _SIMILAR if kind == SIMILAR else _TRADITIONAL
        at = next((place for place in range(len(older) - 1, -1, -1) if older[place] in words), None)
        return older if at is None else older[:at] + words[older[at]] + older[at + 1 :]
    if kind in (TWIN, BARE_TWIN):
        others = [letter for letter in GIVEN if letter != older[-1]]
        return older[:-1] + others[rng.integers(len(others))]
    return older[0] + newer[1:] if kind == CHILD else older


def _slip(rng: np.random.Generator, number: str, kind: int) -> str:
    """Return what was typed for a resident number; no such slip leaves its check digit right."""
    if kind in (MISSING, *_OTHER_PEOPLE):
        return ""
    if kind in (SWAPPED, UNBORN):
        places = [place for place in range(6, 16) if number[place] != number[place + 1]]
        at = places[rng.integers(len(places))]
        return number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    at = int(rng.integers(6, 17))
    return number[:at] + str((int(number[at]) + 1) % 10) + number[at + 1 :]


def _twin_number(number: str, given: set[str]) -> str:
    """Return the next free resident number of the same place, day and sex."""
    body = int(number[:17])
    while True:
        body = body + 2 if body % 1_000 < 998 else body - body % 1_000 + body % 2
        found = f"{body}{check_letter(body)}"
        if found not in given:
            return found
