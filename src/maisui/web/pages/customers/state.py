"""The state of the customer list, all of it in the address; what was searched stands there sealed, never readable."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict

from maisui.answers import CUSTOMER_COLUMNS, CustomerOrder, CustomerQuery, CustomerSearch, Selection
from maisui.errors import QuestionError
from maisui.web.access.masking import Kind, mask
from maisui.web.access.sealed import seal, unseal
from maisui.web.pages.customer_groups.rule_in_address import EMPTY, Data, read_rule, written
from maisui.web.text import Text

ROWS = 50
LONGEST_WORDS = 64
MOST_COLUMNS = 6
_LAST_PAGE = 1_000_000
_PURPOSE = "customer search"

KIND_NAMES: dict[str, Text] = {
    "personal": Text("个人", "Personal"),
    "corporate": Text("对公", "Corporate"),
    "unknown": Text("未知", "Unknown"),
}
SEARCH_NAMES: dict[CustomerSearch, Text] = {
    CustomerSearch.NAME: Text("姓名或名称", "Name"),
    CustomerSearch.CERTIFICATE: Text("证件号码", "Certificate number"),
    CustomerSearch.ACCOUNT: Text("账号", "Account number"),
    CustomerSearch.NUMBER: Text("客户号", "Customer number"),
    CustomerSearch.PHONE: Text("电话尾号", "End of the telephone number"),
}
_MASKS: dict[CustomerSearch, Kind] = {
    CustomerSearch.NUMBER: Kind.ACCOUNT_NUMBER,
    CustomerSearch.NAME: Kind.PERSON_NAME,
    CustomerSearch.CERTIFICATE: Kind.IDENTITY_NUMBER,
    CustomerSearch.ACCOUNT: Kind.ACCOUNT_NUMBER,
    CustomerSearch.PHONE: Kind.MOBILE,
}


@dataclass(frozen=True, slots=True)
class Search:
    """What was searched for: by what, and the words."""

    by: CustomerSearch
    words: str

    @classmethod
    def typed(cls, by: str, words: str) -> Self | None:
        """Return the search of a form; None when nothing was typed.

        Raises:
            QuestionError: when customers are not searched by that.
        """
        plain = "".join(letter for letter in words if unicodedata.category(letter)[0] != "C").strip()[:LONGEST_WORDS]
        if by not in SEARCH_NAMES:
            raise QuestionError("customers are not searched by that", where="by", next_step=f"choose one of: {', '.join(SEARCH_NAMES)}")
        return cls(CustomerSearch(by), plain) if plain else None

    @classmethod
    def unsealed(cls, sealed: str, holder: str) -> Self:
        """Return the search that an address carries for `holder`.

        Raises:
            QuestionError: when it was made by somebody else or in a session that has ended.
        """
        by, _, words = (unseal(sealed, purpose=_PURPOSE, holder=holder) or "").partition("\n")
        if by not in SEARCH_NAMES:
            raise QuestionError("this search belongs to another session", where="find", next_step="search again")
        return cls(CustomerSearch(by), words)

    def sealed(self, holder: str) -> str:
        """Return the search as an address carries it for `holder`."""
        return seal(f"{self.by}\n{self.words}", purpose=_PURPOSE, holder=holder)

    @property
    def name(self) -> Text:
        """Return by what was searched, in words."""
        return SEARCH_NAMES[self.by]

    @property
    def masked_words(self) -> str:
        """Return the words in the mask of what they are."""
        return mask(self.words, _MASKS[self.by])


@dataclass(frozen=True, slots=True)
class State:
    """What an address of the list says; `find` is the sealed search, `rule` the conditions, as of a customer group.

    `columns` are the facts shown besides, in the order of the registry.
    """

    organisation: str | None = None
    kind: str | None = None
    tier: str | None = None
    is_everybody: bool = False
    sort: str = f"-{CustomerOrder.DEPOSITS}"
    page: int = 1
    find: str = ""
    rule: str = ""
    columns: tuple[str, ...] = ()

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Return the state that a query string says.

        Raises:
            QuestionError: when a value of it means nothing.
        """
        sort = query.get("sort") or cls().sort
        if sort.removeprefix("-") not in {*CustomerOrder, *CUSTOMER_COLUMNS}:
            raise QuestionError(
                "customers are not sorted by that",
                where="sort",
                next_step=f"choose one of: {', '.join([*CustomerOrder, *CUSTOMER_COLUMNS])}",
            )
        kind = query.get("kind") or None
        if kind is not None and kind not in KIND_NAMES:
            raise QuestionError("there is no such kind of customer", where="kind", next_step=f"choose one of: {', '.join(KIND_NAMES)}")
        return cls(
            organisation=query.get("org") or None,
            kind=kind,
            tier=query.get("tier") or None,
            is_everybody=query.get("hold") == "all",
            sort=sort,
            page=_page(query.get("page", "")),
            find=query.get("find", ""),
            rule=written(read_rule(query.get("rule", ""))) if query.get("rule") else "",
            columns=tuple(code for code in CUSTOMER_COLUMNS if code in query.getlist("col"))[:MOST_COLUMNS],
        )

    def query(self, **changes: Any) -> str:
        """Return the query string of this state with `changes`; defaults are left out."""
        wanted, plain = replace(self, **changes), State()
        pairs = [
            ("org", wanted.organisation),
            ("kind", wanted.kind),
            ("tier", wanted.tier),
            ("hold", "all" if wanted.is_everybody else None),
            ("sort", wanted.sort if wanted.sort != plain.sort else None),
            ("page", wanted.page if wanted.page != plain.page else None),
            ("find", wanted.find or None),
            ("rule", wanted.rule or None),
            *(("col", code) for code in wanted.columns),
        ]
        return urlencode([(name, value) for name, value in pairs if value is not None])

    @property
    def conditions(self) -> Data:
        """Return the conditions as a rule; without any it means everybody."""
        return read_rule(self.rule) if self.rule else EMPTY

    def with_rule(self, rule: Data) -> str:
        """Return the query string of the first page of those whom `rule` means."""
        return self.query(rule=written(rule) if rule["of"] else "", page=1)

    def question(self, search: Search | None, within: Selection | None = None) -> CustomerQuery:
        """Return the question this state asks; `within` are those whom its rule means."""
        return CustomerQuery(
            organisations=(self.organisation,) if self.organisation else None,
            search=search.by if search else None,
            words=search.words if search else "",
            kind=self.kind,
            tier=self.tier,
            within=within,
            with_open_account=not self.is_everybody,
            columns=self.columns,
            order=self.sort.removeprefix("-"),
            is_descending=self.sort.startswith("-"),
            page=self.page,
            size=ROWS,
        )

    def sorted_by(self, order: str) -> str:
        """Return the query string for ordering by `order`: figures from the largest, words from the first, then turned round."""
        first = order if order in (CustomerOrder.NAME, CustomerOrder.NUMBER) else f"-{order}"
        turned = order if first.startswith("-") else f"-{order}"
        return self.query(sort=turned if self.sort == first else first, page=1)


def _page(word: str) -> int:
    return min(int(word), _LAST_PAGE) if word.isascii() and word.isdigit() and 0 < len(word) < 10 else 1  # noqa: PLR2004 - no list is that long
