"""Following from a customer's or a group's page, ceasing to, and how events of those one follows are told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from maisui.answers import RULE_BY_CODE
from maisui.web.access.permissions import Permission
from maisui.web.access.sealed import customer_of
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.follows import follow_customer, follow_group, unfollow
from maisui.web.follows.desk import ShownEvent, inbox
from maisui.web.gateway import Gateway
from maisui.web.pages.customers.words import CONTACT_KINDS, PROMISE_STATES
from maisui.web.pages.needs.words import KINDS
from maisui.web.pages.overview.words import value_word
from maisui.web.pages.page import needs
from maisui.web.pages.strategies.words import label_word
from maisui.web.staff.models import StaffUser
from maisui.web.text import Text

EVENTS: dict[str, Text] = {
    "moved": Text("资产日均变动", "Assets moved"),
    "gained": Text("新增标签", "Label gained"),
    "lost": Text("失去标签", "Label lost"),
    "tier": Text("等级变化", "Tier changed"),
    "manager": Text("管户经理变化", "Manager changed"),
    "promise": Text("还款承诺未履行", "Promise to pay not kept"),
    "case": Text("关注事项", "Case"),
    "contact": Text("联系", "Contact"),
    "need": Text("需求与投诉", "Need or complaint"),
}


@needs(Permission.CUSTOMER_VIEW)
@require_POST
def follow_one(request: HttpRequest, reference: str) -> HttpResponse:
    """Follow the customer of a page and lead back to it."""
    _act(request, lambda: follow_customer(_gateway(request), _user(request), customer_of(reference)))
    return redirect("customers_one", reference=reference)


@needs(Permission.CUSTOMER_VIEW)
@require_POST
def follow_whole_group(request: HttpRequest, number: int) -> HttpResponse:
    """Follow a group and lead back to it."""
    _act(request, lambda: follow_group(_gateway(request), _user(request), number))
    return redirect("customer_groups_one", number=number)


@needs(Permission.CUSTOMER_VIEW)
@require_POST
def end(request: HttpRequest, number: int) -> HttpResponse:
    """Cease to follow and lead to one's day."""
    unfollow(_gateway(request), _user(request), number)
    return redirect("my_day")


def follows_context(gateway: Gateway, user: StaffUser) -> dict[str, Any]:
    """Return what the day tells of those the viewer follows."""
    found = inbox(gateway, user)
    return {
        "has_follows": True,
        "follows": found.follows,
        "follow_events": [(EVENTS[one.kind], _said(one), one) for one in found.events],
        "follow_event_count": found.count,
    }


def _said(event: ShownEvent) -> str:
    match event.kind:
        case "moved":
            return ""
        case "gained" | "lost":
            return str(label_word(event.code))
        case "tier" | "manager":
            word = value_word if event.kind == "tier" else str
            return " → ".join(str(word(part)) if part else "—" for part in event.code.split(">"))
        case "promise":
            return str(PROMISE_STATES[event.code])
        case "case":
            rule = RULE_BY_CODE[event.code]
            return str(Text(rule.name_zh, rule.name_en))
        case kind:
            name = str((CONTACT_KINDS if kind == "contact" else KINDS)[event.code])
            return f"{name} {event.words}".strip()


def _act(request: HttpRequest, follow: Callable[[], None]) -> None:
    try:
        follow()
        messages.success(request, str(Text("已关注，动态见“我的工作台”", "You follow; events stand in My day")))
    except ActionRefusedError as refused:
        messages.warning(request, str(refused.reason))


def _gateway(request: HttpRequest) -> Gateway:
    return request.gateway  # type: ignore[attr-defined]


def _user(request: HttpRequest) -> StaffUser:
    return request.user  # type: ignore[return-value]
