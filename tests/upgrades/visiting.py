"""Run with the program of the former version, on tables of the present one: what people do on a day like any other.

Prints what became of it; everything imported here is the former version's.
"""

# ruff: noqa: E402
import json
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conference.settings")

import django

django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from conference.models import Outbox
from registration.models import Registration, WorkshopBooking
from sessions.files.documents import make_pdf
from sessions.models import PresentationFile, Preview
from sessions.services.presentations import add_presentation
from tests.factories import (
    make_edition,
    make_organiser,
    make_presentation,
    make_registration_type,
    make_user,
    make_workshop,
)


def visit() -> dict:
    edition = make_edition(slug="former")
    kind = make_registration_type(edition)
    workshop = make_workshop(edition, slug="a-workshop", capacity=1)
    slides = make_presentation(workshop, content=b"%PDF-1.7 former", audience="members")
    answers = [act(make_user(), kind, slides) for _person in range(2)]
    upload = SimpleUploadedFile("talk.pdf", make_pdf("Talk", ["one"]), "application/pdf")
    add_presentation(session=workshop, by=make_organiser(), upload=upload, title="Talk")
    call_command("worker", once=True)
    return {
        "answers": answers,
        "places": list(Registration.objects.order_by("pk").values_list("status", flat=True)),
        "bookings": list(WorkshopBooking.objects.order_by("pk").values_list("status", flat=True)),
        "files": PresentationFile.objects.filter(presentation__session=workshop).count(),
        "previews": list(Preview.objects.filter(state="done").values_list("page_count", flat=True)),
        "unsent": Outbox.objects.exclude(status="sent").count(),
    }


def act(user, kind, slides) -> list[int]:
    """Registers, books, looks around, takes the slides home; the status of each answer."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    form = {"role": "teacher", "consent": "on", "country": "BE", "waiting_ok": str(kind.pk)}
    asked = [
        client.post("/former/register/", form),
        client.post("/former/workshops/a-workshop/book/"),
        client.get("/former/"),
        client.get("/former/my-registration/"),
        client.get(f"/presentations/{slides.guid}/download/"),
    ]
    return [answer.status_code for answer in asked]


if __name__ == "__main__":
    print(json.dumps(visit()))
