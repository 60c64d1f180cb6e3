"""Know which digest a notice was in, so that it can wait for the next one where that could not go."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("messages", "0006_calendars"),
    ]

    operations = [
        migrations.AddField(
            model_name="digested",
            name="row",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="gathered",
                to="messages.outboxrow",
            ),
        ),
    ]
