"""What is known: the whole months of a figure by organisation and value of its dimension, closed outlets under their successor."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.metrics.measure_sql import Scope, View, Window, has_rows_query, measure_query
from maisui.models.forecast.subject import Subject
from maisui.models.panel import Marts

LONGEST = 60
"""Months that are looked back at most."""
Key = tuple[str, str]
"""Organisation and value of the dimension: what names one series."""


@dataclass(frozen=True, slots=True)
class History:
    """The months of one figure, oldest first, and the amount of each series in each of them; all series end with the last month.

    A series begins with its first month that is not nothing: before it there was no such business.
    """

    subject: Subject
    months: tuple[date, ...]
    series: dict[Key, tuple[Decimal, ...]]


def whole_months(reader: Marts, until: date) -> tuple[date, ...]:
    """Return the last days of the months that are over by `until`, oldest first."""
    found = reader.rows("SELECT DISTINCT month_end FROM calendar_day WHERE month_end <= ? ORDER BY month_end", [until])
    return tuple(day for (day,) in found)[-LONGEST:]


def read_history(reader: Marts, subject: Subject, months: tuple[date, ...]) -> History:
    """Return what is known of a figure in `months`; those before the last gap of its deliveries are left out."""
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
    keys = sorted({key for month in found for key, amount in month.items() if amount})
    nothing = Decimal(0)
    return History(subject, tuple(kept), {key: _begun([month.get(key, nothing) for month in found]) for key in keys})


def _begun(amounts: list[Decimal]) -> tuple[Decimal, ...]:
    first = next(place for place, amount in enumerate(amounts) if amount)
    return tuple(amounts[first:])
