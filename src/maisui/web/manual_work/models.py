"""The table of manual work: who did what when, how much of it, who recorded and who approved it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from maisui.web.two_people.models import State


class ManualWork(models.Model):
    """One entry, never changed once decided; `quantity` is in the unit of its kind, converted at the rate of the day it was done."""

    legal_entity_code = models.CharField(max_length=64)
    employee_number = models.CharField(max_length=64)
    organisation_code = models.CharField(max_length=64)
    kind = models.CharField(max_length=40)
    worked_on = models.DateField()
    quantity = models.DecimalField(max_digits=10, decimal_places=2)
    words = models.CharField(max_length=300)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    recorded_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="recorded_work")
    recorded_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="decided_work", null=True)
    decided_at = models.DateTimeField(null=True)
    decision_note = models.CharField(max_length=300, blank=True)
    objects: ClassVar[models.Manager[ManualWork]] = models.Manager()

    class Meta:
        """Newest first."""

        db_table = "manual_work"
        ordering: ClassVar[list[str]] = ["-worked_on", "-id"]

    def __str__(self) -> str:
        """Return what it is and how far."""
        return f"{self.kind} {self.worked_on} {self.state}"
