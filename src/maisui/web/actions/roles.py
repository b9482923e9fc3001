"""Granting roles and ending them; grants are dated and never overwritten."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from maisui.answers import organisation_tree
from maisui.errors import AccessError, HomeError
from maisui.web.access.permissions import ROLE_BY_CODE, Permission, conflict_of
from maisui.web.actions.action import ActionRefusedError, action
from maisui.web.actions.users import ONE_TIME, Enrolment, create_user
from maisui.web.audit.actor import Actor
from maisui.web.audit.models import Result
from maisui.web.audit.record import AuditUnavailableError, record
from maisui.web.staff import sessions
from maisui.web.staff.models import RoleGrant, StaffUser
from maisui.web.text import Text


def grant_role(
    *, by: Actor, user: StaffUser, role: str, organisation_code: str = "", valid_from: date | None = None, valid_until: date | None = None
) -> RoleGrant:
    """Grant `role` to `user` for the subtree below an organisation ("" is the whole entity), from a day until a day, exclusive.

    Raises:
        NotAllowedError: when `by` may not manage staff.
        ActionRefusedError: for himself, for an unknown role or organisation, for impossible days, and for roles in conflict.
    """
    today = timezone.localdate()
    first = valid_from or today
    with action("role_grant", by=by, permission=Permission.STAFF_MANAGE, object_type="user", object_id=user.username) as details:
        locked = StaffUser.objects.select_for_update().get(pk=user.pk)
        _check_grant(by, locked, role, organisation_code)
        if first < today or (valid_until is not None and valid_until <= first):
            raise _refused(Text("起始日不得早于今天，截止日须晚于起始日", "a grant begins today or later and ends after it begins"))
        _check_conflicts(locked, role, organisation_code, first, valid_until)
        grant = RoleGrant.objects.create(
            user=locked,
            role=role,
            legal_entity_code=settings.HOME.legal_entity_code,
            organisation_code=organisation_code,
            valid_from=first,
            valid_until=valid_until,
            granted_by=by.username,
        )
        _end_sessions(locked)
        details |= {"role": role, "organisation": organisation_code or "*", "from": str(first), "until": str(valid_until or "")}
    return grant


def enrol_user(
    *,
    by: Actor,
    username: str,
    name: str,
    employee_number: str = "",
    holdings: Iterable[tuple[str, str]] = (),
    valid_until: date | None = None,
    valid_for: timedelta = ONE_TIME,
) -> Enrolment:
    """Make a user and grant him `holdings` (role, organisation), all or nothing.

    Raises:
        AccessError: as `create_user` and `grant_role` do; nothing is kept then but the record of the refusal.
    """
    try:
        with transaction.atomic():
            made = create_user(by=by, username=username, name=name, employee_number=employee_number, valid_for=valid_for)
            for role, organisation in holdings:
                grant_role(by=by, user=made.user, role=role, organisation_code=organisation, valid_until=valid_until)
    except AuditUnavailableError:
        raise
    except AccessError as error:
        reason = {"reason": type(error).__name__, "what": error.what}
        record(action="user_create", by=by, object_type="user", object_id=username, result=Result.REFUSED, details=reason)
        raise
    return made


def end_grant(*, by: Actor, grant: RoleGrant) -> None:
    """End a grant from now on; it stays in the history with who ended it.

    Raises:
        NotAllowedError: when `by` may not manage staff.
        ActionRefusedError: for his own grant, or one that has already ended.
    """
    today = timezone.localdate()
    with action("role_end", by=by, permission=Permission.STAFF_MANAGE, object_type="user", object_id=grant.user.username) as details:
        locked = RoleGrant.objects.select_for_update().get(pk=grant.pk)
        _refuse_self(by, locked.user)
        if locked.valid_until is not None and locked.valid_until <= today:
            raise _refused(Text("该授权已经结束", "this grant has already ended"))
        locked.valid_until = max(today, locked.valid_from)
        locked.ended_by, locked.ended_at = by.username, timezone.now()
        locked.save(update_fields=["valid_until", "ended_by", "ended_at"])
        _end_sessions(locked.user)
        details |= {"role": locked.role, "organisation": locked.organisation_code or "*", "grant": locked.pk}


def known_organisations() -> dict[str, str] | None:
    """Return the published organisations, name by code; None before the first publication."""
    try:
        with settings.BANK.reader() as reader:
            return {node.code: node.name for node in organisation_tree(reader)}
    except HomeError:
        return None


def _check_grant(by: Actor, user: StaffUser, role: str, organisation_code: str) -> None:
    _refuse_self(by, user)
    if not user.is_active:
        raise _refused(Text("该用户已停用", "this user is disabled"))
    if role not in ROLE_BY_CODE:
        raise _refused(Text("没有这个角色", "there is no such role"))
    if not organisation_code:
        return
    if ROLE_BY_CODE[role].is_administrator:
        raise _refused(Text("管理员角色不分机构", "an administrator's role is for the whole entity"))
    known = known_organisations()
    if known is None or organisation_code not in known:
        raise _refused(Text("没有这个机构", "there is no such organisation"))


def _check_conflicts(user: StaffUser, role: str, organisation_code: str, first: date, until: date | None) -> None:
    others = RoleGrant.objects.filter(Q(valid_until=None) | Q(valid_until__gt=first), user=user)
    if until is not None:
        others = others.filter(valid_from__lt=until)
    held = list(others.values_list("role", "organisation_code"))
    if (role, organisation_code) in held:
        raise _refused(Text("该用户在此期间已有这个角色", "he already holds this role in these days"))
    conflict = conflict_of((role, *(code for code, _ in held)))
    if conflict is not None:
        raise _refused(conflict)


def _end_sessions(user: StaffUser) -> None:
    user.end_all_sessions()
    user.save(update_fields=["access_stamp"])
    sessions.close_sessions(user)


def _refuse_self(by: Actor, user: StaffUser) -> None:
    if by.username == user.username:
        raise _refused(Text("不能给自己授权或收权", "nobody grants to himself or takes from himself"))


def _refused(reason: Text) -> ActionRefusedError:
    return ActionRefusedError(reason, where="roles", next_step="look at the grants of this user and try again")
