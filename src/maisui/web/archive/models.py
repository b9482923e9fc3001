"""The tables of what people keep: a page's state under a name, and why a difference to a report is accepted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class SavedView(models.Model):
    """A page's state under a name. It holds an address and no figures: whoever opens it sees what he himself may see.

    It is its owner's alone, or shared with everybody, with the holders of a role, or with the staff of an organisation and all below it.
    """

    owner = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="saved_views")
    page = models.CharField(max_length=32)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2000)
    is_shared = models.BooleanField(default=False)
    shared_role = models.CharField(max_length=40, blank=True)
    shared_organisation = models.CharField(max_length=64, blank=True)
    saved_at = models.DateTimeField(default=timezone.now)
    objects: ClassVar[models.Manager[SavedView]] = models.Manager()

    class Meta:
        """By name; one's own names are told apart."""

        db_table = "saved_view"
        ordering: ClassVar[list[str]] = ["name", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["owner", "page", "name"], name="one_view_a_name_and_owner")
        ]

    def __str__(self) -> str:
        """Return its page, never its name: people write what they like into names."""
        return f"{self.page} {self.pk}"


class AcceptedDifference(models.Model):
    """A person's word that a reported figure's difference is understood, with the figures he saw; never changed."""

    legal_entity_code = models.CharField(max_length=64)
    report_name = models.CharField(max_length=300)
    organisation_code = models.CharField(max_length=64)
    measured_on = models.DateField()
    metric_code = models.CharField(max_length=64)
    currency = models.CharField(max_length=3)
    our_amount = models.CharField(max_length=48)
    their_amount = models.CharField(max_length=48)
    words = models.CharField(max_length=300)
    accepted_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="accepted_differences")
    accepted_at = models.DateTimeField(default=timezone.now)
    objects: ClassVar[models.Manager[AcceptedDifference]] = models.Manager()

    class Meta:
        """The newest first."""

        db_table = "accepted_difference"
        ordering: ClassVar[list[str]] = ["-accepted_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["report_name", "organisation_code", "measured_on"], name="accepted_by_figure")
        ]

    def __str__(self) -> str:
        """Return which figure, never the words."""
        return f"{self.metric_code} {self.organisation_code} {self.measured_on}"
