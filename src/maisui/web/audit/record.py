"""Appending to the audit log: one record at a time, sealed, and refused work when it cannot be written."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from maisui.errors import AccessError
from maisui.web.audit import heads
from maisui.web.audit.actor import Actor, current_address
from maisui.web.audit.chain import FIRST_HASH, canonical_json, one_line, seal
from maisui.web.audit.models import AuditRecord, Result

CHAIN_LOCK = 0x6D61_6973_7569
"""The number of the advisory lock on PostgreSQL whose holder alone may append: "maisui"."""


class AuditUnavailableError(AccessError):
    """The audit log cannot be written, so what needs a record is refused."""


def record(
    *,
    action: str,
    by: Actor,
    object_type: str = "",
    object_id: str = "",
    result: Result = Result.ALLOWED,
    details: Mapping[str, object] | None = None,
) -> AuditRecord:
    """Append one record and return it; `details` never hold a customer's values.

    Within a transaction the record stands or falls with it: call it last, since it holds the lock of the chain until the
    commit. What was refused is recorded after the roll-back, in a transaction of its own.

    Raises:
        AuditUnavailableError: when the record cannot be written.
    """
    if not heads.is_writable():
        raise _unavailable(str(heads.FOLDER))
    at = timezone.now()
    fields: dict[str, object] = {
        "at": at,
        "actor_username": one_line(by.username, 64),
        "actor_name": one_line(by.name, 128),
        "employee_number": one_line(by.employee_number, 64),
        "roles": one_line(",".join(sorted(by.roles)), 400),
        "scope": one_line(",".join(sorted(by.scopes)), 400),
        "source_address": one_line(by.address or current_address(), 64),
        "action": action,
        "object_type": object_type,
        "object_id": one_line(str(object_id), 200),
        "result": str(result),
        "details": canonical_json(dict(details or {})),
    }
    try:
        with transaction.atomic():
            appended = _append(fields)
            transaction.on_commit(lambda: _keep_head(appended))
    except DatabaseError as error:
        raise _unavailable("table audit_record") from error
    return appended


def _append(fields: dict[str, object]) -> AuditRecord:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
    last = AuditRecord.objects.order_by("-sequence").values_list("sequence", "hash").first()
    number, previous = last or (0, FIRST_HASH)
    fields = {**fields, "sequence": number + 1, "previous_hash": previous}
    appended = AuditRecord(**fields, hash=seal(fields))
    appended.save(force_insert=True)
    return appended


def _keep_head(appended: AuditRecord) -> None:
    try:
        heads.keep_head(appended.at, appended.sequence, appended.hash)
    except OSError as error:
        raise _unavailable(heads.FOLDER) from error


def _unavailable(where: str) -> AuditUnavailableError:
    return AuditUnavailableError(
        "the audit log cannot be written, so nothing that needs a record is done",
        where=where,
        next_step="the system administrator runs `maisui doctor`, then try again",
    )
