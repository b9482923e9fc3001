"""Following a customer or a group, and ceasing to."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils import timezone

from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError, action
from maisui.web.customers import desk as customers
from maisui.web.follows.desk import followed
from maisui.web.follows.models import Follow
from maisui.web.gateway import Gateway
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

MOST_FOLLOWED = 200


def follow_customer(gateway: Gateway, user: StaffUser, customer_number: str) -> None:
    """Follow a customer in the viewer's scope; following him already changes nothing.

    Raises:
        NotAllowedError: when the viewer may not see customers.
        NotVisibleError: when the customer is out of his scope, or there is no such customer.
        ActionRefusedError: when he follows as many as one may.
    """
    customers.require_visible(gateway, customer_number)
    with action("follow", by=gateway.actor, permission=Permission.CUSTOMER_VIEW, object_type="customer", object_id=customer_number):
        if not followed(user).filter(customer_number=customer_number).exists():
            _refuse_too_many(user)
            Follow.objects.create(legal_entity_code=settings.HOME.legal_entity_code, user=user, customer_number=customer_number)


def follow_customers(gateway: Gateway, user: StaffUser, numbers: Sequence[str], *, of: str) -> int:
    """Follow the customers of a list, whom the caller found within the viewer's scope; return how many are new. `of` names the list.

    Raises:
        NotAllowedError: when the viewer may not see customers.
        ActionRefusedError: for nobody, or when he would follow more than one may.
    """
    with action("follow", by=gateway.actor, permission=Permission.CUSTOMER_VIEW, object_type="customers", object_id=of[:200]) as details:
        having = set(followed(user).exclude(customer_number="").values_list("customer_number", flat=True))
        fresh = [number for number in numbers if number not in having]
        if not numbers or followed(user).count() + len(fresh) > MOST_FOLLOWED:
            raise ActionRefusedError(
                Text(f"最多关注 {MOST_FOLLOWED} 个，请先少选一些", f"nobody follows more than {MOST_FOLLOWED}: choose fewer"),
                where="follows",
                next_step="choose fewer customers",
            )
        entity = settings.HOME.legal_entity_code
        Follow.objects.bulk_create(Follow(legal_entity_code=entity, user=user, customer_number=number) for number in fresh)
        details.update({"customers": fresh, "had_already": len(numbers) - len(fresh)})
    return len(fresh)


def follow_group(gateway: Gateway, user: StaffUser, number: int) -> None:
    """Follow a group that the viewer may open; following it already changes nothing.

    Raises:
        NotAllowedError: when the viewer may not see customers.
        NotVisibleError: when there is no such group for him.
        ActionRefusedError: when he follows as many as one may.
    """
    gateway.require(Permission.CUSTOMER_VIEW)
    group = gateway.groups(user).one(number)
    with action("follow", by=gateway.actor, permission=Permission.CUSTOMER_VIEW, object_type="group", object_id=str(number)):
        if not followed(user).filter(group=group).exists():
            _refuse_too_many(user)
            Follow.objects.create(legal_entity_code=settings.HOME.legal_entity_code, user=user, group=group)


def unfollow(gateway: Gateway, user: StaffUser, number: int) -> None:
    """Cease to follow.

    Raises:
        NotVisibleError: when there is nothing of that number that the viewer follows.
    """
    with action("unfollow", by=gateway.actor, permission=Permission.CUSTOMER_VIEW, object_type="follow", object_id=str(number)):
        if not followed(user).filter(pk=number).update(ended_at=timezone.now()):
            raise NotVisibleError("you follow nothing of this number", where="follows", next_step="go back to your day")


def _refuse_too_many(user: StaffUser) -> None:
    if followed(user).count() >= MOST_FOLLOWED:
        raise ActionRefusedError(
            Text(f"最多关注 {MOST_FOLLOWED} 个", f"nobody follows more than {MOST_FOLLOWED}"),
            where="follows",
            next_step="cease to follow another first",
        )
