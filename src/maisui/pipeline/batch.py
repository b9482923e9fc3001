"""One batch: everything delivered up to a reporting date becomes one published version, or nothing changes."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from maisui import __version__
from maisui.engines.duckdb_engine import DuckDBEngine
from maisui.engines.engine import Engine
from maisui.engines.spark_engine import SparkEngine
from maisui.errors import ContractError, IntegrationError, QuestionError, ReconciliationError, StorageError, collect
from maisui.intake import Intake, Receipt, receive, shrunken
from maisui.parameters import ParameterSet, parameters_of
from maisui.pipeline.control_settings import ControlSettings, load_control_settings
from maisui.pipeline.controls import run_controls, stop_on_violations, tables_controlled
from maisui.pipeline.integrate import Progress, integrate
from maisui.pipeline.missing_feeds import stop_on_missing
from maisui.pipeline.plan import Plan, column_lineage, make_plan
from maisui.pipeline.settled import (
    Ground,
    Unsettled,
    find_ground,
    open_ground,
)
from maisui.pipeline.splits import splits_add_up
from maisui.sources.contract import Source
from maisui.sources.loader import BUILTIN
from maisui.sources.of_home import load_sources
from maisui.sources.use import as_received, feeds_read, full_feeds
from maisui.steps.step import BatchContext
from maisui.tables import ALL
from maisui.warehouse import publication
from maisui.warehouse.durable import disk_errors
from maisui.warehouse.home import Home
from maisui.warehouse.lock import batch_lock
from maisui.warehouse.reader import open_reader
from maisui.warehouse.refusal import clear_refusal, write_refusal
from maisui.warehouse.version import Manifest, current_version, read_manifest


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What a batch did: the version readers now see, and what intake met on the way."""

    manifest: Manifest
    intakes: tuple[Intake, ...]
    was_published_before: bool
    notes: tuple[str, ...]


def run_batch(
    home: Home,
    *,
    reporting_date: date,
    now: datetime,
    engine_name: str = "duckdb",
    workers: int = 2,
    progress: Progress | None = None,
    from_the_start: bool = False,
) -> BatchResult:
    """Take in what was delivered up to `reporting_date`, integrate, control and publish it.

    A batch whose deliveries, code, parameters and contracts equal those of the current version ends
    at once. One that only adds deliveries takes over the settled months of an earlier version, unless
    everything is to be computed `from_the_start`; the version is the same. Whatever fails, the last
    published version stays what readers see.

    Raises:
        BusyError: when another batch is running.
        QuestionError: when `reporting_date` lies far behind the last delivery.
        ContractError: when files were refused, wait for their control file, or a required one is missing.
        IntegrationError: when a step breaks its word.
        ReconciliationError: when a control that stops has violations.
        StorageError: when disk space is short.
    """
    report = progress or _silent
    with disk_errors(home.entity), batch_lock(home.entity):
        plan = make_plan(load_sources(home))
        parameters = parameters_of(home)
        settings = load_control_settings(home)
        _require_space(home)
        intakes = tuple(_receive(home, source, reporting_date, workers, report) for source in plan.sources)
        notes = _stop_on_refusals(plan, intakes)
        live, unchecked = _live(plan, intakes)
        notes += unchecked + stop_on_missing(plan, live, reporting_date) + _shrunken(plan, live)
        draft = _draft(home, plan, parameters, settings, live, reporting_date)
        published = None if from_the_start else _published_already(home, draft)
        if published is not None:
            return BatchResult(published, intakes, True, notes)
        ground = None if from_the_start or engine_name != DuckDBEngine.name else find_ground(home, draft, live)
        work = _Work(home, plan, parameters, settings, live, draft, now, report, workers)
        manifest, told = _build_on(work, engine_name, ground)
        publication.publish(home.versions, manifest)
        clear_refusal(home.entity)
        publication.prune(home.versions, home.parts, recent=home.recent_versions, month_ends=home.month_ends, held=home.held_versions)
        return BatchResult(manifest, intakes, False, notes + told)


@dataclass(frozen=True, slots=True)
class _Work:
    """What a batch is to do, whatever it builds on."""

    home: Home
    plan: Plan
    parameters: ParameterSet
    settings: ControlSettings
    live: tuple[Receipt, ...]
    draft: Manifest
    now: datetime
    report: Progress
    workers: int


def _build_on(work: _Work, engine_name: str, ground: Ground | None) -> tuple[Manifest, tuple[str, ...]]:
    """Build the version on `ground`, further back where that does not hold, and from the start where nothing does."""
    told: list[str] = []
    while True:
        engine = _engine(engine_name, work.home)
        try:
            if ground is not None:
                open_ground(engine, ground)
            manifest = _build(work, engine, ground)
        except Unsettled as found:
            ground = ground and ground.from_day(found.first_day)
            told.append(f"{found.table}: earlier rows changed, " + _computed_from(ground))
        except (IntegrationError, ReconciliationError, StorageError) as error:
            if ground is None:
                raise
            ground = None
            told.append(f"{error.what}: " + _computed_from(ground))
        else:
            if ground is not None:
                told.append(f"rows before {ground.first_day} were taken over from version {ground.manifest.version}")
            return manifest, tuple(told)
        finally:
            engine.close()
            shutil.rmtree(work.home.scratch, ignore_errors=True)


def _computed_from(ground: Ground | None) -> str:
    return f"computed again from {ground.proved_from} on" if ground else "everything was computed again"


def _build(work: _Work, engine: Engine, ground: Ground | None) -> Manifest:
    home, draft, settings = work.home, work.draft, work.settings
    context = BatchContext(home.legal_entity_code, draft.reporting_date)
    published = [table for table in ALL if table.published]
    names = {table.name for table in published} | tables_controlled()
    empty = integrate(engine, work.plan, work.parameters, work.live, home.raw, context, work.report, settings, names, ground, work.workers)
    first_date = engine.fetch("SELECT min(business_date) FROM calendar_day")[0][0]
    work.report("tie out", 0, 1)
    splits = splits_add_up(engine.as_duckdb(), first_date=first_date, reporting_date=draft.reporting_date)
    controls = (*run_controls(engine, settings, empty=empty), splits)
    try:
        quarantined = sum(receipt.quarantined for receipt in work.live)
        stop_on_violations(controls, where=f"{home.legal_entity_code}, {draft.reporting_date}", quarantined=quarantined)
    except ReconciliationError:
        at = work.now.isoformat(timespec="seconds")
        write_refusal(home.entity, reporting_date=f"{draft.reporting_date}", at=at, controls=controls)
        raise
    kept, since = (ground.kept_parts(), ground.first_day) if ground else (None, None)
    parts = publication.write_parts(engine.as_duckdb(), published, home.parts, progress=work.report, kept=kept, since=since)
    content = publication.content_hash(parts)
    return replace(
        draft,
        version=f"{draft.reporting_date:%Y%m%d}-{content[:12]}",
        first_date=first_date,
        content_hash=content,
        parts=parts,
        controls=controls,
        lineage=ground.manifest.lineage if ground else column_lineage(work.plan),  # ground is of the same contracts and steps
        published_at=work.now.isoformat(timespec="seconds"),
    )


def _draft(
    home: Home, plan: Plan, parameters: ParameterSet, settings: ControlSettings, live: Sequence[Receipt], reporting_date: date
) -> Manifest:
    return Manifest(
        version="",
        legal_entity_code=home.legal_entity_code,
        reporting_date=reporting_date,
        first_date=reporting_date,
        code_version=__version__,
        parameter_version=parameters.version,
        sources=tuple(source.code for source in plan.sources),
        source_hash=f"{plan.source_hash}-{settings.version}",
        deliveries=tuple(sorted(receipt.file_id for receipt in live)),
        last_delivery_on=max((receipt.business_date for receipt in live), default=None),
        content_hash="",
        parts=(),
        own_feed_titles={
            feed.view: (feed.title_zh, feed.title_en)
            for source in plan.sources
            if source.code not in BUILTIN
            for feed in source.feeds.values()
        },
    )


def _engine(name: str, home: Home) -> Engine:
    shutil.rmtree(home.scratch, ignore_errors=True)
    if name == "duckdb":
        return DuckDBEngine(home.scratch, memory_limit=home.memory_limit, threads=home.threads)
    if name == "spark":
        return SparkEngine(home.scratch)
    raise QuestionError(f"there is no engine {name!r}", where="--engine", next_step="use duckdb or spark")


def _require_space(home: Home) -> None:
    waiting = sum(path.stat().st_size for path in home.inbox.rglob("*") if path.is_file() and not path.is_symlink())
    kept = sum(path.stat().st_size for path in home.parts.rglob("*.duckdb"))
    publication.require_space(home.entity, expected_bytes=max(waiting // 3, kept // 3))


def _receive(home: Home, source: Source, until: date, workers: int, report: Progress) -> Intake:
    return receive(
        source=as_received(source),
        inbox=home.inbox / source.code,
        raw=home.raw,
        until=until,
        workers=workers,
        progress=lambda name, done, total: report(f"intake {source.code}: {name}", done, total),
    )


def _stop_on_refusals(plan: Plan, intakes: Sequence[Intake]) -> tuple[str, ...]:
    """Stop when a file that is needed was refused or waits; note those of feeds that nothing reads."""
    faults: list[str] = []
    notes: list[str] = []
    for source, intake in zip(plan.sources, intakes, strict=True):
        kept = set(source.feeds) - feeds_read(source)
        told = [(r.feed, f"{r.file_name}: {r.what} ({r.where}); {r.next_step}") for r in intake.refused]
        for feed, text in [*told, *((w.feed, f"{w.file_name}: {w.what}") for w in intake.waiting)]:
            if feed in kept:
                notes.append(f"{text} (feed {feed} is kept, not used: the batch went on)")
            else:
                faults.append(text)
    collect(
        ContractError,
        faults,
        where="the inbox",
        next_step="have these files delivered again (or take them out of the inbox), then run again; the last published version stays up",
    )
    return tuple(notes)


def _live(plan: Plan, intakes: Sequence[Intake]) -> tuple[tuple[Receipt, ...], tuple[str, ...]]:
    """Return the registrations that count, and a note for each file kept unchecked whose feed has come into use since."""
    live: list[Receipt] = []
    notes: list[str] = []
    for source, intake in zip(plan.sources, intakes, strict=True):
        used = feeds_read(source)
        for receipt in intake.receipts:
            if receipt.superseded or receipt.kind == "duplicate":
                continue
            if receipt.is_kept and receipt.feed in used:
                notes.append(f"{receipt.file_name} was kept while nothing read its feed; lay it into the inbox again to have it used")
            else:
                live.append(receipt)
    return tuple(live), tuple(notes)


def _shrunken(plan: Plan, live: Sequence[Receipt]) -> tuple[str, ...]:
    """Note full deliveries of the last day that hold far fewer rows than those before."""
    loaded = ((receipt.source, receipt.feed, receipt.business_date, receipt.loaded) for receipt in live)
    return tuple(one.told for one in shrunken(loaded, full_feeds(plan.sources)))


def _published_already(home: Home, draft: Manifest) -> Manifest | None:
    """Return the current version where it is what `draft` would become; None where it or a part cannot be opened, which makes them anew."""
    try:
        name = current_version(home.versions)
        if name is None or read_manifest(home.versions, name).fingerprint != draft.fingerprint:
            return None
        with open_reader(home.versions, home.parts, version=name) as reader:
            return reader.manifest
    except StorageError:
        return None


def _silent(stage: str, done: int, total: int) -> None:
    del stage, done, total
