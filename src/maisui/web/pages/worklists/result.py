"""What came of the work on a worklist: of loans that fell due, and of promises to pay, in one sentence above the list."""

from __future__ import annotations

from decimal import Decimal

from maisui.answers import Unit
from maisui.web.components.figures import short
from maisui.web.contacts.promises import PromiseState
from maisui.web.customers.worklists import WorkAsked, due_outcome, promise_outcome
from maisui.web.gateway import Gateway
from maisui.web.text import Text


def result_words(gateway: Gateway, asked: WorkAsked) -> Text | None:
    """Return what came of the promises, or of the loans that fell due, of the borrowers a list covers; None where there were none."""
    return _of_promises(gateway, asked) if asked.due_within is None else _of_due_loans(gateway, asked, asked.due_within)


def _of_promises(gateway: Gateway, asked: WorkAsked) -> Text | None:
    told = promise_outcome(gateway, asked)
    if not told.count:
        return None
    kept, partly, broken = (told.counts.get(state, 0) for state in (PromiseState.KEPT, PromiseState.PARTLY, PromiseState.BROKEN))
    share, paid = _share(kept, told.count), _share(told.received_amount, told.promised_amount)
    promised, received = f"{told.promised_amount:,}", f"{told.received_amount:,}"
    return Text(
        f"近一年到期的承诺 {told.count:,} 次：守诺 {kept:,} 次（守诺率 {share}），部分守诺 {partly:,} 次，未守诺 {broken:,} 次；"
        f"承诺 {promised} 元，到账 {received} 元（{paid}）。已还清、不在名单上的客户也计入。",
        f"{told.count:,} promises fell due within a year: {kept:,} kept ({share}), {partly:,} partly, {broken:,} broken; "
        f"of {promised} CNY promised {received} came in ({paid}). Who paid up and has left the list counts, too.",
    )


def _of_due_loans(gateway: Gateway, asked: WorkAsked, days: int) -> Text | None:
    due = due_outcome(gateway, asked)
    if not due.count:
        return _bills(due.bill_count) if due.bill_count else None
    settled, renewed = _share(due.settled_count, due.count), _share(due.renewed_count, due.count)
    return Text(
        f"过去 {days} 天到期 {due.count:,} 笔：已结清 {due.settled_count:,} 笔（{settled}），"
        f"其中到期日前后 30 天内又放款的 {due.renewed_count:,} 笔（续贷率 {renewed}）；"
        f"未结清 {due.open_count:,} 笔，核销或转让 {due.given_up_count:,} 笔。展期的按新到期日计。"
        f"{_bills(due.bill_count).zh if due.bill_count else ''}",
        f"{due.count:,} loans fell due in the last {days} days: {due.settled_count:,} settled ({settled}), the borrowers of "
        f"{due.renewed_count:,} of them lent anew within 30 days of the due day ({renewed} renewed); {due.open_count:,} still open, "
        f"{due.given_up_count:,} written off or transferred. A loan that was extended counts by its new due day."
        f"{f' {_bills(due.bill_count).en}' if due.bill_count else ''}",
    )


def _bills(count: int) -> Text:
    """Return how many bills fell due besides, which nobody renews."""
    return Text(
        f"另有 {count:,} 笔贴现票据到期，由承兑人兑付，无续贷，不计入。",
        f"{count:,} discounted bills fell due besides: their acceptors pay them, nobody renews them, and they are not counted.",
    )


def _share(part: int | Decimal, whole: int | Decimal) -> str:
    return "".join(short(Decimal(part) / Decimal(whole), Unit.SHARE))
