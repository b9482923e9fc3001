"""The table of manual work."""

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
            name="ManualWork",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("legal_entity_code", models.CharField(max_length=64)),
                ("employee_number", models.CharField(max_length=64)),
                ("organisation_code", models.CharField(max_length=64)),
                ("kind", models.CharField(max_length=40)),
                ("worked_on", models.DateField()),
                ("quantity", models.DecimalField(decimal_places=2, max_digits=10)),
                ("words", models.CharField(max_length=300)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("approved", "Approved"), ("rejected", "Rejected"), ("withdrawn", "Withdrawn")],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision_note", models.CharField(blank=True, max_length=300)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decided_work",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recorded_work", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "manual_work",
                "ordering": ["-worked_on", "-id"],
            },
        ),
    ]
