"""Customer groups: kept, changed, frozen, shared and forgotten by their owner; every state stays in the history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import timezone

from maisui.answers import Selection, conditions_of, data_of, rule_of
from maisui.answers.circle_members import CircleKind
from maisui.answers.groups import MOST_FROZEN
from maisui.web.access.permissions import ROLE_BY_CODE, Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError, action
from maisui.web.gateway import Gateway
from maisui.web.groups.models import CustomerGroup, GroupState
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

LONGEST_NAME = 60
LONGEST_PURPOSE = 200
MOST_GROUPS = 100


def save_group(gateway: Gateway, user: StaffUser, *, number: int | None, name: str, purpose: str, rule: Any) -> CustomerGroup:
    """Keep a rule under a name: as a new group, or as the next state of one's own; a change makes a frozen group living again.

    Raises:
        NotAllowedError: when the viewer may not see customers.
        NotVisibleError: when there is no such group of his.
        ActionRefusedError: for a name or purpose that will not do, a rule without conditions, or too many groups.
        QuestionError: when the rule means nothing.
    """
    with action(
        "group_save", by=gateway.actor, permission=Permission.CUSTOMER_VIEW, object_type="group", object_id=str(number or "new")
    ) as details:
        checked = rule_of(rule)
        plain, said = " ".join(name.split()), " ".join(purpose.split())
        if not plain or len(plain) > LONGEST_NAME or not plain.isprintable():
            raise _refused(Text(f"请填写名称（1 至 {LONGEST_NAME} 字）", f"give it a name of 1 to {LONGEST_NAME} characters"))
        if len(said) > LONGEST_PURPOSE or not said.isprintable():
            raise _refused(Text(f"用途最多 {LONGEST_PURPOSE} 字", f"the purpose has at most {LONGEST_PURPOSE} characters"))
        if not conditions_of(checked):
            raise _refused(Text("请至少加一个条件", "add at least one condition"))
        group = _own(user, number) if number is not None else CustomerGroup(legal_entity_code=settings.HOME.legal_entity_code, owner=user)
        mine = CustomerGroup.objects.filter(owner=user, legal_entity_code=settings.HOME.legal_entity_code)
        if mine.filter(name=plain).exclude(pk=group.pk).exists():
            raise _refused(Text("您已有同名的客户群", "you have a group of that name already"))
        if number is None and mine.count() >= MOST_GROUPS:
            raise _refused(Text(f"最多保存 {MOST_GROUPS} 个客户群，请先删除旧的", f"at most {MOST_GROUPS} groups: forget an old one"))
        size = gateway.groups(user).size(gateway.groups(user).selection_of(checked, frozenset({number} if number else ())))
        group.name, group.purpose, group.rule, group.frozen_on, group.members = plain, said, data_of(checked), None, None
        _next_state(group, user, size.customer_count, size.day, is_new=number is None)
        details.update({"group": group.pk, "name": plain, "count": size.customer_count, "state": group.state_number})
    return group


def group_of_circle(gateway: Gateway, user: StaffUser, *, kind: CircleKind, reference: str, name: str) -> CustomerGroup:
    """Keep the members of a household, company group, village or suggested circle whom the viewer sees as a frozen group of his.

    Its name is `name` with the next free number. Who is in it stays as it is today.

    Raises:
        NotAllowedError: when the viewer may not see customers.
        NotVisibleError: when nobody of the circle is in his scope.
        ActionRefusedError: when he has too many groups.
    """
    with action("group_save", by=gateway.actor, permission=Permission.CUSTOMER_VIEW, object_type="group", object_id="new") as details:
        numbers = gateway.circles.numbers(kind, reference)
        group = _frozen(gateway, user, numbers, name)
        details.update({"group": group.pk, "name": group.name, "count": len(numbers), "circle": kind})
    return group


def group_of_list(gateway: Gateway, user: StaffUser, *, numbers: Sequence[str], name: str, of: str) -> CustomerGroup:
    """Keep the customers of a list, whom the caller found within the viewer's scope, as a frozen group of his; `of` names the list.

    Raises:
        NotAllowedError: when the viewer may not see customers.
        ActionRefusedError: for nobody, more than may be kept, or when he has too many groups.
    """
    with action("group_save", by=gateway.actor, permission=Permission.CUSTOMER_VIEW, object_type="group", object_id="new") as details:
        if not 0 < len(numbers) <= MOST_FROZEN:
            raise _refused(
                Text(f"一个客户群为 1 至 {MOST_FROZEN} 户，请先缩小名单", f"a group keeps 1 to {MOST_FROZEN} customers: narrow the list")
            )
        group = _frozen(gateway, user, numbers, name)
        details.update({"group": group.pk, "name": group.name, "count": len(numbers), "list": of})
    return group


def group_of_silent_merchants(gateway: Gateway, user: StaffUser, *, organisation: str | None, day: date | None) -> CustomerGroup:
    """Keep the customers behind silent merchants whom the viewer sees as a frozen group of his, named by what it is and a free number.

    Raises:
        NotAllowedError: when the viewer may not see customers.
        NotVisibleError: when the organisation is not in his scope or does not exist.
        ActionRefusedError: when he has too many groups, or nobody is to be kept.
    """
    with action("group_save", by=gateway.actor, permission=Permission.CUSTOMER_VIEW, object_type="group", object_id="new") as details:
        numbers = gateway.channels.silent_merchant_customers(organisation, day, Permission.CUSTOMER_VIEW)
        if not numbers:
            raise _refused(Text("没有可以保存的客户", "there is no customer to keep"))
        group = _frozen(gateway, user, numbers, str(Text("沉默商户", "Silent merchants")))
        details.update({"group": group.pk, "name": group.name, "count": len(numbers)})
    return group


def freeze_group(gateway: Gateway, user: StaffUser, number: int) -> CustomerGroup:
    """Keep who is in one's own group today, within one's own organisations, whatever becomes of them.

    Raises:
        NotAllowedError: when the viewer may not see customers.
        NotVisibleError: when there is no such group of his.
        QuestionError: when its members are too many.
    """
    with action(
        "group_freeze", by=gateway.actor, permission=Permission.CUSTOMER_VIEW, object_type="group", object_id=str(number)
    ) as details:
        group, desk = _own(user, number), gateway.groups(user)
        selection = desk.selection(group)
        members, day = desk.numbers(selection), desk.size(selection).day
        group.members, group.frozen_on = list(members), day
        _next_state(group, user, len(members), day, is_new=False)
        details.update({"group": group.pk, "count": len(members), "day": str(day)})
    return group


def share_group(gateway: Gateway, user: StaffUser, number: int, *, is_shared: bool, role: str, organisation: str) -> None:
    """Share one's own group with everybody, with a role, or with an organisation one sees; or no longer.

    Raises:
        NotVisibleError: when there is no such group of his, or no such organisation.
        ActionRefusedError: for a role that does not exist.
    """
    with action(
        "group_share", by=gateway.actor, permission=Permission.CUSTOMER_VIEW, object_type="group", object_id=str(number)
    ) as details:
        group = _own(user, number)
        if role and role not in ROLE_BY_CODE:
            raise _refused(Text("没有这个角色", "there is no such role"))
        if organisation:
            gateway.organisation_in_sight(organisation, Permission.CUSTOMER_VIEW)
        group.is_shared, group.shared_role, group.shared_organisation = is_shared, role, organisation
        group.save(update_fields=["is_shared", "shared_role", "shared_organisation"])
        details.update({"group": group.pk, "is_shared": is_shared, "role": role, "organisation": organisation})


def forget_group(gateway: Gateway, user: StaffUser, number: int) -> None:
    """Forget one's own group with its history.

    Raises:
        NotVisibleError: when there is no such group of his.
    """
    with action("group_forget", by=gateway.actor, permission=None, object_type="group", object_id=str(number)) as details:
        group = _own(user, number)
        details.update({"group": group.pk, "name": group.name})
        group.delete()


def _frozen(gateway: Gateway, user: StaffUser, numbers: Sequence[str], name: str) -> CustomerGroup:
    """Keep a new frozen group under `name` with the next free number."""
    mine = CustomerGroup.objects.filter(owner=user, legal_entity_code=settings.HOME.legal_entity_code)
    if mine.count() >= MOST_GROUPS:
        raise _refused(Text(f"最多保存 {MOST_GROUPS} 个客户群，请先删除旧的", f"at most {MOST_GROUPS} groups: forget an old one"))
    taken = set(mine.values_list("name", flat=True))
    free = next(f"{name} {number}" for number in range(1, MOST_GROUPS + 2) if f"{name} {number}" not in taken)
    size = gateway.groups(user).size(Selection(frozen=tuple(numbers)))
    group = CustomerGroup(
        legal_entity_code=settings.HOME.legal_entity_code,
        owner=user,
        name=free,
        purpose="",
        rule={"id": "r", "join": "all", "of": []},
        frozen_on=size.day,
        members=list(numbers),
    )
    _next_state(group, user, size.customer_count, size.day, is_new=True)
    return group


def _own(user: StaffUser, number: int) -> CustomerGroup:
    found = CustomerGroup.objects.filter(pk=number, owner=user, legal_entity_code=settings.HOME.legal_entity_code).first()
    if found is None:
        raise NotVisibleError("there is no such group", where="groups", next_step="choose one from the list of groups")
    return found


def _next_state(group: CustomerGroup, user: StaffUser, count: int, day: date, *, is_new: bool) -> None:
    group.state_number = 1 if is_new else group.state_number + 1
    group.changed_at = timezone.now()
    group.save()
    GroupState.objects.create(
        group=group,
        number=group.state_number,
        rule=group.rule,
        frozen_on=group.frozen_on,
        customer_count=count,
        data_day=day,
        changed_by=user,
    )


def _refused(reason: Text) -> ActionRefusedError:
    return ActionRefusedError(reason, where="groups", next_step="correct it and try again")
