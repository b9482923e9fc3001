"""What the page of card use asks: its figures over time, and each relation by level with money earned and paid."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from maisui.answers import CHILD
from maisui.web.gateway import Gateway
from maisui.web.pages.channels.tables import Table, table_of
from maisui.web.pages.overview.figures import own_code
from maisui.web.pages.overview.state import State
from maisui.web.text import Text

LINES: tuple[str, ...] = (
    "own_at_own_count",
    "acquiring_for_others_count",
    "issued_used_elsewhere_count",
    "interchange_income_amount",
    "interchange_cost_amount",
    "interchange_net_amount",
)
COLUMNS: tuple[str, ...] = (
    "own_at_own_count",
    "acquiring_for_others_count",
    "acquiring_for_others_amount",
    "issued_used_elsewhere_count",
    "issued_used_elsewhere_amount",
    "interchange_income_amount",
    "interchange_cost_amount",
    "interchange_net_amount",
)
RELATIONS: tuple[tuple[str, Text, str, str, str | None], ...] = (
    ("own", Text("本代本：本行卡在本行", "Our cards at our machines"), "own_at_own_count", "own_at_own_amount", None),
    (
        "acquired",
        Text("本代他：他行卡在本行", "Others' cards at our machines"),
        "acquiring_for_others_count",
        "acquiring_for_others_amount",
        "interchange_income_amount",
    ),
    (
        "issued",
        Text("他代本：本行卡在他行", "Our cards at others' machines"),
        "issued_used_elsewhere_count",
        "issued_used_elsewhere_amount",
        "interchange_cost_amount",
    ),
)
"""Each relation: code, name, its count, its amount, and what it earns or, for our cards elsewhere, costs."""
LEVELS: dict[str, Text] = {
    "same_outlet": Text("本网点", "Same outlet"),
    "other_outlet": Text("本行其他网点（通存通兑）", "Another outlet of ours"),
    "union": Text("本省联社内其他行社", "Another bank of the union"),
    "rural": Text("外省农村合作金融机构（农信银）", "Rural bank of another province"),
    "other_bank": Text("其他银行（银联）", "Other banks"),
    "none": Text("无法判断", "Nobody can tell"),
}


@dataclass(frozen=True, slots=True)
class LevelLine:
    """One line: a relation as a whole (`is_whole`) or one of its levels; money that does not exist for it is None."""

    name: Text
    is_whole: bool
    count: Decimal | None
    amount: Decimal | None
    income: Decimal | None
    cost: Decimal | None

    @property
    def net(self) -> Decimal | None:
        """Return what is earned less what is paid."""
        return None if self.income is None and self.cost is None else (self.income or Decimal(0)) - (self.cost or Decimal(0))


def levels_of(gateway: Gateway, state: State) -> tuple[LevelLine, ...]:
    """Return each relation and its levels; none where no channel log tells of them."""
    every = {figure for _, _, *figures in RELATIONS for figure in figures if figure}
    gateway.read_together([state.question(metric, by) for by in ((), ("agency_level",)) for metric in sorted(every)])
    lines: list[LevelLine] = []
    for code, name, count, amount, money in RELATIONS:
        asked = (count, amount, *([money] if money else []))
        whole = {metric: rows[0].value if (rows := gateway.ask(state.question(metric)).rows) else None for metric in asked}
        by_level = {
            metric: {row.dimensions["agency_level"]: row.value for row in gateway.ask(state.question(metric, ("agency_level",))).rows}
            for metric in asked
        }
        if whole[count] is None:
            continue
        lines.append(_line(name, code, whole[count], whole[amount], whole[money] if money else None, is_whole=True))
        for level, word in LEVELS.items():
            if level in by_level[count]:
                paid = by_level[money].get(level) if money else None
                lines.append(_line(word, code, by_level[count][level], by_level[amount].get(level), paid, is_whole=False))
    return tuple(lines)


def _line(name: Text, relation: str, count: Decimal | None, amount: Decimal | None, money: Decimal | None, *, is_whole: bool) -> LevelLine:
    income, cost = (money if relation == "acquired" else None), (money if relation == "issued" else None)
    return LevelLine(name, is_whole, count, amount, income, cost)


def children(gateway: Gateway, state: State, names: dict[str, str]) -> Table:
    """Return the figures of each organisation below."""
    return table_of(gateway, state, CHILD, COLUMNS, lambda code: names.get(code, code), below=frozenset(names) - {own_code(gateway, state)})
