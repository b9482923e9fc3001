"""Suggested circles: the partition of known networks, payroll and supply chains by hand, and the file of a version."""

from __future__ import annotations

import math
import subprocess
import sys
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from circles_home import DAY, circles_home

from maisui.answers import Bank
from maisui.answers.circle_members import CircleKind
from maisui.answers.found_circles import suggestions
from maisui.models import circles
from maisui.models.circle_ties import Payment, delivered_ties, payment_ties, payments
from maisui.models.circles import communities, find_circles, payroll_clusters, read_circles, supply_chains

pytest.importorskip("graspologic_native", reason="model libraries are not installed: make setup-models")

KARATE = """
1-2 1-3 1-4 1-5 1-6 1-7 1-8 1-9 1-11 1-12 1-13 1-14 1-18 1-20 1-22 1-32 2-3 2-4 2-8 2-14 2-18 2-20 2-22 2-31 3-4 3-8 3-9 3-10 3-14
3-28 3-29 3-33 4-8 4-13 4-14 5-7 5-11 6-7 6-11 6-17 7-17 9-31 9-33 9-34 10-34 14-34 15-33 15-34 16-33 16-34 19-33 19-34 20-34 21-33
21-34 23-33 23-34 24-26 24-28 24-30 24-33 24-34 25-26 25-28 25-32 26-32 27-30 27-34 28-34 29-32 29-34 30-33 30-34 31-33 31-34 32-33
32-34 33-34
"""
"""Zachary's karate club (1977): who met whom outside the club; its best partition has the modularity 0.4198."""


def edges_of(text: str) -> list[tuple[str, str, Decimal]]:
    return [(*pair.split("-"), Decimal(1)) for pair in text.split()]  # type: ignore[misc]


def modularity(edges: list[tuple[str, str, Decimal]], parts: tuple[tuple[str, ...], ...]) -> float:
    """Return Newman's modularity of a partition, in plain Python."""
    part_of = {node: place for place, part in enumerate(parts) for node in part}
    degree = Counter(node for one, other, _ in edges for node in (one, other))
    inside = sum(part_of[one] == part_of[other] for one, other, _ in edges) / len(edges)
    return inside - sum((sum(degree[node] for node in part) / (2 * len(edges))) ** 2 for part in parts)


def test_the_karate_club_is_parted_as_well_as_it_can_be() -> None:
    edges = edges_of(KARATE)
    assert (len(edges), len({node for one, other, _ in edges for node in (one, other)})) == (78, 34)
    quality, parts = communities(edges, 1)
    assert quality == pytest.approx(0.4198, abs=0.00005)
    assert modularity(edges, parts) == pytest.approx(quality, abs=1e-12)
    assert sorted(len(part) for part in parts) == [5, 6, 11, 12]


def test_the_order_of_the_edges_and_a_second_run_change_nothing() -> None:
    edges = edges_of(KARATE)
    assert communities(edges, 3) == communities([(other, one, weight) for one, other, weight in reversed(edges)], 3)


@pytest.mark.long
def test_a_network_of_two_hundred_thousand_is_read_in_time() -> None:
    """600,000 ties: graph and components five times what was measured (0.66 + 0.18 s), one partition five times 3.9 s, processor time."""
    chance = np.random.default_rng(7)
    ends = chance.integers(200_000, size=(2, 600_000)).tolist()
    pairs = [(f"{one:06d}", f"{other:06d}") for one, other in zip(*ends, strict=True) if one != other]
    began = time.process_time()
    large = circles._large_components(pairs, 3)
    assert time.process_time() - began <= 5 * (0.66 + 0.18)
    assert len(large) > 190_000
    began = time.process_time()
    quality, parts = circles.library("graspologic_native").leiden([(*pair, 1.0) for pair in pairs], seed=circles.SEED, trials=1)
    assert time.process_time() - began <= 5 * 3.9
    assert quality > 0
    assert len(parts) >= len(large)


def test_planted_communities_are_found_again() -> None:
    """Eight communities of forty; one in five ties leads outside. Normalised mutual information at least 0.90."""
    chance = np.random.default_rng(7)
    planted = [place // 40 for place in range(320)]
    edges: list[tuple[str, str, Decimal]] = []
    for one in range(320):
        for _ in range(5):
            is_inside = chance.random() >= 0.2
            mates = [other for other in range(320) if other != one and (planted[other] == planted[one]) == is_inside]
            edges.append((f"{one:03d}", f"{mates[int(chance.integers(len(mates)))]:03d}", Decimal(1)))
    found = {node: place for place, part in enumerate(communities(edges, 1)[1]) for node in part}
    assert shared([planted[int(node)] for node in sorted(found)], [found[node] for node in sorted(found)]) >= 0.90


def shared(first: list[int], second: list[int]) -> float:
    """Return the normalised mutual information of two partitions: 2 I ÷ (H1 + H2)."""
    total = len(first)

    def entropy(of: Counter[object]) -> float:
        return -sum(count / total * math.log(count / total) for count in of.values())

    one, other, both = (entropy(Counter(of)) for of in (first, second, zip(first, second, strict=True)))
    return 2 * (one + other - both) / (one + other)


def test_components_of_too_few_and_edges_without_weight_suggest_nothing() -> None:
    assert communities([("a", "b", Decimal(1)), ("c", "d", Decimal(0)), ("d", "e", Decimal(0))], 3) == (0.0, ())


def pay(payer: str, payee: str, count: int, amount: str, *, payroll: bool = False, firms: bool = False) -> Payment:
    return Payment(payer, payee, payroll, firms, count, Decimal(amount))


def test_a_payroll_cluster_is_a_payer_with_enough_payees() -> None:
    paid = [pay("F1", name, 2, "10.00", payroll=True) for name in ("P1", "P2", "P3")] + [pay("F2", "P4", 9, "99.00", payroll=True)]
    found = payroll_clusters([*paid, pay("F2", "P5", 1, "1.00"), pay("F2", "P6", 1, "1.00")], 3)
    assert [(one.circle_code, one.customer_number, one.is_first, one.role, one.evidence, one.amount) for one in found] == [
        ("W00001", "F1", True, "payer", "payroll:6", Decimal("30.00")),
        *(("W00001", name, False, "payee", "payroll:2", Decimal("10.00")) for name in ("P1", "P2", "P3")),
    ]


def test_a_supply_chain_is_firms_that_pay_each_other_again_and_again() -> None:
    """F4 was paid once only, and P1 is no firm."""
    paid = [pay("F1", "F2", 2, "5.00", firms=True), pay("F2", "F3", 3, "7.00", firms=True), pay("F3", "F4", 1, "900.00", firms=True)]
    found = supply_chains([*paid, pay("F3", "P1", 9, "900.00")], {"circle.fewest_payments": Decimal(2)}, 3)
    assert [(one.customer_number, one.is_first, one.role, one.evidence, one.amount) for one in found] == [
        ("F1", False, "buyer", "payment:2", Decimal("5.00")),
        ("F2", True, "between", "payment:5", Decimal("12.00")),
        ("F3", False, "supplier", "payment:3", Decimal("7.00")),
    ]


def test_ties_and_payments_are_of_persons_and_of_twelve_months() -> None:
    with Bank(circles_home()).reader() as reader:
        ties, paid = delivered_ties(reader, DAY), payments(reader, DAY)
    assert [(tie.one, tie.other, tie.kind) for tie in ties] == [
        ("F1", "F2", "group"), ("F1", "F3", "group"), ("F2", "F3", "group"),
        ("P1", "P2", "household"), ("P1", "P2", "kin"), ("P1", "P3", "household"), ("P2", "P3", "household"),
    ]  # fmt: skip
    assert [(one.payer, one.payee, one.is_payroll, one.is_between_firms, one.count, one.amount) for one in paid] == [
        ("F1", "F2", False, True, 2, Decimal("1000.00")),
        ("F1", "P1", True, False, 1, Decimal("10.00")),
        ("F1", "P2", True, False, 1, Decimal("20.00")),
        ("F1", "P3", True, False, 2, Decimal("61.00")),
        ("F2", "F3", False, True, 2, Decimal("140.00")),
        ("F2", "P4", True, False, 1, Decimal("40.00")),
        ("P3", "P4", False, False, 1, Decimal("7.00")),
        ("P4", "P3", False, False, 1, Decimal("8.00")),
    ]
    assert [(tie.one, tie.other, tie.count, tie.amount) for tie in payment_ties(paid, 2)] == [
        ("F1", "F2", 2, Decimal("1000.00")), ("F2", "F3", 2, Decimal("140.00")), ("P3", "P4", 2, Decimal("15.00")),
    ]  # fmt: skip


def test_what_is_found_in_a_version_lies_in_a_file_beside_it_and_is_the_same_again(tmp_path: Path) -> None:
    """The firms are a group known already; P4 joins household 1 by what P3 and he pay each other."""
    with Bank(circles_home()).reader() as reader:
        version = reader.manifest.version
        assert suggestions(reader, tmp_path) is None
        file = find_circles(reader, tmp_path, version, DAY)
        first = file.read_bytes()
        find_circles(reader, tmp_path, version, DAY)
        assert file.read_bytes() == first
        found = suggestions(reader, tmp_path)
    assert read_circles(tmp_path, "another") is None
    assert found is not None
    assert found.facts["circles"] == {"community": 1, "payroll": 1, "supply_chain": 1}
    assert found.facts["ties"] == {"group": 3, "household": 3, "kin": 1, "payment": 3}
    community = found.members[CircleKind.COMMUNITY]
    assert dict(zip(community.numbers, community.evidence, strict=True)) == {
        "P1": "household:2|kin:1", "P2": "household:2|kin:1", "P3": "household:2|payment:1", "P4": "payment:1",
    }  # fmt: skip
    assert [number for number, is_first in zip(community.numbers, community.is_first, strict=True) if is_first] == ["P1"]
    assert found.members[CircleKind.PAYROLL].numbers == ("F1", "P1", "P2", "P3")
    assert found.members[CircleKind.SUPPLY_CHAIN].roles == ("buyer", "between", "supplier")


def test_no_graph_library_comes_with_the_answers() -> None:
    asked = "import sys, maisui.answers.found_circles; print([m for m in ('graspologic_native', 'rustworkx', 'scipy') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout.strip() == "[]"
