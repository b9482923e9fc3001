"""The state of one product's page, all of it in the address: that of every page of figures, the tab, and the level of the code."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode

from django.http import QueryDict

from maisui.answers import Period
from maisui.answers.product_months import LEVELS
from maisui.errors import QuestionError
from maisui.web.pages.overview.state import State
from maisui.web.text import Text


class Tab(StrEnum):
    """The tabs, in the order in which they stand."""

    LIFE = "life"
    STRUCTURE = "structure"
    TRANSACTIONS = "transactions"
    INCOME = "income"
    BENEFIT = "benefit"
    RISK = "risk"
    CUSTOMERS = "customers"
    SELLERS = "sellers"
    GOALS = "goals"
    WHAT_IF = "what_if"


TAB_NAMES: dict[Tab, Text] = {
    Tab.LIFE: Text("生命周期", "Life"),
    Tab.STRUCTURE: Text("结构", "Structure"),
    Tab.TRANSACTIONS: Text("交易", "Transactions"),
    Tab.INCOME: Text("收入", "Income"),
    Tab.BENEFIT: Text("成本效益", "Cost and benefit"),
    Tab.RISK: Text("风险", "Risk"),
    Tab.CUSTOMERS: Text("客户", "Customers"),
    Tab.SELLERS: Text("销售", "Sellers"),
    Tab.GOALS: Text("目标贡献", "Share in goals"),
    Tab.WHAT_IF: Text("假设分析", "What if"),
}
_OF_ACCOUNTS = (Tab.STRUCTURE, Tab.TRANSACTIONS, Tab.RISK, Tab.GOALS, Tab.WHAT_IF)
WHOLE_MONTHS = (Period.MONTH, Period.QUARTER, Period.YEAR)
KINDS = ("personal", "corporate")
_FURTHEST = 100
_LINES_OF_ACCOUNTS = ("deposit", "loan")


@dataclass(frozen=True, slots=True)
class ProductState(State):
    """What an address of the page says beside that of every page of figures; `level` empty is the widest that has the code.

    `points` is by how many percentage points a rate is to change, `fee` by how many per cent fees are.
    """

    tab: Tab = Tab.LIFE
    level: str = ""
    points: Decimal = Decimal("0.25")
    fee: Decimal = Decimal(10)

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Return the state that a query string says; contribution knows no period shorter than a month.

        Raises:
            QuestionError: when a value of it means nothing.
        """
        found = State.of.__func__(cls, query)  # type: ignore[attr-defined] - a dataclass with slots has no super() in its methods
        tab, level = str(query.get("tab", Tab.LIFE)), str(query.get("level", ""))
        if tab not in {item.value for item in Tab}:
            raise QuestionError(f"there is no tab {tab!r}", where="tab", next_step=f"choose one of: {', '.join(Tab)}")
        if level and level not in LEVELS:
            raise QuestionError(f"there is no level {level!r}", where="level", next_step=f"choose one of: {', '.join(LEVELS)}")
        period = found.period if found.period in WHOLE_MONTHS else Period.MONTH
        points, fee = (_number(str(query.get(name, "")), name, plain) for name, plain in (("points", "0.25"), ("fee", "10")))
        return replace(found, tab=Tab(tab), level=level, period=period, points=points, fee=fee)

    def query(self, **changes: Any) -> str:
        """Return the query string of this state with `changes`; defaults are left out."""
        wanted = replace(self, **changes)
        plain = type(self)()
        more = [
            ("tab", wanted.tab.value if wanted.tab is not Tab.LIFE else ""),
            ("level", wanted.level),
            ("points", f"{wanted.points:f}" if wanted.points != plain.points else ""),
            ("fee", f"{wanted.fee:f}" if wanted.fee != plain.fee else ""),
        ]
        return urlencode([*parse_qsl(State.query(self, **changes)), *((name, value) for name, value in more if value)], safe=",")

    @property
    def customer_kind(self) -> str:
        """Return the kind of customer that portraits and pairs look at; persons where the address names none."""
        return self.split if self.split in KINDS else KINDS[0]


def tabs_of(line: str) -> tuple[Tab, ...]:
    """Return the tabs that can hold anything for the products of a line: cards, wealth and what is sold for others have no accounts."""
    return tuple(tab for tab in Tab if line in _LINES_OF_ACCOUNTS or tab not in _OF_ACCOUNTS)


def _number(word: str, name: str, plain: str) -> Decimal:
    """Return the number that an address says, `plain` where it says none.

    Raises:
        QuestionError: when it is none, or beyond what anybody would change at once.
    """
    try:
        found = Decimal(word or plain)
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or abs(found) > _FURTHEST:
        raise QuestionError(f"{name} is no number of that size", where=name, next_step=f"write a number up to {_FURTHEST} either way")
    return found
