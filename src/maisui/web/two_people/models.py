"""What is kept of everything that one person proposes and another decides; who they are, each table says itself."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class State(models.TextChoices):
    """How far a proposal is."""

    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Proposed(models.Model):
    """Why it was proposed and when, and when and how it was decided; what was decided is never changed."""

    reason = models.CharField(max_length=300)
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True)
    decision_note = models.CharField(max_length=300, blank=True)

    class Meta:
        """Its fields stand in each table."""

        abstract = True
