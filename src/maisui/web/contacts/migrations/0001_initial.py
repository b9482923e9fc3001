"""The tables of facts, contacts and tasks of customers."""

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
            name="CustomerContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("legal_entity_code", models.CharField(max_length=64)),
                ("customer_number", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[("visit", "Visit"), ("telephone", "Telephone"), ("counter", "Counter"), ("message", "Message")],
                        max_length=12,
                    ),
                ),
                ("happened_on", models.DateField()),
                (
                    "outcome",
                    models.CharField(
                        choices=[
                            ("agreed", "Agreed"),
                            ("interested", "Interested"),
                            ("declined", "Declined"),
                            ("not_reached", "Not Reached"),
                            ("informed", "Informed"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=300)),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="customer_contacts", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "customer_contact",
                "ordering": ["-happened_on", "-id"],
                "indexes": [models.Index(fields=["legal_entity_code", "customer_number"], name="contact_by_customer")],
            },
        ),
        migrations.CreateModel(
            name="CustomerFact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("legal_entity_code", models.CharField(max_length=64)),
                ("customer_number", models.CharField(max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("family", "Family"),
                            ("business", "Business"),
                            ("assets", "Assets"),
                            ("document", "Document"),
                            ("preference", "Preference"),
                            ("other", "Other"),
                        ],
                        max_length=12,
                    ),
                ),
                ("words", models.CharField(max_length=300)),
                (
                    "source",
                    models.CharField(
                        choices=[("customer", "Customer"), ("visit", "Visit"), ("document", "Document"), ("third_party", "Third Party")],
                        max_length=12,
                    ),
                ),
                ("valid_from", models.DateField()),
                ("valid_until", models.DateField(null=True)),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ended_customer_facts",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="customer_facts", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "customer_fact",
                "ordering": ["kind", "-valid_from", "-id"],
                "indexes": [models.Index(fields=["legal_entity_code", "customer_number"], name="fact_by_customer")],
            },
        ),
        migrations.CreateModel(
            name="CustomerTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("legal_entity_code", models.CharField(max_length=64)),
                ("customer_number", models.CharField(max_length=200)),
                ("what", models.CharField(max_length=120)),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(choices=[("open", "Open"), ("done", "Done"), ("dropped", "Dropped")], default="open", max_length=7),
                ),
                ("written_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ended_customer_tasks",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="customer_tasks", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "db_table": "customer_task",
                "ordering": ["due_on", "id"],
                "indexes": [models.Index(fields=["legal_entity_code", "customer_number"], name="task_by_customer")],
            },
        ),
    ]
