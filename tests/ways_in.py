"""Every way by which a presentation comes in, open at once: by its speaker, an organiser, a link, and as a practice."""

import html

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase
from django.urls import reverse

from conference.models import Outbox
from sessions.collecting.links import issue_link
from sessions.models import Presentation, PresentationFile, Preview
from sessions.models.presentation_file import private_storage
from sessions.services.presentations import add_presentation
from sessions.services.storing import stored_files
from tests.factories import make_appearance, make_organiser, make_session, make_speaker, make_user

DETAILS = {
    "title": "Typed title", "kind": "slides", "language": "en", "licence": "cc-by", "audience": "everyone",
    "opens": "now", "status": "submitted",
}  # fmt: skip
PRACTICE = {
    "description": "Typed words",
    "country": "KE",
    "name": "Ada L.",
    "when_closed": "stays",
    "consent": "on",
}
WAYS = [
    "speaker: new", "speaker: version", "organiser: new", "organiser: version", "link: new", "link: version", "practice",
]  # fmt: skip


def kept():
    """All that a sending could leave behind."""
    rows = [model.objects.count() for model in (Presentation, PresentationFile, Preview, Outbox)]
    return rows, sorted(stored_files(private_storage(), "presentations"))


class WaysInCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.session = make_session()
        cls.speaker = make_speaker(user=make_user("Sam"))
        make_appearance(cls.session, cls.speaker)
        cls.guest = make_speaker("Grace", email="grace@example.org")
        make_appearance(cls.session, cls.guest)
        cls.link, address = issue_link(session=cls.session, speaker=cls.guest, by=None)
        cls.link_url = address.removeprefix("http://localhost:8000")
        shared = {"session": cls.session, "link": "https://example.org/film", "language": "en"}
        cls.own = add_presentation(by=cls.speaker.user, title="Own", **shared)
        cls.given = add_presentation(by=None, upload_link=cls.link, title="Given", **shared)
        cls.people = {
            "speaker": cls.speaker.user, "organiser": make_organiser(), "practice": make_user("Member"), "link": None,
        }  # fmt: skip

    def way(self, name):
        """Where it leads, and what is sent besides the file."""
        new = reverse("sessions:add_presentation", args=[self.session.guid])
        version = reverse("sessions:manage_presentation", args=[self.own.guid])
        replaced = {"form": "version", "presentation": str(self.given.guid), "status": "submitted"}
        return {
            "speaker: new": (new, DETAILS),
            "speaker: version": (version, {"form": "version", "status": "submitted"}),
            "organiser: new": (new, DETAILS),
            "organiser: version": (version, {"form": "version", "status": "submitted"}),
            "link: new": (self.link_url, DETAILS),
            "link: version": (self.link_url, replaced),
            "practice": (reverse("sessions:share"), DETAILS | PRACTICE),
        }[name]

    def client_of(self, way):
        client, person = Client(raise_request_exception=False), self.people[way.partition(":")[0]]
        if person:
            client.force_login(person)
        return client

    def send(self, way, name, content, kind="text/html", **fields):
        """The client says that it is a web page, whatever it is: nobody believes it."""
        url, details = self.way(way)
        upload = SimpleUploadedFile("file", content, content_type=kind)
        upload._name = name  # as it was typed, not as Django would clean it
        return self.client_of(way).post(url, {**details, "file": upload, **fields})

    def assert_refused(self, response, words, status=422):
        """The page says these words; the whole of it would only hide what is wrong."""
        body = html.unescape(response.content.decode())
        self.assertEqual((response.status_code, words in body), (status, True), words)
