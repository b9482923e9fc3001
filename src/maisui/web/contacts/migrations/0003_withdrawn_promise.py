"""Who withdrew a promise to pay, when and why."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds three columns."""

    dependencies: ClassVar = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("contacts", "0002_payment_promise"),
    ]

    operations: ClassVar = [
        migrations.AddField("paymentpromise", "why_withdrawn", models.CharField(blank=True, max_length=300)),
        migrations.AddField("paymentpromise", "withdrawn_at", models.DateTimeField(null=True)),
        migrations.AddField(
            "paymentpromise",
            "withdrawn_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="withdrawn_promises",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
