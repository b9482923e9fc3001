"""The state of the page of next products, all of it in the address."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict

from maisui.answers.next_products import OfferQuery

_LAST_PAGE = 1_000_000
_LONGEST = 9


@dataclass(frozen=True, slots=True)
class State:
    """What an address of the page says; no `product` is the best offer of each customer."""

    organisation: str | None = None
    product: str | None = None
    page: int = 1

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Return the state that a query string says; a page that is no number is the first."""
        word = query.get("page", "")
        page = min(int(word), _LAST_PAGE) if word.isascii() and word.isdigit() and len(word) <= _LONGEST else 1
        return cls(organisation=query.get("org") or None, product=query.get("product") or None, page=max(page, 1))

    def query(self, **changes: Any) -> str:
        """Return the query string of this state with `changes`; defaults are left out."""
        wanted = replace(self, **changes)
        pairs = [("org", wanted.organisation), ("product", wanted.product), ("page", wanted.page if wanted.page != 1 else None)]
        return urlencode([(name, value) for name, value in pairs if value is not None])

    def question(self, *, size: int = 50) -> OfferQuery:
        """Return the question this state asks."""
        return OfferQuery((self.organisation,) if self.organisation else None, self.product, self.page, size)
