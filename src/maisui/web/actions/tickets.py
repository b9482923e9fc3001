"""Correction tickets: raised by who sees the customer, taken and answered by the data department, reopened once by who raised them."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

from django.conf import settings
from django.utils import timezone

from maisui.answers import DeliveredRow, delivered_row
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError, action
from maisui.web.customers import desk
from maisui.web.gateway import Gateway
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text
from maisui.web.tickets.fields import FIELDS
from maisui.web.tickets.models import CorrectionTicket, Outcome, State, Step, TicketStep

SHORTEST_WORDS = 4
LONGEST_WORDS = 300
LONGEST_VALUE = 200
_WAITING = (State.OPEN, State.IN_PROGRESS)


def raise_ticket(
    gateway: Gateway, user: StaffUser, *, customer_number: str, field_code: str, what_is_wrong: str, proposed_value: str
) -> CorrectionTicket:
    """Say that a value of a customer in the viewer's scope is wrong; the ticket keeps the delivered row it stands in.

    Raises:
        NotAllowedError: when he may not see customers.
        NotVisibleError: when the customer is out of his scope, or there is no such customer.
        ActionRefusedError: for an unknown field, without words, or while his earlier ticket on the field waits.
    """
    profile = desk.visible(gateway, customer_number)
    with action(
        "ticket_raise", by=gateway.actor, permission=Permission.CUSTOMER_VIEW, object_type="customer", object_id=customer_number
    ) as details:
        if field_code not in FIELDS:
            raise _refused(Text("请选择哪一项有误", "choose what is wrong"))
        stated, proposed = _stated(what_is_wrong), _on_one_line(proposed_value)
        if len(proposed) > LONGEST_VALUE or not proposed.isprintable():
            raise _refused(Text(f"正确值不超过 {LONGEST_VALUE} 字", f"the right value has up to {LONGEST_VALUE} characters"))
        _refuse_second(user, customer_number, field_code)
        row = _newest_row(gateway, customer_number, field_code)
        ticket = CorrectionTicket.objects.create(
            legal_entity_code=settings.HOME.legal_entity_code,
            customer_number=customer_number,
            organisation_code=profile.home_organisation_code,
            field_code=field_code,
            what_is_wrong=stated,
            proposed_value=proposed,
            raised_by=user,
            **({} if row is None else _place(row)),
        )
        _note(ticket, user, Step.RAISED)
        details.update(_facts(ticket))
    return ticket


def take_ticket(gateway: Gateway, user: StaffUser, number: int) -> None:
    """Take a ticket that nobody has taken yet.

    Raises:
        NotAllowedError: when the viewer may not handle tickets.
        NotVisibleError: when there is no such ticket.
        ActionRefusedError: when somebody has taken it already.
    """
    with _step("ticket_take", gateway, number, Permission.TICKET_HANDLE) as (ticket, details):
        if ticket.state != State.OPEN:
            raise _refused(Text("工单已有人受理或已答复", "the ticket is taken or answered already"))
        ticket.state, ticket.handled_by = State.IN_PROGRESS, user
        _note(ticket, user, Step.TAKEN)
        details.update(_facts(ticket))


def answer_ticket(gateway: Gateway, user: StaffUser, number: int, *, outcome: str, answer: str) -> None:
    """Answer a ticket; the answer to a reopened one closes it.

    Raises:
        NotAllowedError: when the viewer may not handle tickets.
        NotVisibleError: when there is no such ticket.
        ActionRefusedError: when it is answered already, or outcome or words are missing.
    """
    with _step("ticket_answer", gateway, number, Permission.TICKET_HANDLE) as (ticket, details):
        if ticket.state not in _WAITING:
            raise _refused(Text("工单已答复", "the ticket is answered already"))
        if outcome not in Outcome.values:
            raise _refused(Text("请选择结论", "choose an outcome"))
        ticket.outcome, ticket.answer, ticket.answered_at, ticket.handled_by = outcome, _stated(answer), timezone.now(), user
        ticket.state = State.CLOSED if ticket.reopened_at else State.ANSWERED
        row = _newest_row(gateway, ticket.customer_number, ticket.field_code)
        ticket.answered_file_id = row.file_id if row else ""
        _note(ticket, user, Step.ANSWERED, ticket.answer)
        details.update(_facts(ticket))


def accept_answer(gateway: Gateway, user: StaffUser, number: int) -> None:
    """Close one's own ticket: its answer is accepted.

    Raises:
        NotVisibleError: when there is no such ticket of his.
        ActionRefusedError: when it is not answered, or closed already.
    """
    with _step("ticket_close", gateway, number, Permission.TICKET_VIEW) as (ticket, details):
        _refuse_unanswered(ticket, user)
        ticket.state = State.CLOSED
        _note(ticket, user, Step.CLOSED)
        details.update(_facts(ticket))


def reopen_ticket(gateway: Gateway, user: StaffUser, number: int, *, reason: str) -> None:
    """Reopen one's own answered ticket, once, with a reason.

    Raises:
        NotVisibleError: when there is no such ticket of his.
        ActionRefusedError: when it is not answered, closed already, was reopened before, or has no reason.
    """
    with _step("ticket_reopen", gateway, number, Permission.TICKET_VIEW) as (ticket, details):
        _refuse_unanswered(ticket, user)
        ticket.state, ticket.reopened_at, ticket.handled_by = State.OPEN, timezone.now(), None
        _note(ticket, user, Step.REOPENED, _stated(reason))
        details.update(_facts(ticket))


def require_handling(gateway: Gateway) -> None:
    """Refuse whoever does not handle tickets for the whole entity: delivered files are not cut by organisation.

    Raises:
        NotAllowedError: when he does not.
    """
    gateway.require_whole_entity(Permission.TICKET_HANDLE)


def may_handle(gateway: Gateway) -> bool:
    """Return whether the viewer handles tickets."""
    return gateway.viewer.is_whole_entity(Permission.TICKET_HANDLE)


def may_reopen(ticket: CorrectionTicket, user: StaffUser) -> bool:
    """Return whether `user` may still reopen or accept an answer."""
    return ticket.state == State.ANSWERED and ticket.raised_by.pk == user.pk


def row_after_answer(gateway: Gateway, ticket: CorrectionTicket) -> DeliveredRow | None:
    """Return the customer's row of a file that was published after the ticket was answered; None while none was."""
    if not ticket.answered_at:
        return None
    row = _newest_row(gateway, ticket.customer_number, ticket.field_code)
    return row if row is not None and row.file_id != ticket.answered_file_id else None


@contextmanager
def _step(name: str, gateway: Gateway, number: int, permission: Permission) -> Generator[tuple[CorrectionTicket, dict[str, object]]]:
    """Run the body as an action on one locked ticket, which is saved behind it."""
    if permission is Permission.TICKET_HANDLE:
        require_handling(gateway)
    with action(name, by=gateway.actor, permission=permission, object_type="ticket", object_id=str(number)) as details:
        ticket = CorrectionTicket.objects.select_for_update(of=("self",)).select_related("raised_by").filter(pk=number).first()
        if ticket is None:
            raise _no_such_ticket()
        yield ticket, details
        ticket.save()


def _newest_row(gateway: Gateway, customer_number: str, field_code: str) -> DeliveredRow | None:
    with gateway.bank.reader() as reader:
        return delivered_row(reader, gateway.bank.home, customer_number, FIELDS[field_code][1])


def _place(row: DeliveredRow) -> dict[str, object]:
    return {
        "row_kind": str(row.kind),
        "source_code": row.source,
        "feed_code": row.feed,
        "source_file_id": row.file_id,
        "source_file_name": row.file_name,
        "source_line": row.line,
        "business_date": row.business_date,
    }


def _refuse_second(user: StaffUser, customer_number: str, field_code: str) -> None:
    mine = CorrectionTicket.objects.filter(
        raised_by=user, customer_number=customer_number, field_code=field_code, state__in=_WAITING
    ).first()
    if mine is not None:
        raise _refused(Text(f"您就该项提出的工单 {mine.pk} 尚未答复", f"your ticket {mine.pk} on this waits for its answer"))


def _refuse_unanswered(ticket: CorrectionTicket, user: StaffUser) -> None:
    if ticket.raised_by.pk != user.pk:
        raise _no_such_ticket()
    if ticket.state != State.ANSWERED:
        raise _refused(
            Text("工单尚未答复，或已关闭；只能重开一次", "the ticket is not answered yet or closed already; it is reopened once at most")
        )


def _stated(words: str) -> str:
    stated = _on_one_line(words)
    if not SHORTEST_WORDS <= len(stated) <= LONGEST_WORDS or not stated.isprintable():
        raise _refused(
            Text(
                f"请写明情况（{SHORTEST_WORDS} 至 {LONGEST_WORDS} 字）",
                f"say it in {SHORTEST_WORDS} to {LONGEST_WORDS} characters",
            )
        )
    return stated


def _on_one_line(words: str) -> str:
    return " ".join(words.split())


def _note(ticket: CorrectionTicket, user: StaffUser, step: Step, words: str = "") -> None:
    outcome = ticket.outcome if step is Step.ANSWERED else ""
    TicketStep.objects.create(ticket=ticket, step=step, outcome=outcome, words=words, done_by=user)


def _facts(ticket: CorrectionTicket) -> dict[str, object]:
    """Return what the record keeps: where a value stands and what became of it, never the words of either side."""
    return {
        "ticket": ticket.pk,
        "field": ticket.field_code,
        "source": ticket.source_code,
        "feed": ticket.feed_code,
        "state": str(ticket.state),
        "outcome": str(ticket.outcome),
    }


def _no_such_ticket() -> NotVisibleError:
    return NotVisibleError("there is no such ticket", where="tickets", next_step="go back to the list")


def _refused(reason: Text) -> ActionRefusedError:
    return ActionRefusedError(reason, where="tickets", next_step="correct it and try again")
