"""Customers handed over to another manager: the form below a list leads here, and on to the proposal that a second person decides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.allocations import Terms, propose_customers
from maisui.web.gateway import Gateway, employments_of
from maisui.web.own_numbers import own_numbers
from maisui.web.text import Text

_LONGEST_NUMBER = 64
_MOST_COLLEAGUES = 500


def hand_over_context(gateway: Gateway) -> dict[str, Any]:
    """Return what the form needs: whether there is one, and the colleagues who may receive customers."""
    if not (gateway.may(Permission.CUSTOMER_RECORD) and gateway.may(Permission.ALLOCATION_PROPOSE)):
        return {}
    own = own_numbers(gateway)
    here = {node.code for node in gateway.organisations(Permission.CUSTOMER_RECORD)}
    colleagues = sorted(
        (number, one.employee_name)
        for number, one in employments_of(gateway.bank).items()
        if one.is_on_duty and one.organisation_code in here and number not in own
    )
    return {"may_hand_over": True, "colleagues": colleagues[:_MOST_COLLEAGUES]}


def handed_over(request: HttpRequest, numbers: Sequence[str], back: str) -> HttpResponse:
    """Propose that `numbers` go to the receiver of the form, and lead to the proposal.

    Raises:
        ActionRefusedError: when it is refused.
    """
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    typed = request.POST
    try:
        first = date.fromisoformat(typed.get("valid_from", ""))
    except ValueError:
        messages.warning(request, str(Text("请填写生效日", "name the first day")))
        return redirect(back)
    try:
        made = propose_customers(
            gateway,
            request.user,  # type: ignore[arg-type]
            customers=numbers,
            receiver=typed.get("receiver", "").strip()[:_LONGEST_NUMBER],
            terms=Terms(first, typed.get("reason", "")),
        )
    except NotVisibleError:
        messages.warning(request, str(Text("名单上有客户已不存在", "somebody on the list is no longer there")))
        return redirect(back)
    messages.success(request, str(Text("已提出，等待第二人审批", "Proposed; a second person decides")))
    return redirect("allocations_proposal", number=made.pk)
