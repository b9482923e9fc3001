"""The lists of merchants by name: all of them, or the silent ones with the way to tasks and to a customer group."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maisui.answers.merchants import MerchantList
from maisui.answers.periods import window_of
from maisui.web.access.permissions import Permission
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.contacts import LONGEST_TASK
from maisui.web.actions.groups import group_of_silent_merchants
from maisui.web.gateway import Gateway
from maisui.web.pages.customers.bulk_tasks import tasks_made
from maisui.web.pages.merchants.page import year_before
from maisui.web.pages.overview.figures import first_day_of
from maisui.web.pages.overview.state import State
from maisui.web.pages.page import needs
from maisui.web.pages.paging import Slice
from maisui.web.text import Text

_SAID = {
    MerchantList.RANKING: Text("商户名单", "Merchants"),
    MerchantList.SILENT: Text("沉默商户名单", "Silent merchants"),
}


@needs(Permission.CUSTOMER_VIEW)
@require_safe
def ranking(request: HttpRequest) -> HttpResponse:
    """Show every merchant by name, most takings of the month first."""
    return _list(request, MerchantList.RANKING)


@needs(Permission.CUSTOMER_VIEW)
@require_safe
def silent(request: HttpRequest) -> HttpResponse:
    """Show the silent merchants by name, most takings of the twelve months before first."""
    return _list(request, MerchantList.SILENT)


@needs(Permission.CUSTOMER_RECORD)
@require_POST
def make_tasks(request: HttpRequest) -> HttpResponse:
    """Write a task for each customer behind a silent merchant of whom the viewer may write, and return to the list."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = State.of(request.GET)
    numbers = gateway.channels.silent_merchant_customers(state.organisation, state.day, Permission.CUSTOMER_RECORD)
    return tasks_made(request, numbers, "silent merchants", _address_of_silent(state))


@needs(Permission.CUSTOMER_VIEW)
@require_POST
def make_group(request: HttpRequest) -> HttpResponse:
    """Keep the customers behind silent merchants as a customer group of one's own, and lead to it, or back with the reason."""
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    state = State.of(request.GET)
    try:
        group = group_of_silent_merchants(gateway, request.user, organisation=state.organisation, day=state.day)  # type: ignore[arg-type]
    except ActionRefusedError as refused:
        messages.warning(request, str(refused.reason))
        return redirect(_address_of_silent(state))
    return redirect("customer_groups_one", number=group.pk)


def _address_of_silent(state: State) -> str:
    words = State(organisation=state.organisation, day=state.day).query()
    return f"{reverse('merchants_silent')}{f'?{words}' if words else ''}"


def _list(request: HttpRequest, kind: MerchantList) -> HttpResponse:
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    fresh = gateway.freshness()
    if fresh is None:
        return render(request, "merchants/list.html", {"is_empty": True})
    state = State.of(request.GET)
    day = state.day or fresh.reporting_date
    is_silent = kind is MerchantList.SILENT
    first = year_before(gateway, day) if is_silent else window_of(day, state.period, first_day_of(gateway)).period_start
    listed = gateway.channels.merchants_named(kind, state.organisation, first, day, state.page)
    names = {node.code: node.name for node in gateway.organisations()}
    words = State(organisation=state.organisation, day=state.day).query()
    return render(
        request,
        "merchants/list.html",
        {
            "title": _SAID[kind],
            "is_silent": is_silent,
            "found": listed.found,
            "rows": listed.rows,
            "slice": Slice((), listed.found.page, listed.pages, listed.found.total_count),
            "organisation_name": names.get(state.organisation or "", ""),
            "words": words,
            "first_day": first,
            "day": day,
            "may_record": is_silent and gateway.may(Permission.CUSTOMER_RECORD) and listed.found.total_count > 0,
            "today": timezone.localdate(),
            "longest_task": LONGEST_TASK,
        },
    )
