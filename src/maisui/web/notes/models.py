"""The table of notes on figures."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class FigureNote(models.Model):
    """What somebody says happened on a day at an organisation; empty `metric_code` is every figure. Withdrawn, never changed."""

    legal_entity_code = models.CharField(max_length=64)
    organisation_code = models.CharField(max_length=64)
    metric_code = models.CharField(max_length=64, blank=True)
    noted_on = models.DateField()
    words = models.CharField(max_length=120)
    author = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="figure_notes")
    written_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True)
    objects: ClassVar[models.Manager[FigureNote]] = models.Manager()

    class Meta:
        """The newest day first."""

        db_table = "figure_note"
        ordering: ClassVar[list[str]] = ["-noted_on", "-id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["legal_entity_code", "noted_on"], name="figure_note_by_day")]

    def __str__(self) -> str:
        """Return of what it is, never the words."""
        return f"{self.organisation_code} {self.noted_on}"
