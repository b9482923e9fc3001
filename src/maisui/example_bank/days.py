"""Day numbers (days since 1970-01-01) and their texts in the files, 99991231 for an empty date."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import numpy as np
import pyarrow as pa

from maisui.example_bank.text_columns import ArrowText

NO_DAY = -100_000
_EPOCH = date(1970, 1, 1)
_TEXT_FIRST = (date(1930, 1, 1) - _EPOCH).days
_TEXT_LAST = (date(2070, 12, 31) - _EPOCH).days


def day_number(year: int, month: int, day: int) -> int:
    """Days from 1970-01-01 to the given date."""
    return (date(year, month, day) - _EPOCH).days


def as_date(day: int) -> date:
    """The calendar date of a day number."""
    return _EPOCH + timedelta(days=day)


def month_start(day: int) -> int:
    """First day of the month in which `day` lies."""
    return day - as_date(day).day + 1


def add_months(first_of_month: int, months: int) -> int:
    """First day of the month `months` after the month of `first_of_month`."""
    start = as_date(first_of_month)
    total = start.year * 12 + start.month - 1 + months
    return day_number(total // 12, total % 12 + 1, 1)


def months_later(days: np.ndarray, months: np.ndarray | int) -> np.ndarray:
    """The same day of the month `months` later, cut to day 28 so that it exists in every month."""
    stamps = np.asarray(days, dtype=np.int64).astype("datetime64[D]")
    month = stamps.astype("datetime64[M]")
    offset = np.minimum((stamps - month.astype("datetime64[D]")).astype(np.int64), 27)
    later = (month + np.asarray(months, dtype=np.int64)).astype("datetime64[D]").astype(np.int64)
    return (later + offset).astype(np.int32)


def compact(day: int) -> str:
    """YYYYMMDD of one day number."""
    return as_date(day).strftime("%Y%m%d")


@cache
def _day_words() -> ArrowText:
    stamps = np.arange(_TEXT_FIRST, _TEXT_LAST + 1).astype("datetime64[D]").astype(str)
    return pa.array(["99991231", *(text.replace("-", "") for text in stamps)])


@cache
def _month_words() -> ArrowText:
    return pa.array(["999912", *(text[:6] for text in _day_words().to_pylist()[1:])])


def _positions(days: np.ndarray) -> ArrowText:
    numbers = np.asarray(days, dtype=np.int64)
    return pa.array(np.where(numbers == NO_DAY, 0, numbers - _TEXT_FIRST + 1).astype(np.int32))


def day_text(days: np.ndarray) -> ArrowText:
    """YYYYMMDD for each day number, 99991231 for NO_DAY."""
    return _day_words().take(_positions(days))


def month_text(days: np.ndarray) -> ArrowText:
    """YYYYMM for each day number, 999912 for NO_DAY."""
    return _month_words().take(_positions(days))


@cache
def _second_words() -> ArrowText:
    return pa.array([f"{s // 3600:02d}{s // 60 % 60:02d}{s % 60:02d}" for s in range(86_400)])


def second_text(seconds: np.ndarray) -> ArrowText:
    """Time of day as hhmmss for each second of the day."""
    return _second_words().take(pa.array(np.asarray(seconds, dtype=np.int32)))


def is_month_end(day: int) -> bool:
    """Whether a day is the last one of its month."""
    return month_start(day + 1) == day + 1
