"""The tables of customer groups: what holds now, and every state it had."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone


class CustomerGroup(models.Model):
    """A group under a name. A living one holds a rule and no customers; a frozen one the numbers found on a day.

    Whoever opens it sees its customers within his own scope. `shared_role` and `shared_organisation` empty mean every role and
    every organisation.
    """

    legal_entity_code = models.CharField(max_length=64)
    owner = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="customer_groups")
    name = models.CharField(max_length=60)
    purpose = models.CharField(max_length=200, blank=True)
    rule = models.JSONField()
    frozen_on = models.DateField(null=True)
    members = models.JSONField(null=True)
    is_shared = models.BooleanField(default=False)
    shared_role = models.CharField(max_length=40, blank=True)
    shared_organisation = models.CharField(max_length=64, blank=True)
    state_number = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)
    objects: ClassVar[models.Manager[CustomerGroup]] = models.Manager()

    class Meta:
        """By name; one's own names are told apart."""

        db_table = "customer_group"
        ordering: ClassVar[list[str]] = ["name", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["legal_entity_code", "owner", "name"], name="one_group_a_name_and_owner")
        ]

    def __str__(self) -> str:
        """Return its number, never its name: people write what they like into names."""
        return f"group {self.pk}"


class GroupState(models.Model):
    """What a group was from one change to the next; never changed."""

    group = models.ForeignKey(CustomerGroup, on_delete=models.CASCADE, related_name="states")
    number = models.PositiveIntegerField()
    rule = models.JSONField()
    frozen_on = models.DateField(null=True)
    customer_count = models.PositiveIntegerField()
    data_day = models.DateField()
    changed_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)
    objects: ClassVar[models.Manager[GroupState]] = models.Manager()

    class Meta:
        """The newest first."""

        db_table = "customer_group_state"
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["group", "number"], name="one_state_a_number_and_group")
        ]

    def __str__(self) -> str:
        """Return which state of which group."""
        return f"group {self.group.pk} state {self.number}"
