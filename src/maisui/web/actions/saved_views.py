"""Saved views: kept and forgotten by their owner; shared ones are seen by colleagues, who open them within their own scope."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils import timezone

from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError, action
from maisui.web.archive.models import SavedView
from maisui.web.gateway import Gateway
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

LONGEST_NAME = 60
LONGEST_QUERY = 2000
MOST_VIEWS = 100


def views_of(user: StaffUser, page: str) -> QuerySet[SavedView]:
    """Return the views of a page that the user keeps, and those that colleagues share."""
    return SavedView.objects.filter(Q(owner=user) | Q(is_shared=True), page=page).select_related("owner")


def save_view(gateway: Gateway, user: StaffUser, *, page: str, name: str, query: str, is_shared: bool) -> SavedView:
    """Keep a page's state under a name; the same name of the same owner is overwritten.

    Raises:
        NotAllowedError: when the viewer may not see figures.
        ActionRefusedError: for a name that is empty, too long or unreadable, an address that is too long, or too many views.
    """
    with action("view_save", by=gateway.actor, permission=Permission.FIGURE_VIEW, object_type="saved_view", object_id=page) as details:
        plain = " ".join(name.split())
        if not plain or len(plain) > LONGEST_NAME or not plain.isprintable():
            raise _refused(Text(f"请填写名称（1 至 {LONGEST_NAME} 字）", f"give it a name of 1 to {LONGEST_NAME} characters"))
        if len(query) > LONGEST_QUERY:
            raise _refused(Text("这张表的条件太长，存不下", "the table's address is too long to be kept"))
        if SavedView.objects.filter(owner=user).exclude(page=page, name=plain).count() >= MOST_VIEWS:
            raise _refused(Text(f"最多保存 {MOST_VIEWS} 个视图，请先删除旧的", f"at most {MOST_VIEWS} views: forget an old one"))
        kept, is_new = SavedView.objects.update_or_create(
            owner=user, page=page, name=plain, defaults={"query": query, "is_shared": is_shared, "saved_at": timezone.now()}
        )
        details.update({"view": kept.pk, "is_shared": is_shared, "is_new": is_new})
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
