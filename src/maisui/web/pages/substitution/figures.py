"""What the page of substitution asks: every version with its parts, and customers by main channel in two quarters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.answers import UNUSED
from maisui.answers.channel_customers import quarter_start
from maisui.web.gateway import Gateway
from maisui.web.pages.channels.figures import HeatCell, level
from maisui.web.pages.channels.words import channel_word
from maisui.web.pages.overview.figures import Card, card_of, first_day_of, metrics_by_code, read_series
from maisui.web.pages.overview.state import State
from maisui.web.text import Text

VERSIONS: tuple[str, ...] = (
    "electronic_substitution_rate",
    "electronic_substitution_rate_without_quick_pay",
    "electronic_substitution_amount_rate",
    "electronic_share",
    "counter_leave_rate",
    "separable_counter_share",
)
WEIGHTED = "counter_leave_rate"
"""Mixed of two rates: its sides are products of counts that tell a reader nothing."""
NOBODY = Text("未使用", "None used")


@dataclass(frozen=True, slots=True)
class Version:
    """One version: its card, and the sides of its fraction where they are figures by themselves."""

    card: Card
    numerator: Decimal | None
    denominator: Decimal | None


def read_versions(gateway: Gateway, state: State, days: Sequence[date]) -> None:
    """Read at once what `version_of` needs for all versions."""
    read_series(gateway, state, VERSIONS, days)
    gateway.read_together([state.question(code) for code in VERSIONS])


def version_of(gateway: Gateway, state: State, code: str, days: Sequence[date]) -> Version:
    """Return one version of the rate."""
    card = card_of(gateway, state, metrics_by_code(gateway)[code], days)
    rows = gateway.ask(state.question(code)).rows
    if not rows or code == WEIGHTED:
        return Version(card, None, None)
    return Version(card, rows[0].numerator, rows[0].denominator)


@dataclass(frozen=True, slots=True)
class Migration:
    """Customers by main channel: a row a channel of the quarter before, a column a channel of this quarter, with both sums.

    `missing` says why the quarters cannot be compared; then nothing else of it means anything.
    """

    columns: tuple[Text, ...]
    rows: tuple[tuple[Text, tuple[HeatCell, ...], int], ...]
    sums: tuple[int, ...]
    total: int
    stayed: int
    left_counter: int
    came_to_counter: int
    missing: Text | None = None


def migration_of(gateway: Gateway, state: State, day: date) -> Migration:
    """Return who moved between main channels; those who used none stand last."""
    found = gateway.channels.migration(state.organisation, day)
    sizes: dict[str, int] = {}
    for (before, now), count in found.items():
        for code in (before, now):
            sizes[code] = sizes.get(code, 0) + count
    codes = sorted(sizes, key=lambda code: (code == UNUSED, -sizes[code], code))
    moved = [count for (before, now), count in found.items() if before != now]
    most = Decimal(max(moved, default=0))
    rows = tuple(
        (
            _word(before),
            tuple(
                HeatCell(
                    Decimal(found[before, now]) if (before, now) in found else None,
                    0 if before == now else level(Decimal(found.get((before, now), 0)), most),
                    now,
                )
                for now in codes
            ),
            sum(found.get((before, now), 0) for now in codes),
        )
        for before in codes
    )
    return Migration(
        tuple(_word(code) for code in codes),
        rows,
        tuple(sum(found.get((before, now), 0) for before in codes) for now in codes),
        sum(found.values()),
        sum(count for (before, now), count in found.items() if before == now),
        sum(count for (before, now), count in found.items() if before == "counter" and now not in ("counter", UNUSED)),
        sum(count for (before, now), count in found.items() if now == "counter" and before not in ("counter", UNUSED)),
        _too_short(first_day_of(gateway), day),
    )


def _too_short(first: date, day: date) -> Text | None:
    """Return what the quarter before that up to `day` lacks; None where the history holds all of it."""
    if first <= quarter_start(day, 1):
        return None
    return Text(
        f"历史自 {first} 起，前三个月不完整，不能比较主渠道",
        f"History begins on {first}: the three months before are not whole, so main channels cannot be compared",
    )


def _word(code: str) -> Text:
    return NOBODY if code == UNUSED else channel_word(code)
