"""The public file of a presentation is still never deleted alone, but it no longer keeps the presentation from going."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("conference_sessions", "0013_former_publications")]

    operations = [
        migrations.AlterField(
            model_name="presentation",
            name="current_file",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="conference_sessions.presentationfile",
                verbose_name="public file",
            ),
        ),
    ]
