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


def open_reveal(username: str, legal_entity_code: str, customer_number: str, now: datetime) -> CustomerReveal | None:
    """Return the reveal by which `username` sees a customer unmasked now; None when there is none."""
    found = CustomerReveal.objects.filter(
        user__username=username, legal_entity_code=legal_entity_code, customer_number=customer_number, expires_at__gt=now
    )
    return found.order_by("-expires_at", "-id").first()
