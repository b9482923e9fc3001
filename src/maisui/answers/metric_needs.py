"""Which analyses have nothing to rest on while feeds are not delivered: by lineage for metrics, by words of the contract for the rest."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlglot
from sqlglot import exp

from maisui.metrics import CATALOGUE, Measure, Metric
from maisui.steps import lineage
from maisui.tables import BY_NAME

Lineage = Mapping[str, Mapping[str, Collection[str]]]
"""For each table the columns of other tables or feeds each of its columns is made of, as a manifest keeps it."""


@dataclass(frozen=True, slots=True)
class MetricNeeds:
    """The feeds (by the name mappings read them under) of which a metric needs at least one, for each of its two sides."""

    metric: Metric
    sides: tuple[frozenset[str], ...]

    def has_source(self, delivered: Collection[str]) -> bool:
        """Return whether every side finds one of its feeds among the delivered ones."""
        return all(not side or side & set(delivered) for side in self.sides)


def metric_needs(lineage_of_plan: Lineage) -> tuple[MetricNeeds, ...]:
    """Return what every metric needs, followed from its columns back to feeds."""
    origins = origins_of(lineage_of_plan)
    return tuple(MetricNeeds(metric, _sides(metric, origins)) for metric in CATALOGUE)


def origins_of(lineage_of_plan: Lineage) -> Mapping[str, Mapping[str, lineage.Sources]]:
    """Return for each column of each table the tables and columns it is made of, as tracing asks for them."""
    return {
        table: {
            column: frozenset((place.rpartition(".")[0], place.rpartition(".")[2]) for place in places)
            for column, places in columns.items()
        }
        for table, columns in lineage_of_plan.items()
    }


def _sides(metric: Metric, origins: Mapping[str, Mapping[str, lineage.Sources]]) -> tuple[frozenset[str], ...]:
    measures = [metric.numerator, *([metric.denominator] if metric.denominator else [])]
    return tuple(_feeds_of(measure, origins) for measure in measures)


def _feeds_of(measure: Measure, origins: Mapping[str, Mapping[str, lineage.Sources]]) -> frozenset[str]:
    parsed = sqlglot.parse_one(f"SELECT {measure.expression.replace('$', '')}", read="duckdb")
    named = {column.name for column in parsed.find_all(exp.Column)} & set(BY_NAME[measure.mart].column_names)
    found: set[str] = set()
    for column in named or {lineage.ROWS}:
        found |= {table for table, _ in lineage.trace(measure.mart, column, origins).origins}
    return frozenset(found - set(BY_NAME))
