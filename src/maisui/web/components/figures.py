"""How a figure is written, in one place: 万 and 亿 or K, M and B, fixed decimals for each unit, — for what does not exist.

`frontend/src/figures.ts` follows the same rules for the axes of charts.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TypeVar

from maisui.answers import Metric, Unit
from maisui.web.text import choose, is_english

Key = TypeVar("Key", bound=Hashable)
NOTHING = "—"
MINUS = "−"
_YUAN = "CNY"
SMALL_COUNT = 100_000
"""Counts below this are written out: a manager knows his 8,214 customers by the head, a teller his workload of 1,140.50."""
_COUNTED = (Unit.COUNT, Unit.COUNT_EACH, Unit.INDEX)
_LEAST_SHOWN, _MOST_SHOWN = Decimal("0.1"), Decimal(10) ** 6
"""Between what the middle amount of a column lies at the scale of its table: two digits of it can be read, and not a dozen."""


@dataclass(frozen=True, slots=True)
class Scale:
    """By what a figure is divided before it is written, the word for that, and its decimals."""

    divisor: Decimal
    word: str
    decimals: int


EXACT = Scale(Decimal(1), "", 2)
"""Yuan to the cent."""


def scale_of(largest: Decimal | None, unit: Unit) -> Scale:
    """Return the scale at which a figure, or a column whose largest is given, is written in the active language."""
    if unit is Unit.SHARE:
        return Scale(Decimal("0.01"), "%", 2)
    decimals = unit.decimals
    size = abs(largest or Decimal(0))
    if unit in _COUNTED and size < SMALL_COUNT:
        return Scale(Decimal(1), "", decimals)
    steps = ((9, "B"), (6, "M"), (3, "K")) if is_english() else ((8, "亿"), (4, "万"))
    for power, word in steps:
        if size >= Decimal(10) ** power:
            return Scale(Decimal(10) ** power, word, 2)
    return Scale(Decimal(1), "", decimals)


def largest_of(values: Iterable[Decimal | None]) -> Decimal | None:
    """Return the value furthest from 0, by which a column's scale is chosen."""
    return max((abs(value) for value in values if value is not None), default=None)


def column_scale(values: Iterable[Decimal | None], unit: Unit) -> Scale:
    """Return the scale of a column: that of its middle value other than 0, so that a few large lines do not round the others away."""
    known = sorted(abs(value) for value in values if value)
    return scale_of(known[len(known) // 2] if known else None, unit)


def table_scales(columns: Mapping[Key, tuple[Unit, Iterable[Decimal | None]]]) -> dict[Key, Scale]:
    """Return the scale of each column of a table: amounts in yuan have one where it serves them all, to be held against each other.

    Other units are scaled column by column, and so are amounts so far apart that no one scale shows them: turnover and its fee.
    """
    known = {key: (unit, list(values)) for key, (unit, values) in columns.items()}
    money = _one_scale([values for unit, values in known.values() if unit is Unit.YUAN])
    return {key: money if money and unit is Unit.YUAN else column_scale(values, unit) for key, (unit, values) in known.items()}


def _one_scale(columns: Iterable[Iterable[Decimal | None]]) -> Scale | None:
    """Return the coarsest scale at which the middle amount of every column of yuan can be read; lines of 0 have no say."""
    known = [sorted(abs(value) for value in column if value) for column in columns]
    middles = [column[len(column) // 2] for column in known if column]
    scales = sorted({scale_of(middle, Unit.YUAN) for middle in middles}, key=lambda scale: scale.divisor, reverse=True)
    return next(
        (scale for scale in scales if all(_LEAST_SHOWN <= middle / scale.divisor < _MOST_SHOWN for middle in middles)),
        None,
    )


def fitting(scale: Scale | None, value: Decimal | None, unit: Unit) -> Scale | None:
    """Return a common scale where it shows a figure, and the figure's own where it would write 0.00 of what is not 0."""
    if scale is None or not value or abs(value / scale.divisor) >= Decimal(1).scaleb(-scale.decimals):
        return scale
    return scale_of(value, unit)


def digits(value: Decimal, decimals: int) -> str:
    """Return a number with thousands separated and a true minus."""
    rounded = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,.{decimals}f}"
    return f"{MINUS}{text}" if rounded < 0 else text


def short(value: Decimal | None, unit: Unit, scale: Scale | None = None) -> tuple[str, str]:
    """Return the digits and the scale word of a figure, such as `7,479.27` and `万`."""
    if value is None:
        return NOTHING, ""
    chosen = scale or scale_of(value, unit)
    return digits(value / chosen.divisor, chosen.decimals), chosen.word


def exact(value: Decimal | None, unit: Unit) -> str:
    """Return the whole figure with its unit, as it is shown on hover."""
    if value is None:
        return choose("没有数据", "no data")
    if unit is Unit.SHARE:
        return f"{digits(value * 100, 4)}%"
    word = unit_word(unit)
    return f"{digits(value, unit.decimals)} {word}".rstrip()


def unit_word(unit: Unit) -> str:
    """Return what a figure counts, in the active language."""
    words = {
        Unit.YUAN: choose("元", "CNY"),
        Unit.SHARE: "%",
        Unit.COUNT: "",
        Unit.YUAN_EACH: choose("元", "CNY"),
        Unit.COUNT_EACH: "",
        Unit.INDEX: "",
    }
    return words[unit]


def unit_name(unit: Unit) -> str:
    """Return what a metric is measured in, in words."""
    words = {
        Unit.YUAN: choose("元", "yuan (CNY)"),
        Unit.SHARE: choose("百分比", "per cent"),
        Unit.COUNT: choose("个数", "count"),
        Unit.YUAN_EACH: choose("元（平均）", "yuan (CNY) each"),
        Unit.COUNT_EACH: choose("个数（平均）", "count each"),
        Unit.INDEX: choose("指数点", "index points"),
    }
    return words[unit]


def owner_name(metric: Metric) -> str:
    """Return who answers for a metric; catalogues write both languages in one text."""
    zh, _, en = metric.owner.partition(" / ")
    return choose(zh, en or zh)


def scaled_unit(unit: Unit, scale: Scale, currency: str = _YUAN) -> str:
    """Return the unit in a heading: 万元, 亿元, M CNY, %, or nothing for plain counts; money of another `currency` bears its code."""
    if unit is Unit.SHARE:
        return "%"
    if currency != _YUAN:
        return f"{scale.word} {currency}".strip()
    word = unit_word(unit)
    return choose(f"{scale.word}{word}", f"{scale.word} {word}".strip())


@dataclass(frozen=True, slots=True)
class Delta:
    """A change as it is shown: direction, arrow, text and the exact difference."""

    direction: str
    arrow: str
    text: str
    exact: str


def delta_of(change: Decimal | None, rate: Decimal | None, unit: Unit) -> Delta:
    """Return a change as a rate, or in percentage points where the figure itself is a share."""
    points = unit is Unit.SHARE
    measure = change * 100 if points and change is not None else rate * 100 if rate is not None else None
    if change is None or measure is None:
        return Delta("none", "", NOTHING, choose("没有可比的数据", "nothing to compare with"))
    shown = digits(abs(measure), 2)
    suffix = choose("pp", " pp") if points else "%"
    word = choose(" 个百分点", " percentage points")
    difference = f"{_sign(change)}{digits(abs(measure), 4)}{word}" if points else f"{_sign(change)}{exact(abs(change), unit)}"
    if shown == "0.00":
        return Delta("flat", "=" if change == 0 else "≈", f"{shown}{suffix}", difference)
    rising = change > 0
    return Delta("up" if rising else "down", "▲" if rising else "▼", f"{_sign(change)}{shown}{suffix}", difference)


def _sign(change: Decimal) -> str:
    return "+" if change > 0 else MINUS if change < 0 else ""
