"""What a batch will do: the sources of the home, their feeds as views, and every step in order."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache

from maisui.errors import IntegrationError, collect
from maisui.integration.deliver_table import delivered_steps, feed_schema
from maisui.integration.read_feed import typed_feed
from maisui.own_steps import OWN_STEPS
from maisui.sources.contract import Source
from maisui.steps import lineage, lint
from maisui.steps.step import BatchContext, Step, in_order
from maisui.tables import ALL

GIVEN = ("delivery", "parameter", "product_level", "product_word", "control_subject")
"""Tables that the batch itself fills, from registrations, parameters and lines of controls."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The sources of a home and all steps in the order in which they run."""

    sources: tuple[Source, ...]
    steps: tuple[Step, ...]
    source_hash: str
    """A hash over every contract and every step: it changes when one of them does."""

    def users(self, kept: Collection[str]) -> dict[str, set[str]]:
        """Return by table that is not `kept` the names of the steps that write or read it: after them nobody needs it."""
        users = {step.writes.name: {step.name} for step in self.steps if step.writes.name not in kept}
        for step in self.steps:
            for name in users.keys() & set(step.reads):
                users[name].add(step.name)
        return users


def make_plan(sources: tuple[Source, ...]) -> Plan:
    """Return the plan for `sources`, checked before anything runs; the steps of the product were checked when it was built.

    Raises:
        ContractError: when a mapping is not sound.
        IntegrationError: when the reading of a feed leaves the portable subset, or a table has no step.
    """
    feeds = [feed for source in sources for feed in source.feeds.values()]
    faults = [f"feed {feed.view}: {fault}" for feed in feeds for fault in lint.violations(typed_feed(feed))]
    collect(IntegrationError, faults, where="the reading of feeds", next_step="write the SQL within the portable subset")
    available = frozenset([feed.view for feed in feeds] + list(GIVEN))
    steps = in_order((*delivered_steps(sources), *OWN_STEPS), available)
    unwritten = sorted({table.name for table in ALL} - {step.writes.name for step in steps} - set(GIVEN))
    if unwritten:
        raise IntegrationError(f"no step writes {', '.join(unwritten)}", where="the plan", next_step="register the missing step")
    return Plan(sources, steps, _source_hash(sources, steps))


def _source_hash(sources: tuple[Source, ...], steps: tuple[Step, ...]) -> str:
    feeds = [(source.code, source.feeds) for source in sources]
    text = repr((feeds, [(step.name, step.writes, step.queries, step.moving) for step in steps]))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


Schema = dict[str, dict[str, str]]
_TABLES: Schema = {table.name: {column.name: column.type for column in table.columns} for table in ALL}
_traced: dict[str, dict[str, dict[str, list[str]]]] = {}
"""Lineage of plans already traced in this process: it follows from contracts and steps alone."""


def column_lineage(plan: Plan) -> dict[str, dict[str, list[str]]]:
    """Return for each column of each table that a step writes the columns it is made of; `*` stands for its rows."""
    if plan.source_hash not in _traced:
        _traced[plan.source_hash] = _trace(plan)
    return _traced[plan.source_hash]


def _trace(plan: Plan) -> dict[str, dict[str, list[str]]]:
    delivered: Schema = {view: columns for source in plan.sources for view, columns in feed_schema(source).items()}
    own = {step.name for step in OWN_STEPS}
    context = BatchContext("entity", date(2000, 1, 31))
    found: dict[str, dict[str, list[str]]] = {}
    for step in plan.steps:
        query = context.fill(step.query)
        found[step.writes.name] = _of_tables(query) if step.name in own else _origins(query, _TABLES | delivered)
    return found


@cache
def _of_tables(query: str) -> dict[str, list[str]]:
    """Return the origins of a step of the product: it reads no feed, so that they are the same with every source."""
    return _origins(query, _TABLES)


def _origins(query: str, schema: Schema) -> dict[str, list[str]]:
    read = lineage.columns_read(query, schema)
    tables = {table for origins in read.values() for table, _ in origins}
    as_written = {(table, column.lower()): f"{table}.{column}" for table in tables for column in schema[table]}
    return {column: sorted(as_written[table, name.lower()] for table, name in origins) for column, origins in sorted(read.items())}
