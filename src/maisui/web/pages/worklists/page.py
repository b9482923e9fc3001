"""Worklists: loans that fall due and loans in arrears, with what was promised, what was last said to the borrower and what comes next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from maisui.web.access.permissions import Permission
from maisui.web.contacts.promises import FAILED, Standing, standings
from maisui.web.customers.worklists import ShownWork, borrowers, holders_of_bills, shown_worklist
from maisui.web.gateway import Gateway
from maisui.web.pages.customers.chosen import ChosenFrom, acted, chosen_context
from maisui.web.pages.customers.words import CONTACT_OUTCOMES, PROMISE_STATES
from maisui.web.pages.organisation_choice import organisation_of, path_of, picker
from maisui.web.pages.overview.words import value_word
from maisui.web.pages.paging import Slice
from maisui.web.pages.strategies.next_step import StepWords, step_words
from maisui.web.pages.worklists.result import result_words
from maisui.web.pages.worklists.state import ANYBODY, MINE, NAMES, WorkState
from maisui.web.staff.models import StaffUser
from maisui.web.strategies.next_steps import ACTION_BY_RULE
from maisui.web.text import Text

ROWS = 50
PROMISED_NAMES: dict[str, Text] = {
    "": Text("全部", "All"),
    "failed": Text("未守诺", "Not kept"),
    "running": Text("待兑现", "Running"),
    "kept": Text("已守诺", "Kept"),
    "none": Text("无承诺", "No promise"),
}


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show one page of a worklist, or the choice of organisations for its picker."""
    gateway, user = _gateway(request), _user(request)
    if gateway.freshness() is None:
        return render(request, "worklists/page.html", {"is_empty": True})
    state = WorkState.of(request.GET)
    nodes = gateway.organisations(Permission.CUSTOMER_VIEW)
    if request.GET.get("part") == "organisations":
        return picker(request, nodes, state.organisation, lambda code: state.query(organisation=code, page=1))
    by_code = {node.code: node for node in nodes}
    found, rows = shown_worklist(gateway, state.question(), page=state.page, size=ROWS)
    organisation = organisation_of(state.organisation, by_code)
    context = {
        "state": state,
        "query": state.query(),
        "organisation": organisation,
        "path": path_of(organisation, by_code),
        "lists": [(name, one == state.code, state.query(code=one, promised="", page=1)) for one, name in NAMES.items()],
        "whose": [
            (name, one == state.whose, state.query(whose=one, page=1))
            for one, name in ((ANYBODY, Text("全部客户", "All customers")), (MINE, Text("我管户的", "Those I look after")))
        ]
        if user.employee_number or state.whose == MINE
        else [],
        "promised": [(name, one == state.promised, state.query(promised=one, page=1)) for one, name in PROMISED_NAMES.items()],
        "name": NAMES[state.code],
        "is_overdue": state.is_overdue,
        "day": found.day,
        "rows": [
            (
                row,
                value_word(row.loan_class),
                CONTACT_OUTCOMES[row.last_contact.outcome] if row.last_contact else "",
                step_of(row, state),
                promise_words(row.promise),
            )
            for row in rows
        ],
        "slice": Slice((), found.page, max(1, -(-found.total_count // ROWS)), found.total_count),
        "result": result_words(gateway, state.question()),
        "customer_count": len(borrowers(gateway, state.question(), None)),
        "may_export": gateway.may(Permission.CUSTOMER_EXPORT),
        **chosen_context(gateway),
    }
    return render(request, "worklists/page.html", context)


@require_POST
def chosen(request: HttpRequest) -> HttpResponse:
    """Do something with the borrowers ticked, or with all of the list of the address."""
    gateway, state = _gateway(request), WorkState.of(request.GET)

    def whole(permission: Permission, most: int) -> tuple[str, ...]:
        return borrowers(gateway, state.question(), most + 1, permission)

    def advice(gateway: Gateway, numbers: Sequence[str]) -> Mapping[str, str]:
        with gateway.reader() as reader:
            known = standings(reader, numbers) if state.is_overdue else {}
        bills = frozenset[str]() if state.is_overdue else holders_of_bills(gateway, state.question())
        return {number: str(ACTION_BY_RULE[_rule(known.get(number), state, is_bill=number in bills)]) for number in numbers}

    return acted(request, ChosenFrom.of_page("worklists", state, whole, advice=advice))


def step_of(row: ShownWork, state: WorkState) -> StepWords:
    """Return what is to be done for the borrower of a row."""
    return step_words(row.step, (_rule(row.promise, state, is_bill=row.is_bill),))


def promise_words(standing: Standing | None) -> dict[str, Any] | None:
    """Return the promise of a borrower that matters now, in words; None where he promised nothing."""
    if standing is None:
        return None
    now, earlier = standing.now, standing.failed_count - (standing.now.state in FAILED)
    return {
        "now": now,
        "state": PROMISE_STATES[now.state],
        "is_failed": now.state in FAILED,
        "earlier": Text(f"此前 {earlier} 次未守诺", f"{earlier} not kept before") if earlier else "",
    }


def _rule(standing: Standing | None, state: WorkState, *, is_bill: bool) -> str:
    """Return the rule that says what to do: a promise that was not kept asks for more than a first call, and nobody renews a bill."""
    if not state.is_overdue:
        return "bill_due" if is_bill else "due_uncovered"
    return "promise_failed" if standing is not None and standing.now.state in FAILED else "overdue"


def _gateway(request: HttpRequest) -> Gateway:
    return request.gateway  # type: ignore[attr-defined]


def _user(request: HttpRequest) -> StaffUser:
    return request.user  # type: ignore[return-value]
