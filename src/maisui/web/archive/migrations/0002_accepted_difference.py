"""The table of accepted differences."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Makes the table."""

    dependencies: ClassVar = [
        ("archive", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="AcceptedDifference",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("legal_entity_code", models.CharField(max_length=64)),
                ("report_name", models.CharField(max_length=300)),
                ("organisation_code", models.CharField(max_length=64)),
                ("measured_on", models.DateField()),
                ("metric_code", models.CharField(max_length=64)),
                ("currency", models.CharField(max_length=3)),
                ("our_amount", models.CharField(max_length=48)),
                ("their_amount", models.CharField(max_length=48)),
                ("words", models.CharField(max_length=300)),
                ("accepted_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "accepted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="accepted_differences", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "accepted_difference",
                "ordering": ["-accepted_at", "-id"],
                "indexes": [models.Index(fields=["report_name", "organisation_code", "measured_on"], name="accepted_by_figure")],
            },
        ),
    ]
