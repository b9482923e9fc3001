"""The table of saved views: a page's state under a name, for its owner or for all who may open the page."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class SavedView(models.Model):
    """A page's state under a name. It holds an address and no figures: whoever opens it sees what he himself may see."""

    owner = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="saved_views")
    page = models.CharField(max_length=32)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2000)
    is_shared = models.BooleanField(default=False)
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
