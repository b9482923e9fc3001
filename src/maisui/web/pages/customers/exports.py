"""Lists of customers to be taken out: asking with a reason, what waits for a second person, and the files."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import rule_of
from maisui.answers.customer_profile import homes_of_customers
from maisui.web.access.permissions import Permission
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.customer_exports import LONGEST_NOTE, ask_for_customers, decide_customers, exports_left, lists_of, may_decide
from maisui.web.actions.customers import LONGEST_REASON
from maisui.web.customers.export import BASE_FIELDS, FIELDS, question_of
from maisui.web.customers.models import CustomerExport
from maisui.web.exports.jobs import password_of
from maisui.web.exports.models import State as JobState
from maisui.web.gateway import Gateway
from maisui.web.own_numbers import is_same_person
from maisui.web.pages.customer_groups.listed import names_said
from maisui.web.pages.customer_groups.words import rule_words
from maisui.web.pages.customers.state import KIND_NAMES, State
from maisui.web.pages.jobs.page import STATES as JOB_STATES
from maisui.web.pages.overview.words import value_word
from maisui.web.pages.page import needs
from maisui.web.pages.paging import slice_of
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text, choose

MOST_HOMES = 3
STATES: dict[str, Text] = {
    "waiting": Text("待审批", "waits for approval"),
    "approved": Text("已批准", "approved"),
    "rejected": Text("已驳回", "rejected"),
}


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the form for the list of the address, what waits for approval, and the lists asked for."""
    return render(request, "customers/exports.html", _context(request))


@needs(Permission.CUSTOMER_EXPORT)
@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """Ask for the list of the address."""
    state = State.of(request.GET)
    try:
        asked = ask_for_customers(
            request.gateway,  # type: ignore[attr-defined]
            _user(request),
            organisation=state.organisation or _own_top(request.gateway),  # type: ignore[attr-defined]
            filters=_filters(state),
            fields=request.POST.getlist("field"),
            reason=request.POST.get("reason", ""),
        )
    except ActionRefusedError as error:
        return render(
            request, "customers/exports.html", _context(request) | {"fault": error.reason, "typed": request.POST.get("reason", "")}
        )
    is_free = asked.state == CustomerExport.State.APPROVED
    said = (
        Text("名单生成中，几秒钟后可下载", "The list is being made")
        if is_free
        else Text("已提交，等待第二人审批", "It waits for a second person")
    )
    messages.success(request, str(said))
    return redirect("customers_exports")


@needs(Permission.CUSTOMER_EXPORT_APPROVE)
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Approve or reject what another person asked for."""
    is_approved = request.POST.get("decision") == "approve"
    try:
        decide_customers(request.gateway, _user(request), number, is_approved=is_approved, note=request.POST.get("note", ""))  # type: ignore[attr-defined]
    except ActionRefusedError as error:
        messages.warning(request, str(error.reason))
    return redirect("customers_exports")


def _context(request: HttpRequest) -> dict[str, Any]:
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    user, state = _user(request), State.of(request.GET)
    part = slice_of(lists_of(gateway, user), request.GET.get("list", ""))
    rows = [_told(gateway, user, one) for one in part.rows]
    context: dict[str, Any] = {"rows": rows, "slice": part, "is_open": any(row["is_open"] for row in rows), "longest_note": LONGEST_NOTE}
    if not gateway.may(Permission.CUSTOMER_EXPORT) or gateway.freshness() is None:
        return context
    organisation = state.organisation or _own_top(gateway)
    names = {node.code: node.name for node in gateway.organisations(Permission.CUSTOMER_EXPORT)}
    asked = CustomerExport(asked_by=user, organisation_code=organisation or "", filters=_filters(state))
    count, limit = gateway.count_customers(question_of(gateway, asked, 1)), settings.HOME.web.customer_export_rows
    return context | {
        "may_ask": True,
        "query": state.query(page=1, find=""),
        "count": count,
        "limit": limit,
        "needs_approval": count > limit,
        "left": exports_left(user),
        "place": names.get(organisation or "", choose(settings.HOME.name_zh, settings.HOME.name_en)),
        "conditions": _conditions(gateway, asked),
        "fields": [(code, name) for code, (name, _, _) in FIELDS.items() if code in BASE_FIELDS or code in state.columns],
        "longest_reason": LONGEST_REASON,
    }


def _told(gateway: Gateway, user: StaffUser, one: CustomerExport) -> dict[str, Any]:
    is_mine, job = one.asked_by.pk == user.pk, one.job
    is_ready = bool(job and job.state == JobState.DONE and job.expires_at and job.expires_at > timezone.now())
    progress = JOB_STATES["expired" if job.state == JobState.DONE and not is_ready else job.state] if job else ""
    return {
        "one": one,
        "place": _place(gateway, one),
        "conditions": _conditions(gateway, one),
        "fields": [FIELDS[code][0] for code in one.fields if code in FIELDS],
        "state": STATES[one.state],
        "progress": Text("已下载或已销毁", "fetched or destroyed") if job and job.state == JobState.EXPIRED else progress,
        "may_decide": one.state == CustomerExport.State.WAITING
        and not is_same_person(gateway, one.asked_by, user)
        and may_decide(gateway, one),
        "is_ready": is_ready and is_mine,
        "password": password_of(job) if job and is_ready and is_mine else None,
        "is_open": bool(job and job.state in (JobState.WAITING, JobState.RUNNING)),
    }


def _place(gateway: Gateway, one: CustomerExport) -> Text | str:
    """Return the organisation a list is of; of customers who were ticked without one, where they are at home."""
    names = {node.code: node.name for node in gateway.organisations(Permission.CUSTOMER_VIEW)}
    if one.organisation_code or not one.filters.get("ticked"):
        return names.get(one.organisation_code, one.organisation_code) or Text("全行", "Whole bank")
    if gateway.freshness() is None:
        return Text("勾选的客户", "customers who were ticked")
    with gateway.reader() as reader:
        homes = sorted({names.get(code, code) for code in homes_of_customers(reader, one.filters["ticked"]).values()})
    first, more = homes[:MOST_HOMES], len(homes) - MOST_HOMES
    said = choose("、", ", ").join(first)
    return Text(f"{said} 等 {len(homes)} 家机构", f"{said} and {more} more") if more > 0 else said or "—"


def _conditions(gateway: Gateway, asked: CustomerExport) -> str:
    said = [str(KIND_NAMES[asked.filters["kind"]])] if asked.filters.get("kind") else []
    said += [str(value_word(asked.filters["tier"]))] if asked.filters.get("tier") else []
    if asked.filters.get("rule"):
        names = names_said(gateway) | {node.code: node.name for node in gateway.whole_tree()}
        called = {str(group.pk): group.name for group in gateway.groups(asked.asked_by).visible()}
        said.append(rule_words(rule_of(asked.filters["rule"]), names, called))
    if asked.filters.get("ticked"):
        return choose(f"勾选的 {len(asked.filters['ticked'])} 户", f"{len(asked.filters['ticked'])} ticked")
    said += [choose("含无未销账户的客户", "with those who hold no open account")] if asked.filters.get("is_everybody") else []
    return choose("、", ", ").join(said) or choose("全部客户", "all customers")


def _filters(state: State) -> dict[str, object]:
    return {
        "kind": state.kind,
        "tier": state.tier,
        "is_everybody": state.is_everybody,
        "sort": state.sort,
        "rule": state.conditions if state.rule else None,
    }


def _own_top(gateway: Gateway) -> str | None:
    """Return the organisation an address means that names none: the first of those the viewer may take out, None for the whole bank."""
    if gateway.viewer.is_whole_entity(Permission.CUSTOMER_EXPORT):
        return None
    return next((node.code for node in gateway.organisations(Permission.CUSTOMER_EXPORT)), "")


def _user(request: HttpRequest) -> StaffUser:
    assert isinstance(request.user, StaffUser)  # noqa: S101 - behind sign-in
    return request.user
