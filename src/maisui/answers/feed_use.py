"""What a feed is good for today: by the steps that read it, so that no promise outruns the product and none lags behind it."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from maisui.answers.parameter_use import marts_of
from maisui.metrics import CATALOGUE, Metric
from maisui.own_steps import OWN_STEPS, tables_below
from maisui.sources.contract import Feed, Source
from maisui.steps import lineage

KEPT_ZH = "暂无：照常接收并保存，目前还没有分析使用"
KEPT_EN = "nothing yet: it is taken in and kept, no analysis uses it yet"
_ONLY_COUNT_GAPS = frozenset(("unknown_word", "orphan_key"))
"""What these steps write says how good the data are; it is no use of them."""
READ_BY_ANSWERS = frozenset((
    "consent", "holiday_calendar", "ledger_budget", "loan_class_change", "reported_detail", "reported_figure", "village_position_snapshot",
))  # fmt: skip
"""What answers and models read as it was delivered, no step between."""
_tables_read = lru_cache(maxsize=512)(lineage.tables_read)


def feeds_analysed(source: Source) -> frozenset[str]:
    """Return the codes of the feeds of which at least one step, or an answer, makes something."""
    read_by_steps = frozenset(name for step in OWN_STEPS if step.writes.name not in _ONLY_COUNT_GAPS for name in step.reads)
    read = frozenset[str]().union(*(_tables_read(m.query) for m in source.mappings.values() if m.table in read_by_steps | READ_BY_ANSWERS))
    return frozenset(feed.code for feed in source.feeds.values() if feed.view in read)


def tables_on_feed(source: Source, code: str) -> frozenset[str]:
    """Return the tables whose rows the feed `code` decides, directly or through other tables."""
    view = source.feeds[code].view
    return tables_below({mapping.table for mapping in source.mappings.values() if view in _tables_read(mapping.query)})


def metrics_on_feed(source: Source, code: str) -> tuple[Metric, ...]:
    """Return the metrics that are asked from a table that rests on the feed `code`, in the order of the catalogue."""
    tables = tables_on_feed(source, code)
    return tuple(metric for metric in CATALOGUE if not marts_of(metric).isdisjoint(tables))


def with_true_words(source: Source) -> Source:
    """Return the source whose feeds say which analyses are disabled without them only where there are such analyses."""
    analysed = feeds_analysed(source)
    return replace(source, feeds={code: feed if code in analysed else _kept(feed) for code, feed in source.feeds.items()})


def _kept(feed: Feed) -> Feed:
    return replace(feed, without_zh=KEPT_ZH, without_en=KEPT_EN) if feed.without_en else feed
