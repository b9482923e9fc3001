"""Who may be the same person without a certificate that says so: Fellegi-Sunter weights by field, learnt without labels (Splink).

The only module that knows Splink, asked for when pairs are learnt or found. One thread and a fixed seed: the same records give
the same weights.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import Any

import duckdb

from maisui.errors import QuestionError
from maisui.models.fitted import SEED, library

UNKNOWN, DIFFERENT, NEAR, SAME = "unknown", "different", "near", "same"
_LEAST_PROBABILITY = 0.01
_MOST_PAIRS = 1_000_000


class Shape(StrEnum):
    """How two values of a field are held against each other."""

    EXACT = "exact"
    NUMBER = "number"
    NAME = "name"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Field:
    """One thing known of a person: its column, how it is compared, and its words."""

    code: str
    shape: Shape
    name_zh: str = ""
    name_en: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How records are compared.

    Attributes:
        fields: what is compared.
        blocks: two records are compared where all columns of one of these are equal.
        sure: columns that together hardly ever agree by chance; from them it is estimated how many pairs are one person.
        recall: the share of true pairs that agree in `sure`.
        learn_within: within pairs that agree in these, the weights of the other fields are learnt; each field must be free in one.
    """

    fields: tuple[Field, ...]
    blocks: tuple[tuple[str, ...], ...]
    sure: tuple[str, ...]
    recall: float
    learn_within: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records, how likely they are one person, and for each field how it compares and what that weighs (bits)."""

    left: str
    right: str
    probability: float
    evidence: tuple[tuple[str, str, float], ...]


def learn(tables: tuple[Any, ...], likeness: Likeness) -> str:
    """Return what was learnt from records, a table of Arrow each with `unique_id`; of two tables, pairs lie across them.

    Raises:
        HomeError: when the library is missing.
        QuestionError: when no two records agree enough to learn from.
    """
    connection, names = _opened(tables)
    linker, training = _linker(connection, names, _settings(likeness, len(names), _prior(connection, names, likeness))), library("splink")
    linker.training.estimate_u_using_random_sampling(max_pairs=_MOST_PAIRS, seed=SEED)
    for columns in likeness.learn_within:
        if not _agreeing(connection, names, columns):
            raise QuestionError(
                f"no two records agree in {', '.join(columns)}", where="identity", next_step="there is nothing to learn from"
            )
        linker.training.estimate_parameters_using_expectation_maximisation(training.block_on(*columns))
    return json.dumps(linker.misc.save_model_to_json(), sort_keys=True, ensure_ascii=False)


def pairs_of(tables: tuple[Any, ...], likeness: Likeness, learnt: str) -> tuple[Pair, ...]:
    """Return the pairs that may be one person, the likeliest first.

    Raises:
        HomeError: when the library is missing.
    """
    connection, names = _opened(tables)
    found = _linker(connection, names, json.loads(learnt)).inference.predict(threshold_match_probability=_LEAST_PROBABILITY)
    levels = {field.code: _levels(field) for field in likeness.fields}
    columns = ", ".join(f"gamma_{code}, mw_{code}" for code in levels)
    rows = connection.execute(
        f"SELECT unique_id_l, unique_id_r, match_probability, {columns} FROM {found.physical_name} "
        "ORDER BY match_probability DESC, unique_id_l, unique_id_r"
    ).fetchall()
    return tuple(
        Pair(
            left, right, probability,
            tuple((code, levels[code].get(gamma, NEAR), weight) for code, gamma, weight in zip(levels, seen[::2], seen[1::2], strict=True)),
        )
        for left, right, probability, *seen in rows
    )  # fmt: skip


def _opened(tables: tuple[Any, ...]) -> tuple[duckdb.DuckDBPyConnection, list[str]]:
    connection, names = duckdb.connect(), [f"records_{place}" for place in range(len(tables))]
    connection.execute("SET threads = 1")
    for name, table in zip(names, tables, strict=True):
        connection.register(f"given_{name}", table)
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM given_{name} ORDER BY unique_id")
    return connection, names


def _linker(connection: duckdb.DuckDBPyConnection, names: list[str], settings: Any) -> Any:  # noqa: ANN401 - the library's own
    splink = library("splink")
    database = splink.DuckDBAPI(connection=connection)
    records = [database.register(name, dataset_display_name=name) for name in names]
    return splink.Linker(records if len(records) > 1 else records[0], settings, log_level=logging.ERROR)


def _settings(likeness: Likeness, tables: int, prior: float) -> Any:  # noqa: ANN401
    splink = library("splink")
    return splink.SettingsCreator(
        link_type="link_only" if tables > 1 else "dedupe_only",
        comparisons=[_comparison(field) for field in likeness.fields],
        blocking_rules_to_generate_predictions=[splink.block_on(*columns) for columns in likeness.blocks],
        probability_two_random_records_match=prior,
        retain_intermediate_calculation_columns=True,
    )


def _comparison(field: Field) -> Any:  # noqa: ANN401
    compare = library("splink.comparison_library")
    match field.shape:
        case Shape.EXACT:
            return compare.ExactMatch(field.code)
        case Shape.NUMBER:
            return compare.LevenshteinAtThresholds(field.code, [1, 2])
        case Shape.NAME:
            return compare.JaroWinklerAtThresholds(field.code, [0.9, 0.75])
        case Shape.TEXT:
            return compare.JaroWinklerAtThresholds(field.code, [0.9, 0.7])


def _levels(field: Field) -> dict[int, str]:
    """Return the words of a comparison's levels; those between are near."""
    return {-1: UNKNOWN, 0: DIFFERENT, 1 if field.shape is Shape.EXACT else 3: SAME}


def _prior(connection: duckdb.DuckDBPyConnection, names: list[str], likeness: Likeness) -> float:
    """Return how likely two records are one person, before anything is compared."""
    (counts,) = connection.execute(f"SELECT {', '.join(f'(SELECT count(*) FROM {name})' for name in names)}").fetchall()
    pairs = counts[0] * counts[1] if len(names) > 1 else counts[0] * (counts[0] - 1) / 2
    return min(0.5, (_agreeing(connection, names, likeness.sure) + 1) / likeness.recall / max(1, pairs))


def _agreeing(connection: duckdb.DuckDBPyConnection, names: list[str], columns: tuple[str, ...]) -> int:
    """Return how many pairs agree in all of `columns`."""
    left, right = names[0], names[-1]
    equal = " AND ".join(chain((f"l.{column} = r.{column}" for column in columns), () if left != right else ("l.unique_id < r.unique_id",)))
    ((count,),) = connection.execute(f"SELECT count(*) FROM {left} AS l INNER JOIN {right} AS r ON {equal}").fetchall()
    return count
