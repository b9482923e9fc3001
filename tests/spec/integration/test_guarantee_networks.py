"""Guarantee networks: connected parts, circles, mutual and joint guarantees, on graphs drawn by hand."""

from __future__ import annotations

import random

import pytest
from drawn_tables import expect, load_tables, run

from maisui.engines.engine import Engine
from maisui.integration.connect_guarantee_parties import CONNECT_GUARANTEE_PARTIES
from maisui.integration.describe_guarantee_parties import DESCRIBE_GUARANTEE_PARTIES
from maisui.integration.find_guarantee_cycles import FIND_GUARANTEE_CYCLES
from maisui.integration.list_joint_guarantees import LIST_JOINT_GUARANTEES
from maisui.integration.list_mutual_guarantees import LIST_MUTUAL_GUARANTEES
from maisui.pipeline import run_step
from maisui.steps.step import BatchContext, Step

DAY = "2026-06-30"


def drawn_links(*arcs: str) -> str:
    """Return guarantee links of `A>B` (A guarantees B), each under a contract of its own."""
    rows = [(f"G{n}", f"H{n}", *arc.split(">")) for n, arc in enumerate(arcs)]
    header = (
        "guarantee_contract_number | guaranteed_contract_number | guarantor_key | borrower_number | guarantee_amount | valid_from | is_self"
    )
    lines = [" | ".join([*row, "10.00", "2026-01-01", "yes" if row[2] == row[3] else "no"]) for row in rows]
    return "\n".join([header, "-" * 9 + "+" * 6, *lines])


def search(engine: Engine, *arcs: str, **tables: str) -> None:
    """Run every step of the network over the drawn guarantees."""
    load_tables(engine, **({"guarantee_link": drawn_links(*arcs)} if arcs else {}), **tables)
    for step in (
        CONNECT_GUARANTEE_PARTIES,
        FIND_GUARANTEE_CYCLES,
        LIST_MUTUAL_GUARANTEES,
        LIST_JOINT_GUARANTEES,
        DESCRIBE_GUARANTEE_PARTIES,
    ):
        run(engine, step, reporting_date=DAY)


def groups(engine: Engine, code: str) -> list[str]:
    """Return the members of each group of the code, `A B C`, in order."""
    found: dict[str, list[str]] = {}
    for name, party in engine.fetch(f"SELECT {code}, party_key FROM guarantee_party WHERE {code} IS NOT NULL"):
        found.setdefault(name, []).append(party)
    return sorted(" ".join(sorted(members)) for members in found.values())


def pairs(engine: Engine) -> list[str]:
    return sorted("-".join(row) for row in engine.fetch("SELECT first_party_key, second_party_key FROM mutual_guarantee"))


@pytest.mark.parametrize(
    ("arcs", "chains", "circles", "mutual"),
    [
        pytest.param(["A>A"], [], [], [], id="a self-guarantee is no network"),
        pytest.param(["A>B"], [], [], [], id="one guarantor and one borrower are no chain"),
        pytest.param(["A>B", "A>C"], [], [], [], id="two borrowers are no chain"),
        pytest.param(["A>B", "A>C", "A>D"], ["A B C D"], [], [], id="three borrowers of one guarantor are a chain without a circle"),
        pytest.param(["A>B", "A>B", "B>A", "A>A"], [], ["A B"], ["A-B"], id="two who guarantee each other, twice named, one also himself"),
        pytest.param(["A>B", "B>C", "C>D", "D>E", "D>C"], ["A B C D E"], ["C D"], ["C-D"], id="a pair inside a chain of five"),
        pytest.param(["A>B", "B>C", "C>A"], ["A B C"], ["A B C"], [], id="a ring of three has no mutual pair"),
        pytest.param(
            ["A>B", "B>C", "C>A", "C>D", "D>E", "E>C"], ["A B C D E"], ["A B C D E"], [], id="two rings that share a party are one circle"
        ),
        pytest.param(
            ["A>B", "B>C", "C>A", "C>X", "X>D", "D>E", "E>F", "F>D"],
            ["A B C D E F X"],
            ["A B C", "D E F"],
            [],
            id="two rings joined one way stay two circles in one chain",
        ),
        pytest.param(["A>B", "B>A", "M>N", "N>O", "O>M", "P>Q"], ["M N O"], ["A B", "M N O"], ["A-B"], id="parts that do not touch"),
        pytest.param(["B>A", "C>A", "D>A", "A>Z"], [], [], [], id="many guarantors, two borrowers"),
    ],
)
def test_networks(engine: Engine, arcs: list[str], chains: list[str], circles: list[str], mutual: list[str]) -> None:
    search(engine, *arcs)
    assert groups(engine, "chain_code") == chains
    assert groups(engine, "circle_code") == circles
    assert pairs(engine) == mutual


def test_without_guarantees_there_is_no_network(engine: Engine) -> None:
    search(engine)
    assert engine.fetch("SELECT count(*) FROM guarantee_party")[0][0] == 0


def test_guarantees_not_in_force_connect_nobody(engine: Engine) -> None:
    """Ended on the day, beginning tomorrow, or of a contract nobody delivered: none of them counts."""
    search(
        engine,
        guarantee_link="""
            guarantee_contract_number | guaranteed_contract_number | guarantor_key | borrower_number | valid_from | valid_until | is_self
            --------------------------+----------------------------+---------------+-----------------+------------+-------------+--------
            G1                        | H1                         | A             | B               | 2026-01-01 | 2026-06-30  | no
            G2                        | H2                         | B             | C               | 2026-07-01 |             | no
            G3                        | H3                         | C             |                 | 2026-01-01 |             | no
            G4                        | H4                         | D             | E               | 2026-06-30 | 2026-07-01  | no
        """,
    )
    assert groups(engine, "component_code") == ["D E"]
    assert sorted(party for (party,) in engine.fetch("SELECT party_key FROM guarantee_component")) == ["D", "E"]


def test_a_party_shows_what_it_guarantees_and_owes(engine: Engine) -> None:
    """One contract that secures two loans of B counts once on each side; a guarantor with a loan of his own is a borrower too."""
    search(
        engine,
        guarantee_link="""
            guarantee_contract_number | guaranteed_contract_number | guarantor_key | borrower_number | guarantee_amount | valid_from | is_self
            --------------------------+----------------------------+---------------+-----------------+------------------+------------+--------
            G1                        | H1                         | A             | B               | 100.00           | 2026-01-01 | no
            G1                        | H2                         | A             | B               | 100.00           | 2026-01-01 | no
            G2                        | H3                         | A             | C               | 30.00            | 2026-01-01 | no
            G2                        | H3                         | certificate:1 | C               | 30.00            | 2026-01-01 | no
        """,
        loan="""
            loan_number | customer_number | disbursed_amount | disbursed_on | last_reported_on
            ------------+-----------------+------------------+--------------+-----------------
            L1          | A               | 50.00            | 2026-01-01   | 2026-06-30
            L2          | B               | 90.00            | 2026-01-01   | 2026-06-30
            L3          | C               | 90.00            | 2026-01-01   | 2026-06-30
        """,
        loan_state="""
            loan_number | valid_from | valid_until | balance | loan_class  | loan_status
            ------------+------------+-------------+---------+-------------+------------
            L1          | 2026-05-31 |             | 40.00   | normal      | current
            L2          | 2026-05-31 | 2026-06-30  | 90.00   | normal      | current
            L2          | 2026-06-30 |             | 80.00   | substandard | overdue
            L3          | 2026-06-30 |             | 70.00   | loss        | written_off
        """,
        guarantor="""
            guarantee_contract_number | guarantor_key | net_assets_amount | first_reported_on | last_reported_on
            --------------------------+---------------+-------------------+-------------------+-----------------
            G1                        | A             | 900.00            | 2026-01-31        | 2026-05-31
            G2                        | A             | 800.00            | 2026-01-31        | 2026-06-30
        """,
    )
    expect(
        engine,
        "guarantee_party",
        """
        party_key     | customer_number | party_count | borrower_count | is_borrower | is_guarantor | given_amount | received_amount | net_assets_amount | loan_balance | bad_loan_balance
        --------------+-----------------+-------------+----------------+-------------+--------------+--------------+-----------------+-------------------+--------------+-----------------
        A             | A               | 4           | 3              | yes         | yes          | 130.00       | 0.00            | 800.00            | 40.00        | 0.00
        B             | B               | 4           | 3              | yes         | no           | 0.00         | 100.00          |                   | 80.00        | 80.00
        C             | C               | 4           | 3              | yes         | no           | 0.00         | 30.00           |                   | 0.00         | 0.00
        certificate:1 |                 | 4           | 3              | no          | yes          | 30.00        | 0.00            |                   | 0.00         | 0.00
        """,
    )


def test_a_joint_group_is_one_contract_under_which_several_secure_each_other(engine: Engine) -> None:
    """G1 by what it does, G2 by its name; G3 secures two loans by one guarantor and is no joint guarantee."""
    search(
        engine,
        guarantee_link="""
            guarantee_contract_number | guaranteed_contract_number | guarantor_key | borrower_number | guarantee_type | guarantee_amount | valid_from | is_self
            --------------------------+----------------------------+---------------+-----------------+----------------+------------------+------------+--------
            G1                        | H1                         | A             | A               | surety         | 10.00            | 2026-01-01 | yes
            G1                        | H1                         | B             | A               | surety         | 10.00            | 2026-01-01 | no
            G1                        | H2                         | A             | B               | surety         | 20.00            | 2026-01-01 | no
            G1                        | H2                         | B             | B               | surety         | 20.00            | 2026-01-01 | yes
            G2                        | H3                         | C             | D               | joint_surety   | 30.00            | 2026-01-01 | no
            G3                        | H4                         | E             | F               | surety         | 40.00            | 2026-01-01 | no
            G3                        | H5                         | E             | K               | surety         | 40.00            | 2026-01-01 | no
        """,
    )
    expect(
        engine,
        "joint_guarantee",
        """
        guarantee_contract_number | party_key | is_borrower | is_guarantor
        --------------------------+-----------+-------------+-------------
        G1                        | A         | yes         | yes
        G1                        | B         | yes         | yes
        G2                        | C         | no          | yes
        G2                        | D         | yes         | no
        """,
    )
    expect(
        engine,
        "mutual_guarantee",
        """
        first_party_key | second_party_key | first_amount | second_amount
        ----------------+------------------+--------------+--------------
        A               | B                | 20.00        | 10.00
        """,
    )


def reachable(arcs: set[tuple[str, str]], start: str) -> set[str]:
    """Return whoever can be reached from `start`, itself included."""
    seen, waiting = {start}, [start]
    while waiting:
        at = waiting.pop()
        for source, target in arcs:
            if source == at and target not in seen:
                seen.add(target)
                waiting.append(target)
    return seen


def test_random_networks_agree_with_plain_reachability(engine: Engine) -> None:
    """Sparse and dense graphs, and a long line that ends in a ring, against reachability counted in Python."""
    if engine.name == "spark":
        pytest.skip("every round is a job there; the drawn graphs run on both engines")
    draw = random.Random(4)
    shapes = [(30, 25), (30, 45), (20, 80)]
    graphs = [{(f"C{draw.randrange(size):03}", f"C{draw.randrange(size):03}") for _ in range(count)} for size, count in shapes]
    graphs.append({(f"C{n:03}", f"C{n + 1:03}") for n in range(40)} | {("C040", "C025")})
    for graph in graphs:
        search(engine, *(f"{source}>{target}" for source, target in sorted(graph)))
        arcs = {(source, target) for source, target in graph if source != target}
        both_ways = arcs | {(target, source) for source, target in arcs}
        parties = {party for arc in arcs for party in arc}
        parts = {" ".join(sorted(reachable(both_ways, party))) for party in parties}
        assert groups(engine, "component_code") == sorted(parts)
        ahead = {party: reachable(arcs, party) for party in parties}
        rings = {" ".join(sorted(p for p in ahead[party] if party in ahead[p])) for party in parties}
        assert groups(engine, "circle_code") == sorted(ring for ring in rings if " " in ring)


def test_a_ring_of_a_hundred_is_found_in_a_quarter_as_many_rounds(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Marks that went from neighbour to neighbour alone would take a round for each party."""
    if engine.name == "spark":
        pytest.skip("every round is a job there; rounds are the same on both engines")
    load_tables(engine, guarantee_link=drawn_links(*(f"C{n:03}>C{(n + 1) % 100:03}" for n in range(100))))
    run(engine, CONNECT_GUARANTEE_PARTIES, reporting_date=DAY)
    made: list[str] = []
    create = run_step._create

    def counted(engine: Engine, step: Step, query: str, context: BatchContext) -> None:
        made.append(step.name)
        create(engine, step, query, context)

    monkeypatch.setattr(run_step, "_create", counted)
    run(engine, FIND_GUARANTEE_CYCLES, reporting_date=DAY)
    assert engine.fetch("SELECT count(DISTINCT cycle_code), count(cycle_code) FROM guarantee_cycle") == [(1, 100)]
    assert len(made) <= 25
