"""Which duty of which post a line of a digest is about, so that it can carry a link of its own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("messages", "0007_digested_in"),
    ]

    operations = [
        migrations.AddField(
            model_name="digestline",
            name="duty",
            field=models.CharField(blank=True, max_length=160),
        ),
        migrations.AddField(
            model_name="digestline",
            name="post",
            field=models.CharField(blank=True, max_length=32),
        ),
    ]
