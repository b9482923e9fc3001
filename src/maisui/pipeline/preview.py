"""What the last month would have been if one thing had been otherwise: the steps it decides run again beside the published version.

Everything else is as published. Nothing is published, and the current version is only read.
"""

from __future__ import annotations

import shutil
import tempfile
from calendar import monthrange
from collections.abc import Callable, Collection, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from maisui import __version__, alerts
from maisui.answers import CHILD, Question, ask
from maisui.engines.duckdb_engine import DuckDBEngine
from maisui.errors import HomeError, QuestionError
from maisui.intake import Receipt, receipts
from maisui.metrics import Metric
from maisui.parameters import Parameter, ParameterSet, load_product_levels
from maisui.pipeline.integrate import open_feeds
from maisui.pipeline.plan import Plan, make_plan
from maisui.pipeline.run_step import run_step
from maisui.sources.of_home import load_sources
from maisui.steps.step import BatchContext, Step
from maisui.tables import ALL, BY_NAME
from maisui.warehouse.durable import disk_errors
from maisui.warehouse.home import Home
from maisui.warehouse.reader import Reader, attach_tables, open_reader
from maisui.warehouse.version import Manifest

MOST_NAMED = 50
"""How many customers of each label a preview names who would gain it, and who would lose it."""
_LABELS = "customer_label"
_FOLDER, _DAY_SECONDS = "preview-", 86_400
Progress = Callable[[str, int, int], None]
Figures = dict[tuple[str, str], Decimal | None]
Labelled = frozenset[tuple[str, str]]
"""Which customer bears which label: the label and the customer's number."""


@dataclass(frozen=True, slots=True)
class MovedFigure:
    """One figure that would change: `organisation` empty is the whole bank; a figure that does not exist is None."""

    metric: Metric
    organisation: str
    organisation_name: str
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True, slots=True)
class MovedLabel:
    """One label that customers would gain or lose on the day: how many, and the first MOST_NAMED numbers of each."""

    label_code: str
    gained_count: int
    lost_count: int
    gained: tuple[str, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """The figures of the month to `day` in version `version`, as published and as if the other thing had held from `held_from`."""

    version: str
    day: date
    held_from: date
    metrics: tuple[Metric, ...]
    moved: tuple[MovedFigure, ...]
    labels: tuple[MovedLabel, ...] = ()


@dataclass(frozen=True, slots=True)
class Otherwise:
    """What is to be otherwise: the parameters, the registrations that count, and where the rows of each lie."""

    parameters: ParameterSet
    live: Sequence[Receipt]
    rows_of: Callable[[Receipt], Path]


@dataclass(frozen=True, slots=True)
class Published:
    """The current version that a preview is held against, its plan, and the last day of the month compared."""

    home: Home
    plan: Plan
    reader: Reader
    day: date

    @property
    def manifest(self) -> Manifest:
        """Return what the version says of itself."""
        return self.reader.manifest


@contextmanager
def published_by_this_code(home: Home) -> Generator[Published]:
    """Open the current version for a preview.

    Raises:
        HomeError: when nothing is published, or the version was made by other code or sources.
        StorageError: when a part is damaged.
    """
    plan = make_plan(load_sources(home))
    with open_reader(home.versions, home.parts) as reader:
        _require_same_code(plan, reader.manifest)
        yield Published(home, plan, reader, last_whole_month(reader.manifest))


@contextmanager
def preview_folder(home: Home) -> Generator[Path]:
    """Give a folder that is gone afterwards; those that killed previews left a day ago and before go with it.

    Raises:
        StorageError: when the disk is full.
    """
    with disk_errors(home.entity), tempfile.TemporaryDirectory(prefix=_FOLDER, dir=home.entity, ignore_cleanup_errors=True) as made:
        folder = Path(made)
        for left in home.entity.glob(f"{_FOLDER}*"):
            if folder.stat().st_mtime - left.stat().st_mtime > _DAY_SECONDS:
                shutil.rmtree(left, ignore_errors=True)
        yield folder


def published_parameters(published: Published) -> ParameterSet:
    """Return the parameters with which the version was made."""
    rows = published.reader.rows(
        "SELECT parameter_code, valid_from, text_value, CAST(number_value AS VARCHAR) FROM parameter ORDER BY parameter_code, valid_from"
    )
    return ParameterSet(tuple(Parameter(*row) for row in rows), load_product_levels(published.home.own_products))


def published_deliveries(published: Published) -> list[Receipt]:
    """Return the registrations that the version was made of."""
    counted = set(published.manifest.deliveries)
    return [receipt for receipt in receipts(raw=published.home.raw) if receipt.file_id in counted]


def last_whole_month(manifest: Manifest) -> date:
    """Return the last day of the last whole month of a version; its reporting date where its history holds none."""
    day = manifest.reporting_date
    if day.day == monthrange(day.year, day.month)[1]:
        return day
    before = day.replace(day=1) - timedelta(days=1)
    return before if before >= manifest.first_date else day


def compare(
    published: Published,
    otherwise: Otherwise,
    *,
    tables: Collection[str],
    metrics: Sequence[Metric],
    held_from: date,
    progress: Progress | None,
) -> Preview:
    """Return what `otherwise` would change in `metrics`, of the bank and the organisations below its head; it decides `tables`.

    Raises:
        StorageError: when the disk is full or a part is damaged.
    """
    day = published.day
    before, names = figures(published.reader, metrics, day)
    borne = _labelled(published.reader, day)
    after, would_bear = _recomputed(published, otherwise, steps_for(published.plan, tables), metrics, progress)
    moved = tuple(
        MovedFigure(metric, place, names.get(place, ""), before.get((metric.code, place)), after.get((metric.code, place)))
        for metric in metrics
        for place in dict.fromkeys(place for code, place in (*before, *after) if code == metric.code)
        if before.get((metric.code, place)) != after.get((metric.code, place))
    )
    labels = () if would_bear is None else _moved_labels(borne, would_bear)
    return Preview(published.manifest.version, day, held_from, tuple(metrics), moved, labels)


def steps_for(plan: Plan, tables: Collection[str]) -> tuple[Step, ...]:
    """Return the steps that write `tables`, and those that write what they read and a version does not keep, in order.

    Key focus is left out: no figure rests on its cases.
    """
    by_table = {step.writes.name: step for step in plan.steps}
    cases = {step.writes.name for step in alerts.STEPS}
    wanted = {table for table in tables if table in by_table} - cases
    waiting = list(wanted)
    while waiting:
        for read in by_table[waiting.pop()].reads:
            if read in by_table and read not in wanted and not BY_NAME[read].published:
                wanted.add(read)
                waiting.append(read)
    return tuple(step for step in plan.steps if step.writes.name in wanted)


def _recomputed(
    published: Published, otherwise: Otherwise, steps: Sequence[Step], metrics: Sequence[Metric], progress: Progress | None
) -> tuple[Figures, Labelled | None]:
    """Return the figures with the steps run again, and who bears which label; None where no label is decided anew."""
    home, manifest = published.home, published.manifest
    written = {step.writes.name for step in steps} | {"parameter"}
    read = {table for step in steps for table in step.reads}
    with preview_folder(home) as scratch:
        engine = DuckDBEngine(scratch, memory_limit=home.memory_limit, threads=home.threads)
        try:
            stored = {table.name for table in ALL if table.published and table.name not in written}
            attach_tables(engine.as_duckdb(), manifest, home.parts, stored)
            for source in published.plan.sources:
                open_feeds(engine, source, otherwise.live, otherwise.rows_of, read)
            engine.create_table("parameter", otherwise.parameters.query())
            engine.create_table("product_word", otherwise.parameters.products.word_query())
            context = BatchContext(home.legal_entity_code, manifest.reporting_date)
            for number, step in enumerate(steps):
                if progress is not None:
                    progress(f"preview: {step.writes.name}", number, len(steps))
                run_step(engine, step, context)
            reader = Reader(manifest, engine.as_duckdb())
            return figures(reader, metrics, published.day)[0], _labelled(reader, published.day) if _LABELS in written else None
        finally:
            engine.close()


def _labelled(reader: Reader, day: date) -> Labelled:
    rows = reader.rows(f"SELECT label_code, customer_number FROM {_LABELS} WHERE business_date = ? AND reason_rank = 1", [day])
    return frozenset((label, number) for label, number in rows)


def _moved_labels(before: Labelled, after: Labelled) -> tuple[MovedLabel, ...]:
    found: list[MovedLabel] = []
    for code in sorted({label for label, _ in before ^ after}):
        gained = sorted(number for label, number in after - before if label == code)
        lost = sorted(number for label, number in before - after if label == code)
        found.append(MovedLabel(code, len(gained), len(lost), tuple(gained[:MOST_NAMED]), tuple(lost[:MOST_NAMED])))
    return tuple(found)


def figures(reader: Reader, metrics: Sequence[Metric], day: date) -> tuple[Figures, dict[str, str]]:
    """Return each metric at the month to `day`, of the bank and by the organisations below its head; and their names."""
    found: Figures = {}
    names: dict[str, str] = {}
    for metric in metrics:
        has_organisation = "organisation" in metric.dimensions
        for by in ((), (CHILD,)) if has_organisation else ((),):
            try:
                answer = ask(reader, Question(metric.code, by, day=day))
            except QuestionError:  # its base lies outside the history
                continue
            names.update(answer.organisation_names)
            for row in answer.rows:
                found[metric.code, row.dimensions.get(CHILD, "")] = row.value
    return found, names


def _require_same_code(plan: Plan, manifest: Manifest) -> None:
    """Refuse a version that other code made: its figures would differ for other reasons than what is asked.

    Raises:
        HomeError: when it is.
    """
    if manifest.code_version != __version__ or not manifest.source_hash.startswith(f"{plan.source_hash}-"):
        raise HomeError(
            f"version {manifest.version} was made by other code or other sources than those of now",
            where="the current version",
            next_step=f"run `maisui run --date {manifest.reporting_date}`, then ask for the preview again",
        )
