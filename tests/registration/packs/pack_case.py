"""A pack over HTTP with presentations of every audience, for the tests of packs."""

import io
import zipfile

from django.test import TestCase

from sessions.models import Presentation, PresentationFile
from tests.factories import (
    make_edition,
    make_presentation,
    make_session,
    make_track,
    make_user,
    make_workshop,
)


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def read(response):
    return zipfile.ZipFile(io.BytesIO(body(response)))


class PackCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition(slug="second")
        cls.track = make_track(cls.edition)
        cls.session = make_session(cls.edition, "A hub", slug="a-hub", track=cls.track)
        cls.part = make_workshop(cls.edition, "Its workshop", slug="its-workshop", part_of=cls.session)
        cls.open = make_presentation(cls.session, "Open slides", b"%PDF open canary")
        cls.members = make_presentation(
            cls.part, "Slides of members", b"%PDF member canary", audience="members"
        )
        cls.attendees = make_presentation(
            cls.session, "Slides of attendees", b"%PDF attendee canary", audience="attendees"
        )
        cls.secret = make_presentation(cls.session, "A secret", b"%PDF secret canary", audience="organisers")
        cls.film = Presentation.objects.create(
            session=cls.session, edition=cls.edition, title="A film", audience="everyone", kind="video"
        )
        cls.film.current_file = PresentationFile.objects.create(
            presentation=cls.film, number=1, link="https://films.example/1", status="approved"
        )
        cls.film.save()
        cls.url = f"/packs/session/{cls.session.guid}/pack.zip"

    def names(self, response):
        with read(response) as pack:
            return {name.rsplit("/", 1)[-1].split(" (")[0] for name in pack.namelist()} - {
                "contents.html", "licences.html", "pack.css",
            }  # fmt: skip

    def member(self, **fields):
        user = make_user(**fields)
        self.client.force_login(user)
        return user
