"""The lines of survival: age across, share still open up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maisui.answers.product_life import Cohort
from maisui.web.text import Text

WIDTH, HEIGHT = 100.0, 34.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 7.0, 97.0, 2.0, 28.0
_LONGEST = 60
_STEPS, _MOST_MARKS = (1, 3, 6, 12), 8


@dataclass(frozen=True, slots=True)
class Curve:
    """One line: what it is of, its points, and whether it is the whole."""

    name: Text | str
    points: str
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Curves:
    """The drawing: lines, and the marks of both axes (place, words)."""

    lines: tuple[Curve, ...]
    ages: tuple[tuple[float, int], ...]
    shares: tuple[tuple[float, int], ...]


def curves_of(cohorts: Sequence[tuple[Text | str, Cohort]]) -> Curves | None:
    """Return the drawing of cohorts, the first of which is the whole; None where nothing was observed for two months."""
    longest = min(_LONGEST, max((one.age for _, cohort in cohorts for one in cohort.survival), default=0) + 1)
    if longest <= 1:
        return None

    def across(age: int) -> float:
        return round(_LEFT + age / longest * (_RIGHT - _LEFT), 2)

    def up(share: float) -> float:
        return round(_BOTTOM - share * (_BOTTOM - _TOP), 2)

    lines: list[Curve] = []
    for place, (name, cohort) in enumerate(cohorts):
        known = [one for one in cohort.survival if one.age < longest]
        if not known:
            continue
        points = [f"{across(known[0].age)},{up(1)}"]
        for one in known:
            points += [f"{across(one.age + 1)},{points[-1].split(',')[1]}", f"{across(one.age + 1)},{up(float(one.share.value))}"]
        lines.append(Curve(name, " ".join(points), place == 0))
    step = next(step for step in _STEPS if longest / step <= _MOST_MARKS)
    ages = tuple((across(age), age) for age in range(0, longest + 1, step))
    return Curves(tuple(lines), ages, tuple((up(share / 100), share) for share in (0, 50, 100)))
