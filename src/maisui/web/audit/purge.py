"""Letting old records go: the only way out of the log, and itself a record."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from maisui.errors import AccessError
from maisui.web.audit.actor import Actor
from maisui.web.audit.models import AuditRecord
from maisui.web.audit.record import record
from maisui.web.audit.triggers import create_triggers, drop_triggers
from maisui.web.audit.verification import PURGED, verify

KEPT_DAYS = 3 * 365
LEAST_KEPT_DAYS = 183  # six months, Cybersecurity Law art. 21


def purge(*, by: Actor, kept_days: int = KEPT_DAYS) -> int:
    """Remove records older than `kept_days`, record the purge, and return how many went.

    Raises:
        AccessError: when fewer days would be kept than the law asks, or the chain is not sound.
    """
    if kept_days < LEAST_KEPT_DAYS:
        raise AccessError(
            f"{kept_days} days are too few: audit records are kept at least {LEAST_KEPT_DAYS} days",
            where="audit log",
            next_step=f"keep {LEAST_KEPT_DAYS} days or more",
        )
    found = verify()
    if not found.is_good:
        raise AccessError(
            f"the chain is not sound: {found.finding}",
            where="audit log",
            next_step="run `maisui audit verify` and keep the log as it is",
        )
    with transaction.atomic():
        old = AuditRecord.objects.filter(at__lt=timezone.now() - timedelta(days=kept_days))
        last = old.order_by("-sequence").values_list("sequence", "hash").first()
        if last is None:
            return 0
        drop_triggers(connection)
        count = AuditRecord.objects.filter(sequence__lte=last[0]).delete()[0]
        create_triggers(connection)
        details = {"until": last[0], "last_hash": last[1], "count": count, "kept_days": kept_days}
        record(action=PURGED, by=by, object_type="audit_log", details=details)
    return count
