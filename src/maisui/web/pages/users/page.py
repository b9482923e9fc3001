"""Users and roles: the list, and the review of what has been held for long."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maisui.web.access.permissions import ROLE_BY_CODE, ROLES
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.users import create_user
from maisui.web.pages.paging import slice_of
from maisui.web.pages.users.person import person_context
from maisui.web.pages.words_of_staff import role_name
from maisui.web.staff.models import RoleGrant, StaffUser
from maisui.web.text import choose

REVIEWED_AFTER = timedelta(days=183)
_ORDERS = {
    "username": "username",
    "name": "name",
    "employee_number": "employee_number",
    "signed_in_at": "signed_in_at",
    "created_at": "created_at",
}
_LONGEST_SEARCH = 64


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show users, searched, sorted and by pages."""
    found = _searched(request)
    return render(request, "users/page.html", _list_context(request, found))


@require_safe
def review(request: HttpRequest) -> HttpResponse:
    """Show grants older than six months that nobody has ended: whoever holds them should still need them."""
    today = timezone.localdate()
    found = (
        RoleGrant.objects.select_related("user")
        .filter(Q(valid_until=None) | Q(valid_until__gt=today), legal_entity_code=settings.HOME.legal_entity_code)
        .filter(valid_from__lte=today - REVIEWED_AFTER)
        .order_by("valid_from", "id")
    )
    part = slice_of(found, request.GET.get("page", ""))
    rows = [(grant, role_name(grant.role), (today - grant.valid_from).days) for grant in part.rows]
    return render(request, "users/review.html", {"slice": part, "rows": rows})


@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """Make a user and show his one-time password this one time."""
    try:
        made = create_user(
            by=request.gateway.actor,  # type: ignore[attr-defined]
            username=request.POST.get("username", ""),
            name=request.POST.get("name", ""),
            employee_number=request.POST.get("employee_number", ""),
        )
    except ActionRefusedError as error:
        context = _list_context(request, _searched(request)) | {"fault": error.reason, "typed": request.POST}
        return render(request, "users/page.html", context, status=409)
    return render(request, "users/person.html", person_context(request, made.user) | {"enrolment": made})


def _searched(request: HttpRequest) -> QuerySet[StaffUser]:
    found = StaffUser.objects.all()
    words = request.GET.get("q", "").replace("\0", "").strip()[:_LONGEST_SEARCH]
    if words:
        found = found.filter(Q(username__icontains=words) | Q(name__icontains=words) | Q(employee_number__icontains=words))
    match request.GET.get("state", ""):
        case "active":
            found = found.filter(is_active=True)
        case "disabled":
            found = found.filter(is_active=False)
        case _:
            pass
    role = request.GET.get("role", "")
    if role in ROLE_BY_CODE:
        today = timezone.localdate()
        holders = RoleGrant.objects.filter(Q(valid_until=None) | Q(valid_until__gt=today), role=role, valid_from__lte=today)
        found = found.filter(pk__in=holders.values("user_id"))
    order = _ORDERS.get(request.GET.get("sort", ""), "username")
    return found.order_by(f"-{order}" if request.GET.get("dir") == "desc" else order, "id")


def _list_context(request: HttpRequest, found: QuerySet[StaffUser]) -> dict[str, Any]:
    part = slice_of(found, request.GET.get("page", ""))
    today = timezone.localdate()
    held: defaultdict[int, list[str]] = defaultdict(list)
    grants = RoleGrant.objects.filter(Q(valid_until=None) | Q(valid_until__gt=today), user__in=part.rows, valid_from__lte=today)
    for user_id, role, organisation in grants.values_list("user_id", "role", "organisation_code"):
        held[user_id].append(f"{role_name(role)}{f' · {organisation}' if organisation else ''}")
    sort, is_down = request.GET.get("sort", "username"), request.GET.get("dir") == "desc"
    return {
        "slice": part,
        "rows": [(user, choose("；", "; ").join(held[user.pk])) for user in part.rows],
        "roles": ROLES,
        "sort": sort if sort in _ORDERS else "username",
        "is_down": is_down,
    }
