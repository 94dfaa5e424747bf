"""Give every registration a ticket code and every type an invitation key."""

import base64
import secrets

from django.db import migrations


def fill(apps, schema_editor):
    for row in apps.get_model("registration", "Registration").objects.filter(ticket_code=None).only("pk").iterator():
        row.ticket_code = base64.b32encode(secrets.token_bytes(20)).decode()
        row.save(update_fields=["ticket_code"])
    for row in apps.get_model("registration", "RegistrationType").objects.filter(invitation_key=None).only("pk"):
        row.invitation_key = secrets.token_urlsafe(24)
        row.save(update_fields=["invitation_key"])


class Migration(migrations.Migration):
    dependencies = [("registration", "0006_registration_in_full")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
