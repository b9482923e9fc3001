"""The tables of correction tickets: what is said to be wrong, the delivered row it stands in, and every step with its person."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone


class State(models.TextChoices):
    """How far a ticket is."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    ANSWERED = "answered"
    CLOSED = "closed"


class Outcome(models.TextChoices):
    """What the owner of the source found."""

    CORRECTED = "corrected"
    NOT_WRONG = "not_wrong"
    NOT_CORRECTABLE = "not_correctable"


class Step(models.TextChoices):
    """What somebody did with a ticket."""

    RAISED = "raised"
    TAKEN = "taken"
    ANSWERED = "answered"
    REOPENED = "reopened"
    CLOSED = "closed"


class CorrectionTicket(models.Model):
    """One value of a customer that is said to be wrong; what was delivered stays as it is until its source corrects it."""

    legal_entity_code = models.CharField(max_length=64)
    customer_number = models.CharField(max_length=200)
    organisation_code = models.CharField(max_length=64)
    field_code = models.CharField(max_length=32)
    what_is_wrong = models.CharField(max_length=300)
    proposed_value = models.CharField(max_length=200, blank=True)
    row_kind = models.CharField(max_length=32, blank=True)
    source_code = models.CharField(max_length=64, blank=True)
    feed_code = models.CharField(max_length=64, blank=True)
    source_file_id = models.CharField(max_length=64, blank=True)
    source_file_name = models.CharField(max_length=255, blank=True)
    source_line = models.PositiveBigIntegerField(null=True)
    business_date = models.DateField(null=True)
    state = models.CharField(max_length=11, choices=State.choices, default=State.OPEN)
    outcome = models.CharField(max_length=15, choices=Outcome.choices, blank=True)
    answer = models.CharField(max_length=300, blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_file_id = models.CharField(max_length=64, blank=True)
    reopened_at = models.DateTimeField(null=True)
    raised_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="raised_tickets")
    raised_at = models.DateTimeField(default=timezone.now)
    handled_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="handled_tickets", null=True)
    objects: ClassVar[models.Manager[CorrectionTicket]] = models.Manager()

    class Meta:
        """Oldest first."""

        db_table = "correction_ticket"
        ordering: ClassVar[list[str]] = ["raised_at", "id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "raised_at"], name="ticket_by_state")]

    def __str__(self) -> str:
        """Return what it is about and how far, never whom."""
        return f"{self.field_code} {self.state}"

    def age_days(self, now: datetime) -> int:
        """Return for how many whole days it has waited, or had waited when it was answered."""
        until = self.answered_at if self.state in (State.ANSWERED, State.CLOSED) and self.answered_at else now
        return (until - self.raised_at).days


class TicketStep(models.Model):
    """One step of a ticket: who did what when, with the words he gave; never changed."""

    ticket = models.ForeignKey(CorrectionTicket, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=8, choices=Step.choices)
    outcome = models.CharField(max_length=15, choices=Outcome.choices, blank=True)
    words = models.CharField(max_length=300, blank=True)
    done_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="ticket_steps")
    done_at = models.DateTimeField(default=timezone.now)
    objects: ClassVar[models.Manager[TicketStep]] = models.Manager()

    class Meta:
        """In order."""

        db_table = "correction_ticket_step"
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        """Return what was done."""
        return f"{self.step}"
