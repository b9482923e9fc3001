"""Supplements: the feeds people fill in, what waits for approval, and the history of both."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from maisui.answers import UPLOAD_ROWS, moves_figures, supplement_feeds, supplement_template
from maisui.errors import QuestionError
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import ActionRefusedError
from maisui.web.actions.supplements import (
    ask_upload_preview,
    checked_again,
    decide_supplement,
    deliver_approved,
    may_decide,
    replaceable,
    submit_supplement,
    upload_supplement,
    withdraw_supplement,
)
from maisui.web.audit.record import record
from maisui.web.own_numbers import is_same_person
from maisui.web.pages.page import needs
from maisui.web.pages.paging import slice_of
from maisui.web.pages.previews import preview_context
from maisui.web.pages.supplements.effect import effect_of
from maisui.web.staff.models import StaffUser
from maisui.web.supplements.models import State, SupplementUpload
from maisui.web.text import Text

TYPES = {"xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "csv": "text/csv; charset=utf-8"}
STATES: dict[str, Text] = {
    State.CHECKED: Text("未提交", "not submitted"),
    State.WAITING: Text("待审批", "waits for approval"),
    State.APPROVED: Text("已批准", "approved"),
    State.REJECTED: Text("已驳回", "rejected"),
    State.WITHDRAWN: Text("已撤回", "taken back"),
}


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """Show the form, what waits, and the history."""
    if request.gateway.may(Permission.DATA_APPROVE):  # type: ignore[attr-defined]
        deliver_approved()
    return render(request, "supplements/page.html", _context(request))


@needs(Permission.DATA_UPLOAD)
@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """Take an uploaded file and show what its check found."""
    file = request.FILES.get("file")
    try:
        upload = upload_supplement(
            request.gateway,  # type: ignore[attr-defined]
            _user(request),
            feed_code=request.POST.get("feed", ""),
            day=_day(request.POST.get("day", "")),
            file_name=str(file.name) if file is not None else "",
            content=file.read() if file is not None else b"",
        )
    except ActionRefusedError as error:
        return render(request, "supplements/page.html", _context(request) | {"fault": error.reason, "typed": request.POST}, status=409)
    return redirect("supplements_one", number=upload.pk)


@require_safe
def template(request: HttpRequest, feed: str, form: str) -> HttpResponse:
    """Hand out the form of a feed.

    Raises:
        NotVisibleError: when there is no such feed or form.
    """
    del request
    try:
        content = supplement_template(settings.HOME, feed, form)
    except QuestionError as error:
        raise NotVisibleError(error.what, where=error.where, next_step=error.next_step) from error
    return _file(content, f"{feed}-template.{form}", form)


@require_safe
def one(request: HttpRequest, number: int) -> HttpResponse:
    """Show one upload with its first rows and every fault."""
    return _one(request, _found(request, number))


@needs(Permission.DATA_UPLOAD)
@require_POST
def submit(request: HttpRequest, number: int) -> HttpResponse:
    """Submit one's own checked file."""
    upload = _found(request, number)
    typed = request.POST
    gateway = request.gateway  # type: ignore[attr-defined]
    return _done(request, upload, lambda: submit_supplement(gateway, upload, typed.get("reason", ""), place=typed.get("place", "")))


@needs(Permission.DATA_UPLOAD)
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    """Take back one's own file."""
    upload = _found(request, number)
    return _done(request, upload, lambda: withdraw_supplement(request.gateway, upload))  # type: ignore[attr-defined]


@needs(Permission.DATA_APPROVE)
@require_POST
def decide(request: HttpRequest, number: int) -> HttpResponse:
    """Approve or reject somebody else's file."""
    upload = _found(request, number)
    return _done(
        request,
        upload,
        lambda: decide_supplement(
            request.gateway,  # type: ignore[attr-defined]
            _user(request),
            upload,
            is_approved=request.POST.get("decision") == "approve",
            note=request.POST.get("note", ""),
        ),
    )


@require_POST
def preview(request: HttpRequest, number: int) -> HttpResponse:
    """Have the preview of a file that waits made anew."""
    upload = _found(request, number)
    return _done(request, upload, lambda: ask_upload_preview(request.gateway, upload))  # type: ignore[attr-defined]


@require_safe
def original(request: HttpRequest, number: int) -> HttpResponse:
    """Hand out the file as it was uploaded, to who uploaded it and who may approve it, and record it."""
    upload = _found(request, number)
    record(
        action="supplement_fetch",
        by=request.gateway.actor,  # type: ignore[attr-defined]
        object_type="supplement",
        object_id=str(upload.pk),
        details={"feed": upload.feed_code, "sha256": upload.sha256},
    )
    return _file(bytes(upload.content), f"{upload.feed_code}-{upload.pk}.{upload.suffix}", upload.suffix)


def _one(request: HttpRequest, upload: SupplementUpload, fault: Text | None = None) -> HttpResponse:
    gateway, user = request.gateway, _user(request)  # type: ignore[attr-defined]
    checked, unreadable = None, ""
    try:
        checked = checked_again(gateway, upload)
    except QuestionError as error:
        unreadable = error.what
    is_mine = upload.uploaded_by.pk == user.pk
    may_submit = is_mine and upload.state == State.CHECKED and checked is not None and not checked.fault_count
    context = {
        "upload": upload,
        "state": STATES[upload.state],
        "effect": effect_of(gateway, upload),
        "feed": _feeds().get(upload.feed_code),
        "checked": checked,
        "unreadable": unreadable,
        "is_mine": is_mine,
        "may_submit": may_submit,
        "may_correct": is_mine and upload.state == State.CHECKED and not may_submit and gateway.may(Permission.DATA_UPLOAD),
        "others": replaceable(gateway, upload) if may_submit else [],
        "typed": request.POST,
        "may_withdraw": is_mine and upload.state in (State.CHECKED, State.WAITING),
        "may_decide": upload.state == State.WAITING
        and not is_same_person(gateway, upload.uploaded_by, user)
        and may_decide(gateway, upload),
        "fault": fault,
    }
    if moves_figures(settings.HOME, upload.feed_code) and upload.state != State.CHECKED:
        is_waiting = upload.state == State.WAITING
        context |= {"has_preview": is_waiting or upload.preview is not None}
        context |= preview_context(gateway, upload, Text("此文件", "this file"), of="supplement", may_ask=is_waiting)
    return render(request, "supplements/one.html", context, status=409 if fault is not None else 200)


def _done(request: HttpRequest, upload: SupplementUpload, act: Any) -> HttpResponse:
    try:
        act()
    except ActionRefusedError as error:
        return _one(request, _found(request, upload.pk), error.reason)
    messages.success(request, str(Text("已记录", "Recorded")))
    return redirect("supplements_one", number=upload.pk)


def _visible(request: HttpRequest) -> QuerySet[SupplementUpload]:
    """Return one's own uploads, and those of others that were submitted, where one may approve."""
    mine = Q(uploaded_by=_user(request))
    found = SupplementUpload.objects.select_related("uploaded_by", "decided_by", "replaces").defer("content", "replaces__content")
    if not request.gateway.may(Permission.DATA_APPROVE):  # type: ignore[attr-defined]
        return found.filter(mine)
    return found.filter(mine | ~Q(submitted_at=None))


def _found(request: HttpRequest, number: int) -> SupplementUpload:
    """Return one upload the viewer may see.

    Raises:
        NotVisibleError: when there is none.
    """
    upload = _visible(request).filter(pk=number).first()
    if upload is None or not (upload.uploaded_by.pk == _user(request).pk or may_decide(request.gateway, upload)):  # type: ignore[attr-defined]
        raise NotVisibleError("there is no such upload", where="supplements", next_step="go back to the list")
    return upload


def _context(request: HttpRequest) -> dict[str, Any]:
    gateway = request.gateway  # type: ignore[attr-defined]
    feeds = _feeds()
    visible = [u for u in _visible(request) if u.uploaded_by.pk == _user(request).pk or may_decide(gateway, u)]
    waiting = [u for u in visible if u.state == State.WAITING and not is_same_person(gateway, u.uploaded_by, _user(request))]
    part = slice_of(_visible(request).filter(pk__in=[u.pk for u in visible]), request.GET.get("page", ""))
    fresh = gateway.freshness()
    is_whole = gateway.viewer.is_whole_entity(Permission.DATA_UPLOAD)
    return {
        "feeds": list(feeds.values()),
        "offered": [feed for feed in feeds.values() if is_whole or feed.has_organisation],
        "may_upload": gateway.may(Permission.DATA_UPLOAD),
        "may_approve": gateway.may(Permission.DATA_APPROVE),
        "waiting": [(u, feeds.get(u.feed_code)) for u in waiting],
        "slice": part,
        "rows": [(u, feeds.get(u.feed_code), STATES[u.state], effect_of(gateway, u)) for u in part.rows],
        "day": fresh.reporting_date if fresh else None,
        "most_rows": UPLOAD_ROWS,
    }


def _feeds() -> dict[str, Any]:
    return {feed.code: feed for feed in supplement_feeds(settings.HOME)}


def _user(request: HttpRequest) -> StaffUser:
    return request.user  # type: ignore[return-value]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _file(content: bytes, name: str, form: str) -> HttpResponse:
    return HttpResponse(content, content_type=TYPES[form], headers={"Content-Disposition": f'attachment; filename="{name}"'})
