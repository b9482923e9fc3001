"""Two numbers that may be one person: confirmed, refused, and taken back; a confirmed pair is a line of the supplement like any by hand."""

from __future__ import annotations

import csv
import io

from django.utils import timezone

from maisui.answers.person_pairs import PersonPair
from maisui.web.access.permissions import Permission
from maisui.web.actions.action import ActionRefusedError, action
from maisui.web.actions.supplements import submit_supplement, upload_supplement, withdraw_supplement
from maisui.web.gateway import Gateway
from maisui.web.model_desk.models import PairDecision
from maisui.web.staff.models import StaffUser
from maisui.web.supplements.models import State, SupplementUpload
from maisui.web.text import Text

FEED = "customer_merge_decision"
CONFIRM, UNDO = "确认", "撤销"
_COLUMNS = ("customer_number", "surviving_number", "decided_on", "decision_number", "merge_decision", "decided_by", "decision_reason")
_SHORTEST_REASON, _LONGEST_REASON = 4, 300
_OVER = (State.REJECTED, State.WITHDRAWN)


def standing_decisions() -> dict[frozenset[str], PairDecision]:
    """Return what counts of each pair today; a merge that was rejected or withdrawn counts no longer."""
    found = PairDecision.objects.select_related("upload", "undo_upload", "decided_by").filter(ended_at=None)
    return {
        frozenset((one.customer_number, one.surviving_number)): one for one in found if one.upload is None or one.upload.state not in _OVER
    }


def confirm_pair(gateway: Gateway, user: StaffUser, pair: PersonPair, reason: str) -> PairDecision:
    """File that two numbers are one person: a line of the supplement that somebody else approves and the next batch applies.

    Raises:
        NotAllowedError: when the viewer may not upload for the whole bank.
        ActionRefusedError: when a reason is missing or the pair is decided already.
    """
    gateway.require_whole_entity(Permission.DATA_UPLOAD)
    with action("pair_confirm", by=gateway.actor, permission=Permission.DATA_UPLOAD, object_type="customers", object_id="*") as details:
        said = _open(pair, reason)
        upload = _file(gateway, user, pair.newer.customer_number, pair.older.customer_number, CONFIRM, said)
        decision = _decide(user, pair, said, upload)
        details.update(_facts(decision))
    return decision


def refuse_pair(gateway: Gateway, user: StaffUser, pair: PersonPair, reason: str) -> PairDecision:
    """Keep that two numbers are two persons, so that nobody is asked again.

    Raises:
        NotAllowedError: when the viewer may not upload for the whole bank.
        ActionRefusedError: when a reason is missing or the pair is decided already.
    """
    gateway.require_whole_entity(Permission.DATA_UPLOAD)
    with action("pair_refuse", by=gateway.actor, permission=Permission.DATA_UPLOAD, object_type="customers", object_id="*") as details:
        decision = _decide(user, pair, _open(pair, reason), None)
        details.update(_facts(decision))
    return decision


def undo_pair(gateway: Gateway, user: StaffUser, decision: PairDecision, reason: str) -> None:
    """Take a decision back: a refusal is forgotten, a merge that waits is withdrawn, an approved one is undone by another line.

    Raises:
        NotAllowedError: when the viewer may not upload for the whole bank.
        ActionRefusedError: when it is taken back already, a reason is missing, or a waiting one is somebody else's.
    """
    gateway.require_whole_entity(Permission.DATA_UPLOAD)
    with action("pair_undo", by=gateway.actor, permission=Permission.DATA_UPLOAD, object_type="customers", object_id="*") as details:
        locked = PairDecision.objects.select_for_update(of=("self",)).select_related("upload").get(pk=decision.pk)
        said = _reason(reason)
        if locked.ended_at is not None:
            raise _refused(Text("该决定已撤销", "the decision is taken back already"))
        if locked.upload is not None and locked.upload.state == State.WAITING:
            withdraw_supplement(gateway, locked.upload)
        elif locked.upload is not None and locked.upload.state == State.APPROVED:
            locked.undo_upload = _file(gateway, user, locked.customer_number, locked.surviving_number, UNDO, said)
        locked.ended_by, locked.ended_at = user, timezone.now()
        locked.save()
        details.update(_facts(locked))


def _open(pair: PersonPair, reason: str) -> str:
    if frozenset((pair.newer.customer_number, pair.older.customer_number)) in standing_decisions():
        raise _refused(Text("这一对已有决定", "the pair is decided already"))
    return _reason(reason)


def _reason(reason: str) -> str:
    said = " ".join(reason.split())
    if not _SHORTEST_REASON <= len(said) <= _LONGEST_REASON or not said.isprintable():
        raise _refused(Text("请填写理由（4 至 300 字）", "a reason of 4 to 300 characters is needed"))
    return said


def _decide(user: StaffUser, pair: PersonPair, reason: str, upload: SupplementUpload | None) -> PairDecision:
    return PairDecision.objects.create(
        customer_number=pair.newer.customer_number,
        surviving_number=pair.older.customer_number,
        is_confirmed=upload is not None,
        reason=reason,
        decided_by=user,
        upload=upload,
    )


def _file(gateway: Gateway, user: StaffUser, customer: str, surviving: str, word: str, reason: str) -> SupplementUpload:
    """Lay one line of the supplement before those who approve; the second of the day orders the lines of a customer."""
    now, written = timezone.localtime(), io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    lines.writerow(_COLUMNS)
    lines.writerow((customer, surviving, f"{now:%Y%m%d}", int(f"{now:%H%M%S}"), word, user.employee_number or user.username, reason))
    upload = upload_supplement(
        gateway, user, feed_code=FEED, day=now.date(), file_name=f"{FEED}.csv", content=written.getvalue().encode("utf-8-sig")
    )
    submit_supplement(gateway, upload, reason, place="beside")
    return upload


def _facts(decision: PairDecision) -> dict[str, object]:
    return {
        "decision": decision.pk,
        "customers": [decision.customer_number, decision.surviving_number],
        "is_confirmed": decision.is_confirmed,
        "upload": decision.upload_id,
        "undo_upload": decision.undo_upload_id,
    }


def _refused(reason: Text) -> ActionRefusedError:
    return ActionRefusedError(reason, where="same_person", next_step="reload the page")
