"""Pairs of customer numbers that may be one person, as the scores of the reader's version suggest them; nothing here merges."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from maisui.models import IDENTITY, Standing, read_scores
from maisui.models.identity import PEOPLE
from maisui.warehouse.reader import Reader


@dataclass(frozen=True, slots=True)
class PairEvidence:
    """How one field of two persons compares — same, near, different, unknown — and what that weighs, in bits for (above 0) or against."""

    name_zh: str
    name_en: str
    word: str
    weight: Decimal


@dataclass(frozen=True, slots=True)
class PairPerson:
    """One of the two: his number, name and home."""

    customer_number: str
    customer_name: str | None
    home_organisation_code: str
    home_organisation_name: str


@dataclass(frozen=True, slots=True)
class PersonPair:
    """Two numbers: the newer, which would be merged, and the older, which would stay; `is_proposed` is all but certain."""

    newer: PairPerson
    older: PairPerson
    probability: Decimal
    is_proposed: bool
    evidence: tuple[PairEvidence, ...]


@dataclass(frozen=True, slots=True)
class PersonPairs:
    """All pairs of a version, the likeliest first; `never` is how many two valid identity numbers forbid."""

    version: str
    day: date
    sha256: str
    standing: Standing
    never: int
    pairs: tuple[PersonPair, ...]


def person_pairs(reader: Reader, home: Path) -> PersonPairs | None:
    """Return the pairs of the reader's version that are not merged in it; None where it is not scored."""
    found = read_scores(home, IDENTITY.code, reader.manifest.version)
    if found is None:
        return None
    rows = found.rows.to_pylist()
    people = _people(reader, sorted({row[name] for row in rows for name in ("customer_number", "surviving_number")}))
    pairs = tuple(
        PersonPair(
            newer=people[row["customer_number"]],
            older=people[row["surviving_number"]],
            probability=Decimal(str(row["probability"])),
            is_proposed=row["band"] == "proposed",
            evidence=_evidence(json.loads(row["evidence"])),
        )
        for row in rows
        if row["customer_number"] in people and row["surviving_number"] in people
    )
    return PersonPairs(found.version, found.day, found.sha256, found.standing, found.facts["never"], pairs)


def _people(reader: Reader, numbers: list[str]) -> dict[str, PairPerson]:
    places = ", ".join("?" for _ in numbers) or "NULL"
    rows = reader.rows(
        "SELECT c.customer_number, c.customer_name, c.home_organisation_code, coalesce(o.organisation_name, c.home_organisation_code) "
        "FROM customer AS c LEFT JOIN organisation AS o ON o.organisation_code = c.home_organisation_code "
        f"WHERE c.customer_number IN ({places})",
        numbers,
    )
    return {row[0]: PairPerson(*row) for row in rows}


def _evidence(told: list[list[Any]]) -> tuple[PairEvidence, ...]:
    words = {field.code: field for field in PEOPLE.fields}
    return tuple(
        PairEvidence(words[code].name_zh, words[code].name_en, word, Decimal(str(weight))) for code, word, weight in told if code in words
    )
