"""Run in the scratch site: fill it, write to it until told to stop, or ask the restored one whether all still works.

`python -m tests.race.restoring fill|write|ask [what fill printed]`.
"""

import hashlib
import json
import os
import select
import sys

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conference.settings")

import django  # noqa: E402

django.setup()

from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value  # noqa: E402
from allauth.mfa.totp.internal.auth import yield_hotp_counters_from_time as moments  # noqa: E402
from django.core.files.storage import storages  # noqa: E402
from django.db import transaction  # noqa: E402
from django.test import Client  # noqa: E402

from conference.models import Outbox, User  # noqa: E402
from registration.models import RegistrationType  # noqa: E402
from registration.services.registering import register  # noqa: E402
from sessions.models import PresentationFile  # noqa: E402
from tests.factories import (  # noqa: E402
    PASSWORD,
    make_edition,
    make_organiser,
    make_presentation,
    make_registration,
    make_registration_type,
    make_session,
    make_version,
)


def fill() -> dict:
    edition = make_edition(slug="ed")
    kind = make_registration_type(edition)
    ada = make_registration("Ada", edition, registration_type=kind)
    organiser, secret = make_organiser(), generate_totp_secret()
    TOTP.activate(organiser, secret)
    slides = make_presentation(
        make_session(edition, "Fractions", slug="fractions"), content=b"%PDF-1.7 first"
    )
    Outbox.objects.create(recipient="waits@example.org", subject="It waits", text="Hello")
    Outbox.objects.create(recipient="code@example.org", subject="A code", text="123456", is_secret=True)
    return {
        "type": kind.pk,
        "presentation": slides.pk,
        "email": ada.user.email,
        "code": ada.ticket_code,
        "organiser": organiser.email,
        "secret": secret,
    }


def write(known: dict) -> dict:
    """Register people and keep files, one after the other, until somebody says a word on standard input."""
    kind = RegistrationType.objects.get(pk=known["type"])
    presentation = PresentationFile.objects.get(presentation=known["presentation"]).presentation
    written = 0
    print("writing", flush=True)
    while not select.select([sys.stdin], [], [], 0)[0]:
        written += 1
        with transaction.atomic():
            user = User.objects.create(email=f"w{written}@example.org", name=f"W {written}", password="!")
            register(user=user, registration_type=kind, role="teacher", country="BE")
        make_version(presentation, f"%PDF-1.7 {written}".encode() * 500, status="uploaded")
        if written % 3 == 0:  # some go away while they are copied
            old = presentation.versions.filter(status="uploaded").first()
            name = old.file.name
            old.delete()
            storages["private"].delete(name)
    return {"written": written}


def ask(known: dict) -> dict:
    """What a person sees: log-in, second factor (a code is good once), the ticket at the door, addresses, files."""
    somebody, organiser = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
    logged_in = somebody.post("/accounts/login/", {"login": known["email"], "password": PASSWORD})
    organiser.post("/accounts/login/", {"login": known["organiser"], "password": PASSWORD})
    number = next(iter(moments()))
    code = format_hotp_value(hotp_value(known["secret"], number))
    second = organiser.post("/accounts/2fa/authenticate/", {"code": code})
    scan = json.dumps({"scans": [{"nonce": "0b6e1c8a-3f53-4b57-9f6e-6f2f3c1f2a10", "code": known["code"]}]})
    welcome = organiser.post("/desk/ed/scans/new/", scan, content_type="application/json")
    files = {row.file.name: digest(row) for row in PresentationFile.objects.all()}
    return {
        "logged_in": logged_in.status_code == 302 and "_auth_user_id" in somebody.session,
        "second": second.status_code == 302,
        "welcome": [answer["kind"] for answer in welcome.json()["answers"]],
        "address": somebody.get("/ed/sessions/fractions/").status_code,
        "files": files,
    }


def digest(row: PresentationFile) -> str:
    with row.file.open("rb") as source:
        return hashlib.sha256(source.read()).hexdigest()


if __name__ == "__main__":
    step, *known = sys.argv[1:]
    print(json.dumps({"fill": fill, "write": write, "ask": ask}[step](*map(json.loads, known))))
