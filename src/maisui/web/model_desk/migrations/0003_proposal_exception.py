"""Why a proposal may do without the months in shadow."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the column; earlier proposals needed no exception."""

    dependencies: ClassVar = [("model_desk", "0002_pair_decisions")]

    operations: ClassVar = [
        migrations.AddField(model_name="modelproposal", name="exception", field=models.CharField(blank=True, default="", max_length=300)),
    ]
