"""Which approved upload an upload takes the place of."""

from __future__ import annotations

from typing import ClassVar

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the column."""

    dependencies: ClassVar = [("supplements", "0001_initial")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="supplementupload",
            name="replaces",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="replacements", to="supplements.supplementupload"
            ),
        ),
    ]
