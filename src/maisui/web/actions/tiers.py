"""Tiers set by hand: proposed for one customer with a reason and a last day, approved by somebody else, delivered for the next batch."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction

from maisui.answers import deliver_supplement
from maisui.answers.tier_decisions import END, FEED, SET, tier_decision_file
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import action
from maisui.web.actions.strategies import TIERS
from maisui.web.actions.words import stated_words
from maisui.web.customers import desk as customers
from maisui.web.gateway import Gateway
from maisui.web.own_numbers import is_same_person
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text
from maisui.web.tiers.models import State, TierProposal
from maisui.web.two_people.desk import LONGEST_REASON, Desk, lay_out, named

LONGEST = timedelta(days=366)
"""How long a tier may be set by hand, and how far ahead it may begin."""
_DESK = Desk(
    "tiers",
    own=Text("不能审批自己提出的，或与本人同名客户的核定", "nobody approves what he proposed, nor of a customer of his name"),
    over=Text("该申请已处理", "the proposal is decided already"),
    about_customers=True,
)


def propose_tier(gateway: Gateway, user: StaffUser, customer_number: str, typed: Mapping[str, str]) -> TierProposal:
    """Propose another tier for a customer of one's scope, or the end of one that was set by hand; it counts once somebody else approves.

    `typed` has kind (set or end), tier, valid_from, valid_until (its last day) and reason.

    Raises:
        NotAllowedError: when the viewer may not write of customers.
        NotVisibleError: when the customer is out of his scope.
        ActionRefusedError: when a field makes no sense, the customer bears his name, has no tier, or a proposal waits already.
    """
    profile = customers.visible(gateway, customer_number)
    with action(
        "tier_propose", by=gateway.actor, permission=Permission.CUSTOMER_RECORD, object_type="customer", object_id=customer_number
    ) as details:
        if not gateway.may_of_customer(Permission.CUSTOMER_RECORD, profile.home_organisation_code):
            raise NotVisibleError("there is no such customer", where="tiers", next_step="go back to the list")
        if customers.bears_own_name(gateway, profile):
            raise _DESK.refused(Text("不能核定与本人同名的客户", "nobody sets the tier of a customer of his own name"))
        if profile.standing is None:
            raise _DESK.refused(Text("该客户没有未销账户，没有等级", "the customer holds no open account and has no tier"))
        if TierProposal.objects.filter(**_of_this_bank(), customer_number=customer_number, state=State.WAITING).exists():
            raise _DESK.refused(Text("该客户已有待审批的等级核定", "a proposal for this customer waits already"))
        kind, tier = (SET if typed.get("kind") == SET else END), typed.get("tier", "")
        if kind == END and profile.standing.by_hand is None:
            raise _DESK.refused(Text("该客户的等级不是人工核定的", "the tier of this customer is not set by hand"))
        if kind == SET and (tier not in TIERS or tier == profile.standing.tier_code):
            raise _DESK.refused(Text("请选择与现等级不同的等级", "choose another tier than the present one"))
        begins = _first_day(profile.day, typed.get("valid_from", ""))
        proposal = TierProposal.objects.create(
            **_of_this_bank(),
            kind=kind,
            customer_number=customer_number,
            organisation_code=profile.home_organisation_code,
            tier_before=profile.standing.tier_code,
            tier=tier if kind == SET else "",
            valid_from=begins,
            valid_until=_last_day(begins, typed.get("valid_until", "")) if kind == SET else None,
            reason=stated_words(typed.get("reason", ""), LONGEST_REASON, where="tiers"),
            proposed_by=user,
        )
        details.update(_facts(proposal))
    return proposal


def withdraw_tier(gateway: Gateway, user: StaffUser, proposal: TierProposal) -> None:
    """Take back one's own proposal before it is decided.

    Raises:
        NotAllowedError: when the viewer may not write of customers.
        ActionRefusedError: when it is not his, or decided already.
    """
    with action(
        "tier_withdraw", by=gateway.actor, permission=Permission.CUSTOMER_RECORD, object_type="customer", object_id=proposal.customer_number
    ) as details:
        locked = _DESK.locked(proposal)
        _DESK.withdraw(locked, user)
        details.update(_facts(locked))


def decide_tier(gateway: Gateway, user: StaffUser, proposal: TierProposal, *, is_approved: bool, note: str) -> None:
    """Approve or reject a proposal; never by who proposed it, under any number of his, nor of a customer who bears his name.

    Raises:
        NotAllowedError: when the viewer may not approve.
        NotVisibleError: when the customer is out of his scope for that.
        ActionRefusedError: when he is party to it, it does not wait, it reaches into an earlier month, or a rejection has no reason.
    """
    profile = customers.visible(gateway, proposal.customer_number)
    name = "tier_approve" if is_approved else "tier_reject"
    with action(
        name, by=gateway.actor, permission=Permission.DATA_APPROVE, object_type="customer", object_id=proposal.customer_number
    ) as details:
        locked = _DESK.locked(proposal)
        if not may_decide(gateway, locked):
            raise NotVisibleError("there is no such proposal", where="tiers", next_step="reload the page")
        own = is_party(gateway, locked, user) or customers.bears_own_name(gateway, profile)
        _DESK.decide(locked, user, is_approved=is_approved, note=note, is_party=own)
        if is_approved:
            _deliver_after_commit(locked, profile.day)
        locked.save()
        details.update(_facts(locked))


def deliver_tiers() -> None:
    """Lay every approved decision that is not in the inbox yet into it; asked again after each approval and on each look at the page."""
    waiting = TierProposal.objects.select_related("proposed_by", "decided_by").filter(
        **_of_this_bank(), state=State.APPROVED, delivered_at=None
    )
    lay_out(
        waiting.order_by("decision_number"),
        lambda one: deliver_supplement(settings.HOME, one.file_name, _file_of(one)),
        stamp="delivered_at",
        what="tier",
    )


def may_decide(gateway: Gateway, proposal: TierProposal) -> bool:
    """Return whether the viewer's right to approve covers the customer's home."""
    return gateway.may_of_customer(Permission.DATA_APPROVE, proposal.organisation_code)


def is_party(gateway: Gateway, proposal: TierProposal, user: StaffUser) -> bool:
    """Return whether somebody proposed a decision, under any number of his."""
    return is_same_person(gateway, proposal.proposed_by, user)


def _deliver_after_commit(proposal: TierProposal, day: date) -> None:
    """Give an approved proposal its number and file, which is laid into the inbox once the approval is kept."""
    if proposal.valid_from < day.replace(day=1):
        raise _DESK.refused(
            Text("生效日所在月份已结束，请驳回后重新提出", "its first day lies in a month that is over: reject it; another is proposed")
        )
    unfit = Text("核定不符合接口约定，请驳回后重新提出", "it does not fit its feed; reject it and have it proposed anew")
    _DESK.give_file(proposal, FEED, day, _file_of, unfit)
    transaction.on_commit(deliver_tiers)


def _file_of(proposal: TierProposal) -> bytes:
    """Return an approved decision as it is delivered."""
    assert proposal.decision_number is not None  # noqa: S101 - it is approved
    return tier_decision_file(
        proposal.decision_number,
        proposal.kind,
        customer_number=proposal.customer_number,
        tier_code=proposal.tier or None,
        valid_from=proposal.valid_from,
        valid_until=proposal.valid_until,
        proposed_by=named(proposal.proposed_by),
        approved_by=named(proposal.decided_by),
        reason=proposal.reason,
    )


def _first_day(day: date, text: str) -> date:
    """Return the day from which it is to hold: the reporting date or later."""
    begins = _date(text) if text else day
    if begins is None or not day <= begins <= day + LONGEST:
        raise _DESK.refused(Text(f"生效日须在 {day} 至 {day + LONGEST} 之间", f"the first day lies between {day} and {day + LONGEST}"))
    return begins


def _last_day(begins: date, text: str) -> date:
    """Return the first day on which it holds no longer, the day after the last one stated."""
    last = _date(text)
    if last is None or not begins <= last < begins + LONGEST:
        latest = begins + LONGEST - timedelta(days=1)
        raise _DESK.refused(Text(f"到期日须在 {begins} 至 {latest} 之间", f"the last day lies between {begins} and {latest}"))
    return last + timedelta(days=1)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _of_this_bank() -> dict[str, str]:
    return {"legal_entity_code": settings.HOME.legal_entity_code}


def _facts(proposal: TierProposal) -> dict[str, object]:
    return {
        "proposal": proposal.pk,
        "kind": proposal.kind,
        "from": proposal.valid_from.isoformat(),
        "until": proposal.valid_until.isoformat() if proposal.valid_until else "",
        "value": proposal.tier,
        "reason": proposal.reason,
        "note": proposal.decision_note,
        "file": proposal.file_name,
    }
