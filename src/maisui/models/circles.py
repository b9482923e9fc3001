"""Circles that nobody delivered, as suggestions: communities of tied customers, who is paid by whom, and chains of firms that pay each other.

A file beside the version, as scores are: found by a batch, never part of a version, the same for the same version, parameters
and libraries. Pages read the file; the libraries are asked for here only, when circles are looked for.
"""

from __future__ import annotations

import io
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from maisui.errors import StorageError
from maisui.models.circle_ties import KINDS, Payment, Tie, delivered_ties, payment_ties, payments
from maisui.models.fit import library
from maisui.models.panel import Marts
from maisui.models.registry import models_folder
from maisui.models.rows_of_file import rows_of
from maisui.warehouse.durable import replace_durably

CODE = "circles"
SEED = 20261128
TRIALS = 20
_KEY = b"maisui"
_PARAMETERS = ("circle.weight.", "circle.fewest_payments", "circle.fewest_members")
_COLUMNS = ("kind", "circle_code", "customer_number", "is_first", "role", "evidence", "amount")


@dataclass(frozen=True, slots=True)
class Member:
    """One member of a suggested circle: `is_first` marks its core, `evidence` counts his ties inside as `kind:count|…`, `amount` is yuan."""

    kind: str
    circle_code: str
    customer_number: str
    is_first: bool
    role: str
    evidence: str
    amount: Decimal


@dataclass(frozen=True, slots=True)
class FoundCircles:
    """What a batch found in a version: the facts of the search, and a row for every member."""

    facts: dict[str, Any]
    rows: Any


def find_circles(reader: Marts, home: Path, version: str, day: date) -> Path:
    """Write the circles found in a version, and return the file.

    Raises:
        HomeError: when the libraries are missing.
        StorageError: when the file cannot be written.
    """
    settings = _settings(reader, day)
    fewest = int(settings["circle.fewest_members"])
    paid = payments(reader, day)
    ties = (*delivered_ties(reader, day), *payment_ties(paid, int(settings["circle.fewest_payments"])))
    weights = {kind: settings[f"circle.weight.{kind}"] for kind in KINDS}
    modularity, parts = communities([(tie.one, tie.other, weights[tie.kind]) for tie in ties], fewest)
    members = [*_community_members(parts, ties, weights), *payroll_clusters(paid, fewest), *supply_chains(paid, settings, fewest)]
    facts = {
        "version": version,
        "day": f"{day}",
        "ties": dict(sorted(Counter(tie.kind for tie in ties).items())),
        "settings": {code: f"{value}" for code, value in sorted(settings.items())},
        "modularity": modularity,
        "seed": SEED,
        "trials": TRIALS,
        "circles": dict(sorted(Counter(kind for kind, _ in {(one.kind, one.circle_code) for one in members}).items())),
    }
    return _write(home, facts, members)


def communities(edges: Iterable[tuple[str, str, Decimal]], fewest: int) -> tuple[float, tuple[tuple[str, ...], ...]]:
    """Return the modularity of the best of TRIALS partitions, and its communities of at least `fewest` nodes, the largest first.

    Weights of one pair are added up; an edge without weight is none. Components of fewer nodes are left out beforehand.

    Raises:
        HomeError: when the libraries are missing.
    """
    summed: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for one, other, weight in edges:
        summed[min(one, other), max(one, other)] += weight
    known = sorted((pair, weight) for pair, weight in summed.items() if weight > 0)
    large = _large_components([pair for pair, _ in known], fewest)
    kept = [(pair, weight) for pair, weight in known if pair[0] in large]
    if not kept:
        return 0.0, ()
    numbers = np.asarray([weight for _, weight in kept], np.float64).tolist()
    quality, found = library("graspologic_native").leiden(
        [(*pair, number) for (pair, _), number in zip(kept, numbers, strict=True)], seed=SEED, trials=TRIALS
    )
    parts: defaultdict[int, list[str]] = defaultdict(list)
    for node, part in sorted(found.items()):
        parts[part].append(node)
    return quality, tuple(sorted((tuple(part) for part in parts.values() if len(part) >= fewest), key=lambda part: (-len(part), part)))


def payroll_clusters(paid: Sequence[Payment], fewest: int) -> list[Member]:
    """Return each payer of wages with those he paid, from `fewest` payees; the largest first."""
    clusters: defaultdict[str, list[Payment]] = defaultdict(list)
    for one in paid:
        if one.is_payroll:
            clusters[one.payer].append(one)
    found: list[Member] = []
    chosen = sorted((payer for payer, of in clusters.items() if len(of) >= fewest), key=lambda payer: (-len(clusters[payer]), payer))
    for number, payer in enumerate(chosen, 1):
        code, of = f"W{number:05d}", clusters[payer]
        found.append(Member("payroll", code, payer, True, "payer", f"payroll:{sum(one.count for one in of)}", _sum(of)))
        found += [Member("payroll", code, one.payee, False, "payee", f"payroll:{one.count}", one.amount) for one in of]
    return found


def supply_chains(paid: Sequence[Payment], settings: dict[str, Decimal], fewest: int) -> list[Member]:
    """Return firms that hang together by payments between firms, from `fewest`; the core is who moved most, the largest chain first."""
    between = [one for one in paid if one.is_between_firms and not one.is_payroll and one.count >= settings["circle.fewest_payments"]]
    rustworkx = library("rustworkx")
    graph, places, nodes = _graph(rustworkx.PyDiGraph, [(one.payer, one.payee) for one in between])
    chains = [sorted(nodes[place] for place in part) for part in rustworkx.weakly_connected_components(graph) if len(part) >= fewest]
    moved: defaultdict[str, list[Payment]] = defaultdict(list)
    for one in between:
        moved[one.payer].append(one)
        moved[one.payee].append(one)
    found: list[Member] = []
    for number, chain in enumerate(sorted(chains, key=lambda one: (-len(one), one)), 1):
        core = min(chain, key=lambda firm: (-_sum(moved[firm]), firm))
        for firm in chain:
            place = places[firm]
            role = "between" if graph.in_degree(place) and graph.out_degree(place) else "buyer" if graph.out_degree(place) else "supplier"
            count = sum(one.count for one in moved[firm])
            found.append(Member("supply_chain", f"S{number:05d}", firm, firm == core, role, f"payment:{count}", _sum(moved[firm])))
    return found


def read_circles(home: Path, version: str) -> FoundCircles | None:
    """Return the circles found in a version; None where none were looked for.

    Raises:
        StorageError: when the file cannot be read.
    """
    file = models_folder(home) / CODE / f"{version}.parquet"
    if not file.is_file():
        return None
    try:
        rows = rows_of(file)
    except (OSError, ValueError, pa.ArrowException) as error:
        raise StorageError("circles cannot be read", where=str(file), next_step="run `maisui models score circles` again") from error
    return FoundCircles(json.loads(rows.schema.metadata[_KEY]), rows)


def _community_members(parts: tuple[tuple[str, ...], ...], ties: Sequence[Tie], weights: dict[str, Decimal]) -> list[Member]:
    """Return the members of communities that are more than one household or one company group, with their ties inside."""
    part_of = {node: place for place, part in enumerate(parts) for node in part}
    inside: defaultdict[int, list[Tie]] = defaultdict(list)
    for tie in ties:
        if part_of.get(tie.one, -1) == part_of.get(tie.other, -2):
            inside[part_of[tie.one]].append(tie)
    found: list[Member] = []
    number = 0
    for place, part in enumerate(parts):
        if any(_is_one(part, [tie for tie in inside[place] if tie.kind == kind]) for kind in ("household", "group")):
            continue
        number += 1
        own: defaultdict[str, list[Tie]] = defaultdict(list)
        for tie in inside[place]:
            own[tie.one].append(tie)
            own[tie.other].append(tie)
        core = min(part, key=lambda node: (-sum(weights[tie.kind] for tie in own[node]), node))
        for node in part:
            counts = Counter(tie.kind for tie in own[node])
            evidence = "|".join(f"{kind}:{counts[kind]}" for kind in KINDS if counts[kind])
            amount = sum((tie.amount for tie in own[node]), Decimal("0.00"))
            found.append(Member("community", f"C{number:05d}", node, node == core, "", evidence, amount))
    return found


def _is_one(part: tuple[str, ...], ties: Sequence[Tie]) -> bool:
    """Return whether ties of one kind bind every pair of a community: then it is known already."""
    return len(ties) == len(part) * (len(part) - 1) // 2


def _large_components(pairs: Sequence[tuple[str, str]], fewest: int) -> set[str]:
    rustworkx = library("rustworkx")
    graph, _, nodes = _graph(rustworkx.PyGraph, pairs)
    return {nodes[place] for part in rustworkx.connected_components(graph) if len(part) >= fewest for place in part}


def _graph(kind: Callable[[], Any], pairs: Sequence[tuple[str, str]]) -> tuple[Any, dict[str, int], list[str]]:
    nodes = sorted({node for pair in pairs for node in pair})
    places = {node: place for place, node in enumerate(nodes)}
    graph = kind()
    graph.add_nodes_from(nodes)
    graph.add_edges_from_no_data([(places[one], places[other]) for one, other in pairs])
    return graph, places, nodes


def _sum(paid: Iterable[Payment]) -> Decimal:
    return sum((one.amount for one in paid), Decimal("0.00"))


def _settings(reader: Marts, day: date) -> dict[str, Decimal]:
    rows = reader.rows(
        "SELECT parameter_code, number_value FROM parameter WHERE starts_with(parameter_code, 'circle.') AND number_value IS NOT NULL "
        "AND valid_from <= ? AND (valid_until IS NULL OR valid_until > ?)",
        [day, day],
    )
    return {code: Decimal(number) for code, number in rows if code.startswith(_PARAMETERS)}


def _write(home: Path, facts: dict[str, Any], members: Sequence[Member]) -> Path:
    kinds = {"is_first": pa.bool_(), "amount": pa.decimal128(38, 2)}
    table: Any = pa.table({name: pa.array([getattr(one, name) for one in members], kinds.get(name, pa.string())) for name in _COLUMNS})
    content = io.BytesIO()
    pq.write_table(table.replace_schema_metadata({_KEY: json.dumps(facts, ensure_ascii=False, sort_keys=True)}), content)
    folder = models_folder(home) / CODE
    file = folder / f"{facts['version']}.parquet"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        aside = folder / f"{file.name}.aside"
        aside.write_bytes(content.getvalue())
        replace_durably(aside, file)
    except OSError as error:
        raise StorageError(
            f"circles cannot be written: {error.strerror}", where=str(folder), next_step="free space, then run again"
        ) from error
    return file
