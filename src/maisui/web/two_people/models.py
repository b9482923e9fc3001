"""What is kept of everything that one person proposes and another decides; who they are, each table says itself."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils import timezone


class State(models.TextChoices):
    """How far a proposal is."""

    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


PREVIEW_PATIENCE = timedelta(hours=1)


class PreviewState(models.TextChoices):
    """How far the preview of a proposal is."""

    NONE = "none"
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Previewed(models.Model):
    """What a proposal would have made of the last month, as far as that is found."""

    preview_state = models.CharField(max_length=10, choices=PreviewState.choices, default=PreviewState.NONE)
    preview = models.JSONField(null=True)
    preview_fault = models.CharField(max_length=300, blank=True)
    preview_at = models.DateTimeField(default=timezone.now)

    class Meta:
        """Its fields stand in each table."""

        abstract = True

    @property
    def is_previewing(self) -> bool:
        """Return whether a preview is on its way; one that a killed worker left is given up after a while."""
        return self.preview_state in (PreviewState.WAITING, PreviewState.RUNNING) and timezone.now() - self.preview_at < PREVIEW_PATIENCE


class Proposed(models.Model):
    """Why it was proposed and when, and when and how it was decided; what was decided is never changed."""

    reason = models.CharField(max_length=300)
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True)
    decision_note = models.CharField(max_length=300, blank=True)

    class Meta:
        """Its fields stand in each table."""

        abstract = True
