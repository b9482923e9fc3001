"""The tables of handled cases: state, owner, day due and outcome of each, every step with its person, and deputies.

A case that nobody has touched has no row here: it is new. A row keeps what the case was about, so that it can be
read when later versions find it no more.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils import timezone


class State(models.TextChoices):
    """How far a case is; one without a row is new."""

    TAKEN = "taken"
    SNOOZED = "snoozed"
    HANDED_OVER = "handed_over"
    ESCALATED = "escalated"
    CLOSED = "closed"


class Outcome(models.TextChoices):
    """What was found."""

    CONFIRMED = "confirmed"
    FALSE_ALARM = "false_alarm"
    NO_ACTION = "no_action"


class Step(models.TextChoices):
    """What somebody did with a case."""

    TAKEN = "taken"
    SNOOZED = "snoozed"
    HANDED_OVER = "handed_over"
    ESCALATED = "escalated"
    CLOSED = "closed"


class HandledCase(models.Model):
    """One case that somebody has taken; `case_code` is the hash of rule, subject and day in the published table."""

    legal_entity_code = models.CharField(max_length=64)
    case_code = models.CharField(max_length=32)
    rule_code = models.CharField(max_length=64)
    subject_key = models.CharField(max_length=200)
    period_on = models.DateField()
    severity_code = models.CharField(max_length=8)
    organisation_code = models.CharField(max_length=64)
    customer_number = models.CharField(max_length=200, blank=True)
    at_stake_amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    found_in_version = models.CharField(max_length=64)
    state = models.CharField(max_length=11, choices=State.choices, default=State.TAKEN)
    owner = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="cases", null=True)
    due_on = models.DateField(null=True)
    snoozed_until = models.DateField(null=True)
    escalated_to = models.CharField(max_length=64, blank=True)
    outcome = models.CharField(max_length=11, choices=Outcome.choices, blank=True)
    closed_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(default=timezone.now)
    objects: ClassVar[models.Manager[HandledCase]] = models.Manager()

    class Meta:
        """The earliest due first."""

        db_table = "handled_case"
        ordering: ClassVar[list[str]] = ["due_on", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["legal_entity_code", "case_code"], name="one_row_a_case"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "due_on"], name="case_by_state")]

    def __str__(self) -> str:
        """Return rule and state, never whom it is about."""
        return f"{self.rule_code} {self.state}"

    def is_late(self, today: date) -> bool:
        """Return whether it is open beyond its day, a snooze that still runs apart."""
        return self.state != State.CLOSED and not self.sleeps(today) and self.due_on is not None and self.due_on < today

    def sleeps(self, today: date) -> bool:
        """Return whether a snooze still runs."""
        return self.state == State.SNOOZED and self.snoozed_until is not None and self.snoozed_until > today


class CaseStep(models.Model):
    """One step of a case: who did what when, to whom it went, with the words he gave; never changed."""

    case = models.ForeignKey(HandledCase, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=11, choices=Step.choices)
    words = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=11, choices=Outcome.choices, blank=True)
    until = models.DateField(null=True)
    handed_to = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="received_case_steps", null=True)
    done_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="case_steps")
    done_at = models.DateTimeField(default=timezone.now)
    objects: ClassVar[models.Manager[CaseStep]] = models.Manager()

    class Meta:
        """In order."""

        db_table = "handled_case_step"
        ordering: ClassVar[list[str]] = ["id"]

    def __str__(self) -> str:
        """Return what was done."""
        return f"{self.step}"


class Deputy(models.Model):
    """Who handles somebody's cases beside him from a day to a day, both inclusive; his own rights decide what he sees of them."""

    person = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="deputies")
    deputy = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="deputised")
    valid_from = models.DateField()
    valid_until = models.DateField()
    named_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    objects: ClassVar[models.Manager[Deputy]] = models.Manager()

    class Meta:
        """Newest first."""

        db_table = "case_deputy"
        ordering: ClassVar[list[str]] = ["-valid_from", "-id"]

    def __str__(self) -> str:
        """Return the days."""
        return f"{self.valid_from}…{self.valid_until}"
