"""Operating reports that people want after each month end."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exports", "0002_form_and_progress"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportSubscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("organisation_code", models.CharField(blank=True, max_length=64)),
                ("form", models.CharField(default="pdf", max_length=8)),
                ("language", models.CharField(max_length=10)),
                ("last_day", models.DateField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="report_subscriptions", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "report_subscription",
                "ordering": ["organisation_code", "form", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("owner", "organisation_code", "form"), name="one_open_subscription"
                    )
                ],
            },
        ),
    ]
