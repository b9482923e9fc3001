"""A preview that nobody has asked for yet is said to be none."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """States the word."""

    dependencies: ClassVar = [("parameters", "0002_longer_values")]

    operations: ClassVar = [
        migrations.AlterField(
            model_name="parameterproposal",
            name="preview_state",
            field=models.CharField(
                choices=[("none", "None"), ("waiting", "Waiting"), ("running", "Running"), ("done", "Done"), ("failed", "Failed")],
                default="none",
                max_length=10,
            ),
        ),
    ]
