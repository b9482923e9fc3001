"""Exports too large for a page: made by the worker in the name of who asked, kept for a day, fetched only by him."""

from __future__ import annotations

import hashlib
import io
import logging
import os
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone, translation
from django.utils.module_loading import import_string
from django_tasks import task
from msoffcrypto.format.ooxml import OOXMLFile

from maisui.answers import Period
from maisui.errors import AccessError, MaisuiError, QuestionError
from maisui.web.access.permissions import Permission
from maisui.web.access.scope import NotVisibleError
from maisui.web.access.sealed import seal, unseal
from maisui.web.audit.models import Result
from maisui.web.audit.record import record
from maisui.web.exports.files import file_of, scope_of, stamp_of
from maisui.web.exports.models import ExportJob, State
from maisui.web.exports.sheets import Export, Form, NotAtOnceError
from maisui.web.gateway import Gateway
from maisui.web.staff.models import StaffUser
from maisui.web.staff.viewer import viewer_of

KEPT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of export: what makes it (gateway, job and progress in; `Export` out), and the permission it takes."""

    maker: str
    permission: Permission
    kept: timedelta = KEPT
    is_sealed: bool = False
    """Encrypted under a password that is told apart from the file, and given out once."""


KINDS: dict[str, Kind] = {
    "all_figures": Kind("maisui.web.exports.figures_book.export_of_job", Permission.FIGURE_EXPORT),
    "operating_report": Kind("maisui.web.pages.reports.report.operating_report", Permission.FIGURE_EXPORT, timedelta(days=7)),
    "subscribed_page": Kind("maisui.web.pages.jobs.subscribed.export_of_job", Permission.FIGURE_EXPORT, timedelta(days=7)),
    "customer_list": Kind("maisui.web.customers.export.export_of_job", Permission.CUSTOMER_EXPORT, is_sealed=True),
}
"""What may be made in the background, and how long its files are kept; makers are found by name: they know pages, which know this."""
_HELD = "held"
"""Under this name a job keeps the tops of the subtrees in its file; "" is the whole entity."""
_OPENED_BY = "opened_by"
_log = logging.getLogger(__name__)


def folder() -> Path:
    """Return the folder of finished exports; nobody but the server's own user may look into it."""
    place = settings.HOME.path / "exports"
    place.mkdir(mode=0o700, exist_ok=True)
    return place


def ask_for_figures(gateway: Gateway, owner: StaffUser, *, organisation: str | None, day: date | None, period: Period) -> ExportJob:
    """Enqueue the export of all figures of an organisation and return its job.

    Raises:
        MaisuiError: when the owner may not export there.
    """
    gateway.require_figures_export(organisation)
    return ask(gateway, owner, "all_figures", organisation, {"day": day.isoformat() if day else "", "period": period.value})


def ask(
    gateway: Gateway, owner: StaffUser, kind: str, organisation: str | None, parameters: dict[str, object], form: Form = Form.XLSX
) -> ExportJob:
    """Enqueue an export that the caller has found to be allowed, record that it was asked for, and return its job."""
    with transaction.atomic():
        job = ExportJob.objects.create(
            owner=owner,
            kind=kind,
            organisation_code=organisation or "",
            parameters=parameters,
            form=form,
            language=translation.get_language() or "zh-hans",
        )
        transaction.on_commit(lambda: make_export.enqueue(str(job.pk)))
        record(
            action="ask_export",
            by=gateway.actor,
            object_type=kind,
            object_id=str(job.pk),
            details={"organisation": scope_of(gateway, organisation), "form": form.value},
        )
    return job


@task()
def make_export(job_id: str) -> str:
    """Make the file of one job; made twice it is the same file, and a job that is done is left alone."""
    job = ExportJob.objects.select_related("owner").get(pk=UUID(job_id))
    if job.state in (State.DONE, State.EXPIRED):
        return job.state
    ExportJob.objects.filter(pk=job.pk).update(state=State.RUNNING, attempts=F("attempts") + 1)
    gateway = gateway_of(job.owner)
    try:
        with translation.override(job.language):
            _make(job, gateway)
    except Exception as error:
        record(
            action="make_export",
            by=gateway.actor,
            object_type=job.kind,
            object_id=job_id,
            result=Result.REFUSED if isinstance(error, AccessError) else Result.FAILED,
        )
        fault = error.what[:300] if isinstance(error, MaisuiError) else ""
        ExportJob.objects.filter(pk=job.pk).update(state=State.FAILED, fault=fault, finished_at=timezone.now())
        if not isinstance(error, MaisuiError):
            raise
        return State.FAILED
    return State.DONE


def _make(job: ExportJob, gateway: Gateway) -> None:
    def tell(progress: int) -> None:
        """Say how far the file is; a word to its owner, so a busy database may lose one."""
        if progress != job.progress:
            job.progress = progress
            ExportJob.objects.filter(pk=job.pk).update(progress=progress)

    kind, fresh = KINDS[job.kind], gateway.freshness()
    export: Export = import_string(kind.maker)(gateway, job, tell)
    held = [job.organisation_code] if job.organisation_code else list(gateway.viewer.tops_of(kind.permission))
    now = timezone.now()
    try:
        content = file_of(export, stamp_of(gateway, job.organisation_code or None), Form(job.form))
    except NotAtOnceError as error:
        raise QuestionError(str(error.said), where="exports", next_step="ask for the workbook") from error
    parameters = {**job.parameters, _HELD: held}
    if kind.is_sealed:
        password = secrets.token_urlsafe(12)
        content = encrypted(content, password)
        parameters[_OPENED_BY] = seal(password, purpose=_OPENED_BY, holder=str(job.pk))
    path = file_path(job)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    rows = export.line_count
    with transaction.atomic():
        ExportJob.objects.filter(pk=job.pk).update(
            state=State.DONE,
            parameters=parameters,
            progress=100,
            rows=rows,
            version=fresh.version if fresh else "",
            file_hash=hashlib.sha256(content).hexdigest(),
            finished_at=now,
            expires_at=now + kind.kept,
        )
        record(action="make_export", by=gateway.actor, object_type=job.kind, object_id=str(job.pk), details={"rows": rows})


def encrypted(content: bytes, password: str) -> bytes:
    """Return a workbook that opens only with `password` (the encryption of the file format itself, AES)."""
    out = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt(password, out)
    return out.getvalue()


def password_of(job: ExportJob) -> str | None:
    """Return the password of a sealed file, for its owner's eyes on the page; None where it has none."""
    sealed = job.parameters.get(_OPENED_BY)
    return unseal(sealed, purpose=_OPENED_BY, holder=str(job.pk)) if sealed else None


def file_path(job: ExportJob) -> Path:
    """Return where the file of a job lies."""
    return folder() / f"{job.pk}.{job.form}"


def gateway_of(user: StaffUser) -> Gateway:
    """Return the gateway of a user as he stands now, for work done in his name without a request."""
    return Gateway(settings.BANK, viewer_of(user, settings.HOME.legal_entity_code), address="worker")


def fetch(gateway: Gateway, owner: StaffUser, job_id: UUID, form: str) -> tuple[ExportJob, bytes]:
    """Return a finished file to its owner, as long as it is kept and he may still export what it holds.

    Raises:
        NotVisibleError: when there is no such file for him.
    """
    job = ExportJob.objects.filter(pk=job_id, owner=owner, form=form, state=State.DONE).first()
    missing = NotVisibleError("there is no such export", where="exports", next_step="ask for it again")
    if job is None or job.expires_at is None or job.expires_at <= timezone.now():
        raise missing
    _require_all(gateway, job)
    try:
        content = file_path(job).read_bytes()
    except OSError:
        raise missing from None
    if hashlib.sha256(content).hexdigest() != job.file_hash:
        _log.error("the file of an export was changed after it was made")
        raise missing
    with transaction.atomic():
        changes = {"state": State.EXPIRED} if KINDS[job.kind].is_sealed else {}
        ExportJob.objects.filter(pk=job.pk).update(fetched_count=F("fetched_count") + 1, **changes)
        record(action="fetch_export", by=gateway.actor, object_type=job.kind, object_id=str(job.pk), details={"rows": job.rows})
    if KINDS[job.kind].is_sealed:
        file_path(job).unlink(missing_ok=True)
    return job, content


def _require_all(gateway: Gateway, job: ExportJob) -> None:
    """Refuse a file that holds more than the viewer may export today; "all I may" meant more when he held more."""
    held = job.parameters.get(_HELD, [job.organisation_code])
    permission = KINDS[job.kind].permission
    is_whole = gateway.viewer.is_whole_entity(permission)
    if "" in held and not is_whole and gateway.may(permission):
        record(action="fetch_export", by=gateway.actor, object_type=job.kind, object_id=str(job.pk), result=Result.REFUSED)
        raise NotVisibleError("there is no such export", where="exports", next_step="ask for it again")
    for organisation in held or [""]:
        gateway.organisation_in_sight(organisation or None, permission)


def expire() -> int:
    """Delete the files whose time is over and return how many."""
    over = list(ExportJob.objects.filter(state=State.DONE, expires_at__lte=timezone.now()).values_list("pk", flat=True))
    for key in over:
        for form in Form:
            (folder() / f"{key}.{form}").unlink(missing_ok=True)
    return ExportJob.objects.filter(pk__in=over).update(state=State.EXPIRED)
