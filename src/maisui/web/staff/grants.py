"""Which roles somebody holds on a day, and what follows from them."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone

from maisui.web.access.permissions import ROLE_BY_CODE, Permission, permissions_of
from maisui.web.audit.actor import Actor, current_address
from maisui.web.staff.models import RoleGrant, StaffUser

WHOLE_ENTITY = "*"


def grants_on(user: StaffUser, day: date | None = None) -> QuerySet[RoleGrant]:
    """Return the grants of `user` at this bank that hold on `day`, today when none is given."""
    on = day or timezone.localdate()
    return RoleGrant.objects.filter(
        Q(valid_until=None) | Q(valid_until__gt=on),
        user=user,
        legal_entity_code=settings.HOME.legal_entity_code,
        valid_from__lte=on,
    )


def roles_of(user: StaffUser, day: date | None = None) -> tuple[str, ...]:
    """Return the codes of the roles `user` holds on `day`, each once, in the order of the alphabet."""
    return tuple(sorted(set(grants_on(user, day).values_list("role", flat=True))))


def actor_of(user: StaffUser) -> Actor:
    """Return `user` as the audit log names him, with roles, scope and permissions of today."""
    grants = list(grants_on(user))
    roles = tuple(sorted({grant.role for grant in grants}))
    return Actor(
        username=user.username,
        name=user.name,
        employee_number=user.employee_number,
        roles=roles,
        scopes=tuple(sorted({grant.organisation_code or WHOLE_ENTITY for grant in grants})),
        address=current_address(),
        permissions=frozenset(permissions_of(roles)),
    )


def needs_second_factor(user: StaffUser) -> bool:
    """Tell whether a role of today asks for a second factor."""
    return any(ROLE_BY_CODE[role].needs_second_factor for role in roles_of(user) if role in ROLE_BY_CODE)


def may(user: StaffUser, permission: Permission) -> bool:
    """Tell whether a role of today carries `permission`."""
    return permission in permissions_of(roles_of(user))
