"""The table of reveals."""

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
            name="CustomerReveal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("legal_entity_code", models.CharField(max_length=64)),
                ("customer_number", models.CharField(max_length=200)),
                ("reason", models.CharField(max_length=200)),
                ("revealed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("expires_at", models.DateTimeField()),
                (
                    "user",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="reveals", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "db_table": "customer_reveal",
                "ordering": ["-revealed_at", "-id"],
                "indexes": [
                    models.Index(fields=["user", "revealed_at"], name="reveal_by_user"),
                    models.Index(fields=["user", "customer_number", "expires_at"], name="reveal_by_customer"),
                ],
            },
        ),
    ]
