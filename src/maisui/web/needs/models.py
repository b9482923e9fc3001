"""The tables of what customers ask for: what was said, who has it, until when it is answered, and each step with its person."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone


class NeedKind(models.TextChoices):
    """What a customer brought up."""

    COMPLAINT = "complaint"
    NEED = "need"
    OPPORTUNITY = "opportunity"


class CameBy(models.TextChoices):
    """The way by which it came."""

    COUNTER = "counter"
    VISIT = "visit"
    TELEPHONE = "telephone"
    MESSAGE = "message"
    HOTLINE = "hotline"
    REGULATOR = "regulator"


class State(models.TextChoices):
    """How far it is."""

    OPEN = "open"
    TAKEN = "taken"
    HANDED_OVER = "handed_over"
    ANSWERED = "answered"
    CLOSED = "closed"


class Outcome(models.TextChoices):
    """What became of it."""

    SETTLED = "settled"
    SOLD = "sold"
    DECLINED = "declined"
    NOT_POSSIBLE = "not_possible"
    UNFOUNDED = "unfounded"


class Step(models.TextChoices):
    """One thing that was done."""

    RECORDED = "recorded"
    TAKEN = "taken"
    HANDED_OVER = "handed_over"
    ANSWERED = "answered"
    CLOSED = "closed"


class CustomerNeed(models.Model):
    """One need, complaint or opportunity of a customer; `organisation_code` is his home when it was recorded.

    `due_on` is the day by which the customer is to be answered, by the parameter in force when it was recorded; the first
    answer ends the response time, closing says what became of it. `at_stake_amount` is in yuan, null where nobody named any.
    """

    legal_entity_code = models.CharField(max_length=64)
    customer_number = models.CharField(max_length=200)
    organisation_code = models.CharField(max_length=64)
    kind = models.CharField(max_length=11, choices=NeedKind.choices)
    came_by = models.CharField(max_length=9, choices=CameBy.choices)
    words = models.CharField(max_length=300)
    at_stake_amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    due_on = models.DateField()
    state = models.CharField(max_length=11, choices=State.choices, default=State.OPEN)
    owner = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="owned_needs", null=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    recorded_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="recorded_needs")
    recorded_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    objects: ClassVar[models.Manager[CustomerNeed]] = models.Manager()

    class Meta:
        """The earliest due first."""

        db_table = "customer_need"
        ordering: ClassVar[list[str]] = ["due_on", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["legal_entity_code", "customer_number"], name="need_by_customer"),
            models.Index(fields=["legal_entity_code", "state", "due_on"], name="need_by_state"),
        ]

    def __str__(self) -> str:
        """Return what it is and how far, never whose."""
        return f"{self.kind} {self.pk} {self.state}"

    @property
    def response_time(self) -> timedelta | None:
        """Return how long the customer waited for the first answer; None while he waits."""
        return None if self.answered_at is None else self.answered_at - self.recorded_at

    def is_late(self, today: date) -> bool:
        """Return whether the customer still waits beyond the day due."""
        return self.answered_at is None and self.due_on < today


class NeedStep(models.Model):
    """One step: who did what when, to whom it went, in which words; never changed."""

    need = models.ForeignKey(CustomerNeed, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=11, choices=Step.choices)
    words = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    handed_to = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="received_need_steps", null=True)
    done_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="need_steps")
    done_at = models.DateTimeField(default=timezone.now)
    objects: ClassVar[models.Manager[NeedStep]] = models.Manager()

    class Meta:
        """In order."""

        db_table = "customer_need_step"
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        """Return what was done."""
        return f"{self.step}"
