"""What happens at sign-in goes to the audit log: who came, who failed, who was locked out, who left."""

from __future__ import annotations

import re
from typing import Any

from allauth.account.signals import password_changed
from allauth.mfa.signals import authenticator_added, authenticator_removed
from axes.signals import user_locked_out
from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from maisui.web.audit.actor import acting_from, stranger
from maisui.web.audit.models import Result
from maisui.web.audit.record import AuditUnavailableError, record
from maisui.web.staff import sessions
from maisui.web.staff.grants import actor_of
from maisui.web.staff.models import StaffUser

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
NOT_A_NAME = "(not a user name)"


def told_name(typed: str) -> str:
    """Return what was typed as a user name when it can be one; a password typed into the wrong field is not kept."""
    return typed if _NAME.fullmatch(typed) else NOT_A_NAME


@receiver(user_logged_in)
def note_sign_in(request: HttpRequest, user: StaffUser, **_named: Any) -> None:
    """Start the session's clocks, keep when and from where he came, end other sessions where the bank wants only one.

    Raises:
        AuditUnavailableError: when the sign-in cannot be recorded; nobody is signed in then.
    """
    now, address = timezone.now(), sessions.source_address(request)
    if user.signed_in_at is not None:
        request.session[sessions.PREVIOUS_SIGN_IN] = {"at": user.signed_in_at.isoformat(), "address": user.signed_in_from}
    sessions.begin(request.session, now)
    with acting_from(address):
        try:
            ended = sessions.close_sessions(user, except_key=request.session.session_key or "") if settings.HOME.web.one_session else 0
            details = {"ended_sessions": ended} if ended else {}
            record(action="sign_in", by=actor_of(user), object_type="user", object_id=user.username, details=details)
        except AuditUnavailableError:
            request.session.flush()
            raise
    StaffUser.objects.filter(pk=user.pk).update(signed_in_at=now, signed_in_from=address)


@receiver(user_login_failed)
def note_failure(credentials: dict[str, Any], request: HttpRequest | None = None, **_named: Any) -> None:
    """Record a failed try."""
    name = told_name(str(credentials.get("username", "")))
    with acting_from(sessions.source_address(request) if request is not None else ""):
        is_locked = bool(getattr(request, "axes_locked_out", False))
        result = Result.REFUSED if is_locked else Result.FAILED
        record(action="sign_in", by=stranger(name), object_type="user", object_id=name, result=result, details={"locked_out": is_locked})


@receiver(user_locked_out)
def note_lock_out(username: str, ip_address: str, **_named: Any) -> None:
    """Record that a name was locked out for a source."""
    with acting_from(str(ip_address)):
        name = told_name(str(username))
        record(action="sign_in_lock_out", by=stranger(name), object_type="user", object_id=name, result=Result.REFUSED)


@receiver(user_logged_out)
def note_sign_out(request: HttpRequest, user: StaffUser | None, **_named: Any) -> None:
    """Record that a user signed out himself."""
    if user is not None and not getattr(request, "ended_by_rule", False):
        with acting_from(sessions.source_address(request)):
            record(action="sign_out", by=actor_of(user), object_type="user", object_id=user.username)


@receiver(password_changed)
def note_password(request: HttpRequest, user: StaffUser, **_named: Any) -> None:
    """Record that a user chose a new password; his other sessions end by it."""
    sessions.close_sessions(user, except_key=request.session.session_key or "")
    record(action="password_change", by=actor_of(user), object_type="user", object_id=user.username)


@receiver(authenticator_added)
def note_enrolment(user: StaffUser, authenticator: Any, **_named: Any) -> None:
    """Record a new second factor."""
    record(
        action="second_factor_enrol", by=actor_of(user), object_type="user", object_id=user.username, details={"kind": authenticator.type}
    )


@receiver(authenticator_removed)
def note_removal(user: StaffUser, authenticator: Any, **_named: Any) -> None:
    """Record that a second factor was given up."""
    record(
        action="second_factor_remove", by=actor_of(user), object_type="user", object_id=user.username, details={"kind": authenticator.type}
    )
