"""The table of a bank's own schemes: whom they assess, by what, from which month, what they did to last month, who decided."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from maisui.web.two_people.models import Proposed, State


class SchemeProposal(Proposed):
    """One scheme from a month on, never changed: another of the same code replaces it from its month; `is_ended` ends it.

    `terms` is the scheme as `terms_json` writes it, `trial` what it would have made of the last complete month when proposed.
    """

    legal_entity_code = models.CharField(max_length=64)
    code = models.CharField(max_length=40)
    valid_from = models.DateField()
    is_ended = models.BooleanField(default=False)
    terms = models.JSONField()
    trial = models.JSONField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    proposed_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="proposed_schemes")
    decided_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="decided_schemes", null=True)
    objects: ClassVar[models.Manager[SchemeProposal]] = models.Manager()

    class Meta:
        """Newest first."""

        db_table = "scheme_proposal"
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        """Return what it is and how far."""
        return f"{self.code} {self.valid_from} {self.state}"
