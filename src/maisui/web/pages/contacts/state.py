"""The state of the list of contacts, all of it in the address; the customer stands there sealed, never readable."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils import timezone

from maisui.errors import QuestionError
from maisui.web.access.sealed import customer_of
from maisui.web.contacts.desk import ContactQuery
from maisui.web.gateway import Gateway
from maisui.web.own_numbers import customers_of, own_numbers
from maisui.web.pages.customers.state import KIND_NAMES
from maisui.web.pages.customers.words import CONTACT_KINDS, CONTACT_OUTCOMES

ANYBODY, MINE = "", "me"
SHOWN_BACK = timedelta(days=89)
"""Without days in the address the last ninety are shown, today among them."""
_LONGEST_NUMBER = 8
_FIELDS = (
    ("org", "organisation"),
    ("whose", "whose"),
    ("customer", "customer"),
    ("kind", "kind"),
    ("way", "way"),
    ("outcome", "outcome"),
    ("person", "person"),
    ("from", "first"),
    ("until", "last"),
    ("page", "page"),
)
"""Names in the address, and the fields of the state."""


@dataclass(frozen=True, slots=True)
class ContactState:
    """What an address says: whose customers, one customer (sealed), kind, way, outcome, who wrote it, days, organisation and page."""

    organisation: str | None = None
    whose: str = ANYBODY
    customer: str = ""
    kind: str = ""
    way: str = ""
    outcome: str = ""
    person: str = ""
    first: date | None = None
    last: date | None = None
    page: int = 1

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Return the state that a query string says.

        Raises:
            QuestionError: when a value of it means nothing.
        """
        page = query.get("page", "")
        found = cls(
            query.get("org") or None,
            query.get("whose", ""),
            query.get("customer", ""),
            query.get("kind", ""),
            query.get("way", ""),
            query.get("outcome", ""),
            query.get("person", ""),
            _day(query.get("from", ""), "from"),
            _day(query.get("until", ""), "until"),
            int(page) if page.isascii() and page.isdigit() and len(page) <= _LONGEST_NUMBER else 1,
        )
        for name, value, known in (
            ("whose", found.whose, {ANYBODY, MINE}),
            ("kind", found.kind, {"", *KIND_NAMES}),
            ("way", found.way, {"", *CONTACT_KINDS}),
            ("outcome", found.outcome, {"", *CONTACT_OUTCOMES}),
        ):
            if value not in known:
                raise QuestionError(f"there is no such {name}", where=name, next_step="choose one that the page offers")
        first, last = found.days
        if first > last:
            raise QuestionError("the first day lies after the last", where="from", next_step="choose an earlier first day")
        return found

    @property
    def days(self) -> tuple[date, date]:
        """Return the first and the last day shown."""
        last = self.last or max(timezone.localdate(), self.first or date.min)
        return self.first or last - SHOWN_BACK, last

    def query(self, **changes: Any) -> str:
        """Return the query string of this state with `changes`; defaults are left out."""
        wanted, plain = replace(self, **changes), ContactState()
        return urlencode([(name, getattr(wanted, field)) for name, field in _FIELDS if getattr(wanted, field) != getattr(plain, field)])

    def pairs(self, *without: str) -> list[tuple[str, str]]:
        """Return what a form keeps of the state as hidden fields; `without` are the names it asks for itself."""
        plain = ContactState()
        kept = ((name, getattr(self, field), getattr(plain, field)) for name, field in _FIELDS if name not in (*without, "page"))
        return [(name, str(value)) for name, value, usual in kept if value != usual]

    def question(self, gateway: Gateway) -> ContactQuery:
        """Return what the desk is asked; whoever has no employee number looks after nobody."""
        first, last = self.days
        managed = customers_of(gateway, own_numbers(gateway)) if self.whose == MINE else None
        return ContactQuery(
            first,
            last,
            self.organisation,
            customer_of(self.customer) if self.customer else None,
            self.kind,
            self.way,
            self.outcome,
            self.person,
            managed,
        )


def _day(text: str, where: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise QuestionError("this is no day", where=where, next_step="write it as 2026-10-31") from None
