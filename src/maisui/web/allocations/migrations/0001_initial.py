"""The tables of the allocation desk."""

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
            name="AllocationProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("claim", "Claim"),
                            ("share_out", "Share Out"),
                            ("transfer", "Transfer"),
                            ("hand_over", "Hand Over"),
                            ("correction", "Correction"),
                        ],
                        max_length=12,
                    ),
                ),
                ("is_correction", models.BooleanField(default=False)),
                ("restates", models.BooleanField(default=False)),
                ("valid_from", models.DateField()),
                ("holdings", models.JSONField(default=list)),
                ("employees", models.JSONField(default=list)),
                ("organisations", models.JSONField(default=list)),
                ("reason", models.CharField(max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("approved", "Approved"), ("rejected", "Rejected"), ("withdrawn", "Withdrawn")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision_note", models.CharField(blank=True, max_length=300)),
                ("decision_number", models.PositiveBigIntegerField(null=True, unique=True)),
                ("file_name", models.CharField(blank=True, max_length=200)),
                ("delivered_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decided_allocations",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proposed_allocations", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "allocation_proposal",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="FigureObjection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("employee_number", models.CharField(max_length=64)),
                ("organisation_code", models.CharField(max_length=64)),
                ("metric_code", models.CharField(max_length=100)),
                ("day", models.DateField()),
                ("shown_value", models.CharField(blank=True, max_length=40)),
                ("words", models.CharField(max_length=300)),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("upheld", "Upheld"), ("dismissed", "Dismissed"), ("withdrawn", "Withdrawn")],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("raised_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answered_at", models.DateTimeField(null=True)),
                ("answer", models.CharField(blank=True, max_length=300)),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answered_objections",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="raised_objections", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "figure_objection",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="Settlement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                ("revision", models.PositiveIntegerField()),
                ("version", models.CharField(max_length=40)),
                ("scheme", models.JSONField()),
                ("scheme_hash", models.CharField(max_length=64)),
                ("lines", models.JSONField()),
                ("content_hash", models.CharField(max_length=64)),
                ("total_pay", models.DecimalField(decimal_places=2, max_digits=20)),
                ("reason", models.CharField(max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("approved", "Approved"), ("rejected", "Rejected"), ("withdrawn", "Withdrawn")],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision_note", models.CharField(blank=True, max_length=300)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decided_settlements",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proposed_settlements", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "settlement",
                "ordering": ["-last_day", "-id"],
            },
        ),
    ]
