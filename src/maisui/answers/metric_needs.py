"""Which analyses have nothing to rest on while feeds are not delivered: by lineage for metrics, by words of the contract for the rest."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import sqlglot
from sqlglot import exp

from maisui.answers.question import Note
from maisui.metrics import CATALOGUE, Measure, Metric
from maisui.sources.loader import BUILTIN, load_builtin
from maisui.steps import lineage
from maisui.tables import BY_NAME
from maisui.warehouse.reader import Reader

Lineage = Mapping[str, Mapping[str, Collection[str]]]
"""For each table the columns of other tables or feeds each of its columns is made of, as a manifest keeps it."""
_followed: dict[tuple[str, str], frozenset[str]] = {}
"""The feeds of a metric already followed in this process: they follow from contracts and steps, of which a manifest keeps the hash."""


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
    one_level = _one_level(lineage_of_plan)
    return tuple(MetricNeeds(metric, _sides(metric, one_level)) for metric in CATALOGUE)


def undelivered(reader: Reader, metric: Metric) -> Note | None:
    """Return which feeds a figure that does not exist could be made of and nobody delivered; None where all of them came."""
    delivered = {f"{source}_{feed}".lower() for source, feed in reader.facts("SELECT DISTINCT source_code, feed_code FROM delivery")}
    place = (reader.manifest.source_hash, metric.code)
    if place not in _followed:
        _followed[place] = frozenset[str]().union(*_sides(metric, _one_level(reader.manifest.lineage)))
    lacking = _followed[place] - delivered
    if not lacking:
        return None
    titles = {feed.view: (feed.title_zh, feed.title_en) for code in BUILTIN for feed in load_builtin(code).feeds.values()}
    named = [titles.get(view, (view, view)) for view in sorted(lacking)]
    return Note(f"未报送：{'、'.join(zh for zh, _ in named)}", f"not delivered: {', '.join(en for _, en in named)}")


def _one_level(lineage_of_plan: Lineage) -> Mapping[str, Mapping[str, lineage.Sources]]:
    return {
        table: {
            column: frozenset((place.rpartition(".")[0], place.rpartition(".")[2]) for place in places)
            for column, places in columns.items()
        }
        for table, columns in lineage_of_plan.items()
    }


def _sides(metric: Metric, one_level: Mapping[str, Mapping[str, lineage.Sources]]) -> tuple[frozenset[str], ...]:
    measures = [metric.numerator, *([metric.denominator] if metric.denominator else [])]
    return tuple(_feeds_of(measure, one_level) for measure in measures)


def _feeds_of(measure: Measure, one_level: Mapping[str, Mapping[str, lineage.Sources]]) -> frozenset[str]:
    parsed = sqlglot.parse_one(f"SELECT {measure.expression.replace('$', '')}", read="duckdb")
    named = {column.name for column in parsed.find_all(exp.Column)} & set(BY_NAME[measure.mart].column_names)
    found: set[str] = set()
    for column in named or {lineage.ROWS}:
        found |= {table for table, _ in lineage.trace(measure.mart, column, one_level).origins}
    return frozenset(found - set(BY_NAME))
