"""How a figure usually moves: its change against one base, beside the same change at the same point of the spans before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from maisui.answers.ask import calendar_for, metric_of
from maisui.answers.asked_once import AskedOnceReader
from maisui.answers.figure import moved
from maisui.answers.periods import Comparison, base_day, earlier_days, window_of
from maisui.answers.question import Question
from maisui.answers.together import read_series_together
from maisui.answers.trend import trend
from maisui.answers.working_days import WorkingDays
from maisui.metrics import Metric, Timing, Unit
from maisui.warehouse.reader import Reader

SPANS = 12
"""How many spans before are looked at: months, or days where the day before is the base."""
_FEWEST = 3
"""From fewer changes before nobody knows what is usual."""
_SPANS_DIFFER_BY = 3
_SMALLEST_SHARE = Decimal("0.00005")
"""What changes a share by less is written as 0.00 percentage points."""


@dataclass(frozen=True, slots=True)
class Course:
    """A figure at a day and at its base, with what it was at the same point of earlier spans, the latest first.

    Attributes:
        metric: what is measured.
        day: the day of `value`.
        base_day: the day of `base`.
        value: the figure on the day, as `ask` answers it.
        base: the figure at the base.
        earlier: the figure at the same point of the spans before, as far back as it is known without a gap.
        past_changes: the changes over those spans, each against its own base.
    """

    metric: Metric
    day: date
    base_day: date
    value: Decimal
    base: Decimal
    earlier: tuple[Decimal, ...]
    past_changes: tuple[Decimal, ...]

    @property
    def change(self) -> Decimal:
        """Return the figure less its base."""
        return self.value - self.base

    @property
    def rate(self) -> Decimal | None:
        """Return the change over the base, as every page shows it; None where the base is 0."""
        return moved(self.value, self.base)[1]

    @property
    def usual(self) -> Decimal | None:
        """Return how far the figure usually moves: the median size of the changes before, which one odd month does not shift.

        None where too few are known.
        """
        if len(self.past_changes) < _FEWEST:
            return None
        return Decimal(median(abs(change) for change in self.past_changes))

    def is_noise(self, factor: Decimal) -> bool:
        """Return whether the change is none that anybody would see, or stays within `factor` times the usual one, where that is known."""
        is_unseen = not self.change or (self.metric.unit is Unit.SHARE and abs(self.change) < _SMALLEST_SHARE)
        return is_unseen or (self.usual is not None and abs(self.change) <= factor * self.usual)

    @property
    def weight(self) -> Decimal:
        """Return how many times the usual change this one is, by which sentences are ordered; 1 where nobody knows or nothing moves."""
        return abs(self.change) / self.usual if self.usual else Decimal(1)

    @property
    def is_highest(self) -> bool:
        """Return whether the figure is above all of the spans before, all of them known."""
        return len(self.earlier) >= SPANS and self.value > max(self.earlier[:SPANS])

    @property
    def is_lowest(self) -> bool:
        """Return whether the figure is below all of the spans before, all of them known."""
        return len(self.earlier) >= SPANS and self.value < min(self.earlier[:SPANS])

    @property
    def has_turned(self) -> bool:
        """Return whether the three changes before all went the other way."""
        before = self.past_changes[:3]
        return len(before) == 3 and all(change * self.change < 0 for change in before)  # noqa: PLR2004 - three make a direction


def read_courses(reader: AskedOnceReader, metrics: Iterable[str], question: Question, day: date, comparison: Comparison) -> None:
    """Read at once what `course_of` needs for each of `metrics`."""
    calendar, found = calendar_for(reader, comparison), dict[tuple[date, ...], list[str]]()
    for code in metrics:
        points, bases = _points(metric_of(code), day, comparison, calendar)
        found.setdefault(tuple(sorted({*points, *bases})), []).append(code)
    for days, together in found.items():
        read_series_together(reader, together, question.organisation, days, question.period, question.view)


def _points(metric: Metric, day: date, comparison: Comparison, calendar: WorkingDays | None) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """Return the days of a course, the latest first, and the base of each."""
    points = (day, *earlier_days(day, comparison, SPANS))
    return points, tuple(base_day(point, comparison, metric.numerator.timing, calendar) for point in points)


def course_of(reader: Reader, metric: Metric, question: Question, day: date, comparison: Comparison) -> Course | None:
    """Return the course of `metric` as `question` narrows it; None where it has no figure at one of both days, or no equal span before.

    Raises:
        QuestionError: when the organisation is unknown, or the metric is not kept by organisation.
    """
    first = reader.manifest.first_date
    points, bases = _points(metric, day, comparison, calendar_for(reader, comparison))
    if _is_unlike(metric, window_of(day, question.period, first).days, window_of(bases[0], question.period, first).days):
        return None
    days = sorted({*points, *bases})
    found = trend(reader, metric.code, organisation=question.organisation, days=days, period=question.period, view=question.view)
    return made_course(metric, points, bases, dict(found.points))


def made_course(metric: Metric, points: Sequence[date], bases: Sequence[date], values: Mapping[date, Decimal | None]) -> Course | None:
    """Return the course that `values` tell at `points` and their `bases`, the latest first; what lies before a gap is not known."""
    known: list[tuple[Decimal, Decimal | None]] = []
    for point, base in zip(points, bases, strict=True):
        value = values.get(point)
        if value is None:
            break
        known.append((value, values.get(base)))
    if not known or known[0][1] is None:
        return None
    value, base_value = known[0]
    assert base_value is not None  # noqa: S101 - checked above, for the type
    changes = tuple(later - before for later, before in known[1:] if before is not None)
    return Course(metric, points[0], bases[0], value, base_value, tuple(later for later, _ in known[1:]), changes)


def _is_unlike(metric: Metric, days: int, base_days: int) -> bool:
    """Return whether two sums cover spans that differ by more than months do: then their difference says nothing."""
    return metric.numerator.timing is Timing.PERIOD and metric.denominator is None and abs(days - base_days) > _SPANS_DIFFER_BY
