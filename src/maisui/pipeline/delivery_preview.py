"""What the last month would have been with one more delivered file, or with another in place of the one it corrects."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from maisui.answers.feed_use import metrics_on_feed, tables_on_feed
from maisui.errors import ContractError
from maisui.intake import Receipt, receive
from maisui.intake.arrow import Table, pa, pq
from maisui.intake.receipt import ReceiptKind, corrected_name, mark_superseded
from maisui.intake.scan import companion_names
from maisui.pipeline.integrate import rows_file
from maisui.pipeline.preview import (
    Otherwise,
    Preview,
    Progress,
    Published,
    compare,
    preview_folder,
    published_by_this_code,
    published_deliveries,
    published_parameters,
)
from maisui.sources.contract import Content, Feed, FeedColumn, Source
from maisui.sources.use import as_received
from maisui.warehouse.home import Home

STARTS = ("effective_from", "valid_from")
"""Columns of a key that say from which day a row holds."""
Key = tuple[str, ...]


def preview_delivery(home: Home, file: Path, *, progress: Progress | None = None) -> Preview:
    """Return what `file`, named as it would lie in the inbox, would change in the last whole month of the current version.

    It is taken in as the inbox would take it, beside everything published; under the name of a file delivered for the same day
    it stands in that one's place. Where all its rows begin to hold after that month, those that begin first are taken to hold
    from the month's first day, in the place of what began within it.

    Raises:
        HomeError: when nothing is published, or the version was made by other code or sources.
        ContractError: when it is not a file of any feed, or does not pass.
        StorageError: when the disk is full or a part is damaged.
    """
    with published_by_this_code(home) as published, preview_folder(home) as folder:
        source, added = _taken_in(published.plan.sources, file, folder)
        feed = source.feeds[added.feed]
        raw = folder / "raw"
        day = published.day
        held_from, moved = _moved_into_the_month(feed, rows_file(raw, added), day)
        live = _beside(published, added)
        paths = {
            one.file_id: _given_way(feed, rows_file(home.raw, one), moved, (day.replace(day=1), day), folder / f"{one.file_id}.parquet")
            for one in live
            if (one.source, one.feed) == (added.source, added.feed) and one.loaded and one.file_id != added.file_id
        } | {added.file_id: rows_file(raw, added)}
        return compare(
            published,
            Otherwise(
                published_parameters(published),
                live,
                lambda receipt: paths.get(receipt.file_id) or rows_file(home.raw, receipt),
            ),
            tables=tables_on_feed(source, feed.code),
            metrics=metrics_on_feed(source, feed.code),
            held_from=held_from or added.business_date,
            progress=progress,
        )


def _taken_in(sources: Sequence[Source], file: Path, folder: Path) -> tuple[Source, Receipt]:
    """Register the file in a raw layer of its own.

    Raises:
        ContractError: when no feed knows its name, or it does not pass.
    """
    inbox = folder / "inbox"
    inbox.mkdir()
    for name in _with_companions(sources, file):
        shutil.copyfile(file.with_name(name), inbox / name)
    for source in sources:
        found = receive(source=as_received(source), inbox=inbox, raw=folder / "raw", until=date.max, workers=1)
        if refused := next((one for one in found.refused if one.feed), None):
            raise ContractError(refused.what, where=refused.where or refused.file_name, next_step=refused.next_step)
        if waiting := next((one for one in found.waiting if one.feed), None):
            raise ContractError(waiting.what, where=waiting.file_name, next_step="lay what it waits for beside it")
        if found.receipts:
            return source, _without_faults(found.receipts[0])
    raise ContractError(
        "no feed of this home has files of this name",
        where=file.name,
        next_step="name it as it would lie in the inbox; `maisui template --list` names the feeds",
    )


def _without_faults(added: Receipt) -> Receipt:
    """Refuse a file of which lines would lie in quarantine: what they would change is not known.

    Raises:
        ContractError: when there are any.
    """
    if added.quarantined:
        raise ContractError(
            f"{added.quarantined} of {added.line_count} lines do not pass and would lie in quarantine",
            where=added.file_name,
            next_step=f"correct them (`maisui template {added.feed}` tells the forms), then ask again",
        )
    return added


def _with_companions(sources: Sequence[Source], file: Path) -> list[str]:
    """Return the name of the file, and those of control files that lie beside it."""
    suffixes = {feed.control.suffix for source in sources for feed in source.feeds.values() if feed.control}
    possible = {name for suffix in suffixes for name in companion_names(file.name, suffix)}
    return [file.name, *sorted(name for name in possible - {file.name} if file.with_name(name).is_file())]


def _beside(published: Published, added: Receipt) -> list[Receipt]:
    """Return the registrations of the version, without the one that `added` corrects, and `added` as the last that came."""
    others = [one for one in published_deliveries(published) if one.file_id != added.file_id]
    corrected = next((one.file_id for one in others if one.kind is ReceiptKind.DELIVERY and _called(one) == _called(added)), None)
    last = max((one.received_sequence for one in others), default=0)
    counted = mark_superseded([*others, replace(added, received_sequence=last + 1, supersedes=corrected)])
    return [one for one in counted if not one.superseded]


def _called(receipt: Receipt) -> tuple[str, str, date, str]:
    """Return under what a correction of a file is recognised."""
    return receipt.source, receipt.feed, receipt.business_date, corrected_name(receipt.file_name)[0]


def _moved_into_the_month(feed: Feed, rows: Path, day: date) -> tuple[date | None, frozenset[Key]]:
    """Let rows that begin first, where all begin after `day`, hold from its month's first day.

    Return from when they hold, and which they are: their keys without the day.
    """
    column = _start_of(feed)
    if column is None:
        return None, frozenset()
    table = pq.read_table(rows)
    starts: list[str] = table[column.name].to_pylist()
    first = min((_day_of(text, column) for text in starts), default=None)
    if first is None or first <= day:
        return first, frozenset()
    held_from = day.replace(day=1)
    moved = [_day_of(text, column) == first for text in starts]
    texts = [held_from.strftime(column.format) if is_moved else text for text, is_moved in zip(starts, moved, strict=True)]
    place = table.schema.get_field_index(column.name)
    pq.write_table(table.set_column(place, column.name, pa.array(texts, pa.string())), rows)
    return held_from, frozenset(key for key, is_moved in zip(_keys(feed, table, column), moved, strict=True) if is_moved)


def _given_way(feed: Feed, rows: Path, replaced: frozenset[Key], begins: tuple[date, date], copy: Path) -> Path:
    """Return where the rows of an earlier file lie without those that begin within the month and that moved ones stand for."""
    column = _start_of(feed)
    if column is None or not replaced:
        return rows
    table = pq.read_table(rows)
    starts = (_day_of(text, column) for text in table[column.name].to_pylist())
    keys = _keys(feed, table, column)
    kept = [not (begins[0] <= start <= begins[1] and key in replaced) for start, key in zip(starts, keys, strict=True)]
    if all(kept):
        return rows
    pq.write_table(table.filter(pa.array(kept)), copy)
    return copy


def _start_of(feed: Feed) -> FeedColumn | None:
    """Return the column of the key that says from which day a row holds; None where the feed has none."""
    is_increment = feed.content is Content.INCREMENT
    return next((one for one in feed.columns if is_increment and one.name in STARTS and one.name in feed.key), None)


def _keys(feed: Feed, table: Table, start: FeedColumn) -> list[Key]:
    return list(zip(*(table[name].to_pylist() for name in feed.key if name != start.name), strict=True))


def _day_of(text: str, column: FeedColumn) -> date:
    return datetime.strptime(text, column.format).date()  # noqa: DTZ007 - a day
