"""How a model in use goes on: whether score and features moved since training, and what came true of what was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from maisui.models import MODEL_BY_CODE, Standing, read_scores
from maisui.models.drift import SCORE, Light
from maisui.warehouse.reader import Reader


@dataclass(frozen=True, slots=True)
class WatchedColumn:
    """The score, or a feature by its words: stability index, its bound by chance, p-value, share unknown now and at training."""

    name_zh: str
    name_en: str
    index: float
    bound: float
    p_value: float
    missing: float
    missing_before: float
    light: Light


@dataclass(frozen=True, slots=True)
class WatchedMonth:
    """One month: how many were judged, the score, and the features that moved, the farthest first."""

    day: date
    count: int
    score: WatchedColumn
    moved: tuple[WatchedColumn, ...]


@dataclass(frozen=True, slots=True)
class ModelWatch:
    """Where a model stands in a version, its months, what was expected beside what came once that is known, and how many it judges.

    `selection` is who is chosen now by groups of people, `fairness` what came of months that are over by the same groups.
    """

    standing: Standing
    sha256: str
    months: tuple[WatchedMonth, ...]
    realised: tuple[dict[str, Any], ...]
    in_scope: int
    selection: tuple[dict[str, Any], ...]
    fairness: dict[str, Any] | None


def model_watch(reader: Reader, home: Path, code: str) -> ModelWatch | None:
    """Return how the model of a version goes on; None where the version is not scored by it."""
    found = read_scores(home, code, reader.manifest.version)
    if found is None:
        return None
    in_scope = found.rows["why_not"].null_count if "why_not" in found.rows.column_names else found.rows.num_rows
    words = {one.code: (one.name_zh, one.name_en) for one in MODEL_BY_CODE[code].features} if code in MODEL_BY_CODE else {}
    months = tuple(
        WatchedMonth(
            date.fromisoformat(month["day"]),
            month["count"],
            _column("评分", "Score", month["columns"][SCORE]),
            tuple(
                sorted(
                    (
                        _column(*words[name], said)
                        for name, said in month["columns"].items()
                        if name in words and said["light"] != Light.GREEN
                    ),
                    key=lambda one: (-one.index, one.name_en),
                )
            ),
        )
        for month in found.facts.get("drift", [])
    )
    return ModelWatch(
        standing=found.standing,
        sha256=found.sha256,
        months=months[::-1],
        realised=tuple(found.facts.get("realised", []))[::-1],
        in_scope=in_scope,
        selection=tuple(found.facts.get("selection", [])),
        fairness=found.facts.get("fairness"),
    )


def _column(name_zh: str, name_en: str, said: dict[str, Any]) -> WatchedColumn:
    figures = {name: said[name] for name in ("index", "bound", "p_value", "missing", "missing_before")}
    return WatchedColumn(name_zh, name_en, **figures, light=Light(said["light"]))
