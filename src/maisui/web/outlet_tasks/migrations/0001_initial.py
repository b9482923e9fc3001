"""The table of tasks for outlets."""

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
            name="OutletTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("legal_entity_code", models.CharField(max_length=64)),
                ("source", models.CharField(choices=[("terminal", "Terminal"), ("counter_staffing", "Staffing")], max_length=16)),
                ("subject_code", models.CharField(max_length=200)),
                ("organisation_code", models.CharField(max_length=64)),
                ("other_organisation_code", models.CharField(blank=True, max_length=64)),
                ("what", models.CharField(max_length=120)),
                ("due_on", models.DateField()),
                ("reported_on", models.DateField()),
                ("version_then", models.CharField(max_length=64)),
                ("figure_then", models.DecimalField(decimal_places=6, max_digits=18, null=True)),
                ("amount_then", models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                (
                    "state",
                    models.CharField(choices=[("open", "Open"), ("done", "Done"), ("dropped", "Dropped")], default="open", max_length=7),
                ),
                ("outcome", models.CharField(blank=True, max_length=300)),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ended_outlet_tasks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="outlet_tasks", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "outlet_task",
                "ordering": ["due_on", "id"],
            },
        ),
        migrations.AddIndex(
            model_name="outlettask",
            index=models.Index(fields=["legal_entity_code", "state", "due_on"], name="outlet_task_by_state"),
        ),
        migrations.AddConstraint(
            model_name="outlettask",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")),
                fields=("legal_entity_code", "source", "subject_code"),
                name="one_open_outlet_task",
            ),
        ),
    ]
