"""The table of audit records."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models
from django.db.migrations.operations.base import Operation


class Migration(migrations.Migration):
    """Creates the table of audit records."""

    initial = True

    dependencies: ClassVar[list[tuple[str, str]]] = []

    operations: ClassVar[list[Operation]] = [
        migrations.CreateModel(
            name="AuditRecord",
            fields=[
                ("sequence", models.BigIntegerField(primary_key=True, serialize=False)),
                ("at", models.DateTimeField()),
                ("actor_username", models.CharField(max_length=64)),
                ("actor_name", models.CharField(max_length=128)),
                ("employee_number", models.CharField(max_length=64)),
                ("roles", models.CharField(max_length=400)),
                ("scope", models.CharField(max_length=400)),
                ("source_address", models.CharField(max_length=64)),
                ("action", models.CharField(max_length=64)),
                ("object_type", models.CharField(max_length=64)),
                ("object_id", models.CharField(max_length=200)),
                ("result", models.CharField(choices=[("allowed", "Allowed"), ("refused", "Refused"), ("failed", "Failed")], max_length=10)),
                ("details", models.TextField()),
                ("previous_hash", models.CharField(max_length=64)),
                ("hash", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "audit_record",
                "indexes": [
                    models.Index(fields=["at"], name="audit_by_time"),
                    models.Index(fields=["actor_username", "sequence"], name="audit_by_actor"),
                    models.Index(fields=["action", "sequence"], name="audit_by_action"),
                ],
            },
        ),
    ]
