"""What is known: the whole months of a figure by organisation and value of its dimension, closed outlets under their successor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from maisui.metrics.measure_sql import Scope, View, Window, days_of, has_rows_query, measure_query
from maisui.metrics.metric import Measure, Timing
from maisui.models.forecast.subject import Subject
from maisui.models.panel import Marts

LONGEST = 60
"""Months that are looked back at most."""
Key = tuple[str, str]
"""Organisation and value of the dimension: what names one series."""


@dataclass(frozen=True, slots=True)
class History:
    """The months of one figure, oldest first, and the amount of each series in each of them; all series end with the last month.

    A series begins with its first month that is not nothing: before it there was no such business. `begun_on` is the first day delivered
    where only a part of its month was: that month is left out as soon as another one follows.
    """

    subject: Subject
    months: tuple[date, ...]
    series: dict[Key, tuple[Decimal, ...]]
    begun_on: date | None = None


def whole_months(reader: Marts, until: date) -> tuple[date, ...]:
    """Return the last days of the months that are over by `until`, oldest first."""
    found = reader.rows("SELECT DISTINCT month_end FROM calendar_day WHERE month_end <= ? ORDER BY month_end", [until])
    return tuple(day for (day,) in found)[-LONGEST:]


def read_history(reader: Marts, subject: Subject, months: tuple[date, ...]) -> History:
    """Return what is known of a figure in `months`; those before the last gap of its deliveries are left out, and a first one begun within."""
    found: list[dict[Key, Decimal]] = []
    kept: list[date] = []
    measure = subject.metric.numerator
    by = (subject.organisation_dimension, subject.dimension)
    for day in months:
        window = Window(day, day.replace(day=1))
        if not reader.rows(has_rows_query(measure, window))[0][0]:
            found, kept = [], []
            continue
        rows = reader.rows(measure_query(measure, window, Scope(view=View.AS_IS), by))
        found.append({(str(row[0]), str(row[1])): Decimal(row[2]) for row in rows if row[2] is not None})
        kept.append(day)
    begun_on = _begun_within(reader, measure, kept)
    if begun_on is not None and len(kept) > 1:
        found, kept = found[1:], kept[1:]
    keys = sorted({key for month in found for key, amount in month.items() if amount})
    nothing = Decimal(0)
    return History(subject, tuple(kept), {key: _begun([month.get(key, nothing) for month in found]) for key in keys}, begun_on)


def _begun_within(reader: Marts, measure: Measure, months: list[date]) -> date | None:
    """Return the first day delivered where the first month began before it: what adds up its days is then no whole month.

    A bank rests on some days; it began within the month when it was silent before its first day for longer than it ever was since.
    """
    if not months or measure.timing is not Timing.PERIOD:
        return None
    start = months[0].replace(day=1)
    seen = [day for (day,) in reader.rows(_delivered_days(measure, Window(months[-1], start)))]
    silent = [(later - day).days - 1 for day, later in pairwise(seen)]
    before = (seen[0] - start).days
    return seen[0] if before > max(silent, default=before) else None


def _delivered_days(measure: Measure, window: Window) -> str:
    delivered = f" AND ({measure.delivered_where})" if measure.delivered_where else ""
    return (
        f"SELECT DISTINCT m.business_date FROM {measure.mart} AS m WHERE {days_of(measure, window, ())}{delivered} ORDER BY m.business_date"
    )


def _begun(amounts: list[Decimal]) -> tuple[Decimal, ...]:
    first = next(place for place, amount in enumerate(amounts) if amount)
    return tuple(amounts[first:])
