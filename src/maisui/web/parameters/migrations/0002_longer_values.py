"""Values may be formulas of ledger lines, which are longer than words."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    """Widens the column."""

    dependencies: ClassVar = [("parameters", "0001_initial")]

    operations: ClassVar = [
        migrations.AlterField(model_name="parameterproposal", name="value", field=models.CharField(max_length=400)),
    ]
