"""The table of whom people follow: a customer or a group, from when until when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class Follow(models.Model):
    """One person following one customer (`customer_number`) or one group (`group`); ended, never deleted while the group stands."""

    legal_entity_code = models.CharField(max_length=64)
    user = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="follows")
    customer_number = models.CharField(max_length=200, blank=True)
    group = models.ForeignKey("groups.CustomerGroup", on_delete=models.CASCADE, related_name="follows", null=True)
    followed_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    objects: ClassVar[models.Manager[Follow]] = models.Manager()

    class Meta:
        """The newest first."""

        db_table = "customer_follow"
        ordering: ClassVar[list[str]] = ["-id"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["user", "ended_at"], name="follow_by_user")]

    def __str__(self) -> str:
        """Return its number, never whom it is about."""
        return f"follow {self.pk}"
