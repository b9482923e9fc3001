"""What the page of terminals asks: their figures, how many are in which band, one by one, and where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from maisui.answers import CHILD, TerminalAdvice, Terminals, TerminalUse
from maisui.answers.periods import window_of
from maisui.web.gateway import Gateway
from maisui.web.pages.channels.tables import Table, table_of
from maisui.web.pages.overview.drawings import MapPoint, map_points
from maisui.web.pages.overview.figures import first_day_of, own_code
from maisui.web.pages.overview.state import State
from maisui.web.pages.overview.words import value_word
from maisui.web.text import Text

LINES: tuple[str, ...] = (
    "transactions_per_terminal_day",
    "idle_terminal_day_share",
    "terminal_cost_amount",
    "terminal_net_amount",
)
BANDS: dict[str, Text] = {
    "third": Text("三档", "Third"),
    "second": Text("二档", "Second"),
    "first": Text("首档", "First"),
    "below": Text("未达首档", "Below the first"),
    "silent": Text("无交易", "Silent"),
}
ADVICE: dict[TerminalAdvice, Text] = {
    TerminalAdvice.REMOVE: Text("撤一台", "One fewer"),
    TerminalAdvice.MOVE: Text("移机", "Move"),
    TerminalAdvice.ADD: Text("加一台", "One more"),
    TerminalAdvice.VISIT: Text("核查或收回", "Look into or take back"),
}
ROWS = 50
SHOWN_SUGGESTIONS = 30


def terminals_of(gateway: Gateway, state: State, day: date) -> Terminals:
    """Return the terminals over the state's period."""
    window = window_of(day, state.period, first_day_of(gateway))
    return gateway.channels.terminals(state.organisation, window.period_start, window.day)


def why_no_move(found: Terminals, names: Mapping[str, str]) -> Text | None:
    """Return why no machine is to be moved; None where one is, or where there is no self-service machine."""
    busiest, busy = found.busiest, found.busy_per_day
    if busiest is None or busy is None or any(one.advice is TerminalAdvice.MOVE for one in found.suggestions):
        return None
    name, kind = names.get(busiest.organisation_code, busiest.organisation_code), value_word(busiest.channel_code)
    if busiest.per_day < busy:
        return Text(
            f"没有移机建议：各网点同类机具台日均都不到 {busy} 笔（二档），不缺机；最忙的是{name}的 {kind.zh}，{busiest.per_day} 笔",
            f"nothing to move: nowhere do machines of a kind reach {busy} uses a machine and day (second band); "
            f"the busiest are the {kind.en} of {name} with {busiest.per_day}",
        )
    return Text(
        "没有移机建议：有网点缺机，但别处没有可移出的同类机具（都够本，或缺成本参数与单位成本）",
        "nothing to move: an outlet wants a machine, but elsewhere none of the kind may be spared (all pay, or costs are not known)",
    )


@dataclass(frozen=True, slots=True)
class BandLine:
    """One kind of terminal: machines in each band, in the order of `BANDS`, and in all."""

    kind: str
    counts: tuple[int, ...]
    total: int


def bands_of(terminals: tuple[TerminalUse, ...]) -> tuple[BandLine, ...]:
    """Return how many terminals of each kind are in which band."""
    kinds = sorted({one.channel_code for one in terminals})
    return tuple(
        BandLine(
            kind,
            tuple(sum(one.channel_code == kind and one.band_code == band for one in terminals) for band in BANDS),
            sum(one.channel_code == kind for one in terminals),
        )
        for kind in kinds
    )


@dataclass(frozen=True, slots=True)
class Place:
    """One outlet on the map with its uses, its terminals and its point."""

    code: str
    name: str
    uses: int
    machines: int
    point: MapPoint


def places_of(gateway: Gateway, terminals: tuple[TerminalUse, ...], names: Mapping[str, str]) -> tuple[Place, ...]:
    """Return the outlets with terminals whose position is known."""
    positions = gateway.outlet_positions()
    codes = sorted({one.organisation_code for one in terminals} & positions.keys())
    uses = {code: sum(one.success_count for one in terminals if one.organisation_code == code) for code in codes}
    points = map_points([positions[code] for code in codes], [Decimal(uses[code]) for code in codes])
    return tuple(
        Place(code, names.get(code, code), uses[code], sum(one.organisation_code == code for one in terminals), point)
        for code, point in zip(codes, points, strict=True)
    )


def children(gateway: Gateway, state: State, names: dict[str, str]) -> Table:
    """Return the figures of each organisation below."""
    return table_of(gateway, state, CHILD, LINES, lambda code: names.get(code, code), below=frozenset(names) - {own_code(gateway, state)})
