"""Who of the staff may do something for one organisation: to whom work can be handed."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from django.conf import settings

from maisui.web.access.permissions import Permission
from maisui.web.access.scope import visible_tree
from maisui.web.staff.models import StaffUser
from maisui.web.staff.viewer import viewer_of

if TYPE_CHECKING:
    from maisui.web.gateway import Gateway


def people_covering(gateway: Gateway, organisation: str, permissions: Collection[Permission]) -> list[StaffUser]:
    """Return the active users who hold each of `permissions` for an organisation, by name."""
    tree, entity = gateway.whole_tree(), settings.HOME.legal_entity_code
    found = []
    for user in StaffUser.objects.filter(is_active=True).order_by("name", "username"):
        viewer = viewer_of(user, entity)
        if all(
            item in viewer.permissions
            and (viewer.is_whole_entity(item) or organisation in {node.code for node in visible_tree(tree, viewer.tops_of(item))})
            for item in permissions
        ):
            found.append(user)
    return found
