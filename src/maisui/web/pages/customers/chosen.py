"""What is done with customers of a list at once: those ticked, or the whole list; each act is the one that other pages do too.

Rows carry a box with the customer's reference, the bar below the list one button an act. All of it travels in the body of a POST.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from maisui.answers import ScoreQuery
from maisui.answers.groups import MOST_FROZEN
from maisui.web.access.permissions import Permission
from maisui.web.access.sealed import customer_of
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.allocations import MOST_CUSTOMERS
from maisui.web.actions.bulk_tasks import MOST_TASKS
from maisui.web.actions.contacts import LONGEST_TASK
from maisui.web.actions.customer_exports import ask_for_ticked
from maisui.web.actions.customers import LONGEST_REASON
from maisui.web.actions.follows import MOST_FOLLOWED, follow_customers
from maisui.web.actions.groups import LONGEST_NAME, group_of_list
from maisui.web.customers.models import CustomerExport
from maisui.web.gateway import Gateway
from maisui.web.pages.customers.bulk_hand_over import hand_over_context, handed_over
from maisui.web.pages.customers.bulk_tasks import tasks_made
from maisui.web.strategies.next_steps import strategy_words, warning_words
from maisui.web.text import Text, choose

_NUMBER_LENGTH = 3
"""Letters kept of a group's name for the blank and the number that make it its owner's only one."""


class _Listed(Protocol):
    """The state of a page that lists customers."""

    @property
    def organisation(self) -> str | None: ...

    def query(self, **changes: Any) -> str: ...


class _Scored(_Listed, Protocol):
    """The state of a page that lists customers by what a model says of them."""

    def question(self) -> ScoreQuery: ...


@dataclass(frozen=True, slots=True)
class ChosenFrom:
    """The list from which customers are chosen.

    Attributes:
        of: names the list in records.
        back: the address of the list.
        organisation: the organisation the list is narrowed to; None for all that the viewer may see.
        whole: the numbers of the whole list for a permission, one more than the most at most.
        take_out: the address at which the whole list is taken out.
        advice: what each of these numbers asks for, as the words of a task; by default what the strategies of service say.
    """

    of: str
    back: str
    organisation: str | None
    whole: Callable[[Permission, int], Sequence[str]]
    take_out: str
    advice: Callable[[Gateway, Sequence[str]], Mapping[str, str]] = strategy_words

    @classmethod
    def of_page(cls, page: str, state: _Listed, whole: Callable[[Permission, int], Sequence[str]], **more: Any) -> ChosenFrom:
        """Return the list that `page` shows in a state, which its own address takes out as well."""
        address, first = reverse(page), state.query(page=1)
        return cls(f"{page} {first}", f"{address}?{state.query()}", state.organisation, whole, f"{address}?{first}", **more)

    @classmethod
    def of_warned(cls, page: str, state: _Scored, gateway: Gateway, model: str) -> ChosenFrom:
        """Return the list of customers of whom `model` warns; its tasks say what the warning asks for."""
        return cls.of_page(
            page,
            state,
            lambda permission, most: gateway.scores.numbers(state.question(), most, permission),
            advice=warning_words(model),
        )


def chosen_context(gateway: Gateway) -> dict[str, Any]:
    """Return what the bar below a list offers the viewer."""
    return {
        "may_choose": gateway.may(Permission.CUSTOMER_VIEW),
        "may_record": gateway.may(Permission.CUSTOMER_RECORD),
        "may_ask_list": gateway.may(Permission.CUSTOMER_EXPORT),
        "today": timezone.localdate(),
        "longest_task": LONGEST_TASK,
        "longest_group_name": LONGEST_NAME - _NUMBER_LENGTH,
        "longest_reason": LONGEST_REASON,
        **hand_over_context(gateway),
    }


def acted(request: HttpRequest, listed: ChosenFrom) -> HttpResponse:
    """Do what the pressed button says with the customers chosen, and return to the list or lead to what was made."""
    act = request.POST.get("act", "")
    if act not in _ACTS:
        messages.warning(request, str(Text("请按要办理的按钮", "press the button of what is to be done")))
        return redirect(listed.back)
    permission, most, do = _ACTS[act]
    if is_whole_export(request):
        return redirect(listed.take_out)
    try:
        numbers = _chosen(request, listed, permission, most)
        if not numbers:
            messages.warning(request, str(Text("请先勾选客户，或选“名单全部”", "tick customers first, or choose the whole list")))
            return redirect(listed.back)
        return do(request, listed, numbers)
    except ActionRefusedError as refused:
        messages.warning(request, str(refused.reason))
        return redirect(listed.back)


def is_whole_export(request: HttpRequest) -> bool:
    """Return whether the whole list is asked to be taken out, which happens at an address of its own."""
    return request.POST.get("act") == "export" and _is_whole(request)


def refused_whole_export(request: HttpRequest, back: str) -> HttpResponse:
    """Say how the whole of a list that has no export of its own is taken out, and return to it."""
    messages.warning(request, str(Text("整份名单请先建群，再从客户群导出", "keep the whole list as a group first, and take that out")))
    return redirect(back)


def _is_whole(request: HttpRequest) -> bool:
    return request.POST.get("whole") == "yes"


def _chosen(request: HttpRequest, listed: ChosenFrom, permission: Permission, most: int) -> Sequence[str]:
    if _is_whole(request):
        return listed.whole(permission, most)
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    return gateway.ticked_customers([customer_of(reference) for reference in request.POST.getlist("customer")], permission)


def _group(request: HttpRequest, listed: ChosenFrom, numbers: Sequence[str]) -> HttpResponse:
    name = " ".join(request.POST.get("group_name", "").split())[: LONGEST_NAME - _NUMBER_LENGTH]
    group = group_of_list(
        request.gateway,  # type: ignore[attr-defined]
        request.user,  # type: ignore[arg-type]
        numbers=numbers,
        name=name if name and name.isprintable() else choose("勾选客户", "Ticked customers"),
        of=listed.of,
    )
    messages.success(request, str(Text(f"已建客户群“{group.name}”，{len(numbers)} 户", f"the group “{group.name}” keeps {len(numbers)}")))
    return redirect("customer_groups_one", number=group.pk)


def _tasks(request: HttpRequest, listed: ChosenFrom, numbers: Sequence[str]) -> HttpResponse:
    return tasks_made(request, numbers, listed.of, listed.back)


def _advised(request: HttpRequest, listed: ChosenFrom, numbers: Sequence[str]) -> HttpResponse:
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    return tasks_made(request, numbers, listed.of, listed.back, listed.advice(gateway, numbers))


def _hand_over(request: HttpRequest, listed: ChosenFrom, numbers: Sequence[str]) -> HttpResponse:
    return handed_over(request, numbers, listed.back)


def _follow(request: HttpRequest, listed: ChosenFrom, numbers: Sequence[str]) -> HttpResponse:
    count = follow_customers(request.gateway, request.user, numbers, of=listed.of)  # type: ignore[attr-defined,arg-type]
    had = len(numbers) - count
    messages.success(request, str(Text(f"已关注 {count} 户，{had} 户此前已关注", f"{count} followed, {had} were followed before")))
    return redirect(listed.back)


def _export(request: HttpRequest, listed: ChosenFrom, numbers: Sequence[str]) -> HttpResponse:
    asked = ask_for_ticked(
        request.gateway,  # type: ignore[attr-defined]
        request.user,  # type: ignore[arg-type]
        numbers=numbers,
        organisation=listed.organisation,
        reason=request.POST.get("export_reason", ""),
    )
    is_made = asked.state == CustomerExport.State.APPROVED
    waits = Text("已提交，等待第二人审批", "It waits for a second person")
    messages.success(request, str(Text("名单生成中，几秒钟后可下载", "The list is being made") if is_made else waits))
    return redirect("customers_exports")


_ACTS: dict[str, tuple[Permission, int, Callable[[HttpRequest, ChosenFrom, Sequence[str]], HttpResponse]]] = {
    "group": (Permission.CUSTOMER_VIEW, MOST_FROZEN, _group),
    "tasks": (Permission.CUSTOMER_RECORD, MOST_TASKS, _tasks),
    "advised": (Permission.CUSTOMER_RECORD, MOST_TASKS, _advised),
    "hand_over": (Permission.CUSTOMER_RECORD, MOST_CUSTOMERS, _hand_over),
    "follow": (Permission.CUSTOMER_VIEW, MOST_FOLLOWED, _follow),
    "export": (Permission.CUSTOMER_EXPORT, MOST_FROZEN, _export),
}
