"""The table of a bank's own lines of strategy: for whom, what to do, from which day, who proposed and who decided."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from maisui.web.contacts.models import ContactKind
from maisui.web.two_people.models import Proposed, State


class Owner(models.TextChoices):
    """Who does it."""

    CUSTOMER_MANAGER = "customer_manager"
    BRANCH_MANAGER = "branch_manager"
    COUNTER = "counter"


class StrategyLine(Proposed):
    """One line of a strategy, never changed: another of the same code replaces it from its day; `is_ended` ends the strategy.

    Empty `tier`, `life_stage` and `label` fit everybody. `frequency_days` is the longest time between two contacts.
    """

    legal_entity_code = models.CharField(max_length=64)
    code = models.CharField(max_length=40)
    valid_from = models.DateField()
    is_ended = models.BooleanField(default=False)
    tier = models.CharField(max_length=20, blank=True)
    life_stage = models.CharField(max_length=20, blank=True)
    label = models.CharField(max_length=40, blank=True)
    action = models.CharField(max_length=120)
    product = models.CharField(max_length=60, blank=True)
    channel = models.CharField(max_length=12, choices=ContactKind.choices)
    frequency_days = models.PositiveIntegerField()
    owner = models.CharField(max_length=16, choices=Owner.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    proposed_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="proposed_strategies")
    decided_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="decided_strategies", null=True)
    objects: ClassVar[models.Manager[StrategyLine]] = models.Manager()

    class Meta:
        """Newest first."""

        db_table = "strategy_line"
        ordering: ClassVar[list[str]] = ["-id"]

    def __str__(self) -> str:
        """Return what it is and how far."""
        return f"{self.code} {self.valid_from} {self.state}"
