"""Cases of key focus: taken, put off, handed over, passed upward and closed with what was found; and deputies for a time."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from maisui.answers import Case
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError, Viewer
from maisui.web.actions.action import ActionRefusedError, action
from maisui.web.alerts.desk import of_this_bank, stands_in_for
from maisui.web.alerts.models import CaseStep, Deputy, HandledCase, Outcome, State, Step
from maisui.web.gateway import Gateway
from maisui.web.staff.covering import people_covering
from maisui.web.staff.models import StaffUser
from maisui.web.staff.viewer import viewer_of
from maisui.web.text import Text

SHORTEST_WORDS = 4
LONGEST_WORDS = 300
LONGEST_SNOOZE = timedelta(days=30)
LONGEST_DEPUTY = timedelta(days=92)
_HELD = (State.TAKEN, State.SNOOZED, State.HANDED_OVER)


def take_case(gateway: Gateway, user: StaffUser, code: str) -> None:
    """Take a new case, one handed over to oneself, or one passed upward to where one stands; its day due counts from now.

    Raises:
        NotAllowedError: when the viewer may not decide cases.
        NotVisibleError: when there is no such case for him.
        ActionRefusedError: when somebody has it, it is closed, or it was passed further up.
    """
    with _step("case_take", gateway, code) as (case, held, details):
        handled = held
        if handled is not None:
            if handled.state == State.ESCALATED:
                if not may_take_escalated(gateway, handled):
                    raise _refused(Text("事项已上报，由上级机构的人受理", "the case was passed upward and is taken there"))
            elif handled.state != State.HANDED_OVER or not is_his(handled, user):
                raise _refused(Text("事项已有人受理或已关闭", "somebody has the case, or it is closed"))
        else:
            handled = _made(gateway, case)
        days = gateway.cases.settings(case.organisation_code).due_days[case.severity.value]
        handled.state, handled.owner = State.TAKEN, user  # how far up it went is kept: passed up again, it goes on from there
        handled.due_on = timezone.localdate() + timedelta(days=days)
        handled.save()
        _note(handled, user, Step.TAKEN)
        details.update(_facts(handled))


def snooze_case(gateway: Gateway, user: StaffUser, code: str, *, until: date | None, words: str) -> None:
    """Put one's case off until a day, with a reason; its day due moves there where it lies before.

    Raises:
        NotAllowedError: when the viewer may not decide cases.
        NotVisibleError: when there is no such case for him.
        ActionRefusedError: when it is not his, the day is not within the next thirty, or no reason is given.
    """
    with _own_step("case_snooze", gateway, user, code) as (handled, details):
        today = timezone.localdate()
        if until is None or not today < until <= today + LONGEST_SNOOZE:
            raise _refused(Text(f"暂缓至明日起 {LONGEST_SNOOZE.days} 天内的某日", f"a day within the next {LONGEST_SNOOZE.days} days"))
        stated = _stated(words)
        handled.state, handled.snoozed_until = State.SNOOZED, until
        handled.due_on = max(handled.due_on or until, until)
        handled.save()
        _note(handled, user, Step.SNOOZED, stated, until=until)
        details.update(_facts(handled))


def hand_over_case(gateway: Gateway, user: StaffUser, code: str, *, username: str, words: str) -> None:
    """Hand one's case over to somebody who may see and decide it, with a reason.

    Raises:
        NotAllowedError: when the viewer may not decide cases.
        NotVisibleError: when there is no such case for him.
        ActionRefusedError: when it is not his, the other may not decide it, or no reason is given.
    """
    with _own_step("case_hand_over", gateway, user, code) as (handled, details):
        other = next((person for person in may_receive(gateway, handled) if person.username == username), None)
        if other is None:
            raise _refused(Text("请选择可处理该事项的人", "choose somebody who may decide the case"))
        handled.state, handled.owner, handled.snoozed_until = State.HANDED_OVER, other, None
        handled.escalated_to = ""  # whoever has it now begins at the organisation of the case
        handled.save()
        _note(handled, user, Step.HANDED_OVER, _stated(words), handed_to=other)
        details.update({**_facts(handled), "to": other.username})


def escalate_case(gateway: Gateway, user: StaffUser, code: str, *, words: str) -> None:
    """Pass one's case to the next organisation above where somebody else may take it, with a reason.

    Raises:
        NotAllowedError: when the viewer may not decide cases.
        NotVisibleError: when there is no such case for him.
        ActionRefusedError: when it is not his, nobody above it may take it, or no reason is given.
    """
    with _own_step("case_escalate", gateway, user, code) as (handled, details):
        above = next_above(gateway, user, handled, may_receive(gateway, handled))
        if above is None:
            raise _refused(Text("上级没有可受理的人，请处理或转交", "nobody above may take it: decide it or hand it over"))
        handled.state, handled.owner, handled.snoozed_until = State.ESCALATED, None, None
        handled.escalated_to = above
        handled.save()
        _note(handled, user, Step.ESCALATED, _stated(words))
        details.update({**_facts(handled), "to": handled.escalated_to or "*"})


def close_case(gateway: Gateway, user: StaffUser, code: str, *, outcome: str, words: str) -> None:
    """Close one's case with what was found, in words; the share of false alarms is counted from this alone.

    Raises:
        NotAllowedError: when the viewer may not decide cases.
        NotVisibleError: when there is no such case for him.
        ActionRefusedError: when it is not his, or outcome or words are missing.
    """
    with _own_step("case_close", gateway, user, code) as (handled, details):
        if outcome not in Outcome.values:
            raise _refused(Text("请选择结论", "choose an outcome"))
        stated = _stated(words)
        handled.state, handled.outcome, handled.closed_at, handled.snoozed_until = State.CLOSED, outcome, timezone.now(), None
        handled.save()
        _note(handled, user, Step.CLOSED, stated, outcome=outcome)
        details.update(_facts(handled))


def name_deputy(gateway: Gateway, user: StaffUser, *, username: str, valid_from: date | None, valid_until: date | None) -> Deputy:
    """Name who handles one's cases beside oneself from a day to a day.

    Raises:
        NotAllowedError: when the viewer may not decide cases.
        ActionRefusedError: for nobody, oneself, somebody who may not decide cases, or days that make no span of at most three months.
    """
    with action(
        "deputy_name", by=gateway.actor, permission=Permission.FOCUS_DECIDE, object_type="user", object_id=username[:64]
    ) as details:
        other = next((person for person in deciders() if person.username == username and person.pk != user.pk), None)
        if other is None:
            raise _refused(Text("请选择一位可处理事项的同事", "choose a colleague who may decide cases"))
        if valid_from is None or valid_until is None or not timezone.localdate() <= valid_until <= valid_from + LONGEST_DEPUTY:
            raise _refused(
                Text(
                    f"代理须有起止日，不超过 {LONGEST_DEPUTY.days} 天",
                    f"a deputy has a first and a last day, {LONGEST_DEPUTY.days} days at most",
                )
            )
        if valid_until < valid_from:
            raise _refused(Text("止日不能早于起日", "the last day lies before the first"))
        made = Deputy.objects.create(person=user, deputy=other, valid_from=valid_from, valid_until=valid_until)
        details.update({"from": str(valid_from), "until": str(valid_until)})
    return made


def end_deputy(gateway: Gateway, user: StaffUser, number: int) -> None:
    """End a deputy that one has named, at once.

    Raises:
        NotVisibleError: when he has named none of that number, or it has ended.
    """
    with action("deputy_end", by=gateway.actor, permission=Permission.FOCUS_DECIDE, object_type="deputy", object_id=str(number)):
        if not Deputy.objects.filter(pk=number, person=user, ended_at=None).update(ended_at=timezone.now()):
            raise NotVisibleError("there is no such deputy", where="deputies", next_step="go back to the page")


def is_his(handled: HandledCase, user: StaffUser) -> bool:
    """Return whether `user` has the case, himself or as a deputy of who has it."""
    return handled.owner is not None and (handled.owner.pk == user.pk or handled.owner.pk in stands_in_for(user))


def may_act(gateway: Gateway, user: StaffUser, handled: HandledCase | None) -> bool:
    """Return whether the viewer may put off, hand over, pass upward or close the case."""
    return gateway.may(Permission.FOCUS_DECIDE) and handled is not None and handled.state in _HELD and is_his(handled, user)


def may_take(gateway: Gateway, user: StaffUser, case: Case, handled: HandledCase | None) -> bool:
    """Return whether the viewer may take the case."""
    if not _decides(gateway, case.organisation_code):
        return False
    if handled is None:
        return True
    if handled.state == State.ESCALATED:
        return may_take_escalated(gateway, handled)
    return handled.state == State.HANDED_OVER and is_his(handled, user)


def may_take_escalated(gateway: Gateway, handled: HandledCase) -> bool:
    """Return whether the viewer decides cases for the organisation a case was passed up to; "" is the whole bank."""
    if gateway.viewer.is_whole_entity(Permission.FOCUS_DECIDE):
        return True
    return bool(handled.escalated_to) and _decides(gateway, handled.escalated_to)


def deciders() -> list[StaffUser]:
    """Return the active users who may decide cases somewhere in this bank, by name."""
    return [user for user, _ in _deciding()]


def may_receive(gateway: Gateway, handled: HandledCase) -> list[StaffUser]:
    """Return to whom a case may be handed over: who may decide and see it, its owner apart."""
    needed = (Permission.FOCUS_DECIDE, Permission.CUSTOMER_VIEW if handled.customer_number else Permission.FIGURE_VIEW)
    return [user for user in people_covering(gateway, handled.organisation_code, needed) if user != handled.owner]


def next_above(gateway: Gateway, user: StaffUser, handled: HandledCase, receivers: list[StaffUser]) -> str | None:
    """Return the next organisation above a case where one of `receivers` beside `user` decides and finds it on his day; None without any.

    Who decides for the whole bank decides at the highest organisation; a case of that, or of none in the tree, goes to "", the whole bank.
    """
    others = [viewer_of(other, settings.HOME.legal_entity_code) for other in receivers if other != user]
    places = {place for viewer in others for place in viewer.tops_of(Permission.FOCUS_DECIDE)}
    place = handled.escalated_to or handled.organisation_code
    above = gateway.parent_of(place)
    if above is None:
        return "" if "" in places and not handled.escalated_to else None
    while above is not None:
        place, above = above, gateway.parent_of(above)
        if place in places or (above is None and "" in places):
            return place
    return None


def _deciding() -> list[tuple[StaffUser, Viewer]]:
    entity = settings.HOME.legal_entity_code
    users = [(user, viewer_of(user, entity)) for user in StaffUser.objects.filter(is_active=True).order_by("name", "username")]
    return [(user, viewer) for user, viewer in users if Permission.FOCUS_DECIDE in viewer.permissions]


def _decides(gateway: Gateway, organisation: str) -> bool:
    """Return whether the viewer decides cases for an organisation; the whole entity covers those outside the tree as well."""
    places = {node.code for node in gateway.organisations(Permission.FOCUS_DECIDE)}
    return gateway.viewer.is_whole_entity(Permission.FOCUS_DECIDE) or organisation in places


@contextmanager
def _step(name: str, gateway: Gateway, code: str) -> Generator[tuple[Case, HandledCase | None, dict[str, object]]]:
    """Run the body as an action on one case in sight, whose row is locked where there is one."""
    case = gateway.cases.found(code)
    with action(name, by=gateway.actor, permission=Permission.FOCUS_DECIDE, object_type="case", object_id=code) as details:
        if not _decides(gateway, case.organisation_code):
            raise _refused(Text("您不能处理该机构的事项", "you may not decide cases of this organisation"))
        locked = HandledCase.objects.select_for_update(of=("self",)).filter(**of_this_bank(), case_code=code).select_related("owner")
        yield case, locked.first(), details


@contextmanager
def _own_step(name: str, gateway: Gateway, user: StaffUser, code: str) -> Generator[tuple[HandledCase, dict[str, object]]]:
    with _step(name, gateway, code) as (_, handled, details):
        if handled is None or handled.state not in _HELD or not is_his(handled, user):
            raise _refused(Text("事项不在您名下，请先受理", "the case is not yours; take it first"))
        yield handled, details


def _made(gateway: Gateway, case: Case) -> HandledCase:
    fresh = gateway.freshness()
    return HandledCase(
        legal_entity_code=settings.HOME.legal_entity_code,
        case_code=case.code,
        rule_code=case.rule.code,
        subject_key=case.subject_key,
        period_on=case.period_on,
        severity_code=case.severity.value,
        organisation_code=case.organisation_code,
        customer_number=case.customer_number or "",
        at_stake_amount=case.at_stake_amount,
        found_in_version=fresh.version if fresh else "",
    )


def _stated(words: str) -> str:
    stated = " ".join(words.split())
    if not SHORTEST_WORDS <= len(stated) <= LONGEST_WORDS or not stated.isprintable():
        raise _refused(
            Text(f"请写明情况（{SHORTEST_WORDS} 至 {LONGEST_WORDS} 字）", f"say it in {SHORTEST_WORDS} to {LONGEST_WORDS} characters")
        )
    return stated


def _note(
    handled: HandledCase,
    user: StaffUser,
    step: Step,
    words: str = "",
    *,
    outcome: str = "",
    until: date | None = None,
    handed_to: StaffUser | None = None,
) -> None:
    CaseStep.objects.create(case=handled, step=step, words=words, outcome=outcome, until=until, handed_to=handed_to, done_by=user)


def _facts(handled: HandledCase) -> dict[str, object]:
    """Return what the record keeps: rule, state and outcome, never the words or whom it is about."""
    return {"rule": handled.rule_code, "state": str(handled.state), "outcome": str(handled.outcome)}


def _refused(reason: Text) -> ActionRefusedError:
    return ActionRefusedError(reason, where="cases", next_step="correct it and try again")
