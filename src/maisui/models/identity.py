"""Customer numbers that may be one person although no certificate says so: suggestions for people to look at, merged by nobody else.

Certificates take no part in the weights. They judge them: numbers already merged by certificate must be found again without it,
and two numbers with different valid resident numbers are never suggested, nor is who shares a home but neither name nor birthday. A pair is
proposed only where name, birthday and telephone are all the same or the two resident numbers are one slip of the keyboard apart: twins
and namesakes are left to people. Deformed identities are left out.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from maisui.errors import QuestionError
from maisui.models import measures
from maisui.models.card import words_of
from maisui.models.fitted import library
from maisui.models.ladder import Rung
from maisui.models.likeness import DIFFERENT, SAME, Field, Likeness, Pair, Shape, learn, pairs_of
from maisui.models.model import Described
from maisui.models.name_spelling import one_spelling
from maisui.models.panel import Marts, month_ends
from maisui.models.scores import write_scores
from maisui.models.who_speaks import standing_today
from maisui.steps.certificate_sql import (
    certificate_group,
    eighteen_of_fifteen,
    is_old_resident_number,
    narrowed,
    resident_check_letter,
    resident_number_holds,
)

IDENTITY = Described(
    code="identity",
    name_zh="疑似同一客户识别",
    name_en="Customers who may be one person",
    question_zh="两个客户号为同一人的概率：姓名、出生日期、性别、电话、地址、单位逐项比对，证件只用于排除与检验",
    question_en="Probability that two numbers are one person: name, birthday, sex, telephone, address and employer are compared; certificates only exclude and judge",
    owner_zh="个人金融部",
    owner_en="Personal banking",
    tier="medium",
    horizon=0,
    least_months=1,
    limits_zh="只提建议：每一对由人核对，经他人审批并跑批后生效，可撤销；两个有效证件号不同者绝不建议；变形报送的身份不参与；不用于对公客户。",
    limits_en="Suggestions only: a person looks at each pair, another approves, the batch applies it, and it can be undone; two different valid identity numbers are never suggested; deformed identities and companies take no part.",
    personal_information_zh="在行内比对 C3 类身份要素，结果只在归并核对页脱敏显示，每次查看留痕；用途为保证客户信息准确（个人信息保护法第 8 条）。",
    personal_information_en="Compares C3 identity data inside the bank; shown masked on the page of merges only, every look recorded; purpose: correct customer data (PIPL 8).",
    instead_zh="现只按证件相同归并",
    instead_en="numbers are merged by equal certificates only",
)  # fmt: skip
TABLES = ("customer", "customer_fact_month", "customer_merge", "customer_merge_decision", "parameter")
"""What is read of a version."""
FILE = "weights.json"
PEOPLE = Likeness(
    fields=(
        Field("customer_name", Shape.NAME, "姓名", "Name"),
        Field("born_on", Shape.NUMBER, "出生日期", "Birthday"),
        Field("sex", Shape.EXACT, "性别", "Sex"),
        Field("phone_number", Shape.NUMBER, "电话", "Telephone"),
        Field("address", Shape.TEXT, "地址", "Address"),
        Field("employer_name", Shape.EXACT, "单位", "Employer"),
    ),
    blocks=(("phone_number",), ("customer_name", "born_on"), ("born_on", "address"), ("customer_name", "address")),
    sure=("customer_name", "born_on"),
    recall=0.9,
    learn_within=(("phone_number",), ("customer_name", "born_on")),
)
"""How persons are compared."""
PROPOSED, REVIEW = "proposed", "review"
_SURE, _MAYBE = 0.99, 0.5
_LEAST_PRECISION, _LEAST_RECALL = 0.999, 0.95
_TELLING = frozenset({"customer_name", "born_on"})
_MUST_AGREE, _TOGETHER = frozenset({"born_on", "sex"}), frozenset({"customer_name", "born_on", "phone_number"})
_NUMBER = narrowed("certificate_number")
_OLD = eighteen_of_fifteen(_NUMBER)
_PERSONS = f"""
SELECT
  customer_number, person_customer_number, first_reported_on, customer_name, CAST(born_on AS VARCHAR), sex, phone_number, address,
  employer_name,
  CASE
    WHEN {certificate_group("certificate_type")} <> 'resident' THEN NULL
    WHEN {is_old_resident_number(_NUMBER)} THEN concat({_OLD}, {resident_check_letter(_OLD)})
    WHEN {resident_number_holds(_NUMBER)} THEN {_NUMBER}
  END,
  CASE WHEN regexp_matches({_NUMBER}, '^[0-9]{{17}}[0-9X]$') THEN {_NUMBER} END
FROM customer
WHERE customer_kind = 'personal' AND is_deformed = false
ORDER BY customer_number
"""
_REFUSED = """
SELECT customer_number, surviving_number
FROM customer_merge_decision
QUALIFY row_number() OVER (PARTITION BY customer_number ORDER BY decided_on DESC, decision_number DESC) = 1 AND merge_decision = 'undo'
"""


@dataclass(frozen=True, slots=True)
class _Person:
    number: str
    standing_for: str
    age: tuple[bool, str, str]
    resident: str | None
    written: str | None


@dataclass(frozen=True, slots=True)
class _People:
    by_number: dict[str, _Person]
    records: Any


def train_identity(reader: Marts, data: dict[str, str]) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Return card and files of the weights learnt from a version's persons, judged by those whom certificates tell.

    Raises:
        HomeError: when the library is missing.
        QuestionError: when there are no persons with an undeformed identity, or none are alike.
    """
    people, ends = _people(reader), month_ends(reader)
    if not people.by_number or not ends:
        raise QuestionError(
            "there are no persons with an undeformed identity",
            where=IDENTITY.code,
            next_step="deliver customer_identity or undeformed reports; numbers stay merged by equal certificates only",
        )
    learnt = learn((people.records,), PEOPLE)
    judged = _judged(people, pairs_of((people.records,), PEOPLE, learnt))
    card: dict[str, Any] = {
        **words_of(IDENTITY),
        "libraries": {"splink": library("splink").__version__},
        "data": data | {"last_outcome_on": f"{ends[-1]}"},
        "windows": {"persons": {"from": f"{ends[0]}", "to": f"{ends[-1]}"}},
        "hold_out": judged,
    }
    card["faults"] = _faults(judged)
    return card, {FILE: learnt.encode()}


def score_identity(reader: Marts, home: Path, version: str) -> Path:
    """Write the pairs of a version that people should look at; below a trial there are none. Return the file.

    Raises:
        HomeError: when weights must be asked and their library is missing.
        StorageError: when the file cannot be written, or a trained file is damaged.
    """
    ends = month_ends(reader)
    stands, stored, approval = standing_today(reader, home, IDENTITY, ends)
    used = stored if stands.has_probabilities else None
    facts: dict[str, Any] = {
        "model": IDENTITY.code,
        "version": version,
        "day": f"{ends[-1]}" if ends else "",
        "sha256": used.sha256 if used else "",
        "approved_by": approval.approved_by if approval and used else "",
        "standing": asdict(stands),
        "never": 0,
    }
    rows: list[tuple[str, str, float, str, str]] = []
    if used is not None and stands.rung is not Rung.NO_DATA:
        people = _people(reader)
        refused = {frozenset(pair) for pair in reader.rows(_REFUSED)}
        found = pairs_of((people.records,), PEOPLE, (used.folder / FILE).read_text(encoding="utf-8")) if people.by_number else ()
        rows, facts["never"] = suggested(people, found, refused)
    return write_scores(home, IDENTITY.code, facts, _table(rows))


def suggested(
    people: _People, found: tuple[Pair, ...], refused: set[frozenset[str | None]]
) -> tuple[list[tuple[str, str, float, str, str]], int]:
    """Return what people should look at, one row a pair of persons, and how many pairs two valid numbers forbid.

    A row is the number to be merged, the older one that stays, the probability, the band and the evidence. Who shares telephone and
    address but neither name nor birthday is somebody else, however likely the weights find it. Proposed is what is
    all but certain, contradicts itself in neither birthday nor sex, has one name, birthday and telephone or resident numbers one slip apart,
    and leaves no number in pairs with two different persons.
    """
    never, kept = 0, dict[frozenset[str], tuple[_Person, _Person, Pair]]()
    for pair in found:
        left, right = (people.by_number[people.by_number[one].standing_for if people.by_number[one].standing_for in people.by_number else one] for one in (pair.left, pair.right))  # fmt: skip
        both = frozenset((left.number, right.number))
        if pair.probability < _MAYBE or len(both) == 1 or both in kept or both in refused or _is_somebody_else(pair):
            continue
        if left.resident and right.resident and left.resident != right.resident:
            never += 1
            continue
        older, newer = sorted((left, right), key=lambda one: one.age)
        kept[both] = (newer, older, pair)
    residents: dict[str, set[str]] = defaultdict(set)
    for newer, older, _ in kept.values():
        for one, other in ((newer, older), (older, newer)):
            residents[one.number].update(filter(None, (one.resident, other.resident)))
    rows = [
        (newer.number, older.number, pair.probability, _band(pair, newer, older, residents[newer.number] | residents[older.number]),
         json.dumps(pair.evidence, ensure_ascii=False))
        for newer, older, pair in kept.values()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-row[2], row[0], row[1])), never


def _band(pair: Pair, newer: _Person, older: _Person, residents: set[str]) -> str:
    return PROPOSED if _is_plain(pair, newer, older) and len(residents) <= 1 else REVIEW


def _is_plain(pair: Pair, one: _Person, other: _Person) -> bool:
    same = {code for code, word, _ in pair.evidence if word == SAME}
    return pair.probability >= _SURE and not _is_contradicted(pair) and (same >= _TOGETHER or is_one_slip(one.written, other.written))


def is_one_slip(one: str | None, other: str | None) -> bool:
    """Return whether two written numbers differ by one slip of the keyboard: a digit mistyped, or two neighbours swapped."""
    if one is None or other is None or len(one) != len(other):
        return False
    differing = [place for place, (left, right) in enumerate(zip(one, other, strict=True)) if left != right]
    if len(differing) != 2:  # noqa: PLR2004 - two neighbours
        return len(differing) == 1
    first, second = differing
    return second == first + 1 and one[first] == other[second] and one[second] == other[first]


def _is_somebody_else(pair: Pair) -> bool:
    """Return whether neither name nor birthday is the same and one of them differs: a family under one roof shares telephone and address."""
    words = [word for code, word, _ in pair.evidence if code in _TELLING]
    return DIFFERENT in words and SAME not in words


def _is_contradicted(pair: Pair) -> bool:
    return any(code in _MUST_AGREE and word == DIFFERENT for code, word, _ in pair.evidence)


def _people(reader: Marts) -> _People:
    rows = reader.rows(_PERSONS)
    persons = [_Person(row[0], row[1], (row[2] is None, f"{row[2]}", row[0]), row[9], row[10]) for row in rows]
    names = ("unique_id", *(field.code for field in PEOPLE.fields))
    columns = [[row[0] for row in rows], [one_spelling(row[3]) for row in rows], *([row[4 + place] for row in rows] for place in range(len(PEOPLE.fields) - 1))]  # fmt: skip
    records = pa.table({name: pa.array(values, pa.string()) for name, values in zip(names, columns, strict=True)})
    return _People({one.number: one for one in persons}, records)


def _judged(people: _People, found: tuple[Pair, ...]) -> dict[str, Any]:
    """Return how many of the pairs that certificates tell are found without them, and how many certain ones they contradict."""
    likely = {frozenset((pair.left, pair.right)) for pair in found if pair.probability >= _MAYBE}
    known = [
        frozenset((one.number, one.standing_for))
        for one in people.by_number.values()
        if one.standing_for != one.number and one.standing_for in people.by_number
    ]
    told = [
        left.resident == right.resident
        for pair in found
        for left, right in ((people.by_number[pair.left], people.by_number[pair.right]),)
        if left.resident and right.resident and _is_plain(pair, left, right)
    ]
    again = sum(pair in likely for pair in known)
    low, high = measures.wilson(again, len(known))
    return {
        "persons": len(people.by_number),
        "known": len(known),
        "found_again": again,
        "recall": again / len(known) if known else None,
        "recall_low": low,
        "recall_high": high,
        "told": len(told),
        "precision": sum(told) / len(told) if told else None,
    }


def _faults(judged: dict[str, Any]) -> list[tuple[str, str]]:
    recall, precision = judged["recall"], judged["precision"]
    checks = (
        (recall is not None, "没有证件相同的客户号可供检验", "no numbers with equal certificates to judge by"),
        (recall is None or recall >= _LEAST_RECALL, f"已知同一人只找回 {judged['found_again']} / {judged['known']}（需 95%）",
         f"{judged['found_again']} of {judged['known']} known persons found again, 95 % are needed"),
        (precision is None or precision >= _LEAST_PRECISION, "可直接建议者中证件号不同的过多", "too many of the pairs to be proposed have different identity numbers"),
    )  # fmt: skip
    return [(zh, en) for passes, zh, en in checks if not passes]


def _table(rows: list[tuple[str, str, float, str, str]]) -> Any:  # noqa: ANN401 - pyarrow is untyped
    names = ("customer_number", "surviving_number", "probability", "band", "evidence")
    kinds = {"probability": pa.float64()}
    return pa.table({name: pa.array([row[place] for row in rows], kinds.get(name, pa.string())) for place, name in enumerate(names)})
