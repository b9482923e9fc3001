"""The table of exports made in the background: who asked for what, its file, and until when it may be fetched."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from maisui.web.exports.sheets import Form


class State(models.TextChoices):
    """How far an export is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    EXPIRED = "expired"


class ReportSubscription(models.Model):
    """Whoever wants the operating report of an organisation after each month end; it is made in his name, within his scope of that day.

    `last_day` is the month end that was made last; `ended_at` is set when he stops it, or when he may no longer take it out.
    """

    owner = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="report_subscriptions")
    organisation_code = models.CharField(max_length=64, blank=True)
    form = models.CharField(max_length=8, default=Form.PDF.value)
    language = models.CharField(max_length=10)
    last_day = models.DateField()
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    objects: ClassVar[models.Manager[ReportSubscription]] = models.Manager()

    class Meta:
        """By organisation; one person wants one report once in each form."""

        db_table = "report_subscription"
        ordering: ClassVar[list[str]] = ["organisation_code", "form", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["owner", "organisation_code", "form"], condition=models.Q(ended_at=None), name="one_open_subscription"
            )
        ]

    def __str__(self) -> str:
        """Return which organisation and form."""
        return f"{self.organisation_code or '*'} {self.form}"


class Rhythm(models.TextChoices):
    """How often a page is wanted."""

    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"


class PageSubscription(models.Model):
    """Whoever wants a page after publications; it keeps an address and no figures, and is made in his name, within his scope of that day.

    `last_day` is the day that was made last; `ended_at` is set when he stops it, or when he may no longer take figures out.
    """

    owner = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="page_subscriptions")
    page = models.CharField(max_length=32)
    query = models.CharField(max_length=2000, blank=True)
    name = models.CharField(max_length=60)
    rhythm = models.CharField(max_length=8, choices=Rhythm.choices)
    form = models.CharField(max_length=8, default=Form.XLSX.value)
    language = models.CharField(max_length=10)
    last_day = models.DateField()
    created_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True)
    objects: ClassVar[models.Manager[PageSubscription]] = models.Manager()

    class Meta:
        """By name."""

        db_table = "page_subscription"
        ordering: ClassVar[list[str]] = ["name", "id"]

    def __str__(self) -> str:
        """Return page and rhythm, never its name: people write what they like into names."""
        return f"{self.page} {self.rhythm} {self.form}"


class ReportTemplate(models.Model):
    """A workbook of the bank's own with placeholders, as it was uploaded; whoever fills it gets his own figures."""

    owner = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="report_templates")
    name = models.CharField(max_length=60)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    figure_count = models.PositiveIntegerField()
    is_shared = models.BooleanField(default=False)
    uploaded_at = models.DateTimeField(default=timezone.now)
    objects: ClassVar[models.Manager[ReportTemplate]] = models.Manager()

    class Meta:
        """By name; one's own names are told apart."""

        db_table = "report_template"
        ordering: ClassVar[list[str]] = ["name", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["owner", "name"], name="one_template_a_name_and_owner")
        ]

    def __str__(self) -> str:
        """Return its number, never its name: people write what they like into names."""
        return f"template {self.pk}"


class ExportJob(models.Model):
    """One file asked for, with its progress in hundredths; the scope is checked when it is made and again when it is fetched."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey("staff.StaffUser", on_delete=models.PROTECT, related_name="exports")
    kind = models.CharField(max_length=40)
    organisation_code = models.CharField(max_length=64, blank=True)
    parameters = models.JSONField(default=dict)
    language = models.CharField(max_length=10)
    form = models.CharField(max_length=8, default=Form.XLSX.value)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    progress = models.PositiveSmallIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    rows = models.PositiveIntegerField(null=True)
    version = models.CharField(max_length=64, blank=True)
    file_hash = models.CharField(max_length=64, blank=True)
    fault = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    fetched_count = models.PositiveIntegerField(default=0)
    objects: ClassVar[models.Manager[ExportJob]] = models.Manager()

    class Meta:
        """Newest first."""

        db_table = "export_job"
        ordering: ClassVar[list[str]] = ["-created_at", "id"]

    def __str__(self) -> str:
        """Return what it is and how far."""
        return f"{self.kind} {self.organisation_code or '*'} {self.state}"
