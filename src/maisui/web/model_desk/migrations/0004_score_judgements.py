"""The table of what people judge otherwise than a model."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


def _person(name: str) -> models.ForeignKey:
    return models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name=name, to=settings.AUTH_USER_MODEL, null=True)


class Migration(migrations.Migration):
    """Makes the table."""

    dependencies: ClassVar = [
        ("model_desk", "0003_proposal_exception"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations: ClassVar = [
        migrations.CreateModel(
            name="ScoreJudgement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("model", models.CharField(max_length=40)),
                ("customer_number", models.CharField(max_length=64)),
                ("is_lowering", models.BooleanField()),
                ("reason", models.CharField(max_length=300)),
                ("ends_on", models.DateField()),
                ("scored_on", models.DateField()),
                ("shown_probability", models.DecimalField(decimal_places=6, max_digits=8, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("active", "Active"), ("rejected", "Rejected"), ("ended", "Ended")], max_length=10
                    ),
                ),
                ("proposed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision_note", models.CharField(blank=True, max_length=300)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="proposed_judgements", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("decided_by", _person("decided_judgements")),
                ("ended_by", _person("ended_judgements")),
            ],
            options={"db_table": "score_judgement", "ordering": ["-id"]},
        ),
    ]
