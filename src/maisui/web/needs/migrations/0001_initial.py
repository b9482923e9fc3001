"""The tables of what customers ask for."""

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
            name="CustomerNeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("legal_entity_code", models.CharField(max_length=64)),
                ("customer_number", models.CharField(max_length=200)),
                ("organisation_code", models.CharField(max_length=64)),
                (
                    "kind",
                    models.CharField(choices=[("complaint", "Complaint"), ("need", "Need"), ("opportunity", "Opportunity")], max_length=11),
                ),
                (
                    "came_by",
                    models.CharField(
                        choices=[
                            ("counter", "Counter"),
                            ("visit", "Visit"),
                            ("telephone", "Telephone"),
                            ("message", "Message"),
                            ("hotline", "Hotline"),
                            ("regulator", "Regulator"),
                        ],
                        max_length=9,
                    ),
                ),
                ("words", models.CharField(max_length=300)),
                ("at_stake_amount", models.DecimalField(decimal_places=2, max_digits=18, null=True)),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("taken", "Taken"),
                            ("handed_over", "Handed Over"),
                            ("answered", "Answered"),
                            ("closed", "Closed"),
                        ],
                        default="open",
                        max_length=11,
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("settled", "Settled"),
                            ("sold", "Sold"),
                            ("declined", "Declined"),
                            ("not_possible", "Not Possible"),
                            ("unfounded", "Unfounded"),
                        ],
                        max_length=12,
                    ),
                ),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answered_at", models.DateTimeField(null=True)),
                ("closed_at", models.DateTimeField(null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="owned_needs", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="recorded_needs", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "customer_need",
                "ordering": ["due_on", "id"],
            },
        ),
        migrations.CreateModel(
            name="NeedStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("recorded", "Recorded"),
                            ("taken", "Taken"),
                            ("handed_over", "Handed Over"),
                            ("answered", "Answered"),
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
                        choices=[
                            ("settled", "Settled"),
                            ("sold", "Sold"),
                            ("declined", "Declined"),
                            ("not_possible", "Not Possible"),
                            ("unfounded", "Unfounded"),
                        ],
                        max_length=12,
                    ),
                ),
                ("done_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "done_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="need_steps", to=settings.AUTH_USER_MODEL),
                ),
                (
                    "handed_to",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="received_need_steps",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("need", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="steps", to="needs.customerneed")),
            ],
            options={
                "db_table": "customer_need_step",
                "ordering": ["id"],
            },
        ),
        migrations.AddIndex(
            model_name="customerneed",
            index=models.Index(fields=["legal_entity_code", "customer_number"], name="need_by_customer"),
        ),
        migrations.AddIndex(
            model_name="customerneed",
            index=models.Index(fields=["legal_entity_code", "state", "due_on"], name="need_by_state"),
        ),
    ]
