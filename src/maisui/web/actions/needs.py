"""What customers ask for: recorded, taken, handed over, answered and closed with what became of it."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation

from django.conf import settings
from django.utils import timezone

from maisui.web.access.permissions import Permission
from maisui.web.actions.action import ActionRefusedError, action
from maisui.web.actions.words import stated_words
from maisui.web.alerts.desk import stands_in_for
from maisui.web.customers import desk as customers
from maisui.web.gateway import Gateway
from maisui.web.needs import desk
from maisui.web.needs.models import CameBy, CustomerNeed, NeedKind, NeedStep, Outcome, State, Step
from maisui.web.needs.response import due_day
from maisui.web.staff.covering import people_covering
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

LONGEST_WORDS = 300
MOST_AT_STAKE = Decimal(1000000000000)
_CENT = Decimal("0.01")
_HELD = (State.TAKEN, State.HANDED_OVER, State.ANSWERED)
_WHO_MAY = (Permission.CUSTOMER_VIEW, Permission.CUSTOMER_RECORD)


def record_need(
    gateway: Gateway, user: StaffUser, *, customer_number: str, kind: str, came_by: str, words: str, at_stake: str
) -> CustomerNeed:
    """Write down what a customer in the viewer's scope asks for; by when he is answered follows from the kind.

    Raises:
        NotAllowedError: when the viewer may not write of customers.
        NotVisibleError: when the customer is out of his scope, or there is no such customer.
        ActionRefusedError: for an unknown kind or way, words that are missing or hold a long number, or no amount.
    """
    profile = customers.visible(gateway, customer_number)
    with action(
        "need_record", by=gateway.actor, permission=Permission.CUSTOMER_RECORD, object_type="customer", object_id=customer_number
    ) as details:
        if kind not in NeedKind.values or came_by not in CameBy.values:
            raise _refused(Text("请选择类别和来源渠道", "choose what it is and how it came"))
        need = CustomerNeed.objects.create(
            legal_entity_code=settings.HOME.legal_entity_code,
            customer_number=customer_number,
            organisation_code=profile.home_organisation_code,
            kind=kind,
            came_by=came_by,
            words=_stated(words),
            at_stake_amount=_amount(at_stake),
            due_on=due_day(kind, timezone.localdate()),
            recorded_by=user,
        )
        _note(need, user, Step.RECORDED)
        details.update(_facts(need))
    return need


def take_need(gateway: Gateway, user: StaffUser, number: int) -> None:
    """Take what nobody has, or what was handed over to oneself.

    Raises:
        NotAllowedError: when the viewer may not write of customers.
        NotVisibleError: when there is none for him.
        ActionRefusedError: when somebody else has it, or it is answered or closed.
    """
    with _step("need_take", gateway, number) as (need, details):
        if not may_take(need, user):
            raise _refused(Text("已有人受理，或已答复", "somebody has it, or it is answered"))
        need.state, need.owner = State.TAKEN, user
        _note(need, user, Step.TAKEN)
        details.update(_facts(need))


def hand_over_need(gateway: Gateway, user: StaffUser, number: int, *, username: str, words: str) -> None:
    """Hand one's own over to somebody who may see and answer it, with a reason; the day due stays.

    Raises:
        NotAllowedError: when the viewer may not write of customers.
        NotVisibleError: when there is none for him.
        ActionRefusedError: when it is not his, answered, the other may not answer it, or no reason is given.
    """
    with _own_step("need_hand_over", gateway, user, number) as (need, details):
        if need.state == State.ANSWERED:
            raise _refused(Text("已答复，请办结", "it is answered; close it"))
        other = next((person for person in may_receive(gateway, need) if person.username == username), None)
        if other is None:
            raise _refused(Text("请选择可处理的人", "choose somebody who may answer it"))
        need.state, need.owner = State.HANDED_OVER, other
        _note(need, user, Step.HANDED_OVER, _stated(words), handed_to=other)
        details.update({**_facts(need), "to": other.username})


def answer_need(gateway: Gateway, user: StaffUser, number: int, *, words: str) -> None:
    """Say what the customer was answered; the first answer ends the response time.

    Raises:
        NotAllowedError: when the viewer may not write of customers.
        NotVisibleError: when there is none for him.
        ActionRefusedError: when it is not his, answered already, or words are missing.
    """
    with _own_step("need_answer", gateway, user, number) as (need, details):
        if need.state == State.ANSWERED:
            raise _refused(Text("已答复", "it is answered already"))
        stated = _stated(words)
        need.state, need.answered_at = State.ANSWERED, timezone.now()
        _note(need, user, Step.ANSWERED, stated)
        details.update(_facts(need))


def close_need(gateway: Gateway, user: StaffUser, number: int, *, outcome: str, words: str) -> None:
    """Close one's own, once it is answered, with what became of it.

    Raises:
        NotAllowedError: when the viewer may not write of customers.
        NotVisibleError: when there is none for him.
        ActionRefusedError: when it is not his, not answered yet, or outcome or words are missing.
    """
    with _own_step("need_close", gateway, user, number) as (need, details):
        if need.state != State.ANSWERED:
            raise _refused(Text("请先答复客户再办结", "answer the customer first, then close it"))
        if outcome not in Outcome.values:
            raise _refused(Text("请选择结果", "choose what became of it"))
        stated = _stated(words)
        need.state, need.outcome, need.closed_at = State.CLOSED, outcome, timezone.now()
        _note(need, user, Step.CLOSED, stated, outcome=outcome)
        details.update(_facts(need))


def may_take(need: CustomerNeed, user: StaffUser) -> bool:
    """Return whether it waits for `user` to take it; whether he may see it is not asked here."""
    return need.state == State.OPEN or (need.state == State.HANDED_OVER and is_his(need, user))


def may_act(gateway: Gateway, user: StaffUser, need: CustomerNeed) -> bool:
    """Return whether the viewer may hand over, answer or close it."""
    return gateway.may(Permission.CUSTOMER_RECORD) and need.state in _HELD and is_his(need, user)


def is_his(need: CustomerNeed, user: StaffUser) -> bool:
    """Return whether `user` has it, himself or as a deputy of who has it."""
    return need.owner is not None and (need.owner.pk == user.pk or need.owner.pk in stands_in_for(user))


def may_receive(gateway: Gateway, need: CustomerNeed) -> list[StaffUser]:
    """Return to whom it may be handed over: who may see and answer it, its owner apart."""
    return [person for person in people_covering(gateway, need.organisation_code, _WHO_MAY) if person != need.owner]


@contextmanager
def _step(name: str, gateway: Gateway, number: int) -> Generator[tuple[CustomerNeed, dict[str, object]]]:
    """Run the body as an action on one need in sight, whose row is locked and saved behind it."""
    desk.one(gateway, number)
    with action(name, by=gateway.actor, permission=Permission.CUSTOMER_RECORD, object_type="need", object_id=str(number)) as details:
        need = CustomerNeed.objects.select_for_update(of=("self",)).select_related("owner").get(pk=number)
        if not customers.covers(gateway, Permission.CUSTOMER_RECORD, need.organisation_code):
            raise _refused(Text("您不能处理该机构的需求", "you may not answer needs of this organisation"))
        yield need, details
        need.save()


@contextmanager
def _own_step(name: str, gateway: Gateway, user: StaffUser, number: int) -> Generator[tuple[CustomerNeed, dict[str, object]]]:
    with _step(name, gateway, number) as (need, details):
        if need.state not in _HELD or not is_his(need, user):
            raise _refused(Text("不在您名下，请先受理", "it is not yours; take it first"))
        yield need, details


def _amount(text: str) -> Decimal | None:
    """Return an amount in yuan to the cent; None where nothing is stated."""
    plain = text.replace(",", "").strip()
    if not plain:
        return None
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        raise _refused(Text("涉及金额须为数字（元）", "state the money at stake as a number of yuan")) from None
    if not amount.is_finite() or not 0 <= amount < MOST_AT_STAKE or amount != amount.quantize(_CENT):
        raise _refused(Text("涉及金额须不小于零，最多两位小数", "money at stake is not below zero and has two decimals at most"))
    return amount


def _note(
    need: CustomerNeed, user: StaffUser, step: Step, words: str = "", *, outcome: str = "", handed_to: StaffUser | None = None
) -> None:
    NeedStep.objects.create(need=need, step=step, words=words, outcome=outcome, handed_to=handed_to, done_by=user)


def _facts(need: CustomerNeed) -> dict[str, object]:
    """Return what the record keeps: kind, state and outcome, never the words."""
    return {"need": need.pk, "kind": need.kind, "state": str(need.state), "outcome": str(need.outcome)}


def _stated(words: str) -> str:
    return stated_words(words, LONGEST_WORDS, where="needs")


def _refused(reason: Text) -> ActionRefusedError:
    return ActionRefusedError(reason, where="needs", next_step="correct it and try again")
