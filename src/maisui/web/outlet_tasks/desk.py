"""Where tasks for outlets are handed out: within the viewer's organisations, of either outlet that a task concerns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q, QuerySet

from maisui.web.access.permissions import Permission
from maisui.web.outlet_tasks.models import OutletTask

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway


def tasks_in_sight(gateway: Gateway, organisation: str | None = None) -> QuerySet[OutletTask]:
    """Return the tasks that concern an organisation or what lies below it; None is all that the viewer may see.

    Raises:
        NotAllowedError: when he may not see figures.
        NotVisibleError: when the organisation is not in his scope or does not exist.
    """
    scoped = gateway.organisation_in_sight(organisation)
    found = OutletTask.objects.filter(legal_entity_code=settings.HOME.legal_entity_code).select_related("written_by", "ended_by")
    if scoped is None:
        return found
    seen = {node.code for node in gateway.organisations()}
    below = gateway.organisations_below(scoped) or frozenset()
    places = sorted(seen & below)
    return found.filter(Q(organisation_code__in=places) | Q(other_organisation_code__in=places))


def may_decide(gateway: Gateway, organisation: str) -> bool:
    """Return whether the viewer writes and ends tasks for an organisation."""
    if not gateway.may(Permission.FOCUS_DECIDE):
        return False
    whole = gateway.viewer.is_whole_entity(Permission.FOCUS_DECIDE)
    return whole or organisation in {node.code for node in gateway.organisations(Permission.FOCUS_DECIDE)}
