"""Which feeds a figure that does not exist lacks: those its columns are made of and nobody delivered, by their titles."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from maisui.answers.metric_needs import undelivered
from maisui.answers.question import Note
from maisui.metrics import BY_CODE

LINEAGE = {
    "product_day": {"balance": ["account_balance.balance"]},
    "account_balance": {"balance": ["east5_grckfhz.CKYE", "east5_grxdfhz.DKYE", "own_core.held"]},
}


def reader_of(*delivered: tuple[str, str]) -> Any:
    return SimpleNamespace(manifest=SimpleNamespace(lineage=LINEAGE, source_hash="drawn"), facts=lambda _: list(delivered))


def test_the_feeds_that_nobody_delivered_are_named_and_no_others() -> None:
    found = undelivered(reader_of(("east5", "GRXDFHZ")), BY_CODE["deposit_balance"])
    assert found == Note("未报送：403 个人存款分户账、own_core", "not delivered: 403 Personal deposit accounts, own_core")


def test_where_every_feed_came_nothing_is_named() -> None:
    assert undelivered(reader_of(("east5", "GRXDFHZ"), ("east5", "GRCKFHZ"), ("own", "core")), BY_CODE["deposit_balance"]) is None
