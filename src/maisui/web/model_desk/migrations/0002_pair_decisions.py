"""The table of what people decided about numbers that may be one person."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Makes the table."""

    dependencies: ClassVar = [
        ("model_desk", "0001_model_proposals"),
        ("supplements", "0002_replaces"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="PairDecision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("customer_number", models.CharField(max_length=64)),
                ("surviving_number", models.CharField(max_length=64)),
                ("is_confirmed", models.BooleanField()),
                ("reason", models.CharField(max_length=300)),
                ("decided_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decided_pairs", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="ended_pairs", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "undo_upload",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="supplements.supplementupload"
                    ),
                ),
                (
                    "upload",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="supplements.supplementupload"
                    ),
                ),
            ],
            options={"db_table": "pair_decision", "ordering": ["-id"]},
        ),
    ]
