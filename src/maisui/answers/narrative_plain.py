"""A sentence of the narrative as plain values for the REST interface; decimals as text, so that no digit is lost."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from maisui.answers.narrative import Sentence


def sentence_json(found: Sentence) -> dict[str, Any]:
    """Return a sentence without its words: the situation, its figures, what brought them and what belongs to them."""
    return {
        "situation": found.situation.value,
        "metric": found.metric.code if found.metric else None,
        "value": _plain(found.value),
        "base_date": found.base_day,
        "change": _plain(found.change),
        "change_rate": _plain(found.rate),
        "organisation": found.organisation or None,
        "peers_rate": _plain(found.peers_rate),
        "causes": [{"split": one.split, "code": one.code, "effect": _plain(one.effect)} for one in found.causes],
        "beside": [{"metric": one.metric.code, "value": _plain(one.value), "limit": _plain(one.limit)} for one in found.beside],
        "remarks": [remark.value for remark in found.remarks],
        "targets": [
            {"metric": one.metric.code, "actual": _plain(one.actual), "target": _plain(one.target), "due": _plain(one.due)}
            for one in found.targets
        ],
        "count": found.count,
        "whole_count": found.whole_count or None,
        "is_good": found.is_good,
    }


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"
