"""Small drawings made on the server: sparklines and bars as plain numbers for inline SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import cos, hypot, radians, sqrt

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
    """A place on a map 100 wide and `MAP_HEIGHT` high, the radius of its circle, whose area shows a figure, and where its name stands.

    `anchor` says which end of the name `label_x` is; a name that had to stand away from its circle is led to it by a line.
    """

    x: float
    y: float
    radius: float
    label_x: float
    label_y: float
    anchor: str
    is_away: bool


_Circle = tuple[float, float, float]
_Name = tuple[float, float, str, bool]
_Box = tuple[float, float, float, float]
MAP_HEIGHT = 60
_MAP_MARGIN = 9
_LARGEST, _SMALLEST = 6.0, 1.2
_LEAST_LARGEST, _APART = 0.5, 0.9
_NAME_WIDTH, _NAME_HEIGHT, _LINE_HEIGHT = 13.0, 2.6, 3.0
_MOST_LINES = 3
_WORSE_THAN_COVERED = 10
_OUTSIDE = 100


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
    circles: list[_Circle] = []
    for (x, y), size in zip(points, sizes, strict=True):
        share = float(size / largest) if size is not None and size > 0 and largest > 0 else 0.0
        across = 50 + (x - (left + right) / 2) * scale
        down = MAP_HEIGHT / 2 - (y - (low + high) / 2) * scale
        circles.append((across, down, max(_SMALLEST, _LARGEST * sqrt(share))))
    return _named(_apart(circles))


def _apart(circles: Sequence[_Circle]) -> list[_Circle]:
    """Return the circles smaller, all by one factor, where neighbours would cover each other; never by more than half."""
    factor = 1.0
    for place, (x, y, radius) in enumerate(circles):
        for other_x, other_y, other in circles[:place]:
            factor = min(factor, _APART * hypot(x - other_x, y - other_y) / (radius + other))
    factor = max(factor, _LEAST_LARGEST)
    return [(x, y, max(_SMALLEST, radius * factor)) for x, y, radius in circles]


def _named(circles: Sequence[_Circle]) -> list[MapPoint]:
    """Return the circles, each with a place for its name that hides least: below, above, beside, or led to it by a line."""
    found: list[MapPoint] = []
    taken: list[_Box] = []
    for place, (x, y, radius) in enumerate(circles):
        others = [(a - r, b - r, a + r, b + r) for at, (a, b, r) in enumerate(circles) if at != place]

        def hidden(name: _Name, others: Sequence[_Box] = others) -> float:
            box = _box_of(name)
            met = sum(_common(box, one) for one in taken)
            covered = sum(_common(box, one) for one in others)
            outside = _NAME_WIDTH * _NAME_HEIGHT - _common(box, (0.0, 0.0, 100.0, float(MAP_HEIGHT)))
            return round(met * _WORSE_THAN_COVERED + covered + outside * _OUTSIDE, 6)

        label_x, label_y, anchor, is_away = best = min(_names_around(x, y, radius), key=hidden)
        taken.append(_box_of(best))
        found.append(MapPoint(round(x, 2), round(y, 2), round(radius, 2), round(label_x, 2), round(label_y, 2), anchor, is_away))
    return found


def _names_around(x: float, y: float, radius: float) -> list[_Name]:
    """Return where a name may stand, the best first: across, top, which end that is, whether it is away from its circle."""
    below, above, beside = y + radius, y - radius - _LINE_HEIGHT, y - _NAME_HEIGHT / 2
    near: list[_Name] = [(x, below, "middle", False), (x, above, "middle", False)]
    near += [(x + radius + 0.5, beside, "start", False), (x - radius - 0.5, beside, "end", False)]
    for step in range(1, _MOST_LINES):
        away = step * _LINE_HEIGHT
        near += [(x, below + away, "middle", True), (x, above - away, "middle", True)]
        near += [(x + radius + away, beside + side * away, "start", True) for side in (1, -1)]
        near += [(x - radius - away, beside + side * away, "end", True) for side in (1, -1)]
    return near


def _box_of(name: _Name) -> _Box:
    x, y, anchor, _ = name
    left = {"middle": x - _NAME_WIDTH / 2, "start": x, "end": x - _NAME_WIDTH}[anchor]
    return left, y, left + _NAME_WIDTH, y + _NAME_HEIGHT


def _common(one: _Box, other: _Box) -> float:
    """Return the area two boxes have in common."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return max(0.0, across) * max(0.0, down)
