"""Which feeds a figure lacks that does not exist on any day: those without which no row of it can be, and nobody delivered them.

A feed that only decides or alters what others bring (whose results are whose, which customers are one) makes no row and is
never named; nor is any where the figure has rows on other days: history or the bank's own business lacks then.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import sqlglot
from sqlglot import exp

from maisui.answers.metric_needs import Lineage, origins_of
from maisui.answers.question import Note
from maisui.metrics import Measure, Metric
from maisui.own_steps import OWN_STEPS
from maisui.sources.loader import BUILTIN, load_builtin
from maisui.steps import lineage
from maisui.steps.emptiness import is_surely_empty
from maisui.tables import BY_NAME
from maisui.warehouse.reader import Reader

Feeds = frozenset[str]
Origins = Mapping[str, Mapping[str, lineage.Sources]]
_STEPS = {step.writes.name: step for step in OWN_STEPS}
_followed: dict[tuple[str, str, str, Feeds], Feeds] = {}
"""What was already followed in this process: it follows from contracts and steps, of which a manifest keeps the hash, and deliveries."""


def undelivered(reader: Reader, metric: Metric) -> Note | None:
    """Return the feeds for want of which a side of `metric` has no row on any day; None where something else is the cause."""
    sides = [measure for measure in (metric.numerator, metric.denominator) if measure is not None and not _has_a_row(reader, measure)]
    lacking = frozenset[str]().union(*(_lacking(reader, measure) for measure in sides))
    if not lacking:
        return None
    titles = {feed.view: (feed.title_zh, feed.title_en) for code in BUILTIN for feed in load_builtin(code).feeds.values()}
    titles |= reader.manifest.own_feed_titles
    named = [titles.get(view, (view, view)) for view in sorted(lacking)]
    return Note(f"未报送：{'、'.join(zh for zh, _ in named)}", f"not delivered: {', '.join(en for _, en in named)}")


def _has_a_row(reader: Reader, measure: Measure) -> bool:
    """Tell whether any day has a row that makes the measure exist."""
    where = f" WHERE {measure.delivered_where}" if measure.delivered_where else ""
    return bool(reader.facts(f"SELECT 1 FROM {measure.mart} AS m{where} LIMIT 1"))


def _lacking(reader: Reader, measure: Measure) -> Feeds:
    came = reader.facts("SELECT DISTINCT source_code, feed_code FROM delivery")
    delivered = frozenset(f"{source}_{feed}".lower() for source, feed in came)
    place = (reader.manifest.source_hash, measure.mart, measure.delivered_where, delivered)
    if place not in _followed:
        _followed[place] = _without_rows(reader.manifest.lineage, measure, delivered)
    return _followed[place]


def _without_rows(lineage_of_plan: Lineage, measure: Measure, delivered: Feeds) -> Feeds:
    origins = origins_of(lineage_of_plan)
    feeds = {
        table: frozenset(name for places in columns.values() for name, _ in places)
        for table, columns in origins.items()
        if table not in _STEPS
    }
    lacking = frozenset[str]().union(*feeds.values()) - delivered
    found = _blocking(measure.mart, lacking, feeds)
    if found or not measure.delivered_where:
        return found
    asked = {column.name for column in sqlglot.parse_one(measure.delivered_where, read="duckdb").find_all(exp.Column)}
    made_of = {name for column in asked for name, _ in lineage.trace(measure.mart, column, origins).origins} - set(BY_NAME)
    if made_of and made_of <= lacking:
        return frozenset(made_of)
    bringing = _of_the_kind(measure, origins)
    return bringing if bringing <= lacking else frozenset()


def _of_the_kind(measure: Measure, origins: Origins) -> Feeds:
    """Return the feeds whose rows are all of the kind that `measure` asks for, as their mappings say (`account_kind = 'deposit'`).

    None where a feed delivers the kind itself, or one of the bank's own fills the same table: what its rows are, no version tells.
    """
    found: set[str] = set()
    for equal in sqlglot.parse_one(measure.delivered_where, read="duckdb").find_all(exp.EQ):
        if not isinstance(equal.this, exp.Column) or not isinstance(equal.expression, exp.Literal):
            continue
        traced = lineage.trace(measure.mart, equal.this.name, origins)
        if traced.origins:
            return frozenset()
        for table, column in (place for place in traced.edges if place[0] not in _STEPS):
            feeds = {name for places in origins[table].values() for name, _ in places}
            told = {name: _told_kinds(name, table, column) for name in feeds}
            if None in told.values():
                return frozenset()
            found |= {name for name, kinds in told.items() if kinds and equal.expression.this in kinds}
    return frozenset(found)


@cache
def _told_kinds(feed: str, table: str, column: str) -> Feeds | None:
    """Return the words that the mapping of the product puts into `column` for rows of a `feed` of its; None for another feed."""
    source = next((code for code in BUILTIN if feed in {one.view for one in load_builtin(code).feeds.values()}), None)
    if source is None:
        return None
    kinds: set[str] = set()
    for select in sqlglot.parse_one(load_builtin(source).mappings[table].query, read="duckdb").find_all(exp.Select):
        said = next((one.unalias() for one in select.expressions if one.alias_or_name == column), None)
        source_of_rows = select.args.get("from_")
        if isinstance(said, exp.Literal) and source_of_rows and feed in {one.name for one in source_of_rows.find_all(exp.Table)}:
            kinds.add(said.this)
    return frozenset(kinds)


def _blocking(mart: str, lacking: Feeds, feeds: Mapping[str, Feeds]) -> Feeds:
    """Return those of the `lacking` feeds that keep `mart` empty: each that does alone, and the fewest of which any one would do."""

    def is_blocked(by: Feeds) -> bool:
        return _stays_empty(mart, by, feeds, {})

    if is_blocked(frozenset()) or not is_blocked(lacking):
        return frozenset()
    alone = frozenset(feed for feed in lacking if is_blocked(frozenset((feed,))))
    together = lacking - alone
    if not is_blocked(together):
        return alone
    for feed in sorted(together):
        if is_blocked(together - {feed}):
            together -= {feed}
    return alone | together


def _stays_empty(table: str, lacking: Feeds, feeds: Mapping[str, Feeds], known: dict[str, bool]) -> bool:
    """Tell whether `table` surely has no rows while the `lacking` feeds bring none; `known` keeps what was found on the way."""
    if table not in known:
        step = _STEPS.get(table)
        if step is None:
            known[table] = table in feeds and feeds[table] <= lacking
        else:
            known[table] = False  # of a table that its own step reads
            empty = frozenset(name for name in step.reads if _stays_empty(name, lacking, feeds, known))
            known[table] = bool(empty) and is_surely_empty(step.query, empty)
    return known[table]
