"""Small drawings made on the server: sparklines and bars as plain numbers for inline SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import cos, radians, sqrt

WIDTH, HEIGHT, MARGIN = 96, 28, 3


@dataclass(frozen=True, slots=True)
class Sparkline:
    """A line through the known points of a series; gaps break it into several."""

    lines: tuple[str, ...]
    last_x: float
    last_y: float


def sparkline(values: Sequence[Decimal | None], bounds: tuple[Decimal, Decimal] | None = None) -> Sparkline | None:
    """Return the drawing of a series, None where fewer than two points are known; `bounds` are the ends of a scale that several share."""
    known = [value for value in values if value is not None]
    if len(known) <= 1:
        return None
    low, high = bounds or (min(known), max(known))
    step = (WIDTH - 2 * MARGIN) / (len(values) - 1)
    lines: list[list[str]] = [[]]
    last = (0.0, 0.0)
    for position, value in enumerate(values):
        if value is None:
            lines.append([])
            continue
        share = float((value - low) / (high - low)) if high > low else 0.5
        last = (round(MARGIN + position * step, 1), round(HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN), 1))
        lines[-1].append(f"{last[0]},{last[1]}")
    return Sparkline(tuple(" ".join(line) for line in lines if line), *last)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar from zero, in hundredths of its box; negative values run left from the zero line."""

    x: float
    width: float
    zero: float


def bars(values: Sequence[Decimal | None]) -> list[Bar | None]:
    """Return a bar for each value on one zero-based scale."""
    known = [value for value in values if value is not None]
    low, high = min([Decimal(0), *known]), max([Decimal(0), *known])
    span = high - low
    if not span:
        return [None if value is None else Bar(0, 0, 0) for value in values]
    zero = float(-low / span * 100)
    found: list[Bar | None] = []
    for value in values:
        width = 0.0 if value is None else float(abs(value) / span * 100)
        start = zero - width if value is not None and value < 0 else zero
        found.append(None if value is None else Bar(round(start, 2), round(width, 2), round(zero, 2)))
    return found


def floating_bars(spans: Sequence[tuple[Decimal, Decimal]]) -> list[Bar | None]:
    """Return a bar from start to end for each span, all on one scale that holds zero; None for all where there is no width."""
    low = min([Decimal(0), *(min(span) for span in spans)])
    high = max([Decimal(0), *(max(span) for span in spans)])
    width = high - low
    if not width:
        return [None for _ in spans]
    places = [(min(span) - low, abs(span[1] - span[0])) for span in spans]
    zero = round(float(-low / width * 100), 2)
    return [Bar(round(float(start / width * 100), 2), round(float(size / width * 100), 2), zero) for start, size in places]


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A place on a map 100 wide and `MAP_HEIGHT` high, the radius of its circle, whose area shows a figure, and the top of its name."""

    x: float
    y: float
    radius: float
    label_y: float


MAP_HEIGHT = 60
_MAP_MARGIN = 9
_LARGEST, _SMALLEST = 6.0, 1.2
_NAME_WIDTH, _NAME_HEIGHT, _LINE_HEIGHT = 13.0, 2.6, 3.0
_MOST_LINES = 3
_WORSE_THAN_COVERED = 10


def map_points(places: Sequence[tuple[Decimal, Decimal]], sizes: Sequence[Decimal | None]) -> list[MapPoint]:
    """Return a point for each place (latitude, longitude), north above, with distances kept; what is below zero or unknown is a dot."""
    if not places:
        return []
    middle = sum((latitude for latitude, _ in places), Decimal(0)) / len(places)
    narrowing = cos(radians(float(middle)))
    points = [(float(longitude) * narrowing, float(latitude)) for latitude, longitude in places]
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    low, high = min(y for _, y in points), max(y for _, y in points)
    width, height = 100 - 2 * _MAP_MARGIN, MAP_HEIGHT - 2 * _MAP_MARGIN
    scale = min(width / (right - left) if right > left else 1.0, height / (high - low) if high > low else 1.0)
    largest = max((size for size in sizes if size is not None), default=Decimal(0))
    circles: list[tuple[float, float, float]] = []
    for (x, y), size in zip(points, sizes, strict=True):
        share = float(size / largest) if size is not None and size > 0 and largest > 0 else 0.0
        across = 50 + (x - (left + right) / 2) * scale
        down = MAP_HEIGHT / 2 - (y - (low + high) / 2) * scale
        circles.append((across, down, max(_SMALLEST, _LARGEST * sqrt(share))))
    return _named(circles)


def _named(circles: Sequence[tuple[float, float, float]]) -> list[MapPoint]:
    """Return the circles (across, down, radius), drawn in this order, each with a line for its name."""
    found: list[MapPoint] = []
    for place, (across, down, radius) in enumerate(circles):
        names = [one.label_y for one in found if abs(one.x - across) < _NAME_WIDTH]
        drawn_over = [(y - r, y + r) for x, y, r in circles[place + 1 :] if abs(x - across) < _NAME_WIDTH / 2 + r]
        line = _free_line(down, radius, names, drawn_over)
        found.append(MapPoint(round(across, 2), round(down, 2), round(radius, 2), round(line, 2)))
    return found


def _free_line(y: float, radius: float, names: Sequence[float], drawn_over: Sequence[tuple[float, float]]) -> float:
    """Return the top of a name: the line below its circle, above it, or further away that hides least, the nearest of equals.

    Names that run into each other cannot be read and weigh most; circles drawn later hide a part of a name.
    """
    below, above = y + radius, y - radius - _LINE_HEIGHT
    lines = [line for step in range(_MOST_LINES) for line in (below + step * _LINE_HEIGHT, above - step * _LINE_HEIGHT)]
    inside = [line for line in lines if 0 <= line <= MAP_HEIGHT - _NAME_HEIGHT] or lines

    def hidden(line: float) -> float:
        met = sum(max(0.0, _NAME_HEIGHT - abs(line - name)) for name in names)
        covered = sum(max(0.0, min(line + _NAME_HEIGHT, bottom) - max(line, top)) for top, bottom in drawn_over)
        return round(met * _WORSE_THAN_COVERED + covered, 6)

    return min(inside, key=hidden)
