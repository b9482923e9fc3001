"""Pairs of one person: planted near-duplicates are found, two valid identity numbers never are, and people decide."""

from __future__ import annotations

import json
from datetime import date, timedelta
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
