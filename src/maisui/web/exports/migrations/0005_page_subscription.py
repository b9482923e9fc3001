"""Pages that people want after publications."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exports", "0004_report_template"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PageSubscription",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page", models.CharField(max_length=32)),
                ("query", models.CharField(blank=True, max_length=2000)),
                ("name", models.CharField(max_length=60)),
                (
                    "rhythm",
                    models.CharField(choices=[("daily", "Daily"), ("weekly", "Weekly"), ("monthly", "Monthly")], max_length=8),
                ),
                ("form", models.CharField(default="xlsx", max_length=8)),
                ("language", models.CharField(max_length=10)),
                ("last_day", models.DateField()),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="page_subscriptions", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={"db_table": "page_subscription", "ordering": ["name", "id"]},
        ),
    ]
