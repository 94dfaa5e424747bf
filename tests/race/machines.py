"""Run in the scratch site of several machines: people, an edition with ten places, slides for members, an upload link."""

import hashlib
import json
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conference.settings")

import django  # noqa: E402

django.setup()

from conference.models import User  # noqa: E402
from sessions.models import PresentationFile  # noqa: E402
from tests.bench.upload_link import make_link  # noqa: E402
from tests.factories import make_edition, make_presentation, make_registration_type, make_session  # noqa: E402
from tests.race.load import session_of  # noqa: E402

PEOPLE, PLACES = 24, 10
SLIDES = b"%PDF-1.7 " + bytes(range(256)) * 4096


def load() -> dict:
    User.objects.bulk_create(
        User(email=f"person{n}@example.org", name=f"Person {n}", country="BE", password=f"!{n}")
        for n in range(PEOPLE)
    )
    edition = make_edition()
    kind = make_registration_type(edition, capacity=PLACES)
    slides = make_presentation(make_session(edition), content=SLIDES, audience="members")
    sha256 = hashlib.sha256(SLIDES).hexdigest()
    PresentationFile.objects.filter(presentation=slides).update(sha256=sha256)
    return {
        "sessions": [session_of(user) for user in User.objects.order_by("pk")],
        "edition": {"slug": edition.slug, "pk": edition.pk, "type": kind.pk},
        "slides": f"/presentations/{slides.guid}/download/",
        "sha256": sha256,
        "link": make_link(),
    }


if __name__ == "__main__":
    print(json.dumps(load()))
