"""Whose results are whose: proposed with a reason, approved by somebody else, and laid into the inbox for the next batch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.db.models import Max

from maisui.answers import deliver_supplement
from maisui.answers.allocations import FEED, decision_file
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError, action
from maisui.web.allocation_desk import masked_number
from maisui.web.allocations.holdings import Held, holdings_of, kept
from maisui.web.allocations.models import AllocationProposal, Kind, Settlement, State
from maisui.web.allocations.shares import WHOLE, Shares, claimed, moved
from maisui.web.allocations.sources import accounts_to_claim, objects_handed_over, objects_of_giver
from maisui.web.gateway import Gateway, employments_of
from maisui.web.own_numbers import numbers_of_user, own_numbers, person_of
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text
from maisui.web.two_people.desk import Desk, lay_out, named

MOST_OBJECTS = 20_000
MOST_CUSTOMERS = 500
MOST_RECEIVERS = 20
FARTHEST = timedelta(days=366)
_MOST_NAMED = 3
_OWN = (Permission.ALLOCATION_PROPOSE,)
_OF_OTHERS = (Permission.ALLOCATION_PROPOSE, Permission.PERFORMANCE_VIEW)
"""For which organisations one must hold what: for one's own claims and gifts, and for what belongs to others."""
_DESK = Desk(
    "allocations",
    own=Text("不能审批自己提出或涉及本人的归属", "nobody approves what he proposed or what concerns himself"),
    over=Text("该申请已处理", "the proposal is decided already"),
)
refused = _DESK.refused
"""Return the refusal of something on the desk of allocation."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How a decision is to count: from a day or (None) from the beginning, dealt in turn or cut equally, why, and whether it corrects."""

    valid_from: date | None
    reason: str
    deals: bool = False
    is_correction: bool = False


def propose_claim(
    gateway: Gateway, user: StaffUser, *, accounts: Sequence[str], receivers: Sequence[str], terms: Terms
) -> AllocationProposal:
    """Propose that what belongs to nobody of `accounts` goes to `receivers`; who leads nobody claims for himself alone.

    Raises:
        NotAllowedError: when the viewer may not propose.
        ActionRefusedError: when nothing is left to claim, somebody is unknown, a month is settled, or another proposal waits.
    """
    kind = Kind.CLAIM if _is_own(gateway, receivers) else Kind.SHARE_OUT
    with _proposing(gateway, kind) as details:
        _check_terms(gateway, terms)
        _check_receivers(gateway, receivers)
        if kind is Kind.SHARE_OUT:
            _require_leader(gateway)
        if not accounts:
            raise refused(Text("请至少选择一个账户", "choose at least one account"))
        found = accounts_to_claim(gateway, accounts, terms.valid_from)
        held = _dealt(found, receivers, deals=terms.deals, deal=claimed)
        return _kept_proposal(gateway, user, kind, held, terms, receivers, details, is_own=kind is Kind.CLAIM)


def propose_transfer(
    gateway: Gateway,
    user: StaffUser,
    *,
    giver: str,
    receivers: Sequence[str],
    terms: Terms,
    accounts: Sequence[str] | None = None,
) -> AllocationProposal:
    """Propose that what `giver` holds goes to `receivers`: all of it (a hand-over), or the `accounts` named; without receivers to nobody.

    Raises:
        NotAllowedError: when the viewer may not propose.
        ActionRefusedError: as `propose_claim`, or when the giver holds nothing, or something out of the viewer's sight.
    """
    kind = Kind.HAND_OVER if accounts is None else Kind.TRANSFER
    with _proposing(gateway, kind) as details:
        _check_terms(gateway, terms)
        givers = person_of(gateway, giver)
        if not givers:
            raise refused(Text("移出工号不存在", "nobody has the number of the one who gives"))
        is_own = not own_numbers(gateway).isdisjoint(givers)
        if not is_own:
            _require_leader(gateway)
        if set(receivers) & set(givers):
            raise refused(Text("移出人与接收人相同", "giver and receiver are the same person"))
        if receivers:
            _check_receivers(gateway, receivers)
        found = objects_of_giver(gateway, givers, terms.valid_from, accounts)
        held = _dealt(found, receivers, deals=terms.deals, deal=lambda before, taking: moved(before, givers, taking))
        return _kept_proposal(gateway, user, kind, held, terms, (*givers, *receivers), details, is_own=is_own)


def propose_customers(gateway: Gateway, user: StaffUser, *, customers: Sequence[str], receiver: str, terms: Terms) -> AllocationProposal:
    """Propose that `customers`, whom the caller found within the viewer's scope, are looked after by `receiver` from a day on.

    What of them is assigned by itself, an account or another number of the person, goes along. The receiver takes over what was held,
    and the whole where nobody held anything; who gives his own customers gives his own share of them.

    Raises:
        NotAllowedError: when the viewer may not propose.
        ActionRefusedError: for nobody or more than MOST_CUSTOMERS, when the receiver is not on duty where they are at home, when who
            leads nobody gives what is not his own, or as `propose_claim`.
    """
    with _proposing(gateway, Kind.TRANSFER) as details:
        _check_terms(gateway, terms)
        _check_receivers(gateway, [receiver] if receiver else [])
        if terms.valid_from is None:
            raise refused(Text("移交客户须写明生效日", "customers are handed over from a day"))
        if not 0 < len(customers) <= MOST_CUSTOMERS:
            raise refused(
                Text(f"一次可移交 1 至 {MOST_CUSTOMERS} 户，请先缩小名单", f"1 to {MOST_CUSTOMERS} customers at once: narrow the list")
            )
        found = objects_handed_over(gateway, customers, terms.valid_from)
        _require_employed_there(gateway, receiver, found)
        own = own_numbers(gateway)
        held_by_him = {one.customer_number for one in found if own & set(one.before)}
        others = set(customers) - held_by_him
        is_own = not others
        if is_own and receiver in own:
            raise refused(Text("移出人与接收人相同", "giver and receiver are the same person"))
        if others and not gateway.may(Permission.PERFORMANCE_VIEW):
            raise _not_his(len(set(customers)), sorted(masked_number(gateway, "customer", number) for number in others))

        def deal(before: Mapping[str, Decimal], taking: Sequence[str]) -> Shares:
            return moved(before, own if is_own else tuple(before), taking) if before or is_own else {receiver: WHOLE}

        held = _dealt(found, (receiver,), deals=False, deal=deal)
        givers = {employee for one in held for employee in one.before}
        return _kept_proposal(gateway, user, Kind.TRANSFER, held, terms, sorted({receiver, *givers}), details, is_own=is_own)


def propose_filled_in(gateway: Gateway, user: StaffUser, held: Sequence[Held], terms: Terms) -> AllocationProposal:
    """Propose what a filled form says, each object with everybody who is to hold it; the form has been checked cell by cell.

    Raises:
        NotAllowedError: when the viewer may not propose.
        ActionRefusedError: as `propose_claim`.
    """
    with _proposing(gateway, Kind.SHARE_OUT) as details:
        _check_terms(gateway, terms)
        _require_leader(gateway)
        people = {employee for one in held for employee in one.after}
        return _kept_proposal(gateway, user, Kind.SHARE_OUT, held, terms, sorted(people), details)


def withdraw_allocation(gateway: Gateway, user: StaffUser, proposal: AllocationProposal) -> None:
    """Take back one's own proposal before it is decided.

    Raises:
        NotAllowedError: when the viewer may not propose.
        ActionRefusedError: when it is not his, or decided already.
    """
    with action(
        "allocation_withdraw",
        by=gateway.actor,
        permission=Permission.ALLOCATION_PROPOSE,
        object_type="allocation",
        object_id=str(proposal.pk),
    ) as details:
        locked = _DESK.locked(proposal)
        _DESK.withdraw(locked, user)
        details.update(_facts(locked))


def decide_allocation(gateway: Gateway, user: StaffUser, proposal: AllocationProposal, *, is_approved: bool, note: str) -> None:
    """Approve or reject a proposal; never by who proposed it, nor by who gains or loses by it, whatever roles he holds.

    Raises:
        NotAllowedError: when the viewer may not approve.
        NotVisibleError: when it is about an organisation for which he may not.
        ActionRefusedError: when he is party to it, it does not wait, things have changed since, or a rejection has no reason.
    """
    name = "allocation_approve" if is_approved else "allocation_reject"
    with action(
        name, by=gateway.actor, permission=Permission.ALLOCATION_APPROVE, object_type="allocation", object_id=str(proposal.pk)
    ) as details:
        locked = _DESK.locked(proposal)
        if not may_decide(gateway, locked):
            raise NotVisibleError("there is no such proposal", where="allocations", next_step="reload the page")
        _DESK.decide(locked, user, is_approved=is_approved, note=note, is_party=is_party(gateway, locked, user))
        if is_approved:
            _require_unchanged(locked)
            _require_open(holdings_of(locked), is_correction=locked.is_correction)
            fresh = gateway.freshness()
            assert fresh is not None  # noqa: S101 - it was proposed on a published version
            unfit = Text("决定不符合接口约定，请驳回后重新提出", "the decision does not fit its feed; reject it and have it proposed anew")
            _DESK.give_file(locked, FEED, fresh.reporting_date, _file_of, unfit)
            transaction.on_commit(deliver_decisions)
        locked.save()
        details.update(_facts(locked))


def deliver_decisions() -> None:
    """Lay every approved decision that is not in the inbox yet into it; asked again after each approval and on each look at the page."""
    waiting = AllocationProposal.objects.select_related("proposed_by", "decided_by").filter(state=State.APPROVED, delivered_at=None)
    lay_out(
        waiting.order_by("decision_number"),
        lambda one: deliver_supplement(settings.HOME, one.file_name, _file_of(one)),
        stamp="delivered_at",
        what="allocation",
    )


def may_decide(gateway: Gateway, proposal: AllocationProposal) -> bool:
    """Return whether the viewer's right to approve covers every organisation of a proposal."""
    if not gateway.may(Permission.ALLOCATION_APPROVE):
        return False
    if gateway.viewer.is_whole_entity(Permission.ALLOCATION_APPROVE):
        return True
    visible = {node.code for node in gateway.organisations(Permission.ALLOCATION_APPROVE)}
    return bool(proposal.organisations) and visible >= set(proposal.organisations)


def is_party(gateway: Gateway, proposal: AllocationProposal, user: StaffUser) -> bool:
    """Return whether somebody proposed a decision, or gives or receives by it, under any number of his."""
    by = proposal.proposed_by
    return by.pk == user.pk or bool(numbers_of_user(gateway, user) & {by.employee_number, *proposal.employees})


def settled_until() -> date | None:
    """Return the last day of the last period that is settled; None while none is."""
    return Settlement.objects.filter(state=State.APPROVED).aggregate(last=Max("last_day"))["last"]


def _proposing(gateway: Gateway, kind: Kind):  # noqa: ANN202 - a context manager of `action`
    return action(
        "allocation_propose", by=gateway.actor, permission=Permission.ALLOCATION_PROPOSE, object_type="allocation", object_id=kind.value
    )


def _dealt(
    found: Sequence[Held], receivers: Sequence[str], *, deals: bool, deal: Callable[[Mapping[str, Decimal], Sequence[str]], Shares]
) -> list[Held]:
    """Return what each object becomes: cut among all receivers, or given to them whole in turn, the largest first."""
    dealt: list[Held] = []
    for place, one in enumerate(found):
        taking = (receivers[place % len(receivers)],) if deals and receivers else receivers
        after = deal(one.before, taking)
        if after != one.before:
            dealt.append(one.becoming(after))
    return dealt


def _kept_proposal(
    gateway: Gateway,
    user: StaffUser,
    kind: Kind,
    held: Sequence[Held],
    terms: Terms,
    people: Sequence[str],
    details: dict[str, object],
    *,
    is_own: bool = False,
) -> AllocationProposal:
    if not held:
        raise refused(Text("没有可变更的归属", "there is nothing to change"))
    if len(held) > MOST_OBJECTS:
        raise refused(Text(f"一次至多 {MOST_OBJECTS} 个对象", f"at most {MOST_OBJECTS} objects at once"))
    if any(sum(one.after.values(), Decimal(0)) > WHOLE for one in held):
        raise refused(Text("占比合计超过 100%", "the shares pass 100 %"))
    _require_in_sight(gateway, held, _OWN if is_own else _OF_OTHERS)
    _require_free(held)
    _require_open(held, is_correction=terms.is_correction)
    proposal = AllocationProposal.objects.create(
        kind=kind,
        is_correction=terms.is_correction,
        restates=terms.valid_from is None,
        valid_from=terms.valid_from or min(one.day for one in held),
        holdings=[kept(one) for one in held],
        employees=sorted(set(people)),
        organisations=sorted({one.organisation_code for one in held}),
        reason=" ".join(terms.reason.split()),
        proposed_by=user,
    )
    details.update(_facts(proposal))
    return proposal


def _check_terms(gateway: Gateway, terms: Terms) -> None:
    _DESK.reason(terms.reason, Text("请填写理由（4 至 300 字）", "a reason of 4 to 300 characters is needed"))
    fresh = gateway.freshness()
    if fresh is None:
        raise refused(Text("尚无发布的数据", "nothing is published yet"))
    if terms.valid_from is not None and not fresh.first_date <= terms.valid_from <= fresh.reporting_date + FARTHEST:
        raise refused(
            Text(
                f"生效日须在 {fresh.first_date} 至 {fresh.reporting_date + FARTHEST} 之间",
                f"the first day lies between {fresh.first_date} and {fresh.reporting_date + FARTHEST}",
            )
        )


def _check_receivers(gateway: Gateway, receivers: Sequence[str]) -> None:
    if not receivers or len(receivers) > MOST_RECEIVERS or len(set(receivers)) != len(receivers):
        raise refused(Text(f"请填写 1 至 {MOST_RECEIVERS} 个不同的接收工号", f"name 1 to {MOST_RECEIVERS} different receivers"))
    staff = employments_of(gateway.bank)
    for number in receivers:
        if number not in staff:
            raise refused(Text(f"工号 {number} 不存在", f"nobody has the employee number {number}"))
        if not staff[number].is_on_duty:
            raise refused(Text(f"工号 {number} 已不在岗，不能接收", f"{number} is off duty and cannot receive"))


def _require_employed_there(gateway: Gateway, receiver: str, found: Sequence[Held]) -> None:
    """Refuse a receiver who does not work at the home of the customers or above it."""
    above = {node.code: node.parent_code for node in gateway.whole_tree()}
    works_at = employments_of(gateway.bank)[receiver].organisation_code

    def covers(home: str | None) -> bool:
        while home is not None and home != works_at:
            home = above.get(home)
        return home == works_at

    outside = sum(not covers(one.organisation_code) for one in found if one.holding.object_kind == "customer")
    if outside:
        raise refused(
            Text(
                f"工号 {receiver} 不在其中部分客户的归属机构任职，不能接收；请按机构缩小名单",
                f"{receiver} does not work at the home outlet of some of them; narrow the list to his outlet",
            )
        )


def _is_own(gateway: Gateway, receivers: Sequence[str]) -> bool:
    return list(receivers) == [gateway.viewer.employee_number] and not own_numbers(gateway).isdisjoint(receivers)


def _require_leader(gateway: Gateway) -> None:
    """Refuse who leads nobody: he claims for himself, and gives what is his own."""
    if not gateway.may(Permission.PERFORMANCE_VIEW):
        raise refused(Text("只能为本人认领或移交本人名下的", "you claim for yourself and give what is your own"))


def _not_his(chosen: int, others: Sequence[str]) -> ActionRefusedError:
    """Return why who leads nobody does not hand over customers of whom some, by their masked numbers, are not his own."""
    first, zh, en = "、".join(others[:_MOST_NAMED]), *((" 等", " and others") if len(others) > _MOST_NAMED else ("", ""))
    return refused(
        Text(
            f"所选 {chosen} 户中有 {len(others)} 户不由本人管户（{first}{zh}），须由网点负责人移交；请取消勾选后再提",
            f"{len(others)} of the {chosen} chosen are not yours ({first}{en}): whoever leads the outlet hands them over; leave them out",
        )
    )


def _require_in_sight(gateway: Gateway, held: Sequence[Held], permissions: Sequence[Permission]) -> None:
    outside = 0
    for permission in permissions:
        if not gateway.viewer.is_whole_entity(permission):
            visible = {node.code for node in gateway.organisations(permission)}
            outside = max(outside, sum(one.organisation_code not in visible for one in held))
    if outside:
        raise refused(
            Text(
                f"其中 {outside} 个对象不在您的机构范围内，请由上级机构人员提出",
                f"{outside} of the objects lie outside your organisations; somebody above proposes it",
            )
        )


def _require_free(held: Sequence[Held]) -> None:
    """Refuse an object about which another proposal waits: both were drawn from the same state."""
    asked = _touched(held)
    for waiting in AllocationProposal.objects.filter(state=State.WAITING):
        if asked & _touched(holdings_of(waiting)):
            raise refused(
                Text(f"第 {waiting.pk} 号申请已涉及其中的对象，请先处理", f"proposal {waiting.pk} is about some of these; decide it first")
            )


def _require_open(held: Sequence[Held], *, is_correction: bool) -> None:
    """Refuse what reaches into a settled month, unless it is said to correct it."""
    settled = settled_until()
    if settled is not None and not is_correction and any(one.day <= settled for one in held):
        raise refused(
            Text(
                f"{settled} 及以前已结算冻结：请填其后的生效日；确需更正的，在业绩归属的移交或批量导入中勾选“更正已结算期间”",
                f"months up to {settled} are settled and frozen: name a later day; if they must change, say on the desk of allocation"
                " (hand over, or import) that this corrects a settled month, and why",
            )
        )


def _require_unchanged(proposal: AllocationProposal) -> None:
    """Refuse a proposal whose objects were decided since it was made: its shares were drawn from an older state."""
    asked = _touched(holdings_of(proposal))
    for later in AllocationProposal.objects.filter(state=State.APPROVED, decided_at__gt=proposal.proposed_at):
        if asked & _touched(holdings_of(later)):
            raise refused(
                Text(
                    f"提出后第 {later.pk} 号申请已改变其中的对象，请驳回后重新提出",
                    f"proposal {later.pk} has changed some of these since; reject it and have it proposed anew",
                )
            )


def _touched(held: Iterable[Held]) -> set[tuple[str, str]]:
    """Return what objects are about: whose results change with them, so that an account and its customer are about the same."""
    return {(one.customer_number or one.holding.object_number, one.holding.account_kind) for one in held}


def _file_of(proposal: AllocationProposal) -> bytes:
    """Return an approved decision as it is delivered."""
    assert proposal.decision_number is not None  # noqa: S101 - it is approved
    return decision_file(
        proposal.decision_number,
        Kind.CORRECTION if proposal.is_correction else proposal.kind,
        [(one.holding, one.day, one.until, one.after) for one in holdings_of(proposal)],
        proposed_by=named(proposal.proposed_by),
        approved_by=named(proposal.decided_by),
        reason=proposal.reason,
    )


def _facts(proposal: AllocationProposal) -> dict[str, object]:
    """Return what the record keeps: counts and people, no customer."""
    return {
        "proposal": proposal.pk,
        "kind": proposal.kind,
        "correction": proposal.is_correction,
        "restates": proposal.restates,
        "valid_from": proposal.valid_from.isoformat(),
        "objects": len(proposal.holdings),
        "employees": proposal.employees,
        "reason": proposal.reason,
        "note": proposal.decision_note,
        "decision": proposal.decision_number,
        "file": proposal.file_name,
    }
