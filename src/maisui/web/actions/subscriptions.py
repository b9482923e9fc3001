"""Subscriptions to pages: begun with the address of a page or of a saved view, and ended again."""

from __future__ import annotations

from datetime import date

from django.utils import timezone, translation

from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError, action
from maisui.web.actions.saved_views import LONGEST_NAME, LONGEST_QUERY
from maisui.web.exports.models import PageSubscription, Rhythm
from maisui.web.exports.page_schedule import SUBSCRIBABLE, SUBSCRIBED_PAGE, due_day
from maisui.web.exports.sheets import Form
from maisui.web.gateway import Gateway
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

MOST_SUBSCRIPTIONS = 20


def subscribe_page(gateway: Gateway, user: StaffUser, *, page: str, query: str, name: str, rhythm: Rhythm, form: Form) -> PageSubscription:
    """Have a page made from the next publication on that its rhythm names; asked twice it is one subscription.

    Raises:
        NotAllowedError: when he may not take figures out.
        NotVisibleError: for a page that nobody may subscribe to.
        ActionRefusedError: for a name that is empty or too long, an address that is too long, or too many subscriptions.
    """
    with action(
        "page_subscribe", by=gateway.actor, permission=Permission.FIGURE_EXPORT, object_type=SUBSCRIBED_PAGE, object_id=page[:64]
    ) as details:
        if page not in SUBSCRIBABLE:
            raise NotVisibleError("there is no such page", where="subscriptions", next_step="subscribe from a page of figures")
        plain = " ".join(name.split())
        if not plain or len(plain) > LONGEST_NAME or not plain.isprintable() or len(query) > LONGEST_QUERY:
            raise _refused(Text(f"请填写名称（至多 {LONGEST_NAME} 字）", f"give it a name of up to {LONGEST_NAME} characters"))
        mine = PageSubscription.objects.filter(owner=user, ended_at=None)
        found = mine.filter(page=page, query=query, rhythm=rhythm, form=form).first()
        if found is None:
            if mine.count() >= MOST_SUBSCRIPTIONS:
                raise _refused(
                    Text(f"最多订阅 {MOST_SUBSCRIPTIONS} 份，请先停掉不用的", f"at most {MOST_SUBSCRIPTIONS} subscriptions: end one first")
                )
            found = PageSubscription.objects.create(
                owner=user,
                page=page,
                query=query,
                name=plain,
                rhythm=rhythm,
                form=form,
                language=translation.get_language() or "zh-hans",
                last_day=due_day(gateway, rhythm, date.min) or date.min,
            )
        details |= {"rhythm": rhythm.value, "form": form.value}
    return found


def unsubscribe_page(gateway: Gateway, user: StaffUser, number: int) -> None:
    """End a subscription of one's own.

    Raises:
        NotVisibleError: when he has no such subscription.
    """
    with action("page_unsubscribe", by=gateway.actor, permission=None, object_type=SUBSCRIBED_PAGE, object_id=str(number)) as details:
        found = PageSubscription.objects.filter(pk=number, owner=user, ended_at=None).first()
        if found is None:
            raise NotVisibleError("there is no such subscription", where="subscriptions", next_step="go back to the page of jobs")
        details |= {"page": found.page, "rhythm": found.rhythm}
        PageSubscription.objects.filter(pk=number).update(ended_at=timezone.now())


def _refused(reason: Text) -> ActionRefusedError:
    return ActionRefusedError(reason, where="subscriptions", next_step="correct it and try again")
