"""The tables of the allocation desk: decisions proposed and taken, objections to figures, and settlements that never change."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from maisui.web.two_people.models import Proposed, State


class Kind(models.TextChoices):
    """What a decision does."""

    CLAIM = "claim"
    SHARE_OUT = "share_out"
    TRANSFER = "transfer"
    HAND_OVER = "hand_over"
    CORRECTION = "correction"


class AllocationProposal(Proposed):
    """One proposed decision with all its objects; what was decided about it is never changed, and a correction is another one.

    `holdings` has for each object its kind, number and kind of account, its organisation, the day from which it counts, who
    holds it before and who after. `decision_number` is given on approval: of two decisions the later approved holds.
    """

    kind = models.CharField(max_length=12, choices=Kind.choices)
    is_correction = models.BooleanField(default=False)
    restates = models.BooleanField(default=False)
    valid_from = models.DateField()
    holdings = models.JSONField(default=list)
    employees = models.JSONField(default=list)
    organisations = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    proposed_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="proposed_allocations")
    decided_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="decided_allocations", null=True)
    decision_number = models.PositiveBigIntegerField(null=True, unique=True)
    file_name = models.CharField(max_length=200, blank=True)
    delivered_at = models.DateTimeField(null=True)
    objects: ClassVar[models.Manager[AllocationProposal]] = models.Manager()

    class Meta:
        """Newest first."""

        db_table = "allocation_proposal"
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        """Return what it is and how far."""
        return f"{self.kind} {self.valid_from} {self.state}"


class ObjectionState(models.TextChoices):
    """How far an objection is."""

    OPEN = "open"
    UPHELD = "upheld"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"


class FigureObjection(models.Model):
    """One employee's objection to a figure of his own page; answered by somebody else until its day."""

    employee_number = models.CharField(max_length=64)
    organisation_code = models.CharField(max_length=64)
    metric_code = models.CharField(max_length=100)
    day = models.DateField()
    shown_value = models.CharField(max_length=40, blank=True)
    words = models.CharField(max_length=300)
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=ObjectionState.choices, default=ObjectionState.OPEN)
    raised_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="raised_objections")
    raised_at = models.DateTimeField(default=timezone.now)
    answered_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="answered_objections", null=True)
    answered_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=300, blank=True)
    objects: ClassVar[models.Manager[FigureObjection]] = models.Manager()

    class Meta:
        """Newest first."""

        db_table = "figure_objection"
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        """Return what it is about and how far."""
        return f"{self.metric_code} {self.day} {self.state}"


class Settlement(Proposed):
    """One month or quarter as it is paid out: figures, scheme and version frozen when proposed; a later revision stands beside it."""

    first_day = models.DateField()
    last_day = models.DateField()
    revision = models.PositiveIntegerField()
    version = models.CharField(max_length=40)
    scheme = models.JSONField()
    scheme_hash = models.CharField(max_length=64)
    lines = models.JSONField()
    content_hash = models.CharField(max_length=64)
    total_pay = models.DecimalField(max_digits=20, decimal_places=2)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    proposed_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="proposed_settlements")
    decided_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="decided_settlements", null=True)
    objects: ClassVar[models.Manager[Settlement]] = models.Manager()

    class Meta:
        """The last period first, of one period the last revision."""

        db_table = "settlement"
        ordering: ClassVar[list[str]] = ["-last_day", "-id"]

    def __str__(self) -> str:
        """Return what it is and how far."""
        return f"{self.first_day} {self.last_day} {self.revision} {self.state}"
