"""Who of the union asked to look into one's county, who may today, and the decision on it."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.county_access import counties_of, decide_on_county, end_county_access, requests_of
from maisui.web.audit.models import AuditRecord, Result
from maisui.web.county_access.models import CountyAccess
from maisui.web.gateway import Gateway
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

WAITING, IN_FORCE, REFUSED, OVER = "waiting", "in_force", "refused", "over"
STATES = {
    WAITING: Text("待批", "Waiting"),
    IN_FORCE: Text("有效", "In force"),
    REFUSED: Text("已拒绝", "Refused"),
    OVER: Text("已结束", "Over"),
}


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show every request to the viewer's counties, the newest first."""
    gateway = _gateway(request)
    mine = counties_of(gateway)
    names = {member.code: Text(member.name_zh, member.name_en) for member in gateway.bank.home.members}
    rows = [(one, names.get(one.county_code, one.county_code), state_of(one)) for one in requests_of(gateway).filter(county_code__in=mine)]
    looks = _looks(mine)
    context = {
        "is_union": gateway.bank.home.is_union,
        "has_counties": bool(mine),
        "rows": [(one, name, state, STATES[state], looks.get(one.pk)) for one, name, state in rows],
        "user_id": _user(request).pk,
    }
    return render(request, "county_access/page.html", context)


def _looks(counties: Collection[str]) -> dict[int, tuple[int, datetime]]:
    """Return how often counties were looked into by each right, and when last, as the audit log has it."""
    found: dict[int, tuple[int, datetime]] = {}
    seen = AuditRecord.objects.filter(action="county_view", object_type="county", object_id__in=counties, result=Result.ALLOWED)
    for details, at in seen.order_by("sequence").values_list("details", "at"):
        grant = json.loads(details).get("grant")
        found[grant] = (found.get(grant, (0, at))[0] + 1, at)
    return found


def state_of(one: CountyAccess) -> str:
    """Return where a request stands today."""
    today = timezone.localdate()
    if one.is_waiting(today):
        return WAITING
    if one.is_valid_on(today):
        return IN_FORCE
    return REFUSED if one.is_granted is False else OVER


@require_POST
def grant(request: HttpRequest, number: int) -> HttpResponse:
    """Let the union's person in until the day he asked for."""
    return _done(request, lambda: decide_on_county(_gateway(request), _user(request), number, is_granted=True))


@require_POST
def refuse(request: HttpRequest, number: int) -> HttpResponse:
    """Refuse a request."""
    return _done(request, lambda: decide_on_county(_gateway(request), _user(request), number, is_granted=False))


@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End a right today."""
    return _done(request, lambda: end_county_access(_gateway(request), _user(request), number))


def _done(request: HttpRequest, act: Callable[[], None]) -> HttpResponse:
    try:
        act()
    except ActionRefusedError as error:
        messages.error(request, str(error.reason))
    else:
        messages.success(request, str(Text("已记录", "Recorded")))
    return redirect("county_access")


def _gateway(request: HttpRequest) -> Gateway:
    return request.gateway  # type: ignore[attr-defined]


def _user(request: HttpRequest) -> StaffUser:
    return request.user  # type: ignore[return-value]
