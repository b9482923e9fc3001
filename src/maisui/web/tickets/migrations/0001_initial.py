"""The tables of correction tickets and of their steps."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Makes the tables."""

    initial = True

    dependencies: ClassVar = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="CorrectionTicket",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("legal_entity_code", models.CharField(max_length=64)),
                ("customer_number", models.CharField(max_length=200)),
                ("organisation_code", models.CharField(max_length=64)),
                ("field_code", models.CharField(max_length=32)),
                ("what_is_wrong", models.CharField(max_length=300)),
                ("proposed_value", models.CharField(blank=True, max_length=200)),
                ("row_kind", models.CharField(blank=True, max_length=32)),
                ("source_code", models.CharField(blank=True, max_length=64)),
                ("feed_code", models.CharField(blank=True, max_length=64)),
                ("source_file_id", models.CharField(blank=True, max_length=64)),
                ("source_file_name", models.CharField(blank=True, max_length=255)),
                ("source_line", models.PositiveBigIntegerField(null=True)),
                ("business_date", models.DateField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("in_progress", "In Progress"), ("answered", "Answered"), ("closed", "Closed")],
                        default="open",
                        max_length=11,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("corrected", "Corrected"), ("not_wrong", "Not Wrong"), ("not_correctable", "Not Correctable")],
                        max_length=15,
                    ),
                ),
                ("answer", models.CharField(blank=True, max_length=300)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_file_id", models.CharField(blank=True, max_length=64)),
                ("reopened_at", models.DateTimeField(null=True)),
                ("raised_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "handled_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="handled_tickets", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="raised_tickets", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "correction_ticket",
                "ordering": ["raised_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="TicketStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("raised", "Raised"),
                            ("taken", "Taken"),
                            ("answered", "Answered"),
                            ("reopened", "Reopened"),
                            ("closed", "Closed"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("corrected", "Corrected"), ("not_wrong", "Not Wrong"), ("not_correctable", "Not Correctable")],
                        max_length=15,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300)),
                ("done_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "done_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ticket_steps", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "ticket",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="tickets.correctionticket"),
                ),
            ],
            options={
                "db_table": "correction_ticket_step",
                "ordering": ["id"],
            },
        ),
        migrations.AddIndex(
            model_name="correctionticket",
            index=models.Index(fields=["state", "raised_at"], name="ticket_by_state"),
        ),
    ]
