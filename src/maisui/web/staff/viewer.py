"""A signed-in user as the gateway sees him: what he holds today, and where."""

from __future__ import annotations

from django.utils import timezone

from maisui.web.access.scope import Viewer
from maisui.web.staff.grants import grants_on
from maisui.web.staff.models import StaffUser


def viewer_of(user: StaffUser, legal_entity_code: str, *, only: frozenset[str] | None = None) -> Viewer:
    """Return what `user` may see of a legal entity today; `only` narrows his permissions to those of a token."""
    holdings = sorted({(grant.role, grant.organisation_code) for grant in grants_on(user) if grant.legal_entity_code == legal_entity_code})
    return Viewer(user.username, user.name, user.employee_number, tuple(holdings), only, timezone.localtime(user.created_at).date())
