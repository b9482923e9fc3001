"""What is asked and what is answered: frozen questions in, frozen answers out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.answers.periods import Comparison, Period
from maisui.metrics import Metric
from maisui.metrics.measure_sql import View, Window

CHILD = "child"
"""Split by the direct children of the organisation asked for, its own balances as a line of its own."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked; `day` None means the version's reporting date, `organisation` None the whole bank."""

    metric: str
    by: tuple[str, ...] = ()
    organisation: str | None = None
    day: date | None = None
    period: Period = Period.MONTH
    comparison: Comparison | None = None
    view: View = View.AS_WAS


@dataclass(frozen=True, slots=True)
class Row:
    """One line of an answer; numbers that do not exist are None, never 0."""

    dimensions: dict[str, str]
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    base_value: Decimal | None = None
    change: Decimal | None = None
    change_rate: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """What a reader of an answer should know, in both languages; the command line writes English."""

    zh: str
    en: str

    def __str__(self) -> str:
        """Return the English text."""
        return self.en


@dataclass(frozen=True, slots=True)
class Answer:
    """The lines of an answer with everything that decides them."""

    metric: Metric
    question: Question
    window: Window
    base_window: Window | None
    version: str
    rows: tuple[Row, ...]
    notes: tuple[Note, ...]
    organisation_names: Mapping[str, str]
