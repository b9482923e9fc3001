"""The life of a model: on which rung it stood in each version, when it was put back and why, and what became of the last scoring."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from maisui.models.calibration import MOST_SHIFT, MOST_Z, SLOPE_HIGH, SLOPE_LOW
from maisui.models.card import lacking
from maisui.models.registry import damaged_models
from maisui.models.runs import RunLine, ScoringRun, read_run
from maisui.models.scores import standings_so_far
from maisui.warehouse.reader import Reader

__all__ = [
    "MOST_SHIFT",
    "MOST_Z",
    "SLOPE_HIGH",
    "SLOPE_LOW",
    "ModelEvent",
    "RunLine",
    "ScoringRun",
    "damaged_models",
    "lacking",
    "last_run",
    "model_events",
]


@dataclass(frozen=True, slots=True)
class ModelEvent:
    """An approved model that was put back to the rule: in which versions first and last, since which month end, why, and which one."""

    model: str
    why: str
    on: date
    said_zh: str
    said_en: str
    sha256: str
    first_version: str
    last_version: str
    is_over: bool


def model_events(home: Path, code: str) -> tuple[ModelEvent, ...]:
    """Return when a model was put back, the newest first; an event is over once a later version stands on another footing.

    Raises:
        StorageError: when scores cannot be read.
    """
    found: list[ModelEvent] = []
    newest = True
    for facts in standings_so_far(home, code):
        fallen = facts.get("fallen")
        if fallen is not None:
            same = found and (found[-1].why, found[-1].on, found[-1].sha256) == (
                fallen["why"],
                date.fromisoformat(fallen["on"]),
                fallen["sha256"],
            )
            last, is_over = (found[-1].last_version, found[-1].is_over) if same else (facts["version"], not newest)
            event = ModelEvent(
                model=code,
                why=fallen["why"],
                on=date.fromisoformat(fallen["on"]),
                said_zh=fallen["said_zh"],
                said_en=fallen["said_en"],
                sha256=fallen["sha256"],
                first_version=facts["version"],
                last_version=last,
                is_over=is_over,
            )
            found = [*found[:-1], event] if same else [*found, event]
        newest = False
    return tuple(found)


def last_run(reader: Reader, home: Path) -> ScoringRun | None:
    """Return what became of the last scoring of the reader's version; None where there was none.

    Raises:
        StorageError: when it cannot be read.
    """
    return read_run(home, reader.manifest.version)
