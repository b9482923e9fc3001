"""The example bank's planted near-duplicates: proposed without a mistake, found by people, look-alikes left alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("splink", reason="model libraries are not installed: make setup-models")

from drawn_bank import DATA
from near_duplicates_bank import DrawnPersons

from maisui.models import read_scores
from maisui.models.identity import is_one_slip, score_identity, train_identity
from maisui.models.name_spelling import one_spelling
from maisui.models.registry import store_model

LAST_DAY = "2026-10-31"


def suggested(persons: DrawnPersons, home: Path) -> tuple[dict[frozenset[str], str], dict[str, Any]]:
    card, files = train_identity(persons, DATA)
    assert card["faults"] == []
    store_model(home, "identity", card, files)
    score_identity(persons, home, "v")
    found = read_scores(home, "identity", "v")
    assert found is not None
    bands = {frozenset((row["customer_number"], row["surviving_number"])): row["band"] for row in found.rows.to_pylist()}
    return bands, found.facts


@pytest.mark.parametrize(("customers", "seed"), [(1_200, 1), (20_000, 3)])
def test_planted_near_duplicates_are_found_and_nobody_else_is_proposed(customers: int, seed: int, tmp_path: Path) -> None:
    persons = DrawnPersons(customers, seed)
    there = [one for one in persons.planted if str(one["joined"]) <= LAST_DAY]
    pairs = {kind: {frozenset((one["customer_number"], one["resembles"])) for one in there if one["kind"] == kind} for kind in
             {one["kind"] for one in there}}  # fmt: skip
    true = {frozenset((one["customer_number"], one["resembles"])) for one in there if one["is_same_person"]}
    bands, facts = suggested(persons, tmp_path)
    proposed = {pair for pair, band in bands.items() if band == "proposed"}
    assert len(true) >= 28
    assert len(proposed & true) / len(proposed) >= 0.999
    assert len(bands.keys() & true) / len(true) >= 0.95
    assert len(proposed & true) / len(true) >= 0.75
    assert not bands.keys() & pairs["twin"]
    assert facts["never"] >= len(pairs["twin"])
    assert {bands.get(pair, "none") for pair in pairs["twin without certificate"]} <= {"review", "none"}
    assert len(bands.keys() - true) <= len(there) - len(true)


def test_two_valid_different_numbers_are_in_no_suggestion(tmp_path: Path) -> None:
    persons = DrawnPersons(1_200, 5)
    bands, _ = suggested(persons, tmp_path)
    valid = dict(persons.rows("SELECT customer_number, upper(certificate_number) FROM customer WHERE length(certificate_number) = 18"))
    letters, weights = "10X98765432", (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    holds = {
        who for who, number in valid.items()
        if number[:17].isdigit() and letters[sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False)) % 11] == number[17]
    }  # fmt: skip
    assert len(holds) > 1_000
    assert bands
    assert not [pair for pair in bands if pair <= holds and len({valid[who] for who in pair}) == 2]


@pytest.mark.parametrize(
    ("one", "other", "is_slip"),
    [
        ("539901199104288562", "539901199104288563", True),
        ("539901199104288562", "539901199140288562", True),
        ("539901199104288562", "539901199104288562", False),
        ("539901199104288562", "539901199104288573", False),
        ("539901199104288562", "529901199104288563", False),
        ("539901199104288562", "53990119910428856", False),
        ("539901199104288562", None, False),
    ],
)
def test_one_slip_of_the_keyboard(one: str, other: str | None, is_slip: bool) -> None:
    assert is_one_slip(one, other) is is_slip


@pytest.mark.parametrize(
    ("written", "compared"),
    [("陳偉明", "陈伟明"), ("张 伟", "张伟"), ("阿依·古丽", "阿依古丽"), ("王鑫", "王鑫"), ("　", None), ("", None), (None, None)],
)
def test_names_are_compared_in_one_spelling(written: str | None, compared: str | None) -> None:
    assert one_spelling(written) == compared
