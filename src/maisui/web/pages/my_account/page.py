"""My settings: everything a user may look at and change about his own access."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.access import TOKEN_SCOPES, create_token, end_session, revoke_token
from maisui.web.actions.action import ActionRefusedError
from maisui.web.pages.words_of_staff import role_name
from maisui.web.staff import second_factor, sessions
from maisui.web.staff.grants import grants_on, needs_second_factor
from maisui.web.staff.models import ApiToken, StaffUser
from maisui.web.staff.passwords import RENEWED_AFTER
from maisui.web.text import Text

DAYS = (30, 90, 180, 365)


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show one's own roles, password, second factor, sessions and tokens."""
    return render(request, "my_account/page.html", _context(request))


@require_POST
def end_own_session(request: HttpRequest, number: int) -> HttpResponse:
    """End one of one's own sessions; ending the present one signs out."""
    user = _user(request)
    try:
        end_session(by=request.gateway.actor, user=user, number=number)  # type: ignore[attr-defined]
    except ActionRefusedError as error:
        messages.warning(request, str(error.reason))
    return redirect("account")


@require_POST
def make_token(request: HttpRequest) -> HttpResponse:
    """Make a token and show its text this one time."""
    days = request.POST.get("days", "")
    try:
        token, text = create_token(
            by=request.gateway.actor,  # type: ignore[attr-defined]
            user=_user(request),
            name=request.POST.get("name", ""),
            scopes=request.POST.getlist("scope"),
            days=int(days) if days.isdecimal() and len(days) < len("10000") else 0,
        )
    except ActionRefusedError as error:
        messages.warning(request, str(error.reason))
        return redirect("account")
    return render(request, "my_account/page.html", _context(request) | {"new_token": token, "new_token_text": text})


@require_POST
def revoke_own_token(request: HttpRequest, number: int) -> HttpResponse:
    """Revoke one of one's own tokens.

    Raises:
        NotVisibleError: when it is not one's own, or there is none.
    """
    token = ApiToken.objects.filter(pk=number, user=_user(request)).first()
    if token is None:
        raise NotVisibleError("there is no such token", where="tokens", next_step="reload the list")
    revoke_token(by=request.gateway.actor, token=token)  # type: ignore[attr-defined]
    messages.success(request, str(Text("令牌已吊销", "The token is revoked")))
    return redirect("account")


def _context(request: HttpRequest) -> dict[str, Any]:
    user, gateway = _user(request), request.gateway  # type: ignore[attr-defined]
    previous = request.session.get(sessions.PREVIOUS_SIGN_IN)
    names = {node.code: node.name for node in gateway.organisations()}
    return {
        "person": user,
        "previous": {"at": datetime.fromisoformat(previous["at"]), "address": previous["address"]} if previous else None,
        "grants": [
            (role_name(grant.role), names.get(grant.organisation_code, grant.organisation_code), grant) for grant in grants_on(user)
        ],
        "password_until": user.password_set_at + RENEWED_AFTER if user.password_set_at else None,
        "has_second_factor": second_factor.is_enrolled(user),
        "has_recovery_codes": second_factor.has_recovery_codes(user),
        "needs_second_factor": needs_second_factor(user),
        "sessions": sessions.sessions_of(user, request.session.session_key),
        "may_use_api": gateway.may(Permission.API_USE),
        "tokens": ApiToken.objects.filter(user=user),
        "scopes": [(scope.value, scope.meaning) for scope in TOKEN_SCOPES if gateway.may(scope)],
        "days": DAYS,
    }


def _user(request: HttpRequest) -> StaffUser:
    user = request.user
    if not isinstance(user, StaffUser):
        raise NotVisibleError("nobody is signed in", where="account", next_step="sign in")
    return user
