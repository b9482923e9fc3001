"""Supplements: uploaded and checked, submitted with a reason, approved by somebody else, delivered into the inbox."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from maisui.answers import (
    UPLOAD_BYTES,
    CheckedUpload,
    check_supplement,
    deliver_supplement,
    known_codes,
    moves_figures,
    supplement_feeds,
)
from maisui.errors import QuestionError
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.actions.action import action
from maisui.web.gateway import Gateway
from maisui.web.own_numbers import is_same_person
from maisui.web.staff.models import StaffUser
from maisui.web.supplements.models import State, SupplementUpload
from maisui.web.supplements.preview import make_upload_preview, name_to_deliver
from maisui.web.text import Text
from maisui.web.two_people.desk import Desk, lay_out
from maisui.web.two_people.previews import begin_preview

_LONGEST_NAME = 120
_BESIDE = "beside"
_DESK = Desk(
    "supplements",
    own=Text("不能审批自己上传的文件", "nobody approves what he uploaded himself"),
    over=Text("该文件不在待审批状态", "the file does not wait for a decision"),
    proposer="uploaded_by",
)


def upload_supplement(
    gateway: Gateway, user: StaffUser, *, feed_code: str, day: date | None, file_name: str, content: bytes
) -> SupplementUpload:
    """Keep an uploaded file with what its check found; nobody else sees it before it is submitted.

    Raises:
        NotAllowedError: when the viewer may not upload.
        ActionRefusedError: when the file cannot be read as this feed, or the feed is not for this viewer.
    """
    name = file_name.replace("\\", "/").rsplit("/", 1)[-1]
    suffix = name.rsplit(".", 1)[-1].lower()
    with action(
        "supplement_upload", by=gateway.actor, permission=Permission.DATA_UPLOAD, object_type="supplement", object_id=feed_code
    ) as details:
        if suffix not in ("xlsx", "csv") or len(name) > _LONGEST_NAME or not name.isprintable():
            raise _DESK.refused(
                Text("请上传 .xlsx 或 .csv 文件，文件名不超过 120 字", "upload an .xlsx or .csv file with a name of up to 120 characters")
            )
        if not content or len(content) > UPLOAD_BYTES:
            raise _DESK.refused(
                Text(
                    "文件为空，或超过 5 MB；大文件请直接放入收件箱", "the file is empty or larger than 5 MB; lay large files into the inbox"
                )
            )
        if day is None:
            raise _DESK.refused(Text("请填写业务日期", "a business date is needed"))
        _feed_for(gateway, feed_code)
        try:
            checked = _check(gateway, feed_code, content, suffix)
        except QuestionError as error:
            raise _DESK.refused(Text(f"文件无法读取：{error.what}", error.what)) from None
        upload = SupplementUpload.objects.create(
            feed_code=feed_code,
            business_date=day,
            file_name=name,
            suffix=suffix,
            content=content,
            sha256=checked.sha256,
            byte_count=len(content),
            row_count=checked.row_count,
            fault_count=checked.fault_count,
            organisations=list(checked.organisations),
            uploaded_by=user,
        )
        details.update(_facts(upload))
    return upload


def submit_supplement(gateway: Gateway, upload: SupplementUpload, reason: str, *, place: str = "") -> None:
    """Submit a checked file for approval, with a reason and its place: the number of the upload it replaces, or `beside` them.

    Raises:
        NotAllowedError: when the viewer may not upload.
        ActionRefusedError: when it is not his, has faults, is decided already, has no reason, or leaves its place open.
    """
    with action(
        "supplement_submit", by=gateway.actor, permission=Permission.DATA_UPLOAD, object_type="supplement", object_id=str(upload.pk)
    ) as details:
        locked = _locked(upload)
        if locked.uploaded_by.username != gateway.actor.username:
            raise _DESK.refused(Text("只能提交自己上传的文件", "only who uploaded a file submits it"))
        if locked.state != State.CHECKED:
            raise _DESK.refused(Text("该文件已提交或已处理", "the file is submitted or decided already"))
        reason = _DESK.reason(reason, Text("请填写补录原因（4 至 300 字）", "a reason of 4 to 300 characters is needed"))
        if _check(gateway, locked.feed_code, bytes(locked.content), locked.suffix).fault_count:
            raise _DESK.refused(Text("文件还有错误，请更正后重新上传", "the file has faults; correct it and upload it again"))
        locked.replaces = _replaced(gateway, locked, place)
        locked.state, locked.reason, locked.submitted_at, locked.fault_count = State.WAITING, reason, timezone.now(), 0
        locked.save()
        details.update(_facts(locked))
        if moves_figures(settings.HOME, locked.feed_code):
            begin_preview(_DESK, locked, make_upload_preview.enqueue)


def ask_upload_preview(gateway: Gateway, upload: SupplementUpload) -> None:
    """Have the preview of a file that waits for approval made anew from the current version.

    Raises:
        NotAllowedError: when the viewer may not see figures of the whole bank.
        ActionRefusedError: when it does not wait, no figure rests on its feed, or its preview is on its way.
    """
    gateway.require_whole_entity(Permission.FIGURE_VIEW)
    with action(
        "supplement_preview", by=gateway.actor, permission=Permission.FIGURE_VIEW, object_type="supplement", object_id=str(upload.pk)
    ) as details:
        locked = _locked(upload)
        if locked.state != State.WAITING or not moves_figures(settings.HOME, locked.feed_code):
            raise _DESK.refused(_DESK.over)
        begin_preview(_DESK, locked, make_upload_preview.enqueue)
        details.update(_facts(locked))


def withdraw_supplement(gateway: Gateway, upload: SupplementUpload) -> None:
    """Take back one's own file before it is decided.

    Raises:
        NotAllowedError: when the viewer may not upload.
        ActionRefusedError: when it is not his, or decided already.
    """
    with action(
        "supplement_withdraw", by=gateway.actor, permission=Permission.DATA_UPLOAD, object_type="supplement", object_id=str(upload.pk)
    ) as details:
        locked = _locked(upload)
        if locked.uploaded_by.username != gateway.actor.username:
            raise _DESK.refused(Text("只能撤回自己上传的文件", "only who uploaded a file takes it back"))
        if locked.state not in (State.CHECKED, State.WAITING):
            raise _DESK.refused(Text("该文件已处理", "the file is decided already"))
        locked.state = State.WITHDRAWN
        locked.save()
        details.update(_facts(locked))


def decide_supplement(gateway: Gateway, user: StaffUser, upload: SupplementUpload, *, is_approved: bool, note: str) -> None:
    """Approve or reject a submitted file; never by who uploaded it, whatever roles he holds.

    Raises:
        NotAllowedError: when the viewer may not approve.
        ActionRefusedError: when he uploaded it, or it does not wait, or a rejection has no reason.
    """
    name = "supplement_approve" if is_approved else "supplement_reject"
    with action(name, by=gateway.actor, permission=Permission.DATA_APPROVE, object_type="supplement", object_id=str(upload.pk)) as details:
        locked, by = _locked(upload), upload.uploaded_by
        is_own = by.username == gateway.actor.username or is_same_person(gateway, by, user)
        if not is_own and not may_decide(gateway, locked):
            raise NotVisibleError("there is no such upload", where="supplements", next_step="reload the page")
        _DESK.decide(locked, user, is_approved=is_approved, note=note, is_party=is_own)
        if is_approved:
            if check_supplement(
                settings.HOME, locked.feed_code, content=bytes(locked.content), is_workbook=locked.suffix == "xlsx", allowed=None
            ).fault_count:
                raise _DESK.refused(
                    Text("接口约定已改变，文件不再合格，请驳回", "the contract has changed and the file no longer passes; reject it")
                )
            if locked.replaces is not None and _locked(locked.replaces).replacements.filter(state=State.APPROVED).exists():
                raise _DESK.refused(
                    Text(
                        "要替换的文件已被另一次补录替换，请驳回，由填报人重新提交",
                        "the file it replaces has been replaced by another one; reject it and have it submitted anew",
                    )
                )
            locked.delivered_as = name_to_deliver(locked)
            transaction.on_commit(deliver_approved)
        locked.save()
        details.update(_facts(locked) | ({"delivered_as": locked.delivered_as} if is_approved else {}))


def deliver_approved() -> None:
    """Lay every approved file that is not in the inbox yet into it; asked again after each approval and on each look at the page."""
    lay_out(
        SupplementUpload.objects.filter(state=State.APPROVED, delivered_at=None),
        lambda one: deliver_supplement(settings.HOME, one.delivered_as, bytes(one.content)),
        stamp="delivered_at",
        what="supplement",
    )


def may_decide(gateway: Gateway, upload: SupplementUpload) -> bool:
    """Return whether the viewer's right to approve covers every organisation of an upload and of what it replaces."""
    if not gateway.may(Permission.DATA_APPROVE):
        return False
    if gateway.viewer.is_whole_entity(Permission.DATA_APPROVE):
        return True
    visible = {node.code for node in gateway.organisations(Permission.DATA_APPROVE)}
    replaced = set(upload.replaces.organisations) if upload.replaces is not None else set[str]()
    return bool(upload.organisations) and visible >= replaced | set(upload.organisations)


def replaceable(gateway: Gateway, upload: SupplementUpload) -> list[SupplementUpload]:
    """Return the approved uploads of the same feed and day that an upload may replace: those whose organisations are all the viewer's."""
    found = SupplementUpload.objects.filter(feed_code=upload.feed_code, business_date=upload.business_date, state=State.APPROVED)
    in_force = found.exclude(replacements__state=State.APPROVED).exclude(pk=upload.pk).defer("content").order_by("-pk")
    if gateway.viewer.is_whole_entity(Permission.DATA_UPLOAD):
        return list(in_force)
    mine = {node.code for node in gateway.organisations(Permission.DATA_UPLOAD)}
    return [one for one in in_force if one.organisations and mine >= set(one.organisations)]


def _replaced(gateway: Gateway, upload: SupplementUpload, place: str) -> SupplementUpload | None:
    """Return the upload that `place` names, None beside the others; where there are others it must be said."""
    others = replaceable(gateway, upload)
    if place == _BESIDE or not others:
        return None
    for one in others:
        if str(one.pk) == place:
            return one
    raise _DESK.refused(
        Text(
            "该接口当日已有批准的文件，请选择替换其中一个，或与其并存",
            "files of this feed and day are approved already; choose which one it replaces, or that it stands beside them",
        )
    )


def checked_again(gateway: Gateway, upload: SupplementUpload) -> CheckedUpload:
    """Return what the check of a kept file finds today; scope counts for who uploaded it, not for who looks.

    Raises:
        QuestionError: when the file can no longer be read as its feed.
    """
    if upload.uploaded_by.username == gateway.actor.username:
        return _check(gateway, upload.feed_code, bytes(upload.content), upload.suffix)
    return check_supplement(
        settings.HOME,
        upload.feed_code,
        content=bytes(upload.content),
        is_workbook=upload.suffix == "xlsx",
        allowed=None,
        known=_known(gateway),
    )


def _known(gateway: Gateway) -> dict[str, frozenset[str]] | None:
    return gateway.published("known_codes", known_codes, default=None)


def _check(gateway: Gateway, feed_code: str, content: bytes, suffix: str) -> CheckedUpload:
    is_whole = gateway.viewer.is_whole_entity(Permission.DATA_UPLOAD)
    allowed = None if is_whole else {node.code for node in gateway.organisations(Permission.DATA_UPLOAD)}
    return check_supplement(settings.HOME, feed_code, content=content, is_workbook=suffix == "xlsx", allowed=allowed, known=_known(gateway))


def _feed_for(gateway: Gateway, feed_code: str) -> None:
    feed = next((feed for feed in supplement_feeds(settings.HOME) if feed.code == feed_code), None)
    if feed is None:
        raise _DESK.refused(Text("请选择接口", "choose a feed"))
    if not feed.has_organisation and not gateway.viewer.is_whole_entity(Permission.DATA_UPLOAD):
        raise _DESK.refused(
            Text("该接口没有机构列，只能由全行人员补录", "this feed has no organisation; only staff of the whole bank deliver it")
        )


def _locked(upload: SupplementUpload) -> SupplementUpload:
    return _DESK.locked(upload, "replaces")


def _facts(upload: SupplementUpload) -> dict[str, object]:
    """Return what the record keeps: counts and hashes, nothing of what the file says."""
    return {
        "upload": upload.pk,
        "feed": upload.feed_code,
        "business_date": upload.business_date.isoformat(),
        "rows": upload.row_count,
        "faults": upload.fault_count,
        "sha256": upload.sha256,
        "reason": upload.reason,
        "note": upload.decision_note,
        "replaces": upload.replaces_id,
    }
