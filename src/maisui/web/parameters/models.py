"""The table of proposed parameter lines: what should hold from which day, who proposed and who decided, and what it would change."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from maisui.web.two_people.models import Previewed, Proposed, State


class ParameterProposal(Previewed, Proposed):
    """One proposed line; what was decided about it is never changed, and a correction is another proposal."""

    code = models.CharField(max_length=100)
    valid_from = models.DateField()
    value = models.CharField(max_length=400)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    proposed_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="proposed_parameters")
    decided_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="decided_parameters", null=True)
    file_name = models.CharField(max_length=100, blank=True)
    written_at = models.DateTimeField(null=True)
    objects: ClassVar[models.Manager[ParameterProposal]] = models.Manager()

    class Meta:
        """Newest first."""

        db_table = "parameter_proposal"
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        """Return what it is and how far."""
        return f"{self.code} {self.valid_from} {self.state}"
