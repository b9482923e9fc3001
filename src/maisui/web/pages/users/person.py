"""One user: his grants with their history, his sessions, and what the security administrator may do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from maisui.web.access.permissions import ROLES
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.access import end_session
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.roles import end_grant, grant_role, known_organisations
from maisui.web.actions.users import disable_user, enable_user, reset_password
from maisui.web.gateway import employments_of
from maisui.web.pages.words_of_staff import role_name
from maisui.web.staff import second_factor, sessions
from maisui.web.staff.grants import WHOLE_ENTITY
from maisui.web.staff.models import RoleGrant, StaffUser
from maisui.web.text import Text


@require_safe
def show(request: HttpRequest, username: str) -> HttpResponse:
    """Show one user."""
    return render(request, "users/person.html", person_context(request, _found(username)))


@require_POST
def grant(request: HttpRequest, username: str) -> HttpResponse:
    """Grant a role."""
    user = _found(username)
    chosen = request.POST.get("organisation", "").strip()
    if not chosen:
        messages.warning(request, str(Text("请选择机构", "Choose an organisation")))
        return redirect("users_person", username=user.username)
    first, until = _day(request.POST.get("valid_from", "")), _day(request.POST.get("valid_until", ""))
    return _done(
        request,
        user,
        lambda: grant_role(
            by=request.gateway.actor,  # type: ignore[attr-defined]
            user=user,
            role=request.POST.get("role", ""),
            organisation_code="" if chosen == WHOLE_ENTITY else chosen,
            valid_from=first,
            valid_until=until,
        ),
        Text("已授予角色", "The role is granted"),
    )


@require_POST
def end(request: HttpRequest, username: str, number: int) -> HttpResponse:
    """End a grant.

    Raises:
        NotVisibleError: when this user has no such grant.
    """
    user = _found(username)
    found = RoleGrant.objects.select_related("user").filter(pk=number, user=user).first()
    if found is None:
        raise NotVisibleError("there is no such grant", where="grants", next_step="reload the page")
    return _done(request, user, lambda: end_grant(by=request.gateway.actor, grant=found), Text("授权已结束", "The grant has ended"))  # type: ignore[attr-defined]


@require_POST
def disable(request: HttpRequest, username: str) -> HttpResponse:
    """Disable a user."""
    user = _found(username)
    return _done(request, user, lambda: disable_user(by=request.gateway.actor, user=user), Text("用户已停用", "The user is disabled"))  # type: ignore[attr-defined]


@require_POST
def end_one_session(request: HttpRequest, username: str, number: int) -> HttpResponse:
    """End one session of a user."""
    user = _found(username)
    return _done(
        request,
        user,
        lambda: end_session(by=request.gateway.actor, user=user, number=number),  # type: ignore[attr-defined]
        Text("会话已结束", "The session has ended"),
    )


@require_POST
def renew(request: HttpRequest, username: str) -> HttpResponse:
    """Reset a user's password, or enable him again, and show the one-time password this one time."""
    user = _found(username)
    by = request.gateway.actor  # type: ignore[attr-defined]
    try:
        if user.is_active:
            made = reset_password(by=by, user=user, with_second_factor=request.POST.get("second_factor") == "forget")
        else:
            made = enable_user(by=by, user=user)
    except ActionRefusedError as error:
        messages.warning(request, str(error.reason))
        return redirect("users_person", username=user.username)
    return render(request, "users/person.html", person_context(request, made.user) | {"enrolment": made})


def person_context(request: HttpRequest, user: StaffUser) -> dict[str, Any]:
    """Return what the page of one user shows."""
    today = timezone.localdate()
    organisations = known_organisations() or {}
    history = [
        (found, role_name(found.role), organisations.get(found.organisation_code, found.organisation_code), found.is_valid_on(today))
        for found in RoleGrant.objects.filter(user=user).order_by("-valid_from", "-id")
    ]
    employment = employments_of(settings.BANK).get(user.employee_number) if user.employee_number else None
    return {
        "person": user,
        "person_of_session": user,
        "history": history,
        "employment": employment,
        "employment_place": organisations.get(employment.organisation_code, employment.organisation_code) if employment else "",
        "has_second_factor": second_factor.is_enrolled(user),
        "sessions": sessions.sessions_of(user, request.session.session_key),
        "roles": ROLES,
        "organisations": sorted(organisations.items()),
        "today": today,
        "is_self": user.username == request.gateway.viewer.username,  # type: ignore[attr-defined]
    }


def _found(username: str) -> StaffUser:
    user = StaffUser.objects.filter(username=username).first() if username.isprintable() else None
    if user is None:
        raise NotVisibleError("there is no such user", where="users", next_step="search the list of users")
    return user


def _done(request: HttpRequest, user: StaffUser, do: Callable[[], object], said: Text) -> HttpResponse:
    try:
        do()
        messages.success(request, str(said))
    except ActionRefusedError as error:
        messages.warning(request, str(error.reason))
    return redirect("users_person", username=user.username)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return date.min
