"""The table of exports made in the background: who asked for what, its file, and until when it may be fetched."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from maisui.web.exports.sheets import Form


class State(models.TextChoices):
    """How far an export is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    EXPIRED = "expired"


class ExportJob(models.Model):
    """One file asked for, with its progress in hundredths; the scope is checked when it is made and again when it is fetched."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="exports")
    kind = models.CharField(max_length=40)
    organisation_code = models.CharField(max_length=64, blank=True)
    parameters = models.JSONField(default=dict)
    language = models.CharField(max_length=10)
    form = models.CharField(max_length=8, default=Form.XLSX)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    progress = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    rows = models.PositiveIntegerField(null=True)
    version = models.CharField(max_length=64, blank=True)
    file_hash = models.CharField(max_length=64, blank=True)
    fault = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    fetched_count = models.PositiveIntegerField(default=0)
    objects: ClassVar[models.Manager[ExportJob]] = models.Manager()

    class Meta:
        """Newest first."""

        db_table = "export_job"
        ordering: ClassVar[list[str]] = ["-created_at", "id"]

    def __str__(self) -> str:
        """Return what it is and how far."""
        return f"{self.kind} {self.organisation_code or '*'} {self.state}"
