"""Worklists: loans that fall due and loans in arrears, with what was last said to the borrower and what comes next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from maisui.answers import DUE_WITHIN
from maisui.web.access.permissions import Permission
from maisui.web.customers.worklists import shown_worklist
from maisui.web.gateway import Gateway
from maisui.web.pages.customers.words import CONTACT_OUTCOMES, PROMISE_STATES
from maisui.web.pages.overview.words import value_word
from maisui.web.pages.paging import Slice
from maisui.web.text import Text

ROWS = 50
OVERDUE = "overdue"
_LONGEST_NUMBER = 8
NAMES: dict[str, Text] = {
    **{str(days): Text(f"{days} 天内到期", f"Due within {days} days") for days in DUE_WITHIN},
    OVERDUE: Text("逾期催收", "In arrears"),
}


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show one page of a worklist."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    if gateway.freshness() is None:
        return render(request, "worklists/page.html", {"is_empty": True})
    code = code_of(request)
    asked = request.GET.get("page", "")
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= _LONGEST_NUMBER else 1
    found, rows = shown_worklist(gateway, due_within=days_of(code), page=page, size=ROWS)
    context = {
        "lists": [(one, name, one == code) for one, name in NAMES.items()],
        "code": code,
        "query": f"list={code}",
        "name": NAMES[code],
        "is_overdue": code == OVERDUE,
        "day": found.day,
        "rows": [
            (
                row,
                value_word(row.loan_class),
                CONTACT_OUTCOMES[row.last_contact.outcome] if row.last_contact else "",
                PROMISE_STATES[row.promise.state] if row.promise else "",
            )
            for row in rows
        ],
        "slice": Slice((), found.page, max(1, -(-found.total_count // ROWS)), found.total_count),
        "may_export": gateway.may(Permission.CUSTOMER_EXPORT),
    }
    return render(request, "worklists/page.html", context)


def code_of(request: HttpRequest) -> str:
    """Return which list the address names; the nearest due without a name."""
    asked = request.GET.get("list", "")
    return asked if asked in NAMES else str(DUE_WITHIN[0])


def days_of(code: str) -> int | None:
    """Return within how many days loans of a list fall due; None for those in arrears."""
    return None if code == OVERDUE else int(code)
