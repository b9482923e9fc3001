"""The table of notes on figures."""

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
            name="FigureNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("legal_entity_code", models.CharField(max_length=64)),
                ("organisation_code", models.CharField(max_length=64)),
                ("metric_code", models.CharField(blank=True, max_length=64)),
                ("noted_on", models.DateField()),
                ("words", models.CharField(max_length=120)),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="figure_notes", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "figure_note",
                "ordering": ["-noted_on", "-id"],
                "indexes": [models.Index(fields=["legal_entity_code", "noted_on"], name="figure_note_by_day")],
            },
        ),
    ]
