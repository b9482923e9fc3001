"""The table of uploads: who filled in what, who approved it, and the file as it came."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from maisui.web.two_people.models import Previewed


class State(models.TextChoices):
    """How far an upload is."""

    CHECKED = "checked"
    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class SupplementUpload(Previewed):
    """One filled form; what was decided about it is never changed, and its file is kept as it came."""

    feed_code = models.CharField(max_length=64)
    business_date = models.DateField()
    file_name = models.CharField(max_length=200)
    suffix = models.CharField(max_length=4)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    byte_count = models.PositiveIntegerField()
    row_count = models.PositiveIntegerField()
    fault_count = models.PositiveIntegerField()
    organisations = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHECKED)
    reason = models.CharField(max_length=300, blank=True)
    replaces = models.ForeignKey("self", on_delete=models.PROTECT, related_name="replacements", null=True)
    uploaded_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="uploads")
    uploaded_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="decided_uploads", null=True)
    decided_at = models.DateTimeField(null=True)
    decision_note = models.CharField(max_length=300, blank=True)
    delivered_as = models.CharField(max_length=200, blank=True)
    delivered_at = models.DateTimeField(null=True)
    objects: ClassVar[models.Manager[SupplementUpload]] = models.Manager()

    class Meta:
        """Newest first."""

        db_table = "supplement_upload"
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        """Return what it is and how far."""
        return f"{self.feed_code} {self.business_date} {self.state}"
