"""The CRC-32 of files, for packs."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conference_sessions", "0007_library"),
        ("registration", "0016_views"),
    ]

    operations = [
        migrations.CreateModel(
            name="FileSum",
            fields=[
                (
                    "version",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="file_sum",
                        serialize=False,
                        to="conference_sessions.presentationfile",
                        verbose_name="version",
                    ),
                ),
                ("crc32", models.PositiveBigIntegerField(verbose_name="CRC-32")),
                ("size", models.PositiveBigIntegerField(verbose_name="size")),
            ],
            options={
                "verbose_name": "checksum of a file",
                "verbose_name_plural": "checksums of files",
                "ordering": ["version"],
            },
        ),
    ]
