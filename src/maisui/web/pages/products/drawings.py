"""The two drawings of the catalogue: growth against share with income as area, and who brings how much of the whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt

from maisui.web.pages.overview.drawings import Bar, bars
from maisui.web.pages.products.catalogue import Line

HEIGHT = 58
_LEFT, _RIGHT, _TOP, _BOTTOM = 9.0, 96.0, 4.0, 50.0
_NEAR_LEFT, _NEAR_RIGHT = 16.0, 84.0
_LARGEST, _SMALLEST = 4.4, 0.9
_LINE = 2.3
"""The height of a line of text."""
_STEP, _MOST_STEPS = _LINE / 2, 20
"""How far a name is moved at a time, and how often above and below its bubble, before it stands on another one."""
_WIDEST_GROWTH = Decimal("0.5")
"""Growth beyond this is drawn at the edge: one young product would press all others together."""


@dataclass(frozen=True, slots=True)
class Bubble:
    """One product group: where it stands, how large, on which side its name is written, and its figures."""

    line: Line
    x: float
    y: float
    radius: float
    label_y: float
    growth: Decimal
    share: Decimal
    is_cut: bool

    @property
    def is_near_left(self) -> bool:
        """Return whether its name begins at it instead of standing about its middle."""
        return self.x < _NEAR_LEFT

    @property
    def is_near_right(self) -> bool:
        """Return whether its name ends at it."""
        return self.x > _NEAR_RIGHT

    @property
    def stretch(self) -> tuple[float, float]:
        """Return from where to where its name is written."""
        return _stretch(_written(self.line, self.growth, is_cut=self.is_cut), self.x)


@dataclass(frozen=True, slots=True)
class Bubbles:
    """The drawing: bubbles, where growth is nil, marks of both axes, and how many groups could not be drawn."""

    bubbles: tuple[Bubble, ...]
    zero_y: float
    growth_marks: tuple[tuple[float, Decimal], ...]
    share_marks: tuple[tuple[float, Decimal], ...]
    left_out: int


def bubbles_of(lines: Sequence[Line]) -> Bubbles:
    """Return the drawing of product groups: share of its line's balance across, growth of twelve months up, income as area."""
    groups = [line for line in lines if line.level == "group"]
    wholes = {line.path[0]: line.values.get("balance") for line in lines if line.level == "line"}
    drawn: list[tuple[Line, Decimal, Decimal]] = []
    for line in groups:
        growth, balance, whole = line.life.balance_rate, line.values.get("balance"), wholes.get(line.path[0])
        if growth is not None and balance is not None and whole:
            drawn.append((line, growth, balance / whole))
    span = min(_WIDEST_GROWTH, max((abs(growth) for _, growth, _ in drawn), default=Decimal("0.1")))
    span = max(span, Decimal("0.05"))
    largest = max((line.values.get("income") or Decimal(0) for line, *_ in drawn), default=Decimal(0))
    found: list[Bubble] = []
    for line, growth, share in sorted(drawn, key=lambda one: -(one[0].values.get("income") or Decimal(0))):
        income = line.values.get("income") or Decimal(0)
        radius = max(_SMALLEST, _LARGEST * sqrt(float(income / largest)) if income > 0 and largest > 0 else 0.0)
        y = _up(max(-span, min(span, growth)), span)
        x = round(_LEFT + float(share) * (_RIGHT - _LEFT), 2)
        is_cut = abs(growth) > span
        stretch = _stretch(_written(line, growth, is_cut=is_cut), x)
        found.append(Bubble(line, x, y, round(radius, 2), _free(found, stretch, y, radius), growth, share, is_cut))
    marks = tuple((_up(value, span), value) for value in (-span, Decimal(0), span))
    shares = tuple((round(_LEFT + place / 4 * (_RIGHT - _LEFT), 2), Decimal(place) / 4) for place in range(5))
    return Bubbles(tuple(found), _up(Decimal(0), span), marks, shares, len(groups) - len(drawn))


def _up(growth: Decimal, span: Decimal) -> float:
    middle = (_TOP + _BOTTOM) / 2
    return round(middle - float(growth / span) * (_BOTTOM - _TOP) / 2, 2)


def _free(placed: Sequence[Bubble], stretch: tuple[float, float], y: float, radius: float) -> float:
    """Return the height of a name: above its bubble, and further up or below it where another name stands already."""
    near = [one.label_y for one in placed if one.stretch[0] < stretch[1] and stretch[0] < one.stretch[1]]
    above, below = y - radius - 0.6, y + radius + 2.2
    for height in (height for step in range(_MOST_STEPS) for height in (above - step * _STEP, below + step * _STEP)):
        if _LINE < height < _BOTTOM + _LINE and all(round(abs(height - other), 1) >= _LINE for other in near):
            return round(height, 2)
    return round(above, 2)


def _written(line: Line, growth: Decimal, *, is_cut: bool) -> str:
    """Return what is written at a bubble: its name, and its growth where that lies beyond the axis."""
    return f"{line.name} {growth:.1%}" if is_cut else str(line.name)


def _stretch(written: str, x: float) -> tuple[float, float]:
    """Return from where to where something is written at `x`: about its middle, but near an edge towards the middle of the drawing."""
    width = _width(written)
    if x > _NEAR_RIGHT:
        return x - width, x
    return (x, x + width) if x < _NEAR_LEFT else (x - width / 2, x + width / 2)


def _width(name: str) -> float:
    """Return about how wide a name is drawn: a Chinese character is as wide as two letters."""
    return sum(2.1 if ord(letter) > 0x2E80 else 1.25 for letter in name)  # noqa: PLR2004 - where Chinese begins


@dataclass(frozen=True, slots=True)
class ParetoLine:
    """One line of the ranking: contribution, bar, and the share of the whole that it and all before it bring."""

    line: Line
    value: Decimal
    bar: Bar | None
    running: Decimal | None


@dataclass(frozen=True, slots=True)
class Pareto:
    """Who brings the contribution, the most first; how few bring four fifths of what is gained, and what the rest takes away."""

    lines: tuple[ParetoLine, ...]
    few: int
    gained: Decimal
    lost: Decimal


def pareto_of(lines: Sequence[Line], level: str) -> Pareto:
    """Return the ranking of one level by contribution."""
    known = [(line, value) for line in lines if line.level == level and (value := line.values.get("customer_contribution")) is not None]
    ordered = sorted(known, key=lambda one: (-one[1], one[0].path))
    total = sum((value for _, value in ordered), Decimal(0))
    gained = sum((value for _, value in ordered if value > 0), Decimal(0))
    running, few, found = Decimal(0), 0, []
    for (line, value), bar in zip(ordered, bars([value for _, value in ordered]), strict=True):
        few += running < gained * Decimal("0.8")
        running += value
        found.append(ParetoLine(line, value, bar, running / total if total > 0 else None))
    return Pareto(tuple(found), few, gained, total - gained)
