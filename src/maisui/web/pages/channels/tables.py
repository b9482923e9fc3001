"""Tables of figures: lines of one dimension, a column for each metric, changes against the first base."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from maisui.answers import CHILD, Metric, Row, Unit, is_held_by_unions
from maisui.web.components.figures import Scale, table_scales
from maisui.web.gateway import Compared, Gateway
from maisui.web.pages.overview.figures import Change, changes_of, metrics_by_code
from maisui.web.pages.overview.state import State
from maisui.web.text import Text

NIL = Decimal(0)


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure with its unit, the scale of its column, and its change where its column shows one."""

    value: Decimal | None
    unit: Unit
    scale: Scale
    change: Change | None


@dataclass(frozen=True, slots=True)
class Line:
    """One line: code, name, whether it leads further down, its share of the first column's total, and its cells."""

    code: str
    name: Text | str
    leads_down: bool
    share: Decimal | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Metrics with the scales of their columns, lines from the largest of the first column down, and the whole."""

    columns: tuple[tuple[Metric, Scale], ...]
    lines: tuple[Line, ...]
    total: tuple[Cell, ...]

    def values_of(self, code: str) -> dict[str, Decimal | None]:
        """Return the values of a column by line."""
        place = [metric.code for metric, _ in self.columns].index(code)
        return {line.code: line.cells[place].value for line in self.lines}


def held(gateway: Gateway, codes: Sequence[str]) -> list[str]:
    """Return the codes of those metrics that the home holds: a union's roll-ups lack what is made of customers."""
    metrics = metrics_by_code(gateway)
    return [code for code in codes if not gateway.bank.home.is_union or is_held_by_unions(metrics[code])]


def table_of(
    gateway: Gateway,
    state: State,
    dimension: str,
    codes: Sequence[str],
    name: Callable[[str], Text | str],
    *,
    below: frozenset[str] = frozenset(),
) -> Table:
    """Return the figures `codes` by `dimension`, in a union those it holds; lines of children that are in `below` lead down.

    Raises:
        MaisuiError: as the gateway does.
    """
    metrics = metrics_by_code(gateway)
    codes = held(gateway, codes)
    bases = state.comparisons[:1]
    gateway.read_together([state.question(code, by) for by in ((dimension,), ()) for code in codes], bases)
    split = {code: gateway.compare(state.question(code, (dimension,)), bases) for code in codes}
    whole = {code: gateway.compare(state.question(code), bases) for code in codes}
    found: dict[str, dict[str, Row]] = {}
    for code, compared in split.items():
        for row in compared.answer.rows:
            found.setdefault(row.dimensions[dimension], {})[code] = row
    first = codes[0]

    def value(line: str, code: str) -> Decimal | None:
        row = found[line].get(code)
        return row.value if row else None

    ordered = sorted(found, key=lambda line: (-(value(line, first) or NIL), line))
    total = whole[first].answer.rows[0].value if whole[first].answer.rows else None
    scales = table_scales({code: (metrics[code].unit, [value(line, code) for line in ordered]) for code in codes})

    def cell(code: str, compared: Compared, row: Row | None) -> Cell:
        change = next(iter(changes_of(compared, row, state.comparisons[:1])), None) if row else None
        return Cell(row.value if row else None, metrics[code].unit, scales[code], change if change and change.change is not None else None)

    lines = tuple(
        Line(
            line,
            name(line),
            dimension == CHILD and line in below,
            (value(line, first) or NIL) / total if total else None,
            tuple(cell(code, split[code], found[line].get(code)) for code in codes),
        )
        for line in ordered
    )
    sums = tuple(cell(code, whole[code], whole[code].answer.rows[0] if whole[code].answer.rows else None) for code in codes)
    return Table(tuple((metrics[code], scales[code]) for code in codes), lines, sums)
