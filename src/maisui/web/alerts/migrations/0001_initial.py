"""The tables of handled cases, their steps and deputies."""

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
            name="Deputy",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField()),
                ("named_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "deputy",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="deputised", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "person",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="deputies", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "db_table": "case_deputy",
                "ordering": ["-valid_from", "-id"],
            },
        ),
        migrations.CreateModel(
            name="HandledCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("legal_entity_code", models.CharField(max_length=64)),
                ("case_code", models.CharField(max_length=32)),
                ("rule_code", models.CharField(max_length=64)),
                ("subject_key", models.CharField(max_length=200)),
                ("period_on", models.DateField()),
                ("severity_code", models.CharField(max_length=8)),
                ("organisation_code", models.CharField(max_length=64)),
                ("customer_number", models.CharField(blank=True, max_length=200)),
                ("at_stake_amount", models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ("found_in_version", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("taken", "Taken"),
                            ("snoozed", "Snoozed"),
                            ("handed_over", "Handed Over"),
                            ("escalated", "Escalated"),
                            ("closed", "Closed"),
                        ],
                        default="taken",
                        max_length=11,
                    ),
                ),
                ("due_on", models.DateField(null=True)),
                ("snoozed_until", models.DateField(null=True)),
                ("escalated_to", models.CharField(blank=True, max_length=64)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("confirmed", "Confirmed"), ("false_alarm", "False Alarm"), ("no_action", "No Action")],
                        max_length=11,
                    ),
                ),
                ("closed_at", models.DateTimeField(null=True)),
                ("opened_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "owner",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="cases", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "handled_case",
                "ordering": ["due_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="CaseStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("taken", "Taken"),
                            ("snoozed", "Snoozed"),
                            ("handed_over", "Handed Over"),
                            ("escalated", "Escalated"),
                            ("closed", "Closed"),
                        ],
                        max_length=11,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[("confirmed", "Confirmed"), ("false_alarm", "False Alarm"), ("no_action", "No Action")],
                        max_length=11,
                    ),
                ),
                ("until", models.DateField(null=True)),
                ("done_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "done_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="case_steps", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "handed_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="received_case_steps",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="alerts.handledcase",
                    ),
                ),
            ],
            options={
                "db_table": "handled_case_step",
                "ordering": ["id"],
            },
        ),
        migrations.AddIndex(
            model_name="handledcase",
            index=models.Index(fields=["state", "due_on"], name="case_by_state"),
        ),
        migrations.AddConstraint(
            model_name="handledcase",
            constraint=models.UniqueConstraint(fields=("legal_entity_code", "case_code"), name="one_row_a_case"),
        ),
    ]
