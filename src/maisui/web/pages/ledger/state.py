"""The state of the page of the ledger, all of it in the address: place, day, period, tab, columns, unit, level, what is open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode

from django.http import QueryDict

from maisui.answers import LedgerQuestion
from maisui.errors import QuestionError
from maisui.web.pages.overview.state import State as FigureState
from maisui.web.text import Text

BALANCE, INCOME, TRIAL, AVERAGE, SUBJECT = "balance", "income", "trial", "average", "subject"
MARGIN, RATIOS, OWN = "margin", "ratios", "own"
TABS: dict[str, Text] = {
    BALANCE: Text("资产负债表", "Balance sheet"),
    INCOME: Text("利润表", "Income statement"),
    TRIAL: Text("业务状况表", "Trial balance"),
    AVERAGE: Text("日均全科目表", "Average balances"),
    SUBJECT: Text("科目查询", "Subject"),
    MARGIN: Text("息差分析", "Margin"),
    RATIOS: Text("监管与经营比率", "Ratios"),
    OWN: Text("自定义报表", "Own lines"),
}
COMPARED, MONTHS, BUDGET = "compare", "months", "budget"
YUAN = "yuan"
ALL = "all"
MOST_LEVELS = 9


@dataclass(frozen=True, slots=True)
class State(FigureState):
    """What an address of the page says.

    `shows` is what stands beside the figure: comparisons, these after the budget, or the last twelve months. `opened` names lines or
    subjects whose parts are shown, `all` every one; `level` is the level down to which subjects are shown anyway; `subject` is the one
    looked into.
    """

    tab: str = BALANCE
    shows: str = COMPARED
    unit: str = ""
    currency: str = ""
    level: int = 1
    opened: tuple[str, ...] = ()
    subject: str = ""
    lists_accounts: bool = False

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Return the state that a query string says.

        Raises:
            QuestionError: when a value of it means nothing.
        """
        base = FigureState.of(query)
        tab, level = query.get("tab") or BALANCE, query.get("level", "1")
        if tab not in TABS:
            raise QuestionError(f"there is no tab {tab!r}", where="tab", next_step=f"choose one of: {', '.join(TABS)}")
        return cls(
            **{name: getattr(base, name) for name in FigureState.__dataclass_fields__},
            tab=tab,
            shows=said if (said := query.get("show", "")) in (MONTHS, BUDGET) else COMPARED,
            unit=YUAN if query.get("unit") == YUAN else "",
            currency=query.get("ccy", ""),
            level=min(max(int(level), 1), MOST_LEVELS) if level.isascii() and level.isdigit() else 1,
            opened=tuple(word for word in query.get("open", "").split(",") if word),
            subject=query.get("subject", "")[:60],
            lists_accounts=query.get("accounts") == "yes",
        )

    def query(self, **changes: Any) -> str:
        """Return the query string of this state with `changes`; defaults are left out."""
        wanted = replace(self, **changes)
        own = [
            ("tab", wanted.tab if wanted.tab != BALANCE else None),
            ("show", wanted.shows if wanted.shows != COMPARED else None),
            ("unit", wanted.unit or None),
            ("ccy", wanted.currency or None),
            ("level", wanted.level if wanted.level != 1 else None),
            ("open", ",".join(wanted.opened) or None),
            ("subject", wanted.subject or None),
            ("accounts", "yes" if wanted.lists_accounts else None),
        ]
        pairs = [*parse_qsl(FigureState.query(wanted)), *((name, value) for name, value in own if value is not None)]
        return urlencode(pairs, safe=",")

    def ledger_question(self) -> LedgerQuestion:
        """Return the question this state asks of the ledger."""
        return LedgerQuestion(self.organisation, self.day, self.period, self.view, self.currency or None)

    def is_open(self, code: str) -> bool:
        """Return whether the parts of a line or subject are shown."""
        return code in self.opened or ALL in self.opened

    def with_toggled(self, code: str) -> str:
        """Return the query string with one line or subject opened or closed."""
        opened = tuple(word for word in self.opened if word != code) if code in self.opened else (*self.opened, code)
        return self.query(opened=opened)
