"""Sessions: how long one lives, where it came from, and ending it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.utils import timezone

from maisui.web.gateway import employments_of
from maisui.web.staff.models import StaffUser

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
PREVIOUS_SIGN_IN = "previous_sign_in"
_SEEN_EVERY = timedelta(seconds=30)
_LONGEST_ADDRESS = 64


@dataclass(frozen=True)
class OpenSession:
    """One place where a user is signed in."""

    number: int
    address: str
    program: str
    since: datetime
    last_seen_at: datetime
    is_current: bool


def source_address(request: HttpRequest) -> str:
    """Return the address a request came from; behind a proxy the server has already put the client's in its place."""
    return str(request.META.get("REMOTE_ADDR", ""))[:_LONGEST_ADDRESS]


def begin(session: SessionBase, now: datetime) -> None:
    """Start the clocks of a new session."""
    session[SIGNED_IN_AT] = session[SEEN_AT] = int(now.timestamp())


def reason_to_end(user: StaffUser, session: SessionBase, now: datetime) -> str:
    """Return why this session ends now: `idle`, `absolute` or `left`; empty while it may go on."""
    moment = int(now.timestamp())
    if moment - int(session.get(SEEN_AT, 0)) >= settings.HOME.web.idle_minutes * 60:
        return "idle"
    if moment - int(session.get(SIGNED_IN_AT, 0)) >= settings.HOME.web.session_hours * 3600:
        return "absolute"
    return "left" if has_left(user) else ""


def has_left(user: StaffUser) -> bool:
    """Tell whether the bank's files last reported this employee as no longer on duty."""
    if not user.employee_number:
        return False
    employment = employments_of(settings.BANK).get(user.employee_number)
    return employment is not None and not employment.is_on_duty


def note_seen(session: SessionBase, now: datetime) -> None:
    """Set the idle clock back, at most twice a minute, so that reading pages does not write to the database each time."""
    moment = int(now.timestamp())
    if moment - int(session.get(SEEN_AT, 0)) >= _SEEN_EVERY.total_seconds():
        session[SEEN_AT] = moment
        UserSession.objects.filter(session_key=session.session_key).update(last_seen_at=now)


def sessions_of(user: StaffUser, current_key: str | None = None) -> tuple[OpenSession, ...]:
    """Return where `user` is signed in, newest first."""
    known = UserSession.objects.filter(user=user).order_by("-created_at")
    keys = known.values_list("session_key", flat=True)
    alive = set(Session.objects.filter(session_key__in=list(keys), expire_date__gt=timezone.now()).values_list("session_key", flat=True))
    return tuple(
        OpenSession(found.pk, found.ip, found.user_agent, found.created_at, found.last_seen_at, found.session_key == current_key)
        for found in known
        if found.session_key in alive
    )


def close_sessions(user: StaffUser, *, number: int | None = None, except_key: str | None = None) -> int:
    """End one session of `user` (its `number`), or all, or all but one; return how many ended."""
    found = UserSession.objects.filter(user=user)
    if number is not None:
        found = found.filter(pk=number)
    if except_key is not None:
        found = found.exclude(session_key=except_key)
    keys = list(found.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    found.delete()
    return len(keys)
