"""When, by whom and why a campaign that ran was stopped."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds what a stop writes down."""

    dependencies: ClassVar = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("campaigns", "0001_initial"),
    ]

    operations: ClassVar = [
        migrations.AddField(model_name="campaign", name="stopped_on", field=models.DateField(null=True)),
        migrations.AddField(
            model_name="campaign",
            name="stopped_by",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(model_name="campaign", name="why_stopped", field=models.CharField(blank=True, max_length=300)),
    ]
