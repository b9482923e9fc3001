"""The tables of customer groups."""

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
            name="CustomerGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("legal_entity_code", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=60)),
                ("purpose", models.CharField(blank=True, max_length=200)),
                ("rule", models.JSONField()),
                ("frozen_on", models.DateField(null=True)),
                ("members", models.JSONField(null=True)),
                ("is_shared", models.BooleanField(default=False)),
                ("shared_role", models.CharField(blank=True, max_length=40)),
                ("shared_organisation", models.CharField(blank=True, max_length=64)),
                ("state_number", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="customer_groups", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "customer_group",
                "ordering": ["name", "id"],
                "constraints": [models.UniqueConstraint(fields=["legal_entity_code", "owner", "name"], name="one_group_a_name_and_owner")],
            },
        ),
        migrations.CreateModel(
            name="GroupState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("rule", models.JSONField()),
                ("frozen_on", models.DateField(null=True)),
                ("customer_count", models.PositiveIntegerField()),
                ("data_day", models.DateField()),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "changed_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "group",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="states", to="groups.customergroup"),
                ),
            ],
            options={
                "db_table": "customer_group_state",
                "ordering": ["-number"],
                "constraints": [models.UniqueConstraint(fields=["group", "number"], name="one_state_a_number_and_group")],
            },
        ),
    ]
