"""The table of grants to look into a county."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils import timezone

LONGEST_REASON = 300


class CountyAccess(models.Model):
    """One person's request to see a county's organisations, with the reason, and what somebody of the county decided.

    It counts from the day of the decision until `valid_until`, exclusive; whoever ends it earlier moves that day.
    """

    asked_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="county_requests")
    union_code = models.CharField(max_length=64)
    county_code = models.CharField(max_length=64)
    reason = models.CharField(max_length=LONGEST_REASON)
    asked_at = models.DateTimeField(default=timezone.now)
    valid_until = models.DateField()
    is_granted = models.BooleanField(null=True)
    decided_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, null=True, related_name="county_decisions")
    decided_at = models.DateTimeField(null=True)
    objects: ClassVar[models.Manager[CountyAccess]] = models.Manager()

    class Meta:
        """The newest first."""

        db_table = "county_access"
        ordering: ClassVar[list[str]] = ["-asked_at", "-id"]

    def __str__(self) -> str:
        """Return the county and the days, never the reason."""
        return f"{self.county_code} …{self.valid_until}"

    def is_waiting(self, day: date) -> bool:
        """Tell whether nobody has decided yet and it could still count."""
        return self.is_granted is None and day < self.valid_until

    def is_valid_on(self, day: date) -> bool:
        """Tell whether the county may be looked into on `day`."""
        return bool(self.is_granted) and day < self.valid_until
