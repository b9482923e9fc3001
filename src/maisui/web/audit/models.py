"""The table of audit records; names are copied into it, so that nothing can cascade into the trail."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Result(models.TextChoices):
    """How what was tried ended."""

    ALLOWED = "allowed"
    REFUSED = "refused"
    FAILED = "failed"


class AuditRecord(models.Model):
    """One thing that somebody did or was refused; written once and never changed."""

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor_username = models.CharField(max_length=64)
    actor_name = models.CharField(max_length=128)
    employee_number = models.CharField(max_length=64)
    roles = models.CharField(max_length=400)
    scope = models.CharField(max_length=400)
    source_address = models.CharField(max_length=64)
    action = models.CharField(max_length=64)
    object_type = models.CharField(max_length=64)
    object_id = models.CharField(max_length=200)
    result = models.CharField(max_length=10, choices=Result.choices)
    details = models.TextField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    objects: ClassVar[models.Manager[AuditRecord]] = models.Manager()

    class Meta:
        """Newest first is how people read; the keys of the filters are indexed."""

        db_table = "audit_record"
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["at"], name="audit_by_time"),
            models.Index(fields=["actor_username", "sequence"], name="audit_by_actor"),
            models.Index(fields=["action", "sequence"], name="audit_by_action"),
        ]

    def __str__(self) -> str:
        """Return what happened in one line."""
        return f"{self.sequence} {self.at:%Y-%m-%d %H:%M:%S} {self.actor_username} {self.action} {self.result}"
