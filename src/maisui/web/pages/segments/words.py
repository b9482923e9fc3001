"""How segments, their traits and their trials are said."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from maisui.answers.segments import Segment, SegmentView
from maisui.web.pages.overview.words import value_word
from maisui.web.text import Text, choose

_WHOLE = Decimal(100)
_MUCH, _MORE = Decimal("1.25"), Decimal("0.8")


def name_of(one: Segment) -> str:
    """Return what a segment is called: by its differences, or the tier it is."""
    if one.code == "all":
        return choose("全部", "All")
    return choose(one.name_zh, one.name_en) or str(value_word(one.code))


def trait_word(value: Decimal | None, shape: str) -> str:
    """Return the mean of a trait as it is shown; — where it is not known."""
    if value is None:
        return "—"
    return f"{value:.1%}" if shape == "share" else f"{value:,.0f}" if shape == "amount" else f"{value:,.1f}"


def trait_lines(found: SegmentView) -> list[dict[str, Any]]:
    """Return a line for each trait: of every segment its mean and how it stands to that of all, as an arrow's direction."""
    return [
        {
            "name": Text(trait.name_zh, trait.name_en),
            "all": trait_word(found.everybody.traits[place], trait.shape),
            "cells": [
                {"value": trait_word(one.traits[place], trait.shape), "way": _way(one.traits[place], found.everybody.traits[place])}
                for one in found.segments
            ],
        }
        for place, trait in enumerate(found.traits)
    ]


def trial_lines(card: dict[str, Any] | None) -> list[dict[str, Any]]:
    """Return the numbers of segments that were tried, and which was taken."""
    if card is None:
        return []
    return [
        one | {"is_taken": one["count"] == card["hold_out"]["count"], "smallest": f"{one['smallest_share']:.1%}"} for one in card["trials"]
    ]


def move_lines(found: SegmentView) -> list[dict[str, Any]]:
    """Return who moved since the month before: of each segment how many went to every other."""
    counts = {(start, end): count for start, end, count in found.moves}
    return [
        {"name": name_of(start), "cells": [None if start is end else counts.get((start.code, end.code), 0) for end in found.segments]}
        for start in found.segments
    ]


def _way(own: Decimal | None, whole: Decimal | None) -> str:
    if own is None or not whole:
        return ""
    return "up" if own / whole >= _MUCH else "down" if own / whole <= _MORE else ""
