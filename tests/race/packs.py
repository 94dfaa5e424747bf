"""Run in the scratch site: a session with files worth taking home; prints what the tests need."""

import itertools
import json
import os
import random

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conference.settings")

import django  # noqa: E402

django.setup()

from django.db import transaction  # noqa: E402

from sessions.models import Presentation, PresentationFile  # noqa: E402
from tests import factories  # noqa: E402
from tests.admin_forms import make_staff  # noqa: E402
from tests.factories import (  # noqa: E402
    make_appearance,
    make_edition,
    make_presentation,
    make_session,
    make_speaker,
    make_user,
)
from tests.race.load import session_of  # noqa: E402

LARGE = 16 * 1024**2  # more than lies between server and reader at any moment
CANARY = b"%PDF-1.7 the last canary"


@transaction.atomic
def load() -> dict:
    edition = make_edition("A conference to take home")
    speaker = make_speaker(user=make_user("Grace"))
    return {
        "edition": edition.pk,
        "organiser": session_of(make_staff("organiser")),
        "speaker": session_of(speaker.user),
        "journey": shelf(edition, speaker, b"%PDF-1.7 " + bytes(1000)),
        "broken": shelf(edition, speaker, random.Random(1).randbytes(LARGE)),  # noqa: S311
        "revoked": shelf(edition, speaker, random.Random(2).randbytes(LARGE)),  # noqa: S311
    }


def shelf(edition, speaker, content: bytes) -> dict:
    """A session with slides, then a hand-out for members, and a film."""
    session = make_session(edition)
    make_appearance(session, speaker)
    slides = make_presentation(session, "1 Slides", b"%PDF-1.7 " + content, licence="cc-by-sa", position=1)
    last = make_presentation(session, "2 Hand-out", CANARY, audience="members", position=2)
    film = Presentation.objects.create(
        session=session, edition=edition, title="3 Film", audience="everyone", kind="video", position=3
    )
    film.current_file = PresentationFile.objects.create(
        presentation=film, number=1, link="https://films.example/1", status="approved"
    )
    film.save()
    return {"pack": f"/packs/session/{session.guid}/pack.zip", "slides": str(slides.guid), "last": last.pk}


if __name__ == "__main__":
    factories.counter = itertools.count(100_000)  # others made things in this site before
    print(json.dumps(load()))
