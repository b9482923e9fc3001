"""A stored preview as its page shows it: the bank's figures that move, and under each the organisations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from maisui.answers import BY_CODE, Metric

_FIRST = ("customer_contribution", "economic_value_added", "raroc")
"""What is decided by: these figures stand first where they move."""


@dataclass(frozen=True, slots=True)
class MovedLine:
    """One figure before and after; a change needs both."""

    organisation: str
    name: str
    before: Decimal | None
    after: Decimal | None

    @property
    def change(self) -> Decimal | None:
        """Return by how much it moves."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def rate(self) -> Decimal | None:
        """Return the change as a share of what it was; None where that was nothing."""
        return None if self.change is None or not self.before else self.change / abs(self.before)


@dataclass(frozen=True, slots=True)
class MovedMetric:
    """One metric that moves: the whole bank, None where only organisations do, and the organisations below its head."""

    metric: Metric
    whole: MovedLine | None
    organisations: tuple[MovedLine, ...]


@dataclass(frozen=True, slots=True)
class ShownPreview:
    """A preview with its day, and from when the line was taken to hold."""

    version: str
    day: date
    held_from: date
    metrics: int
    moved: tuple[MovedMetric, ...]


def shown_preview(stored: Mapping[str, Any]) -> ShownPreview:
    """Return a stored preview, the figures of contribution first; a metric the catalogue no longer has is left out."""
    lines: dict[str, list[MovedLine]] = {}
    for one in stored["moved"]:
        line = MovedLine(one["organisation"] or "", one["organisation_name"], _number(one["before"]), _number(one["after"]))
        lines.setdefault(one["metric"], []).append(line)
    codes = sorted((code for code in lines if code in BY_CODE), key=lambda code: _FIRST.index(code) if code in _FIRST else len(_FIRST))
    return ShownPreview(
        version=stored["version"],
        day=date.fromisoformat(stored["date"]),
        held_from=date.fromisoformat(stored["held_from"]),
        metrics=len(stored["metrics"]),
        moved=tuple(
            MovedMetric(
                BY_CODE[code],
                next((line for line in lines[code] if not line.organisation), None),
                tuple(line for line in lines[code] if line.organisation),
            )
            for code in codes
        ),
    )


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
