"""The table of reveals: who sees which customer unmasked, why, and until when."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.utils import timezone


class CustomerReveal(models.Model):
    """One customer unmasked for one user for a short time; the audit log names it as well."""

    user = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="reveals")
    legal_entity_code = models.CharField(max_length=64)
    customer_number = models.CharField(max_length=200)
    reason = models.CharField(max_length=200)
    revealed_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    objects: ClassVar[models.Manager[CustomerReveal]] = models.Manager()

    class Meta:
        """Newest first."""

        db_table = "customer_reveal"
        ordering: ClassVar[list[str]] = ["-revealed_at", "-id"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["user", "revealed_at"], name="reveal_by_user"),
            models.Index(fields=["user", "customer_number", "expires_at"], name="reveal_by_customer"),
        ]

    def __str__(self) -> str:
        """Return by whom and until when, never whom."""
        return f"{self.user_id} until {self.expires_at:%Y-%m-%d %H:%M:%S}"


class CustomerExport(models.Model):
    """A list of customers somebody asks to take out: which, which fields, why, who approved it, and the job that makes its file."""

    class State(models.TextChoices):
        """How far it is; what is decided is never changed."""

        WAITING = "waiting"
        APPROVED = "approved"
        REJECTED = "rejected"

    legal_entity_code = models.CharField(max_length=64)
    asked_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="customer_exports")
    asked_at = models.DateTimeField(default=timezone.now)
    organisation_code = models.CharField(max_length=64, blank=True)
    filters = models.JSONField(default=dict)
    fields = models.JSONField(default=list)
    reason = models.CharField(max_length=200)
    row_count = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    decided_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="decided_customer_exports", null=True)
    decided_at = models.DateTimeField(null=True)
    decision_note = models.CharField(max_length=200, blank=True)
    job = models.ForeignKey("exports.ExportJob", on_delete=models.PROTECT, related_name="customer_exports", null=True)
    objects: ClassVar[models.Manager[CustomerExport]] = models.Manager()

    class Meta:
        """Newest first."""

        db_table = "customer_export"
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        """Return how far it is, never of whom."""
        return f"{self.pk} {self.state}"


def open_reveal(username: str, legal_entity_code: str, customer_number: str, now: datetime) -> CustomerReveal | None:
    """Return the reveal by which `username` sees a customer unmasked now; None when there is none."""
    found = CustomerReveal.objects.filter(
        user__username=username, legal_entity_code=legal_entity_code, customer_number=customer_number, expires_at__gt=now
    )
    return found.order_by("-expires_at", "-id").first()
