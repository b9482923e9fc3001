"""Manual work: recorded by whom it was done, or for several by who leads them; approved or rejected by somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from django.conf import settings
from django.utils import timezone

from maisui.answers.manual_work import MOST_QUANTITY, WorkRow, manual_rates
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import action
from maisui.web.actions.allocations import settled_until
from maisui.web.actions.words import stated_words
from maisui.web.gateway import Gateway, employments_of
from maisui.web.manual_work.models import ManualWork
from maisui.web.own_numbers import is_same_person, numbers_of_user
from maisui.web.performance_desk import PerformanceDesk
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text
from maisui.web.two_people.desk import Desk

LONGEST_WORDS = 300
_LONGEST_NUMBER = 12
_DESK = Desk(
    "manual work",
    own=Text("不能审批自己登记或自己名下的工作量", "nobody approves what he recorded or what counts for himself"),
    over=Text("该登记已处理", "the entry is decided already"),
    of_others=Text("只能撤回自己登记的", "only who recorded it takes it back"),
    proposer="recorded_by",
    about_customers=True,
)
_BACK = timedelta(days=366)


def open_from() -> date:
    """Return the first day for which work may still be recorded: neither settled nor more than a year ago."""
    settled = settled_until()
    back = timezone.localdate() - _BACK
    return max(settled + timedelta(days=1), back) if settled else back


def record_work(gateway: Gateway, user: StaffUser, *, kind: str, worked_on: date | None, quantity: str, words: str) -> ManualWork:
    """Record work of one's own; it counts for nothing before somebody else approves it.

    Raises:
        NotAllowedError: when the viewer may not see figures.
        ActionRefusedError: when he has no employee number, or kind, day, quantity or words do not pass.
    """
    with action(
        "work_record", by=gateway.actor, permission=Permission.FIGURE_VIEW, object_type="manual_work", object_id=kind[:40]
    ) as details:
        desk = PerformanceDesk.of_viewer(gateway)
        number = gateway.viewer.employee_number
        if desk is None or desk.employment is None or not number:
            raise _DESK.refused(Text("您的用户没有登记工号", "your user has no employee number"))
        rates = gateway.shared(("manual_rates",), manual_rates)
        if worked_on is None or not open_from() <= worked_on <= timezone.localdate():
            raise _DESK.refused(Text("日期须在一年内、不在未来，且不在已结算期间", "a day of the last year that is not settled is needed"))
        if rates.on(kind, worked_on) is None:
            raise _DESK.refused(Text("请选择当日有折算系数的工作种类", "choose a kind of work that has a rate on the day"))
        entry = _made(user, number, desk.employment.organisation_code, WorkRow(number, kind, worked_on, _quantity(quantity), words))
        details.update(_facts(entry))
    return entry


def record_filled_in(gateway: Gateway, user: StaffUser, rows: Sequence[WorkRow]) -> int:
    """Record what a filled form says, all of it or nothing; the form has been checked cell by cell. Return how many entries it made.

    Raises:
        NotAllowedError: when the viewer may not see the performance of people.
        ActionRefusedError: when somebody is out of his sight by now, or words do not pass.
    """
    with action(
        "work_record", by=gateway.actor, permission=Permission.PERFORMANCE_VIEW, object_type="manual_work", object_id="form"
    ) as details:
        people = people_of(gateway)
        for row in rows:
            if row.employee_number not in people:
                raise _DESK.refused(Text("有人不在您的机构范围内", "somebody is not in your organisations"))
            _made(user, row.employee_number, people[row.employee_number], row)
        details.update({"entries": len(rows), "employees": len({row.employee_number for row in rows})})
    return len(rows)


def withdraw_work(gateway: Gateway, user: StaffUser, entry: ManualWork) -> None:
    """Take back what one recorded, before it is decided.

    Raises:
        NotAllowedError: when the viewer may not see figures.
        ActionRefusedError: when it is not his, or decided already.
    """
    with action(
        "work_withdraw", by=gateway.actor, permission=Permission.FIGURE_VIEW, object_type="manual_work", object_id=str(entry.pk)
    ) as details:
        locked = _DESK.locked(entry)
        _DESK.withdraw(locked, user)
        details.update(_facts(locked))


def decide_work(gateway: Gateway, user: StaffUser, entry: ManualWork, *, is_approved: bool, note: str) -> None:
    """Approve or reject an entry of somebody in one's organisations; never by who recorded it, nor by whom it counts for.

    Raises:
        NotAllowedError: when the viewer may not approve.
        NotVisibleError: when it is of somebody out of his sight.
        ActionRefusedError: when he is party to it, it is decided, its day was settled meanwhile, or a rejection has no reason.
    """
    name = "work_approve" if is_approved else "work_reject"
    with action(
        name, by=gateway.actor, permission=Permission.ALLOCATION_APPROVE, object_type="manual_work", object_id=str(entry.pk)
    ) as details:
        locked = _DESK.locked(entry)
        if not may_decide(gateway, locked):
            raise NotVisibleError("there is no such entry", where="manual work", next_step="reload the page")
        _DESK.decide(locked, user, is_approved=is_approved, note=note, is_party=is_party(gateway, locked, user))
        if is_approved and locked.worked_on < open_from():
            raise _DESK.refused(Text("该日期已结算，不能再计入", "the day is settled and takes nothing more"))
        locked.save()
        details.update(_facts(locked))


def is_party(gateway: Gateway, entry: ManualWork, user: StaffUser) -> bool:
    """Return whether somebody recorded an entry or it counts for him, under any number of his."""
    return is_same_person(gateway, entry.recorded_by, user) or entry.employee_number in numbers_of_user(gateway, user)


def may_decide(gateway: Gateway, entry: ManualWork) -> bool:
    """Return whether an entry is of somebody in the organisations for which the viewer approves."""
    if not gateway.may(Permission.ALLOCATION_APPROVE):
        return False
    is_whole = gateway.viewer.is_whole_entity(Permission.ALLOCATION_APPROVE)
    return is_whole or entry.organisation_code in {node.code for node in gateway.organisations(Permission.ALLOCATION_APPROVE)}


def people_of(gateway: Gateway) -> dict[str, str]:
    """Return everybody on duty in the organisations for which the viewer sees people, with the organisation he works in."""
    visible = {node.code for node in gateway.organisations(Permission.PERFORMANCE_VIEW)}
    staff = employments_of(gateway.bank)
    return {number: one.organisation_code for number, one in staff.items() if one.is_on_duty and one.organisation_code in visible}


def _made(user: StaffUser, number: str, organisation: str, row: WorkRow) -> ManualWork:
    return ManualWork.objects.create(
        legal_entity_code=settings.HOME.legal_entity_code,
        employee_number=number,
        organisation_code=organisation,
        kind=row.kind,
        worked_on=row.worked_on,
        quantity=row.quantity,
        words=stated_words(row.words, LONGEST_WORDS, where="manual work"),
        recorded_by=user,
    )


def _quantity(text: str) -> Decimal:
    try:
        value = Decimal(text.strip()) if len(text) <= _LONGEST_NUMBER else Decimal(0)
    except InvalidOperation:
        value = Decimal(0)
    if not value.is_finite() or not 0 < value <= MOST_QUANTITY or value != value.quantize(Decimal("0.01")):
        raise _DESK.refused(
            Text("数量须大于 0、不超过 10000，最多两位小数", "a quantity lies above 0 and at most at 10,000, with two decimals")
        )
    return value


def _facts(entry: ManualWork) -> dict[str, object]:
    return {
        "entry": entry.pk,
        "employee_number": entry.employee_number,
        "kind": entry.kind,
        "worked_on": entry.worked_on.isoformat(),
        "quantity": f"{entry.quantity:f}",
        "state": str(entry.state),
    }
