"""Pairs of one person: planted near-duplicates are found, two valid identity numbers never are, and people decide."""

from __future__ import annotations

import json
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pytest

pytest.importorskip("splink", reason="model libraries are not installed: make setup-models")

from drawn_bank import DATA

from maisui.models import Rung, read_scores
from maisui.models.identity import score_identity, train_identity
from maisui.models.registry import store_model

SURNAMES, GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超兰霞平刚桂"
LETTERS, WEIGHTS = "10X98765432", (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def resident(born: date, serial: int) -> str:
    body = f"539901{born:%Y%m%d}{serial % 1000:03d}"
    return body + LETTERS[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11]


def mistyped(text: str, place: int) -> str:
    return text[:place] + str((int(text[place]) + 1) % 10) + text[place + 1 :]


class PersonBank:
    """Persons, some of whom have a second number: forty by an equal certificate, thirty with a slip in theirs, ten namesakes."""

    def __init__(self, persons: int = 1000, seed: int = 8) -> None:
        drawn = np.random.default_rng(seed)
        self.rows_of: list[tuple[Any, ...]] = []
        for number in range(persons):
            born = date(1950, 1, 1) + timedelta(days=int(drawn.integers(0, 20_000)))
            name = SURNAMES[drawn.integers(len(SURNAMES))] + "".join(GIVEN[place] for place in drawn.integers(0, len(GIVEN), 2))
            phone = f"1{int(drawn.integers(10**9, 10**10))}"
            self._add(
                f"A{number:05d}",
                f"A{number:05d}",
                name,
                born,
                "female" if drawn.random() < 0.5 else "male",
                phone,
                f"某镇{number}号",
                resident(born, number),
            )
        for place in range(80):
            _, _, _, name, born, sex, phone, address, certificate = self.rows_of[place * 7]
            number, older = f"B{place:05d}", self.rows_of[place * 7][0]
            if place < 40:
                self._add(number, older, name, born, sex, phone if place % 2 else mistyped(phone, 9), address, certificate)
            elif place < 70:
                self._add(
                    number,
                    number,
                    name,
                    born,
                    sex,
                    mistyped(phone, 8) if place % 3 else phone,
                    address if place % 2 else f"{address}101室",
                    mistyped(certificate, 15),
                )
            else:
                other = born + timedelta(days=4000)
                self._add(number, number, name, other, sex, phone, f"某县{place}号", resident(other, place))
        self.connection = duckdb.connect()
        names = ("customer_number", "person_customer_number", "first_reported_on", "customer_name", "born_on", "sex", "phone_number", "address", "certificate_number")  # fmt: skip
        self.connection.register("drawn", pa.table(dict(zip(names, map(list, zip(*self.rows_of, strict=True)), strict=True))))
        self.connection.execute(
            "CREATE TABLE customer AS SELECT *, '居民身份证' AS certificate_type, CAST(NULL AS VARCHAR) AS employer_name, "
            "'personal' AS customer_kind, false AS is_deformed FROM drawn"
        )
        self.connection.execute(
            "CREATE TABLE parameter (parameter_code VARCHAR, valid_from DATE, valid_until DATE, number_value DECIMAL(12,6))"
        )
        self.connection.execute("CREATE TABLE customer_fact_month AS SELECT DATE '2026-10-31' AS business_date")
        self.connection.execute(
            "CREATE TABLE customer_merge_decision (customer_number VARCHAR, surviving_number VARCHAR, merge_decision VARCHAR, decided_on DATE, decision_number BIGINT)"
        )

    def share_a_home(self, count: int) -> dict[str, set[frozenset[str]]]:
        """Add to each of some homes a wife, a child, twins and the householder again with his given names swapped; nobody shows a certificate.

        All of a home have one telephone and one address. Returned are the pairs of each kind, of which only the last is one person.
        """
        found: dict[str, set[frozenset[str]]] = {"family": set(), "twins": set(), "swapped": set()}
        names = (
            "customer_number",
            "person_customer_number",
            "first_reported_on",
            "customer_name",
            "born_on",
            "sex",
            "phone_number",
            "address",
        )
        for place in range(count):
            householder, _, _, name, born, sex, phone, address, _ = self.rows_of[580 + place]
            other, child = ("female" if sex == "male" else "male"), born + timedelta(days=9500)
            twin, second = f"{name[0]}{GIVEN[place % 9]}{GIVEN[20]}", f"{name[0]}{GIVEN[place % 9]}{GIVEN[21]}"
            people = {
                "W": (f"{SURNAMES[place % 5]}{name[2]}{GIVEN[3]}", born + timedelta(days=400), other),
                "C": (f"{name[:2]}{GIVEN[place % 7 + 8]}", child, sex),
                "T": (twin, child + timedelta(days=700), "male"),
                "U": (second, child + timedelta(days=700), "male"),
                "S": (name[0] + name[2] + name[1], born, sex),
            }
            for code, (called, birthday, gender) in people.items():
                number = f"{code}{place:05d}"
                self.connection.execute(
                    f"INSERT INTO customer BY NAME SELECT {', '.join(f'? AS {column}' for column in names)}, 'personal' AS customer_kind, "
                    "false AS is_deformed",
                    [number, number, date(2025, 1, 1), called, birthday, gender, phone, address],
                )
            of_home = {code: f"{code}{place:05d}" for code in people} | {"H": householder}
            found["swapped"] |= {frozenset((of_home["H"], of_home["S"]))} if name[1] != name[2] else set()
            found["twins"].add(frozenset((of_home["T"], of_home["U"])))
            found["family"] |= {
                frozenset((of_home[one], of_home[two]))
                for one, two in combinations(of_home, 2)
                if {one, two} not in ({"T", "U"}, {"H", "S"})
            }
        return found

    def _add(self, number: str, person: str, name: str, born: date, sex: str, phone: str, address: str, certificate: str) -> None:
        self.rows_of.append((number, person, date(2024 + (number[0] == "B"), 1, 1), name, born, sex, phone, address, certificate))

    def rows(self, query: str, values: Any = ()) -> list[tuple[Any, ...]]:
        return self.connection.execute(query, list(values)).fetchall()

    def arrays(self, query: str, values: Any = ()) -> dict[str, Any]:
        return self.connection.execute(query, list(values)).fetchnumpy()


@pytest.fixture(scope="module")
def persons() -> PersonBank:
    return PersonBank()


@pytest.fixture(scope="module")
def learnt(persons) -> tuple[dict[str, Any], dict[str, bytes]]:
    return train_identity(persons, DATA)


def scored(persons: PersonBank, home: Path) -> Any:
    score_identity(persons, home, "v")
    found = read_scores(home, "identity", "v")
    assert found is not None
    return found


def test_those_whom_certificates_tell_are_found_again_without_them(learnt) -> None:
    judged = learnt[0]["hold_out"]
    assert (judged["known"], judged["persons"]) == (40, 1080)
    assert judged["recall"] >= 0.95
    assert judged["precision"] == 1
    assert learnt[0]["faults"] == []


def test_planted_near_duplicates_are_suggested_and_different_valid_numbers_never(persons, learnt, tmp_path: Path) -> None:
    store_model(tmp_path, "identity", *learnt)
    found = scored(persons, tmp_path)
    rows = found.rows.to_pylist()
    planted = {(f"B{place:05d}", f"A{place * 7:05d}") for place in range(40, 70)}
    seen = {(row["customer_number"], row["surviving_number"]) for row in rows}
    assert found.standing.rung is Rung.TRIAL
    assert len(planted & seen) / len(planted) >= 0.95
    assert (
        len(planted & {(row["customer_number"], row["surviving_number"]) for row in rows if row["band"] == "proposed"}) / len(planted)
        >= 0.9
    )
    assert not [pair for pair in seen if pair[0] >= "B00070"]
    assert not [pair for pair in seen if "B00000" <= pair[0] < "B00040"]
    assert len(seen - planted) <= 1
    first = {code: word for code, word, _ in json.loads(next(row["evidence"] for row in rows if row["customer_number"] == "B00042"))}
    assert (first["customer_name"], first["born_on"], first["employer_name"]) == ("same", "same", "unknown")
    assert all(row["band"] in ("proposed", "review") and row["probability"] >= 0.5 for row in rows)


def test_those_who_share_a_home_are_no_one_person_and_swapped_names_are_found(tmp_path: Path) -> None:
    """Without any certificate: a family is not suggested, twins of one birthday and telephone at most to be looked at, none of them proposed."""
    home = PersonBank(620)
    kinds = home.share_a_home(30)
    store_model(tmp_path, "identity", *train_identity(home, DATA))
    bands = {frozenset((row["customer_number"], row["surviving_number"])): row["band"] for row in scored(home, tmp_path).rows.to_pylist()}
    family = kinds["family"] & bands.keys()  # two children whose drawn name or birthday is all but that of another in the house
    assert len(family) / len(kinds["family"]) <= 0.01
    assert {bands[pair] for pair in family} <= {"review"}
    assert {bands.get(pair) for pair in kinds["twins"]} <= {None, "review"}
    assert len(kinds["swapped"]) >= 25
    assert len(kinds["swapped"] & bands.keys()) / len(kinds["swapped"]) >= 0.95


def test_what_people_undid_is_not_suggested_again(persons, learnt, tmp_path: Path) -> None:
    store_model(tmp_path, "identity", *learnt)
    before = scored(persons, tmp_path).rows.to_pylist()
    one = before[0]
    persons.connection.execute("INSERT INTO customer_merge_decision VALUES (?, ?, 'undo', DATE '2026-10-01', 1)", [one["customer_number"], one["surviving_number"]])  # fmt: skip
    try:
        after = scored(persons, tmp_path).rows.to_pylist()
    finally:
        persons.connection.execute("DELETE FROM customer_merge_decision")
    assert after == before[1:]


def test_without_weights_equal_certificates_alone_merge(persons, tmp_path: Path) -> None:
    found = scored(persons, tmp_path)
    assert (found.standing.rung, found.rows.num_rows) == (Rung.RULE, 0)
    assert "只按证件相同归并" in found.standing.said_zh
