"""Parameters: a line proposed with a reason, approved or rejected by somebody else, and written into the home for the next batch."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import date

from django.conf import settings
from django.db import transaction

from maisui.answers import (
    ApprovedLine,
    approved_parameter_file,
    deliver_parameter,
    desk_parameters,
    own_line_fault,
    parameter_fault,
    plain_value,
)
from maisui.errors import AccessError
from maisui.web.access.permissions import Permission
from maisui.web.actions.action import action
from maisui.web.gateway import Gateway
from maisui.web.own_numbers import is_same_person
from maisui.web.parameters.models import ParameterProposal, State
from maisui.web.parameters.preview import make_preview
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text
from maisui.web.two_people.desk import LONGEST_REASON, SHORTEST_REASON, Desk, lay_out, named
from maisui.web.two_people.previews import begin_preview

_DESK = Desk(
    "parameters",
    own=Text("不能审批自己提出的变更", "nobody approves what he proposed himself"),
    over=Text("该变更已处理", "the change is decided already"),
    of_others=Text("只能撤回自己提出的变更", "only who proposed a change takes it back"),
    next_step="reload the page",
)


class FieldFaultError(AccessError):
    """A field of a proposal does not pass; `field` is code, valid_from, value or reason."""

    def __init__(self, field: str, reason: Text) -> None:
        """Keep the field and the reason for the form."""
        super().__init__(reason.en, where=f"the field {field}", next_step="correct it and propose again")
        self.field = field
        self.reason = reason


def propose_parameter(
    gateway: Gateway, user: StaffUser, *, code: str, valid_from: date | None, value: str, reason: str
) -> ParameterProposal:
    """Propose one line; it counts for nothing before somebody else approves it, and its preview is begun.

    Raises:
        NotAllowedError: when the viewer may not propose for the whole bank.
        FieldFaultError: when a field does not pass the rules of bank.toml, the line stands already, or it is a ledger line of the bank's
            own that uses a subject which another one uses, standing or waiting.
    """
    gateway.require_whole_entity(Permission.PARAMETER_PROPOSE)
    code, value, reason = code.strip(), value.strip(), " ".join(reason.split())
    with action(
        "parameter_propose", by=gateway.actor, permission=Permission.PARAMETER_PROPOSE, object_type="parameter", object_id=code[:64]
    ) as details:
        day = _checked(code, valid_from, value, reason)
        _refuse_subjects_used_twice(gateway, code, day, value)
        proposal = ParameterProposal.objects.create(code=code, valid_from=day, value=value, reason=reason, proposed_by=user)
        details.update(_facts(proposal))
        begin_preview(_DESK, proposal, make_preview.enqueue)
    return proposal


def withdraw_parameter(gateway: Gateway, user: StaffUser, proposal: ParameterProposal) -> None:
    """Take back one's own proposal before it is decided.

    Raises:
        NotAllowedError: when the viewer may not propose.
        ActionRefusedError: when it is not his, or decided already.
    """
    with _on(gateway, "parameter_withdraw", Permission.PARAMETER_PROPOSE, proposal) as details:
        locked = _DESK.locked(proposal)
        _DESK.withdraw(locked, user)
        details.update(_facts(locked))


def decide_parameter(gateway: Gateway, user: StaffUser, proposal: ParameterProposal, *, is_approved: bool, note: str) -> None:
    """Approve or reject a proposal; never by who proposed it, whatever roles he holds.

    Raises:
        NotAllowedError: when the viewer may not approve for the whole bank.
        ActionRefusedError: when he proposed it, it does not wait, its rules have changed, it would use a subject of the ledger twice, or a
            rejection has no reason.
    """
    with _on(gateway, "parameter_approve" if is_approved else "parameter_reject", Permission.PARAMETER_APPROVE, proposal) as details:
        locked = _DESK.locked(proposal)
        _DESK.decide(locked, user, is_approved=is_approved, note=note, is_party=is_same_person(gateway, locked.proposed_by, user))
        if is_approved:
            fault = parameter_fault(locked.code, locked.valid_from, locked.value)
            if fault is not None:
                raise _DESK.refused(
                    Text(f"规则已改变，该值不再合格：{fault.zh}", f"the rules have changed and the line no longer passes: {fault.en}")
                )
            twice = _subjects_used_twice(gateway, locked.code, locked.valid_from, locked.value)
            if twice is not None:
                raise _DESK.refused(twice)
            assert locked.decided_at is not None  # noqa: S101 - it was decided above
            locked.file_name = approved_parameter_file(locked.pk, locked.decided_at)
            transaction.on_commit(write_approved_parameters)
        locked.save()
        details.update(_facts(locked))


def ask_preview(gateway: Gateway, proposal: ParameterProposal) -> None:
    """Have the preview of a waiting proposal made anew from the current version.

    Raises:
        NotAllowedError: when the viewer may not see parameters.
        ActionRefusedError: when it is decided, or its preview is on its way.
    """
    with _on(gateway, "parameter_preview", Permission.PARAMETER_VIEW, proposal) as details:
        locked = _DESK.locked(proposal)
        if locked.state != State.WAITING:
            raise _DESK.refused(_DESK.over)
        begin_preview(_DESK, locked, make_preview.enqueue)
        details.update(_facts(locked))


def write_approved_parameters() -> None:
    """Write every approved line that is not in the home yet; asked again after each approval and on each look at the page."""

    def write(proposal: ParameterProposal) -> None:
        assert proposal.decided_at is not None  # noqa: S101 - it is approved
        line = ApprovedLine(
            code=proposal.code,
            valid_from=proposal.valid_from,
            value=proposal.value,
            reason=proposal.reason,
            proposed_by=named(proposal.proposed_by),
            approved_by=named(proposal.decided_by),
            approved_at=proposal.decided_at,
        )
        deliver_parameter(settings.HOME, proposal.file_name, line)

    approved = ParameterProposal.objects.select_related("proposed_by", "decided_by").filter(state=State.APPROVED, written_at=None)
    lay_out(approved, write, stamp="written_at", what="parameter")


def _checked(code: str, valid_from: date | None, value: str, reason: str) -> date:
    """Return the day of a line that may stand.

    Raises:
        FieldFaultError: naming the first field that does not pass.
    """
    fault = parameter_fault(code, valid_from, value)
    if fault is not None:
        raise FieldFaultError(fault.field, Text(fault.zh, fault.en))
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON or not reason.isprintable():
        raise FieldFaultError("reason", Text("请填写变更原因（4 至 300 字）", "a reason of 4 to 300 characters is needed"))
    assert valid_from is not None  # noqa: S101 - the rules have seen to it
    if ParameterProposal.objects.filter(code=code, valid_from=valid_from, state=State.WAITING).exists():
        raise FieldFaultError("valid_from", Text("该参数该日已有待审批的变更", "a change of this parameter and day waits already"))
    standing = {line.valid_from: line.value for one in desk_parameters(settings.HOME) if one.code == code for line in one.standing}
    if valid_from in standing and plain_value(code, standing[valid_from]) == plain_value(code, value):
        raise FieldFaultError("value", Text("与该日起的现有值相同", "this value holds from that day already"))
    return valid_from


def _refuse_subjects_used_twice(gateway: Gateway, code: str, valid_from: date, value: str) -> None:
    """Refuse a ledger line of the bank's own that uses a subject twice, with what waits of other lines taken as approved.

    So a subject moves from one line to another by two proposals, the one that gives it up first.

    Raises:
        FieldFaultError: naming subjects and lines.
    """
    own = ParameterProposal.objects.filter(state=State.WAITING, code__startswith="own_line").order_by("pk")
    twice = _subjects_used_twice(gateway, code, valid_from, value, tuple(own.values_list("code", "valid_from", "value")))
    if twice is not None:
        raise FieldFaultError("value", twice)


def _subjects_used_twice(
    gateway: Gateway, code: str, valid_from: date, value: str, waiting: tuple[tuple[str, date, str], ...] = ()
) -> Text | None:
    """Return which subjects a ledger line of the bank's own would use twice; before the first publication there are none.

    What is approved and not written to the home yet stands as what is.
    """
    if gateway.freshness() is None:
        return None
    unwritten = ParameterProposal.objects.filter(state=State.APPROVED, written_at=None, code__startswith="own_line").order_by("decided_at")
    beside = (*unwritten.values_list("code", "valid_from", "value"), *waiting)
    with gateway.reader() as reader:
        fault = own_line_fault(reader, settings.HOME, (code, valid_from, value), beside)
    return Text(fault.zh, fault.en) if fault else None


def _on(gateway: Gateway, name: str, permission: Permission, proposal: ParameterProposal) -> AbstractContextManager[dict[str, object]]:
    """Return the action on one proposal, refused where the permission is not held for the whole bank."""
    gateway.require_whole_entity(permission)
    return action(name, by=gateway.actor, permission=permission, object_type="parameter", object_id=proposal.code[:64])


def _facts(proposal: ParameterProposal) -> dict[str, object]:
    return {
        "proposal": proposal.pk,
        "valid_from": proposal.valid_from.isoformat(),
        "value": proposal.value,
        "reason": proposal.reason,
        "note": proposal.decision_note,
        "file": proposal.file_name,
    }
