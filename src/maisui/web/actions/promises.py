"""What a borrower promised to pay by a day, written down by whoever spoke to him; never changed, but withdrawn with a reason."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal, InvalidOperation

from django.conf import settings
from django.utils import timezone

from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError, action
from maisui.web.actions.contacts import LONGEST_WORDS, day_stated
from maisui.web.actions.words import stated_words
from maisui.web.contacts.models import PaymentPromise
from maisui.web.customers import desk
from maisui.web.gateway import Gateway
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

FURTHEST = timedelta(days=366)
_MOST = Decimal("9999999999.99")
_CENT = Decimal("0.01")


def write_promise(gateway: Gateway, user: StaffUser, *, customer_number: str, amount: str, promised_on: str, words: str) -> PaymentPromise:
    """Write down what a customer in the viewer's scope promised to pay by a day.

    Raises:
        NotAllowedError: when the viewer may not write of customers.
        NotVisibleError: when the customer is out of his scope, or there is none.
        ActionRefusedError: for an amount that is none, a day that is past or more than a year ahead, or words that hold a long number.
    """
    desk.require_visible(gateway, customer_number)
    with action(
        "payment_promise_write",
        by=gateway.actor,
        permission=Permission.CUSTOMER_RECORD,
        object_type="customer",
        object_id=customer_number,
    ) as details:
        day, today = day_stated(promised_on), timezone.localdate()
        if not today <= day <= today + FURTHEST:
            raise _refused(Text("承诺日期应在今天至一年内", "the day promised lies between today and a year ahead"))
        promise = PaymentPromise.objects.create(
            legal_entity_code=settings.HOME.legal_entity_code,
            customer_number=customer_number,
            amount=_yuan(amount),
            promised_on=day,
            words=stated_words(words, LONGEST_WORDS, where="promise") if words.strip() else "",
            written_by=user,
        )
        details.update({"promise": promise.pk, "day": f"{day}"})
    return promise


def withdraw_promise(gateway: Gateway, user: StaffUser, *, customer_number: str, promise: int, reason: str) -> None:
    """Withdraw a promise that was written wrongly or agreed anew; it stays in the history, and no payment counts towards it.

    Raises:
        NotAllowedError: when the viewer may not write of customers.
        NotVisibleError: when there is no such customer or promise in his scope.
        ActionRefusedError: when it is withdrawn already, its day has passed, or the reason is missing or holds a long number.
    """
    desk.require_visible(gateway, customer_number)
    with action(
        "payment_promise_withdraw",
        by=gateway.actor,
        permission=Permission.CUSTOMER_RECORD,
        object_type="customer",
        object_id=customer_number,
    ) as details:
        own = {"legal_entity_code": settings.HOME.legal_entity_code, "customer_number": customer_number}
        found = PaymentPromise.objects.select_for_update(of=("self",)).filter(pk=promise, **own).first()
        if found is None:
            raise NotVisibleError("there is no such promise", where="promise", next_step="go back to the customer's page")
        if found.withdrawn_at is not None:
            raise _refused(Text("该承诺已撤回", "it is withdrawn already"))
        if found.promised_on < timezone.localdate():
            raise _refused(Text("承诺日已过，不能撤回", "its day has passed: it cannot be withdrawn"))
        found.why_withdrawn = stated_words(reason, LONGEST_WORDS, where="promise")
        found.withdrawn_at, found.withdrawn_by = timezone.now(), user
        found.save()
        details["promise"] = found.pk


def _yuan(text: str) -> Decimal:
    try:
        amount = Decimal(text.replace(",", "").strip())
    except InvalidOperation:
        raise _refused(Text("请填写金额（元）", "state the amount in yuan")) from None
    if not amount.is_finite() or not _CENT <= amount <= _MOST or amount != amount.quantize(_CENT):
        raise _refused(Text("金额应大于零，最多两位小数", "the amount is above nothing, with two places at most"))
    return amount


def _refused(reason: Text) -> ActionRefusedError:
    return ActionRefusedError(reason, where="promise", next_step="correct it and try again")
