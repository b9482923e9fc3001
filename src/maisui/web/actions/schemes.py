"""Schemes of assessment: proposed with what they would have made of last month, published or rejected by somebody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.conf import settings

from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import action
from maisui.web.actions.words import stated_words
from maisui.web.gateway import Gateway
from maisui.web.own_numbers import numbers_of_user
from maisui.web.schemes.desk import Trial, clashing, trial_of
from maisui.web.schemes.form import refused
from maisui.web.schemes.models import SchemeProposal, State
from maisui.web.schemes.terms import STANDARD, Terms, terms_from, terms_json
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text
from maisui.web.two_people.desk import LONGEST_REASON, Desk

_DESK = Desk(
    "schemes",
    own=Text("不能审批自己提出或考核自己的方案", "nobody decides what he proposed or what assesses himself"),
    over=Text("该方案已处理", "the scheme is decided already"),
    of_others=Text("只能撤回自己提出的方案", "only who proposed a scheme takes it back"),
    about_customers=True,
)


def propose_scheme(
    gateway: Gateway, user: StaffUser, terms: Terms, *, valid_from: date | None, is_ended: bool, reason: str
) -> SchemeProposal:
    """Propose a scheme from a month on, with what it would have made of the last complete month; it pays nobody before it is published.

    Raises:
        NotAllowedError: when the viewer may not propose, or not see everybody's performance, for the whole bank.
        ActionRefusedError: when it begins within a month, another scheme is for the same people, one of it waits, or nothing can be tried.
    """
    gateway.require_whole_entity(Permission.PARAMETER_PROPOSE)
    gateway.require_whole_entity(Permission.PERFORMANCE_VIEW)
    with action(
        "scheme_propose", by=gateway.actor, permission=Permission.PARAMETER_PROPOSE, object_type="scheme", object_id=terms.code
    ) as details:
        if valid_from is None or valid_from.day != 1:
            raise refused(Text("方案自某月 1 日起生效", "a scheme holds from the first of a month"))
        same = SchemeProposal.objects.filter(legal_entity_code=settings.HOME.legal_entity_code, code=terms.code)
        if terms.code == STANDARD or (terms.code != "new" and not same.filter(state=State.APPROVED).exists()):
            raise refused(Text("没有这个方案，标准方案在参数页修改", "there is no such scheme; the standard one is changed as a parameter"))
        if same.filter(state=State.WAITING).exclude(code="new").exists():
            raise refused(Text("该方案已有待审批的变更", "a change of this scheme waits already"))
        if not is_ended and (other := clashing(terms, valid_from)) is not None:
            raise refused(Text(f"同岗位同机构已有方案“{other}”", f"the scheme “{other}” is for the same post and organisation"))
        trial = trial_of(gateway, terms, is_ended=is_ended)
        if trial is None:
            raise refused(Text("还没有完整的月份可以试算", "there is no complete month to try it on"))
        line = SchemeProposal.objects.create(
            legal_entity_code=settings.HOME.legal_entity_code,
            code=terms.code,
            valid_from=valid_from,
            is_ended=is_ended,
            terms=terms_json(terms),
            trial=trial_json(trial),
            reason=stated_words(reason, LONGEST_REASON, where="schemes"),
            proposed_by=user,
        )
        if terms.code == "new":
            line.code = f"own-{line.pk}"
            line.terms = terms_json(replace(terms, code=line.code))
            line.save()
        details.update(_facts(line))
    return line


def decide_scheme(gateway: Gateway, user: StaffUser, line: SchemeProposal, *, is_approved: bool, note: str) -> None:
    """Publish or reject a scheme; never by who proposed it, nor by whom it assesses.

    Raises:
        NotAllowedError: when the viewer may not approve for the whole bank.
        NotVisibleError: when there is no such scheme.
        ActionRefusedError: when he is party to it, it does not wait, another one is for the same people, or a rejection has no reason.
    """
    gateway.require_whole_entity(Permission.PARAMETER_APPROVE)
    name = "scheme_approve" if is_approved else "scheme_reject"
    with action(name, by=gateway.actor, permission=Permission.PARAMETER_APPROVE, object_type="scheme", object_id=str(line.pk)) as details:
        locked = _locked(line)
        _DESK.decide(locked, user, is_approved=is_approved, note=note, is_party=is_party(gateway, locked, user))
        if is_approved and not locked.is_ended and (other := clashing(terms_from(locked.terms), locked.valid_from)) is not None:
            raise refused(Text(f"同岗位同机构已有方案“{other}”", f"the scheme “{other}” is for the same post and organisation"))
        locked.save()
        details.update(_facts(locked))


def withdraw_scheme(gateway: Gateway, user: StaffUser, line: SchemeProposal) -> None:
    """Take back one's own scheme before it is decided.

    Raises:
        NotAllowedError: when the viewer may not propose for the whole bank.
        ActionRefusedError: when it is not his, or decided already.
    """
    gateway.require_whole_entity(Permission.PARAMETER_PROPOSE)
    with action(
        "scheme_withdraw", by=gateway.actor, permission=Permission.PARAMETER_PROPOSE, object_type="scheme", object_id=str(line.pk)
    ) as details:
        locked = _locked(line)
        _DESK.withdraw(locked, user)
        details.update(_facts(locked))


def is_party(gateway: Gateway, line: SchemeProposal, user: StaffUser) -> bool:
    """Return whether somebody proposed a scheme or is assessed by it, under any number of his."""
    by = line.proposed_by
    assessed = {row["number"] for row in line.trial["rows"] if not row["is_outlet"]}
    return by.pk == user.pk or bool(numbers_of_user(gateway, user) & {by.employee_number, *assessed})


def trial_json(trial: Trial) -> dict[str, object]:
    """Return a trial as plain words, in which it stands beside the scheme for good."""
    return {
        "day": str(trial.day),
        "version": trial.version,
        "rows": [
            {
                "number": one.holder.number,
                "name": one.holder.name,
                "post": one.holder.post,
                "organisation": one.holder.organisation,
                "place": one.holder.place,
                "is_outlet": one.holder.is_outlet,
                "points": None if one.tried_points is None else f"{one.tried_points:f}",
                "pay": f"{one.pay or 0:.2f}",
                "tried": f"{one.tried_pay or 0:.2f}",
            }
            for one in trial.changes
        ],
    }


def _locked(line: SchemeProposal) -> SchemeProposal:
    found = SchemeProposal.objects.select_for_update(of=("self",)).select_related("proposed_by").filter(pk=line.pk).first()
    if found is None:
        raise NotVisibleError("there is no such scheme", where="schemes", next_step="go back to the list")
    return found


def _facts(line: SchemeProposal) -> dict[str, object]:
    return {
        "proposal": line.pk,
        "code": line.code,
        "valid_from": line.valid_from.isoformat(),
        "is_ended": line.is_ended,
        "state": str(line.state),
        "trial": line.trial["version"],
    }
