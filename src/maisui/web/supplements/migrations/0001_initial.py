"""The table of uploads."""

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
            name="SupplementUpload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("feed_code", models.CharField(max_length=64)),
                ("business_date", models.DateField()),
                ("file_name", models.CharField(max_length=200)),
                ("suffix", models.CharField(max_length=4)),
                ("content", models.BinaryField()),
                ("sha256", models.CharField(max_length=64)),
                ("byte_count", models.PositiveIntegerField()),
                ("row_count", models.PositiveIntegerField()),
                ("fault_count", models.PositiveIntegerField()),
                ("organisations", models.JSONField(default=list)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("checked", "Checked"),
                            ("waiting", "Waiting"),
                            ("approved", "Approved"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="checked",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("submitted_at", models.DateTimeField(null=True)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision_note", models.CharField(blank=True, max_length=300)),
                ("delivered_as", models.CharField(blank=True, max_length=200)),
                ("delivered_at", models.DateTimeField(null=True)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="decided_uploads", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="uploads", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "db_table": "supplement_upload",
                "ordering": ["-id"],
            },
        ),
    ]
