"""How every step of a plan is run over the registered rows of a bank's deliveries."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import count
from pathlib import Path

from maisui.engines.engine import Engine
from maisui.intake import Receipt
from maisui.intake.receipt import RATES_AS_FRACTION, places_of_arrival
from maisui.integration.read_feed import delivered_key, raw_view, typed_feed
from maisui.parameters import ParameterSet
from maisui.pipeline.control_settings import ControlSettings
from maisui.pipeline.plan import Plan
from maisui.pipeline.run_step import run_step
from maisui.pipeline.settled import Ground, feeds_to_reread, reach_back, require_same_past, run_step_onward
from maisui.pipeline.side_by_side import run_side_by_side
from maisui.reconciliation import subject_lines, subject_lines_query
from maisui.sources.contract import Source
from maisui.sources.use import feeds_read
from maisui.steps.step import BatchContext, Step
from maisui.tables import BY_NAME

Progress = Callable[[str, int, int], None]
"""What is told of a batch under way: the stage, how many of its parts are done, and of how many."""


def integrate(
    engine: Engine,
    plan: Plan,
    parameters: ParameterSet,
    live: Sequence[Receipt],
    raw: Path,
    context: BatchContext,
    report: Progress,
    settings: ControlSettings | None = None,
    kept: Collection[str] = frozenset(BY_NAME),
    ground: Ground | None = None,
    workers: int = 2,
) -> frozenset[str]:
    """Run every step of `plan` on `engine` over the registered rows of `live`; without `settings` controls are those of the product.

    Up to `workers` steps run beside each other. Tables that are not `kept` are dropped after the last step that reads them.
    With a `ground` the rows of settled tables before its first day are those of its version. Returned are the names of the
    tables that have no row.

    Raises:
        Unsettled: when those rows do not hold any more.
    """
    recent = [r for r in live if r.business_date >= ground.proved_from] if ground else live
    reread = feeds_to_reread(plan) if ground else frozenset[str]()
    rows_of = partial(rows_file, raw)
    for source in plan.sources:
        report(f"integrate: feeds of {source.code}", 0, len(plan.steps))
        open_feeds(engine, source, live, rows_of, {feed.view for feed in source.feeds.values()} - reread)
        open_feeds(engine, source, recent, rows_of, reread)
    engine.create_table("parameter", parameters.query())
    engine.create_table("control_subject", subject_lines_query(settings.subject_lines if settings else subject_lines()))
    engine.create_table("product_level", parameters.products.level_query())
    engine.create_table("product_word", parameters.products.word_query())
    engine.create_table("delivery", delivery_query(live, context))
    empty = set[str]()
    users = plan.users(kept)
    begun = count()

    def run(own: Engine, step: Step) -> None:
        if not _run_on(ground, own, step, context, frozenset(empty)):
            empty.add(step.writes.name)

    def drop_unneeded(step: Step) -> None:
        for name in {step.writes.name, *step.reads} & users.keys():
            users[name].remove(step.name)
            if not users[name]:
                engine.drop_table(name)

    run_side_by_side(
        engine,
        plan.steps,
        run,
        lanes=min(workers, engine.lanes),
        begun=lambda step: report(f"integrate: {step.writes.name}", next(begun), len(plan.steps)),
        ended=drop_unneeded,
    )
    report("integrate", len(plan.steps), len(plan.steps))
    return frozenset(empty)


def _run_on(ground: Ground | None, engine: Engine, step: Step, context: BatchContext, empty: AbstractSet[str]) -> int:
    """Run `step`, over the rows of `ground` where there is one, and return the rows of its table."""
    if ground is None:
        return run_step(engine, step, context, empty=empty)
    if step.writes.settled_by:
        return run_step_onward(engine, step, context, ground, empty)
    rows = run_step(engine, step, context, empty=empty)
    require_same_past(engine, step.writes, ground)
    reach_back(engine, step, context, ground)
    return rows


def open_feeds(
    engine: Engine, source: Source, live: Sequence[Receipt], rows_of: Callable[[Receipt], Path], views: Collection[str] | None = None
) -> None:
    """Let `engine` see the registered rows of `live` as typed views, one a feed that the source uses; only those of `views` where given.

    `rows_of` tells in which Parquet file the rows of a registration lie.
    """
    used = feeds_read(source)
    for feed in source.feeds.values():
        if feed.code in used and (views is None or feed.view in views):
            mine = [receipt for receipt in live if receipt.source == source.code and receipt.feed == feed.code and receipt.loaded]
            engine.read_raw(raw_view(feed), feed.column_names, [rows_of(receipt) for receipt in mine])
            key = delivered_key(feed)
            has_repeated_keys = bool(key) and engine.repeated_keys(raw_view(feed), key) > 0
            arrived = places_of_arrival(mine)
            query = typed_feed(feed, has_repeated_keys=has_repeated_keys, fractions=_rates_in_fractions(mine), arrived=arrived)
            engine.create_view(feed.view, query)


def _rates_in_fractions(receipts: Sequence[Receipt]) -> dict[str, list[str]]:
    """Return for each column of rates the files that were found to give fractions instead of percent."""
    found: dict[str, list[str]] = {}
    for receipt in receipts:
        for column in receipt.columns_noticed(RATES_AS_FRACTION):
            found.setdefault(column, []).append(receipt.file_id)
    return found


def delivery_query(live: Sequence[Receipt], context: BatchContext) -> str:
    """Return the SELECT that fills the table `delivery` from registrations."""
    table = BY_NAME["delivery"]
    names = ", ".join(table.column_names)
    rows = ",\n  ".join(
        f"({_text(context.legal_entity_code)}, {_text(r.file_id)}, {_text(r.source)}, {_text(r.feed)}, {_text(r.file_name)}, "
        f"DATE '{r.business_date}', {r.line_count}, {r.loaded}, {r.quarantined}, {r.duplicate}, {r.first_line}, {r.last_line})"
        for r in live
    )
    typed = ", ".join(f"CAST({c.name} AS {c.type}) AS {c.name}" for c in table.columns)
    return f"SELECT {typed} FROM (VALUES\n  {rows}\n) AS v({names})"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def rows_file(raw: Path, receipt: Receipt) -> Path:
    """Return the Parquet file that holds the loaded rows of `receipt` in the raw layer `raw`."""
    return raw / receipt.source / receipt.feed / receipt.business_date.isoformat() / receipt.file_id / "rows.parquet"
