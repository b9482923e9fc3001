"""The tables of campaigns."""

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
            name="Campaign",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("legal_entity_code", models.CharField(max_length=64)),
                ("code", models.CharField(max_length=20)),
                ("name", models.CharField(max_length=60)),
                ("purpose", models.CharField(max_length=200)),
                ("group_name", models.CharField(max_length=60)),
                ("group_number", models.PositiveIntegerField()),
                ("group_state_number", models.PositiveIntegerField()),
                ("product_group", models.CharField(max_length=40)),
                (
                    "channel",
                    models.CharField(
                        choices=[("visit", "Visit"), ("telephone", "Telephone"), ("counter", "Counter"), ("message", "Message")],
                        max_length=12,
                    ),
                ),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("asset_average_change", "Asset Average Change"),
                            ("product_held", "Product Held"),
                            ("loan_used", "Loan Used"),
                        ],
                        max_length=24,
                    ),
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                ("control_percent", models.PositiveSmallIntegerField()),
                ("minimum_sample", models.PositiveIntegerField()),
                ("organisations", models.JSONField()),
                ("data_day", models.DateField()),
                ("group_count", models.PositiveIntegerField()),
                ("refused_count", models.PositiveIntegerField()),
                ("unconsented_count", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("started", "Started"), ("rejected", "Rejected"), ("withdrawn", "Withdrawn")],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision_note", models.CharField(blank=True, max_length=300)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="campaigns", to=settings.AUTH_USER_MODEL),
                ),
            ],
            options={
                "db_table": "campaign",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="CampaignMember",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("customer_number", models.CharField(max_length=200)),
                ("is_control", models.BooleanField()),
                (
                    "campaign",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="members", to="campaigns.campaign"),
                ),
            ],
            options={
                "db_table": "campaign_member",
                "ordering": ["customer_number"],
            },
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.UniqueConstraint(fields=("legal_entity_code", "code"), name="one_campaign_a_code"),
        ),
        migrations.AddConstraint(
            model_name="campaignmember",
            constraint=models.UniqueConstraint(fields=("campaign", "customer_number"), name="one_arm_a_customer_and_campaign"),
        ),
    ]
