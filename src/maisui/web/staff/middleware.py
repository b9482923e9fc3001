"""What every request of a signed-in user passes first: is his session still good, and does he owe a step before he goes on."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from maisui.web.audit.actor import acting_from
from maisui.web.audit.record import record
from maisui.web.staff import passwords, second_factor, sessions
from maisui.web.staff.grants import actor_of, needs_second_factor
from maisui.web.staff.models import StaffUser

HAS_SECOND_FACTOR = "has_second_factor"
_ALWAYS_OPEN = ("account_logout", "set_language", "account_reauthenticate", "mfa_reauthenticate", "account_change_password")
_OPEN_FOR_ENROLMENT = (*_ALWAYS_OPEN, "mfa_activate_totp", "mfa_view_recovery_codes")
_UNAUTHORIZED = 401


class StaffSession:
    """Ends sessions that have run out, and leads to a new password or a second factor that is owed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the rest of the chain."""
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request, if its session may still ask; records made meanwhile carry its source address."""
        with acting_from(sessions.source_address(request)):
            user = request.user
            if not isinstance(user, StaffUser) or not user.is_authenticated:
                return self._get_response(request)
            return _end_if_over(request, user) or _owed_step(request, user) or self._get_response(request)


def _end_if_over(request: HttpRequest, user: StaffUser) -> HttpResponse | None:
    now = timezone.now()
    reason = sessions.reason_to_end(user, request.session, now)
    if not reason:
        sessions.note_seen(request.session, now)
        return None
    record(action="session_end", by=actor_of(user), object_type="user", object_id=user.username, details={"reason": reason})
    request.ended_by_rule = True  # type: ignore[attr-defined] - the sign-out that follows is not the user's own
    logout(request)
    return _led_to(request, "account_login", {"ended": reason, "next": request.get_full_path() if request.method == "GET" else "/"})


def _owed_step(request: HttpRequest, user: StaffUser) -> HttpResponse | None:
    if passwords.must_change(user, timezone.now()):
        return None if _is_at(request, _ALWAYS_OPEN) else _led_to(request, "account_change_password", {})
    if request.session.get(HAS_SECOND_FACTOR):
        return None
    if second_factor.is_enrolled(user):
        request.session[HAS_SECOND_FACTOR] = True
        return None
    if not needs_second_factor(user) or _is_at(request, _OPEN_FOR_ENROLMENT):
        return None
    return _led_to(request, "mfa_activate_totp", {})


def _is_at(request: HttpRequest, names: tuple[str, ...]) -> bool:
    return request.path in {reverse(name) for name in names}


def _led_to(request: HttpRequest, name: str, query: dict[str, str]) -> HttpResponse:
    address = f"{reverse(name)}?{urlencode(query)}" if query else reverse(name)
    if request.path.startswith("/api/"):
        return HttpResponse(status=_UNAUTHORIZED)
    if request.headers.get("HX-Request"):
        return HttpResponse(headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)
