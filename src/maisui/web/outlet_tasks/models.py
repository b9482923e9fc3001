"""The table of tasks for outlets: what a signal said when the task was written, and what became of it; ended, never changed."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils import timezone


class SignalSource(models.TextChoices):
    """Which page found the signal."""

    TERMINAL = "terminal"
    STAFFING = "counter_staffing"
    LAUNCH = "product_launch"


class State(models.TextChoices):
    """How far a task is."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


class OutletTask(models.Model):
    """One task for an outlet by a day.

    `subject_code` names what the signal is about within its source: a terminal; outlet, weekday and hours of a counter; or outlet, kind
    of customer, whose holders and what is offered to them.
    `other_organisation_code` is where a machine goes or a teller comes from, "" for nowhere. `figure_then` is what was measured when the
    task was written: uses of the terminal a day in use, the highest use of the hours as a share, or the share of holders who hold what
    is offered; `amount_then` yuan at stake, null where unknown. `version_then` is the published version that said so.
    """

    legal_entity_code = models.CharField(max_length=64)
    source = models.CharField(max_length=16, choices=SignalSource.choices)
    subject_code = models.CharField(max_length=200)
    organisation_code = models.CharField(max_length=64)
    other_organisation_code = models.CharField(max_length=64, blank=True)
    what = models.CharField(max_length=120)
    due_on = models.DateField()
    reported_on = models.DateField()
    version_then = models.CharField(max_length=64)
    figure_then = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    amount_then = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    state = models.CharField(max_length=7, choices=State.choices, default=State.OPEN)
    outcome = models.CharField(max_length=300, blank=True)
    written_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="outlet_tasks")
    written_at = models.DateTimeField(default=timezone.now)
    ended_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="ended_outlet_tasks", null=True)
    ended_at = models.DateTimeField(null=True)
    objects: ClassVar[models.Manager[OutletTask]] = models.Manager()

    class Meta:
        """What is due first; one signal has one open task."""

        db_table = "outlet_task"
        ordering: ClassVar[list[str]] = ["due_on", "id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["legal_entity_code", "state", "due_on"], name="outlet_task_by_state"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["legal_entity_code", "source", "subject_code"],
                condition=models.Q(state="open"),
                name="one_open_outlet_task",
            ),
        ]

    def __str__(self) -> str:
        """Return what it is about and how far."""
        return f"{self.source} {self.pk} {self.state}"

    def is_late(self, today: date) -> bool:
        """Return whether it is open beyond its day."""
        return self.state == State.OPEN and self.due_on < today
