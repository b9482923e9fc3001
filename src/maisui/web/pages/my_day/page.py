"""My day: one's cases by the day they are due, what waits for one, what falls due of one's customers, and deputies."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import CaseQuery, Unit
from maisui.web.access.permissions import Permission
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.cases import deciders, end_deputy, name_deputy
from maisui.web.alerts.desk import of_this_bank, passed_up, stands_in_for, waiting_for_nobody
from maisui.web.alerts.models import Deputy, HandledCase, State
from maisui.web.gateway import Gateway
from maisui.web.needs.desk import in_sight
from maisui.web.needs.models import State as NeedState
from maisui.web.own_numbers import own_numbers
from maisui.web.pages.customers.consent import consents_said
from maisui.web.pages.focus.page import day_of, row_of
from maisui.web.pages.focus.state import MINE, NOBODY, FocusState
from maisui.web.pages.my_day.birthdays import birthdays_context
from maisui.web.pages.my_day.decisions import decisions_context, sees_customers
from maisui.web.pages.my_day.deliveries import deliveries_context
from maisui.web.pages.my_day.follows import follows_context
from maisui.web.pages.my_day.hand_overs import hand_overs_context
from maisui.web.pages.my_day.outlet_tasks import outlet_tasks_context
from maisui.web.pages.my_day.promises import promises_context
from maisui.web.pages.my_day.tasks import tasks_context
from maisui.web.pages.needs.page import rows_of as need_lines
from maisui.web.pages.overview.figures import attempt
from maisui.web.pages.overview.state import State as OverviewState
from maisui.web.pages.page import needs
from maisui.web.pages.targets.figures import goals_of_year
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

ROWS = 20
MOST_WAITING = 6
DUE_WITHIN = timedelta(days=7)
MATURING = ("maturing_deposit", "maturing_loan")


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show what the viewer must do today."""
    gateway, user = _gateway(request), _user(request)
    fresh = gateway.freshness()
    if fresh is None:
        return render(request, "my_day/page.html", {"is_empty": True})
    today = timezone.localdate()
    held = HandledCase.objects.filter(**of_this_bank(), owner_id__in={user.pk, *stands_in_for(user)}).exclude(state=State.CLOSED)
    awake = held.exclude(state=State.SNOOZED, snoozed_until__gt=today)
    names = {node.code: node.name for node in gateway.whole_tree()}
    raised = _these(gateway, CaseQuery(NOBODY, only=passed_up(gateway), size=ROWS), names)
    mine = frozenset(awake.values_list("case_code", flat=True))
    handled = waiting_for_nobody()
    own = CaseQuery(NOBODY, handled=handled, size=ROWS)
    waiting = replace(own, without=handled, employee_numbers=own_numbers(gateway) if user.employee_number else None, size=MOST_WAITING)
    maturing = [replace(waiting, without=frozenset(), rule=rule, due_by=fresh.reporting_date + DUE_WITHIN, size=ROWS) for rule in MATURING]
    deputies = Deputy.objects.filter(Q(person=user) | Q(deputy=user), ended_at=None, valid_until__gte=today)
    context = {
        "today": today,
        "mine": _these(gateway, replace(own, only=mine), names),
        "passed_up": raised,
        "mine_count": len(mine),
        "late_count": sum(case.is_late(today) for case in awake),
        "sleeping_count": held.count() - awake.count(),
        "mine_query": FocusState(owner=MINE).query(),
        "waiting": _rows(gateway, waiting, names),
        "is_manager": bool(user.employee_number),
        **outlet_tasks_context(gateway),
        **(_of_customers(gateway, user, maturing, names) if sees_customers(gateway) else {}),
        **deliveries_context(user),
        **decisions_context(gateway, user),
        "goals": _goals(gateway),
        "deputies": deputies.select_related("person", "deputy"),
        "colleagues": [person for person in deciders() if person.pk != user.pk] if gateway.may(Permission.FOCUS_DECIDE) else [],
        "may_decide": gateway.may(Permission.FOCUS_DECIDE),
        "user_pk": user.pk,
        "unit": Unit.YUAN,
        "share": Unit.SHARE,
    }
    return render(request, "my_day/page.html", context)


@needs(Permission.FOCUS_DECIDE)
@require_POST
def make_deputy(request: HttpRequest) -> HttpResponse:
    """Name a deputy."""
    first, last = day_of(request.POST.get("from", "")), day_of(request.POST.get("until", ""))
    try:
        name_deputy(_gateway(request), _user(request), username=request.POST.get("deputy", ""), valid_from=first, valid_until=last)
        messages.success(request, str(Text("已指定代理人", "The deputy is named")))
    except ActionRefusedError as refused:
        messages.warning(request, str(refused.reason))
    return redirect("my_day")


@needs(Permission.FOCUS_DECIDE)
@require_POST
def no_deputy(request: HttpRequest, number: int) -> HttpResponse:
    """End a deputy."""
    end_deputy(_gateway(request), _user(request), number)
    return redirect("my_day")


def _of_customers(gateway: Gateway, user: StaffUser, maturing: list[CaseQuery], names: dict[str, str]) -> dict[str, Any]:
    """Return the parts of the day that name customers."""
    return {
        "has_maturing": True,
        "maturing": [row for query in maturing for row in _rows(gateway, query, names)],
        **tasks_context(gateway, user),
        **promises_context(gateway, user),
        **_needs(gateway, user),
        **follows_context(gateway, user),
        **birthdays_context(gateway, user),
        **hand_overs_context(gateway, user),
    }


def _these(gateway: Gateway, query: CaseQuery, names: dict[str, str]) -> list[dict[str, Any]]:
    """Return the cases a query names; those that the published version finds no more come last. Nothing is asked where it names none."""
    if not query.only:
        return []
    return [*_rows(gateway, query, names), *(row_of(gateway, gone, names) for gone in gateway.cases.vanished(query.only))]


def _rows(gateway: Gateway, query: CaseQuery, names: dict[str, str]) -> list[dict[str, Any]]:
    """Return the cases a query asks for, each with whether its customer may be offered something."""
    rows = gateway.cases.listed(query).rows
    said = consents_said(gateway, {shown.case.customer_number for shown in rows if shown.case.customer_number})
    return [row_of(gateway, shown, names) | {"consent": said.get(shown.case.customer_number or "")} for shown in rows]


def _needs(gateway: Gateway, user: StaffUser) -> dict[str, Any]:
    """Return the viewer's open needs and complaints and those that wait for somebody."""
    reach, today = in_sight(gateway).exclude(state=NeedState.CLOSED), timezone.localdate()
    mine, waiting = reach.filter(owner_id__in={user.pk, *stands_in_for(user)}), reach.filter(state=NeedState.OPEN)
    return {
        "has_needs": True,
        "needs_mine": need_lines(gateway, mine[:ROWS]),
        "needs_mine_count": mine.count(),
        "needs_late_count": mine.filter(answered_at=None, due_on__lt=today).count(),
        "needs_waiting": need_lines(gateway, waiting[:MOST_WAITING]),
        "needs_waiting_count": waiting.count(),
    }


def _goals(gateway: Gateway) -> list[Any]:
    """Return the targets of the year of the top of what the viewer may see; none where he may not see figures."""
    if not gateway.may(Permission.FIGURE_VIEW):
        return []
    return list((attempt(lambda: goals_of_year(gateway, OverviewState())).value or {}).values())


def _gateway(request: HttpRequest) -> Gateway:
    return request.gateway  # type: ignore[attr-defined]


def _user(request: HttpRequest) -> StaffUser:
    return request.user  # type: ignore[return-value]
