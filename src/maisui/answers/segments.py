"""Segments of an organisation: how many are in each, what they hold, owe and bring, how they differ, and who moved since last month.

Read from the scores of the reader's version; where it has none, that is the answer. Below a trial a segment is a tier.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from maisui.answers.model_scores import counted_without, rows_within, summed
from maisui.models import SEGMENTS, Described, Standing, read_scores, stored_models
from maisui.models.segments.described import EXCLUSIONS, TRAITS, Trait
from maisui.warehouse.reader import Reader

_TIERS = {code: place for place, code in enumerate(("private", "diamond", "platinum", "gold", "ordinary", "none"))}
"""The tiers that stand for segments below a trial, the highest first."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One segment: its name where it has one, sums in yuan, and the mean of each trait, None where it is not known.

    `today_zh` is the name that its differences of today make, where they differ from those it was named by.
    """

    code: str
    name_zh: str
    name_en: str
    today_zh: str
    today_en: str
    customer_count: int
    asset_amount: Decimal
    loan_amount: Decimal
    contribution_amount: Decimal
    traits: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class SegmentView:
    """All segments of an organisation beside all customers; `moves` counts (from, to) of those who were in another the month before.

    `months` are the whole bank's: day, size of each segment, share that moved; empty for a part of it.
    """

    model: Described
    version: str
    day: date
    sha256: str
    standing: Standing
    card: dict[str, Any] | None
    segments: tuple[Segment, ...]
    everybody: Segment
    traits: tuple[Trait, ...]
    moves: tuple[tuple[str, str, int], ...]
    months: tuple[dict[str, Any], ...]
    without: tuple[tuple[str, str, int], ...]


def segment_view(reader: Reader, home: Path, organisations: tuple[str, ...] | None) -> SegmentView | None:
    """Return the segments of customers at home at or below `organisations` (None: the whole bank); None where nothing is scored."""
    found = read_scores(home, SEGMENTS.code, reader.manifest.version)
    if found is None:
        return None
    rows = rows_within(reader, found.rows, organisations)
    put = rows.filter(pc.is_valid(rows["segment"]))  # type: ignore[attr-defined]
    names, today = found.facts["names"], found.facts.get("names_today", {})
    codes = list(names) or sorted(set(put["segment"].to_pylist()), key=lambda code: (_TIERS.get(code, len(_TIERS)), code))
    moved = put.filter(pc.fill_null(pc.not_equal(put["segment"], put["earlier_segment"]), False))  # type: ignore[attr-defined]
    moves = moved.group_by(["earlier_segment", "segment"]).aggregate([("customer_number", "count")]).to_pylist()
    return SegmentView(
        model=SEGMENTS,
        version=found.version,
        day=found.day,
        sha256=found.sha256,
        standing=found.standing,
        card=next((one.card for one in stored_models(home, SEGMENTS.code) if one.sha256 == found.sha256), None),
        segments=tuple(_segment(put.filter(pc.equal(put["segment"], code)), code, names, today) for code in codes),  # type: ignore[attr-defined]
        everybody=_segment(put, "all", {}, {}),
        traits=TRAITS,
        moves=tuple(sorted((one["earlier_segment"], one["segment"], one["customer_number_count"]) for one in moves)),
        months=tuple(found.facts["months"]) if organisations is None else (),
        without=counted_without(rows["why_not"], EXCLUSIONS),
    )


def segment_numbers(reader: Reader, home: Path, organisations: tuple[str, ...] | None, code: str) -> tuple[str, ...]:
    """Return the numbers of everybody in a segment at home at or below `organisations`, in their order."""
    found = read_scores(home, SEGMENTS.code, reader.manifest.version)
    if found is None:
        return ()
    rows = rows_within(reader, found.rows, organisations)
    return tuple(sorted(rows.filter(pc.equal(rows["segment"], code))["customer_number"].to_pylist()))  # type: ignore[attr-defined]


def _segment(rows: Any, code: str, names: dict[str, Any], today: dict[str, Any]) -> Segment:  # noqa: ANN401 - pyarrow is untyped
    named, now = names.get(code, {}), today.get(code, {})
    is_other = bool(now) and now["name_zh"] != named["name_zh"]
    return Segment(
        code=code,
        name_zh=named.get("name_zh", ""),
        name_en=named.get("name_en", ""),
        today_zh=now["name_zh"] if is_other else "",
        today_en=now["name_en"] if is_other else "",
        customer_count=rows.num_rows,
        asset_amount=summed(rows, "recent_asset_balance"),
        loan_amount=summed(rows, "loan_balance"),
        contribution_amount=summed(rows, "year_contribution_amount"),
        traits=tuple(_mean(rows, one.code) for one in TRAITS),
    )


def _mean(rows: Any, name: str) -> Decimal | None:  # noqa: ANN401
    value = pc.mean(rows[name]).as_py() if rows.num_rows else None  # type: ignore[attr-defined]
    return None if value is None else Decimal(str(value))
