"""The state of one customer's page, all of it in the address: the tab, how transactions are narrowed, to whom a path leads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict

from maisui.answers.customer_transactions import DIRECTIONS, TransactionQuery
from maisui.errors import QuestionError
from maisui.web.access.sealed import customer_of
from maisui.web.customers.tabs import Asked, Tab, account_of
from maisui.web.pages.customers.state import State
from maisui.web.text import Text

ROWS = 50
_LONGEST = 12
TAB_NAMES: dict[Tab, Text] = {
    Tab.OVERVIEW: Text("概览", "Overview"),
    Tab.HOLDINGS: Text("产品与资产", "Holdings"),
    Tab.TRANSACTIONS: Text("交易", "Transactions"),
    Tab.CHARACTERISTICS: Text("特征", "Characteristics"),
    Tab.VALUE: Text("价值与忠诚", "Value and loyalty"),
    Tab.CHANNELS: Text("渠道", "Channels"),
    Tab.RISK: Text("风险", "Risk"),
    Tab.RELATIONS: Text("关系", "Relations"),
    Tab.ARCHIVE: Text("档案", "Profile and archive"),
    Tab.TIMELINE: Text("时间轴", "Timeline"),
}


@dataclass(frozen=True, slots=True)
class OneState:
    """What an address of one customer says; `account` and `path` are sealed, `listed` is the list he was opened from."""

    listed: State
    tab: Tab = Tab.OVERVIEW
    account: str = ""
    channel: str = ""
    content: str = ""
    way: str = ""
    since: date | None = None
    until: date | None = None
    at: int = 1
    path: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Return the state that a query string says.

        Raises:
            QuestionError: when a value of it means nothing.
        """
        tab = query.get("tab") or Tab.OVERVIEW
        if tab not in set(Tab):
            raise QuestionError("a customer's page has no such tab", where="tab", next_step=f"choose one of: {', '.join(Tab)}")
        way = query.get("way", "")
        if way and way not in DIRECTIONS:
            raise QuestionError("money does not go that way", where="way", next_step=f"choose one of: {', '.join(DIRECTIONS)}")
        at = query.get("at", "")
        return cls(
            State.of(query),
            Tab(tab),
            query.get("account", ""),
            query.get("channel", ""),
            query.get("content", ""),
            way,
            _day(query.get("since", ""), "since"),
            _day(query.get("until", ""), "until"),
            int(at) if at.isascii() and at.isdigit() and len(at) < _LONGEST else 1,
            query.get("path", ""),
        )

    def query(self, **changes: Any) -> str:
        """Return the query string of this state with `changes`; defaults are left out."""
        wanted = replace(self, **changes)
        pairs = [
            ("tab", wanted.tab if wanted.tab is not Tab.OVERVIEW else ""),
            ("account", wanted.account),
            ("channel", wanted.channel),
            ("content", wanted.content),
            ("way", wanted.way),
            ("since", wanted.since.isoformat() if wanted.since else ""),
            ("until", wanted.until.isoformat() if wanted.until else ""),
            ("at", wanted.at if wanted.at > 1 else ""),
            ("path", wanted.path),
        ]
        own = urlencode([(name, value) for name, value in pairs if value])
        return "&".join(part for part in (own, wanted.listed.query()) if part)

    def of_tab(self, tab: Tab) -> str:
        """Return the query string of another tab."""
        return OneState(self.listed, tab).query()

    def asked(self) -> Asked:
        """Return what the tab asks for.

        Raises:
            QuestionError: when the account is not one an address can name.
        """
        account = account_of(self.account) if self.account else None
        if self.account and account is None:
            raise QuestionError("there is no such account", where="account", next_step="choose one of the customer's accounts")
        narrowed = TransactionQuery(
            account, self.channel or None, self.content or None, self.way or None, self.since, self.until, self.at, ROWS
        )
        return Asked(narrowed, (customer_of(self.path) or "") if self.path else None)


def _day(text: str, where: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise QuestionError("that is not a day", where=where, next_step="write the day as YYYY-MM-DD") from None
