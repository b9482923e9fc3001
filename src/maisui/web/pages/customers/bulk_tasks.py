"""Tasks for everybody on a list: the form below a list leads here, and back to it with what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.bulk_tasks import write_tasks
from maisui.web.gateway import Gateway
from maisui.web.text import Text


def tasks_made(request: HttpRequest, numbers: Sequence[str], of: str, back: str, advised: Mapping[str, str] | None = None) -> HttpResponse:
    """Write the task of the form for each of `numbers` whom the viewer may write of, and return to `back`, told how many are new.

    With `advised` each gets the words given there instead of those of the form.
    """
    gateway: Gateway = request.gateway  # type: ignore[attr-defined]
    words, day = request.POST.get("what", "") if advised is None else advised, request.POST.get("due_on", "")
    try:
        count = write_tasks(gateway, request.user, numbers, what=words, due_on=day, of=of)  # type: ignore[arg-type]
        left = len(numbers) - count
        why = (
            Text("已有相同任务", "had the same one already")
            if advised is None
            else Text("已有相同任务、没有建议或已拒绝营销", "had it already, have no advice or refused marketing")
        )
        messages.success(request, str(Text(f"已建 {count} 个任务，{left} 户{why.zh}", f"{count} tasks written, {left} {why.en}")))
    except ActionRefusedError as refused:
        messages.warning(request, str(refused.reason))
    return redirect(back)
