"""Making, disabling and resetting users."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from axes.models import AccessAttempt
from django.utils import timezone

from maisui.web.access.permissions import ROLE_BY_CODE, Permission
from maisui.web.actions.action import ActionRefusedError, action
from maisui.web.audit.actor import Actor
from maisui.web.staff import second_factor, sessions
from maisui.web.staff.grants import roles_of
from maisui.web.staff.models import ApiToken, StaffUser
from maisui.web.staff.passwords import random_password
from maisui.web.text import Text

ONE_TIME = timedelta(hours=24)
FIRST_ADMINISTRATOR = timedelta(hours=1)
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
_LONGEST_NAME = 64
_LONGEST_NUMBER = 32


@dataclass(frozen=True)
class Enrolment:
    """What a new or reset user is told once: his one-time password and until when it opens."""

    user: StaffUser
    password: str
    until: datetime


def create_user(*, by: Actor, username: str, name: str, employee_number: str = "", valid_for: timedelta = ONE_TIME) -> Enrolment:
    """Make a user with a one-time password; he chooses his own at the first sign-in.

    Raises:
        NotAllowedError: when `by` may not manage staff.
        ActionRefusedError: when the name is not well formed or taken, or the employee already has a user.
    """
    username, name, employee_number = username.strip().lower(), name.strip(), employee_number.strip()
    with action("user_create", by=by, permission=Permission.STAFF_MANAGE, object_type="user", object_id=username) as details:
        _check_new(username, name, employee_number)
        user = StaffUser(username=username, name=name, employee_number=employee_number, created_by=by.username)
        enrolment = _with_one_time_password(user, valid_for)
        details |= {"name": name, "employee_number": employee_number}
    return enrolment


def disable_user(*, by: Actor, user: StaffUser) -> None:
    """Take all access away from `user`; his sessions end by the next request.

    Raises:
        NotAllowedError: when `by` may not manage staff.
        ActionRefusedError: when he would disable himself.
    """
    with action("user_disable", by=by, permission=Permission.STAFF_MANAGE, object_type="user", object_id=user.username) as details:
        _refuse_self(by, user)
        locked = StaffUser.objects.select_for_update().get(pk=user.pk)
        locked.is_active, locked.disabled_at = False, timezone.now()
        locked.end_all_sessions()
        locked.save()
        details["ended_sessions"] = sessions.close_sessions(locked)


def enable_user(*, by: Actor, user: StaffUser) -> Enrolment:
    """Let a disabled user in again, with a one-time password; his programs need new tokens.

    Raises:
        NotAllowedError: when `by` may not manage staff.
        ActionRefusedError: when he would enable himself.
    """
    with action("user_enable", by=by, permission=Permission.STAFF_MANAGE, object_type="user", object_id=user.username) as details:
        _refuse_self(by, user)
        _refuse_other_administrators(by, user)
        locked = StaffUser.objects.select_for_update().get(pk=user.pk)
        locked.is_active, locked.disabled_at = True, None
        details["revoked_tokens"] = _revoke_tokens(locked)
        return _with_one_time_password(locked, ONE_TIME)


def reset_password(*, by: Actor, user: StaffUser, with_second_factor: bool = False, valid_for: timedelta = ONE_TIME) -> Enrolment:
    """Give `user` a one-time password, lift his lock-out, end his sessions and tokens; on demand he enrols his second factor anew.

    Raises:
        NotAllowedError: when `by` may not manage staff.
        ActionRefusedError: for himself, and for another administrator, whose access only an operator at the server renews.
    """
    with action("password_reset", by=by, permission=Permission.STAFF_MANAGE, object_type="user", object_id=user.username) as details:
        _refuse_self(by, user)
        _refuse_other_administrators(by, user)
        locked = StaffUser.objects.select_for_update().get(pk=user.pk)
        if with_second_factor:
            second_factor.forget(locked)
        enrolment = _with_one_time_password(locked, valid_for)
        AccessAttempt.objects.filter(username=locked.username).delete()
        details |= {"second_factor": with_second_factor, "ended_sessions": sessions.close_sessions(locked)}
        details["revoked_tokens"] = _revoke_tokens(locked)
    return enrolment


def _with_one_time_password(user: StaffUser, valid_for: timedelta) -> Enrolment:
    password, until = random_password(), timezone.now() + valid_for
    user.set_password(password)
    user.must_change_password, user.temporary_until = True, until
    user.end_all_sessions()
    user.save()
    return Enrolment(user, password, until)


def _revoke_tokens(user: StaffUser) -> int:
    """Make what somebody else may have made in his name worthless, and return how many tokens that were."""
    return ApiToken.objects.filter(user=user, revoked_at=None).update(revoked_at=timezone.now())


def _check_new(username: str, name: str, employee_number: str) -> None:
    if not _NAME.fullmatch(username):
        raise _refused(
            Text(
                "用户名须为 2 至 32 位小写字母、数字、点、下划线或短横",
                "a user name has 2 to 32 small letters, digits, dots, underscores or hyphens",
            )
        )
    if not (name + employee_number).isprintable() or len(employee_number) > _LONGEST_NUMBER:
        raise _refused(Text("姓名与员工号不得含不可见字符", "name and employee number hold printable characters, the number up to 32"))
    if not name or len(name) > _LONGEST_NAME:
        raise _refused(Text("须填写姓名，不超过 64 字", "a name of up to 64 characters is needed"))
    if StaffUser.objects.filter(username=username).exists():
        raise _refused(Text("该用户名已被使用", "this user name is taken"))
    if employee_number and StaffUser.objects.filter(employee_number=employee_number).exists():
        raise _refused(Text("该员工已有用户", "this employee already has a user"))


def _refuse_self(by: Actor, user: StaffUser) -> None:
    if by.username == user.username:
        raise _refused(Text("不能对自己的用户做此操作", "nobody does this to his own user"))


def _refuse_other_administrators(by: Actor, user: StaffUser) -> None:
    """Keep the three administrators apart: who renews another's access could sign in as him."""
    if not by.is_operator and any(ROLE_BY_CODE[role].is_administrator for role in roles_of(user) if role in ROLE_BY_CODE):
        raise _refused(
            Text(
                "管理员的口令只能在服务器上用 maisui users reset 重置",
                "an administrator's password is reset only at the server, by `maisui users reset`",
            )
        )


def _refused(reason: Text) -> ActionRefusedError:
    return ActionRefusedError(reason, where="users", next_step="correct it and try again")
