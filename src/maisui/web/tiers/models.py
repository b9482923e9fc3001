"""The table of decisions about customers' tiers: which tier, from which day until which, why, who proposed and who decided."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

from django.db import models

from maisui.answers.tier_decisions import END, SET
from maisui.web.two_people.models import Proposed, State


class TierProposal(Proposed):
    """One proposed decision; what was decided about it is never changed, and whoever wants it otherwise proposes another.

    `tier_before` is the tier that was shown when it was proposed. `valid_until` is the first day on which it holds no longer, null for
    the end of one. `decision_number` is given on approval: of one customer the later decision holds from its first day.
    """

    legal_entity_code = models.CharField(max_length=64)
    kind = models.CharField(max_length=3, choices=[(SET, SET), (END, END)])
    customer_number = models.CharField(max_length=200)
    organisation_code = models.CharField(max_length=64)
    tier_before = models.CharField(max_length=40)
    tier = models.CharField(max_length=40, blank=True)
    valid_from = models.DateField()
    valid_until = models.DateField(null=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    proposed_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="proposed_tiers")
    decided_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="decided_tiers", null=True)
    decision_number = models.PositiveBigIntegerField(null=True, unique=True)
    file_name = models.CharField(max_length=200, blank=True)
    delivered_at = models.DateTimeField(null=True)
    objects: ClassVar[models.Manager[TierProposal]] = models.Manager()

    class Meta:
        """Newest first."""

        db_table = "tier_proposal"
        ordering: ClassVar[list[str]] = ["-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["legal_entity_code", "customer_number"], name="tier_by_customer"),
        ]

    def __str__(self) -> str:
        """Return what it is and how far, never whom it is about."""
        return f"{self.kind} {self.tier} {self.valid_from} {self.state}"

    @property
    def last_day(self) -> date | None:
        """Return the last day for which it was decided; None for an end."""
        return self.valid_until - timedelta(days=1) if self.valid_until else None
