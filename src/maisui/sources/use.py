"""Which feeds of a source its mappings read, and how the others are taken in: kept as they came, never used."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from maisui.sources.contract import ColumnKind, Content, Feed, FeedColumn, Source
from maisui.steps import lineage

_CHECKED_KINDS = frozenset((ColumnKind.DATE, ColumnKind.MONTH))
_KEPT_QUARANTINE_LIMIT = 0.5
_tables_read = lru_cache(maxsize=512)(lineage.tables_read)


def feeds_read(source: Source) -> frozenset[str]:
    """Return the codes of the feeds that some mapping of the source reads."""
    read = frozenset[str]().union(*(_tables_read(mapping.query) for mapping in source.mappings.values()))
    return frozenset(feed.code for feed in source.feeds.values() if feed.view in read)


def full_feeds(sources: Iterable[Source]) -> frozenset[tuple[str, str]]:
    """Return source and code of the feeds that are used and whose files hold everything alive on their day."""
    return frozenset((source.code, code) for source in sources for code in feeds_read(source) if source.feeds[code].content is Content.FULL)


def as_received(source: Source) -> Source:
    """Return the source as intake holds files to it: feeds that no mapping reads lose all checks but columns and dates."""
    used = feeds_read(source)
    return replace(source, feeds={code: feed if code in used else kept(feed) for code, feed in source.feeds.items()})


def kept(feed: Feed) -> Feed:
    """Return the feed without keys, words and amounts: what nobody computes with need not be turned away."""
    columns = tuple(FeedColumn(c.name, _kept_kind(c.kind), c.title, format=c.format, certificate_of=c.certificate_of) for c in feed.columns)
    return replace(
        feed,
        columns=columns,
        key=(),
        total_columns=(),
        is_required=False,
        quarantine_limit=max(feed.quarantine_limit, _KEPT_QUARANTINE_LIMIT),
        is_kept=True,
    )


def _kept_kind(kind: ColumnKind) -> ColumnKind:
    return kind if kind in _CHECKED_KINDS else ColumnKind.TEXT
