"""Views shared with the holders of a role, or with the staff of an organisation."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("archive", "0002_accepted_difference"),
    ]

    operations = [
        migrations.AddField(
            model_name="savedview",
            name="shared_organisation",
            field=models.CharField(blank=True, max_length=64),
        ),
        migrations.AddField(
            model_name="savedview",
            name="shared_role",
            field=models.CharField(blank=True, max_length=40),
        ),
    ]
