"""Exports may be documents, and say how far they are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("exports", "0001_initial")]

    operations = [
        migrations.AddField(model_name="exportjob", name="form", field=models.CharField(default="xlsx", max_length=8)),
        migrations.AddField(model_name="exportjob", name="progress", field=models.PositiveSmallIntegerField(default=0)),
    ]
