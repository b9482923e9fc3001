"""What an upload would have made of the last month."""

from __future__ import annotations

from typing import ClassVar

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the columns."""

    dependencies: ClassVar = [("supplements", "0002_replaces")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="supplementupload",
            name="preview_state",
            field=models.CharField(
                choices=[("none", "None"), ("waiting", "Waiting"), ("running", "Running"), ("done", "Done"), ("failed", "Failed")],
                default="none",
                max_length=10,
            ),
        ),
        migrations.AddField(model_name="supplementupload", name="preview", field=models.JSONField(null=True)),
        migrations.AddField(model_name="supplementupload", name="preview_fault", field=models.CharField(blank=True, max_length=300)),
        migrations.AddField(
            model_name="supplementupload", name="preview_at", field=models.DateTimeField(default=django.utils.timezone.now)
        ),
    ]
