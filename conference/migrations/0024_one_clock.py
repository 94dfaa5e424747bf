"""Moments written beforehand come from the clock of all machines; nothing changes in the tables."""

from django.db import migrations, models

import conference.clock


class Migration(migrations.Migration):

    dependencies = [
        ('conference', '0023_pictures_of_news'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='contentversion',
                    name='changed_at',
                    field=models.DateTimeField(default=conference.clock.now, verbose_name='changed'),
                ),
                migrations.AlterField(
                    model_name='outbox',
                    name='due_at',
                    field=models.DateTimeField(default=conference.clock.now, verbose_name='due'),
                ),
            ]
        ),
    ]
