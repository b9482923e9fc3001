"""Ending sessions, and giving tokens to programs and taking them back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from maisui.web.access.permissions import Permission
from maisui.web.actions.action import ActionRefusedError, action
from maisui.web.audit.actor import Actor
from maisui.web.staff import sessions, tokens
from maisui.web.staff.models import ApiToken, StaffUser
from maisui.web.text import Text

TOKEN_SCOPES = (Permission.FIGURE_VIEW, Permission.FIGURE_EXPLAIN, Permission.FIGURE_EXPORT, Permission.FOCUS_VIEW)
"""What a program may be allowed at most, whatever its owner may."""


def end_session(*, by: Actor, user: StaffUser, number: int) -> None:
    """End one session of `user`: everybody his own, the security administrator anybody's.

    Raises:
        NotAllowedError: when it is somebody else's and `by` may not manage staff.
        ActionRefusedError: when there is no such session.
    """
    with action("session_end", by=by, permission=_for_others(by, user), object_type="user", object_id=user.username) as details:
        details["reason"] = "ended by hand"
        if sessions.close_sessions(user, number=number) == 0:
            raise ActionRefusedError(
                Text("该会话已经结束", "this session has already ended"), where="sessions", next_step="reload the list"
            )


def create_token(*, by: Actor, user: StaffUser, name: str, scopes: Iterable[str], days: int) -> tuple[ApiToken, str]:
    """Make a token of one's own and return it with its text, which is shown once and never kept.

    Raises:
        NotAllowedError: when he may not use the interface.
        ActionRefusedError: for somebody else, without name or scope, for a scope he does not hold, and beyond a year.
    """
    wanted, name = sorted(set(scopes)), name.strip()
    with action("token_create", by=by, permission=Permission.API_USE, object_type="token", object_id=name[:64]) as details:
        if by.username != user.username:
            raise _refused(Text("令牌只能由本人创建", "a token is made by its own user"))
        if not name or not name.isprintable() or not wanted or not set(wanted) <= set(TOKEN_SCOPES) & by.permissions:
            raise _refused(Text("须有名称，且权限不超出本人", "a token needs a name, and scopes its owner holds"))
        if not 1 <= days <= tokens.LONGEST_DAYS:
            raise _refused(Text("有效期为 1 至 365 天", "a token lasts from 1 to 365 days"))
        text = tokens.new_token()
        token = ApiToken.objects.create(
            user=user,
            name=name[:64],
            token_hash=tokens.hash_of(text),
            hint=text[-4:],
            scopes=wanted,
            expires_at=timezone.now() + timedelta(days=days),
        )
        details |= {"scopes": wanted, "days": days, "hint": token.hint}
    return token, text


def revoke_token(*, by: Actor, token: ApiToken) -> None:
    """Make a token worthless: everybody his own, the security administrator anybody's.

    Raises:
        NotAllowedError: when it is somebody else's and `by` may not manage staff.
    """
    with action("token_revoke", by=by, permission=_for_others(by, token.user), object_type="token", object_id=token.name) as details:
        ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now())
        details |= {"owner": token.user.username, "hint": token.hint}


def _for_others(by: Actor, user: StaffUser) -> Permission | None:
    return None if by.username == user.username else Permission.STAFF_MANAGE


def _refused(reason: Text) -> ActionRefusedError:
    return ActionRefusedError(reason, where="tokens", next_step="correct it and try again")
