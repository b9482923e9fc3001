"""Tasks for outlets may come of a product to be launched."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds a source of signals."""

    dependencies: ClassVar = [("outlet_tasks", "0001_initial")]

    operations: ClassVar = [
        migrations.AlterField(
            model_name="outlettask",
            name="source",
            field=models.CharField(
                choices=[("terminal", "Terminal"), ("counter_staffing", "Staffing"), ("product_launch", "Launch")], max_length=16
            ),
        ),
    ]
