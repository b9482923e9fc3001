"""The table of a bank's own lines of strategy."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Makes the table."""

    initial = True

    dependencies: ClassVar = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="StrategyLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("legal_entity_code", models.CharField(max_length=64)),
                ("code", models.CharField(max_length=40)),
                ("valid_from", models.DateField()),
                ("is_ended", models.BooleanField(default=False)),
                ("tier", models.CharField(blank=True, max_length=20)),
                ("life_stage", models.CharField(blank=True, max_length=20)),
                ("label", models.CharField(blank=True, max_length=40)),
                ("action", models.CharField(max_length=120)),
                ("product", models.CharField(blank=True, max_length=60)),
                (
                    "channel",
                    models.CharField(
                        choices=[("visit", "Visit"), ("telephone", "Telephone"), ("counter", "Counter"), ("message", "Message")],
                        max_length=12,
                    ),
                ),
                ("frequency_days", models.PositiveIntegerField()),
                (
                    "owner",
                    models.CharField(
                        choices=[("customer_manager", "Customer Manager"), ("branch_manager", "Branch Manager"), ("counter", "Counter")],
                        max_length=16,
                    ),
                ),
                ("reason", models.CharField(max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("approved", "Approved"), ("rejected", "Rejected"), ("withdrawn", "Withdrawn")],
                        default="waiting",
                        max_length=9,
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
                        related_name="decided_strategies",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proposed_strategies", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "strategy_line",
                "ordering": ["-id"],
            },
        ),
    ]
