"""The tables of campaigns: what was proposed and decided, and to which arm each customer was assigned; assignments never change."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.utils import timezone

from maisui.web.contacts.models import ContactKind


class State(models.TextChoices):
    """How far a campaign is; whether a started one is over its days say."""

    WAITING = "waiting"
    STARTED = "started"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Measure(models.TextChoices):
    """By what a campaign is judged."""

    ASSET_AVERAGE_CHANGE = "asset_average_change"
    PRODUCT_HELD = "product_held"
    LOAN_USED = "loan_used"


class Campaign(models.Model):
    """One campaign. `organisations` are the tops its customers were drawn from; empty is the whole bank.

    `group_count` = assigned + `refused_count` + `unconsented_count`, as they stood on `data_day`. `ends_on` is the last day planned:
    one that was stopped ended on `stopped_on`.
    """

    legal_entity_code = models.CharField(max_length=64)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=60)
    purpose = models.CharField(max_length=200)
    group_name = models.CharField(max_length=60)
    group_number = models.PositiveIntegerField()
    group_state_number = models.PositiveIntegerField()
    product_group = models.CharField(max_length=40)
    channel = models.CharField(max_length=12, choices=ContactKind.choices)
    measure = models.CharField(max_length=24, choices=Measure.choices)
    starts_on = models.DateField()
    ends_on = models.DateField()
    control_percent = models.PositiveSmallIntegerField()
    minimum_sample = models.PositiveIntegerField()
    organisations = models.JSONField()
    data_day = models.DateField()
    group_count = models.PositiveIntegerField()
    refused_count = models.PositiveIntegerField()
    unconsented_count = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    owner = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="campaigns")
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    decision_note = models.CharField(max_length=300, blank=True)
    stopped_on = models.DateField(null=True)
    stopped_by = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="+", null=True)
    why_stopped = models.CharField(max_length=300, blank=True)
    objects: ClassVar[models.Manager[Campaign]] = models.Manager()

    class Meta:
        """The newest first."""

        db_table = "campaign"
        ordering: ClassVar[list[str]] = ["-id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["legal_entity_code", "code"], name="one_campaign_a_code")
        ]

    def __str__(self) -> str:
        """Return its code."""
        return self.code

    @property
    def last_day(self) -> date:
        """Return the last of its days: the one planned, or the one on which it was stopped."""
        return self.ends_on if self.stopped_on is None else min(self.ends_on, self.stopped_on)

    @property
    def hands_out(self) -> bool:
        """Return whether its customers may be looked at to be approached: it was started, and nobody stopped it."""
        return self.state == State.STARTED and self.stopped_on is None


class CampaignMember(models.Model):
    """One customer of a campaign and his arm; never changed."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="members")
    customer_number = models.CharField(max_length=200)
    is_control = models.BooleanField()
    objects: ClassVar[models.Manager[CampaignMember]] = models.Manager()

    class Meta:
        """By number."""

        db_table = "campaign_member"
        ordering: ClassVar[list[str]] = ["customer_number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["campaign", "customer_number"], name="one_arm_a_customer_and_campaign")
        ]

    def __str__(self) -> str:
        """Return whose campaign it is, never whom it names."""
        return f"{self.campaign.code} {self.pk}"
