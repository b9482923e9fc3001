"""The table of proposed parameter lines: what should hold from which day, who proposed and who decided, and what it would change."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone

from maisui.web.two_people.models import Proposed, State

PREVIEW_PATIENCE = timedelta(hours=1)


class PreviewState(models.TextChoices):
    """How far the preview of a proposal is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class ParameterProposal(Proposed):
    """One proposed line; what was decided about it is never changed, and a correction is another proposal."""

    code = models.CharField(max_length=100)
    valid_from = models.DateField()
    value = models.CharField(max_length=400)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    proposed_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="proposed_parameters")
    decided_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="decided_parameters", null=True)
    file_name = models.CharField(max_length=100, blank=True)
    written_at = models.DateTimeField(null=True)
    preview_state = models.CharField(max_length=10, choices=PreviewState.choices, default=PreviewState.WAITING)
    preview = models.JSONField(null=True)
    preview_fault = models.CharField(max_length=300, blank=True)
    preview_at = models.DateTimeField(default=timezone.now)
    objects: ClassVar[models.Manager[ParameterProposal]] = models.Manager()

    class Meta:
        """Newest first."""

        db_table = "parameter_proposal"
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        """Return what it is and how far."""
        return f"{self.code} {self.valid_from} {self.state}"

    @property
    def is_previewing(self) -> bool:
        """Return whether a preview is on its way; one that a killed worker left is given up after a while."""
        return self.preview_state in (PreviewState.WAITING, PreviewState.RUNNING) and timezone.now() - self.preview_at < PREVIEW_PATIENCE
