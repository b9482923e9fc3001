"""Saved views: kept and forgotten by their owner; shared ones are seen by colleagues, who open them within their own scope."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django.db.models import Q, QuerySet
from django.utils import timezone

from maisui.web.access.permissions import ROLE_BY_CODE, Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError, action
from maisui.web.archive.models import SavedView
from maisui.web.gateway import Gateway
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

LONGEST_NAME = 60
LONGEST_QUERY = 2000
MOST_VIEWS = 100


@dataclass(frozen=True, slots=True)
class Audience:
    """With whom a view is shared: everybody, the holders of a role, or the staff of an organisation and all below it; or nobody."""

    is_everybody: bool = False
    role: str = ""
    organisation: str = ""

    @classmethod
    def of(cls, written: str) -> Audience:
        """Return the audience that a form names: `everybody`, `role:CODE`, `organisation:CODE`; anything else is nobody."""
        kind, _, code = written.partition(":")
        match kind:
            case "everybody":
                return cls(is_everybody=True)
            case "role":
                return cls(role=code)
            case "organisation":
                return cls(organisation=code)
            case _:
                return cls()


def views_of(gateway: Gateway, user: StaffUser, page: str) -> QuerySet[SavedView]:
    """Return the views of a page that the user keeps, and those that colleagues share with him."""
    with_him = Q(is_shared=True) | Q(shared_role__in=gateway.viewer.roles) | Q(shared_organisation__in=gateway.memberships())
    return SavedView.objects.filter(Q(owner=user) | with_him, page=page).select_related("owner")


def query_within(gateway: Gateway, view: SavedView) -> str:
    """Return the address of a view within the viewer's scope: an organisation that is not his gives way to his own."""
    return within(gateway, view.query)


def within(gateway: Gateway, query: str) -> str:
    """Return an address without an organisation that is not the viewer's."""
    visible = {node.code for node in gateway.organisations()}
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode([(name, value) for name, value in pairs if name != "org" or value in visible], safe=",")


def audience_name(gateway: Gateway, view: SavedView) -> Text | str:
    """Return with whom a view is shared, in words; empty where it is its owner's alone."""
    if view.is_shared:
        return Text("全体", "everybody")
    if view.shared_role:
        return ROLE_BY_CODE[view.shared_role].name if view.shared_role in ROLE_BY_CODE else view.shared_role
    names = {node.code: node.name for node in gateway.organisations()}
    return names.get(view.shared_organisation) or view.shared_organisation


def save_view(gateway: Gateway, user: StaffUser, *, page: str, name: str, query: str, audience: Audience) -> SavedView:
    """Keep a page's state under a name; the same name of the same owner is overwritten.

    Raises:
        NotAllowedError: when the viewer may not see figures.
        NotVisibleError: when it is shared with an organisation that is not his to see.
        ActionRefusedError: for a name that is empty, too long or unreadable, an address that is too long, too many views, or no such role.
    """
    with action("view_save", by=gateway.actor, permission=Permission.FIGURE_VIEW, object_type="saved_view", object_id=page) as details:
        plain = " ".join(name.split())
        if not plain or len(plain) > LONGEST_NAME or not plain.isprintable():
            raise _refused(Text(f"请填写名称（1 至 {LONGEST_NAME} 字）", f"give it a name of 1 to {LONGEST_NAME} characters"))
        if len(query) > LONGEST_QUERY:
            raise _refused(Text("这张表的条件太长，存不下", "the table's address is too long to be kept"))
        if SavedView.objects.filter(owner=user).exclude(page=page, name=plain).count() >= MOST_VIEWS:
            raise _refused(Text(f"最多保存 {MOST_VIEWS} 个视图，请先删除旧的", f"at most {MOST_VIEWS} views: forget an old one"))
        if audience.role and audience.role not in ROLE_BY_CODE:
            raise _refused(Text("没有这个角色", "there is no such role"))
        if audience.organisation and audience.organisation not in gateway.memberships():
            gateway.organisation_in_sight(audience.organisation)
        shared = {"is_shared": audience.is_everybody, "shared_role": audience.role, "shared_organisation": audience.organisation}
        kept, is_new = SavedView.objects.update_or_create(
            owner=user, page=page, name=plain, defaults={"query": query, "saved_at": timezone.now(), **shared}
        )
        details.update({"view": kept.pk, "is_new": is_new, **shared})
    return kept


def forget_view(gateway: Gateway, user: StaffUser, number: int) -> None:
    """Forget a view of one's own.

    Raises:
        NotVisibleError: when there is no such view of his.
    """
    with action("view_forget", by=gateway.actor, permission=None, object_type="saved_view", object_id=str(number)) as details:
        kept = SavedView.objects.filter(pk=number, owner=user).first()
        if kept is None:
            raise NotVisibleError("there is no such view", where="saved views", next_step="go back to the page")
        details.update({"page": kept.page, "is_shared": kept.is_shared})
        kept.delete()


def _refused(reason: Text) -> ActionRefusedError:
    return ActionRefusedError(reason, where="saved views", next_step="correct it and try again")
