"""Whatever nobody may bring is refused by every way in alike: the same sentence, and nothing is kept of it."""

import html
import time
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase, override_settings

from conference.models import NewsItem, Organisation
from sessions.files.documents import make_odt, make_pptx
from sessions.models import PresentationFile, Publication, PublicationPart
from sessions.models.presentation_file import private_storage
from speakers.models import Speaker
from tests.bytes import LINES, NAMES
from tests.factories import make_organisation, make_organiser, make_speaker, make_user
from tests.hostile import FILES, PICTURES
from tests.ways_in import WAYS, WaysInCase, kept

pytestmark = pytest.mark.once

MEGABYTE = 1024**2


# One of each kind goes in by every way; of the others each goes in by one, another one than the one before.
BY_EVERY_WAY = [
    "empty", "bomb of 64 MB", "cut off", "slip", "plain zip", "macro part", "laughs", "html as pdf", "script", "exe",
]  # fmt: skip


def ways_of(case):
    return WAYS if case in BY_EVERY_WAY else [WAYS[list(FILES).index(case) % len(WAYS)]]


class HostileFileTests(WaysInCase):
    def test_every_way_refuses_each_with_its_reason_and_keeps_nothing_but_what_was_typed(self):
        before = kept()
        for case, (name, make, message) in FILES.items():
            content = make()
            for way in ways_of(case):
                response = self.send(way, name, content)
                with self.subTest(case=case, way=way):
                    self.assert_refused(response, str(message))
                    if "title" in self.way(way)[1]:
                        self.assert_refused(response, 'value="Typed title"')
        self.assertEqual(kept(), before)

    def test_links_that_lead_nowhere_good_are_refused_by_every_way(self):
        before = kept()
        for way in WAYS:
            for link in (
                "javascript:alert(1)",
                "data:text/html,x",
                "file:///etc/passwd",
                "ftp://example.org/x",
            ):
                url, details = self.way(way)
                response = self.client_of(way).post(url, {**details, "link": link})
                with self.subTest(way=way, link=link):
                    self.assertEqual(response.status_code, 422)
        self.assertEqual(kept(), before)

    def test_two_files_in_the_field_for_one_are_refused_whichever_of_them_is_bad(self):
        good, bad = make_odt("Talk", LINES), b"MZ\x90\0"
        before = kept()
        for way in WAYS:
            for contents in ((good, bad), (bad, good), (good, good)):
                url, details = self.way(way)
                files = [SimpleUploadedFile("talk.odt", content) for content in contents]
                response = self.client_of(way).post(url, {**details, "file": files})
                with self.subTest(way=way):
                    self.assert_refused(response, "Choose one file")
        self.assertEqual(kept(), before)

    def test_spaces_that_are_said_to_be_base64_cost_little_and_are_no_file(self):
        head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n'
        body = head + b"Content-Transfer-Encoding: base64\r\n\r\n" + b" " * 10_000_000 + b"\r\n--x--\r\n"
        before = kept()
        for way in ("speaker: new", "link: new", "practice"):
            begun = time.process_time()
            kind = "multipart/form-data; boundary=x"
            response = self.client_of(way).post(self.way(way)[0], body, content_type=kind)
            with self.subTest(way=way):
                self.assertIn(response.status_code, (400, 413, 422))
                self.assertLess(time.process_time() - begun, 2)
        self.assertEqual(kept(), before)

    def test_a_key_that_no_database_holds_is_refused_beside_its_field(self):
        before = kept()
        for way in ("speaker: new", "link: new", "practice"):
            url, details = self.way(way)
            sent = {**details, "link": "https://example.org/film", "topics": "9" * 25}
            with self.subTest(way=way):
                self.assertEqual(self.client_of(way).post(url, sent).status_code, 422)
        self.assertEqual(kept(), before)


class GoodFileTests(WaysInCase):
    def test_every_way_takes_a_good_file_as_it_is_and_as_what_it_is(self):
        """The type that the client told, and the name that it gave, decide nothing."""
        made = {"talk.pptx": make_pptx, "talk.odt": make_odt}
        for number, way in enumerate(WAYS):
            for name, make in made.items():
                content = make(f"Talk {number}", LINES)
                response = self.send(way, name, content)
                version = PresentationFile.objects.latest("pk")
                with self.subTest(way=way, name=name):
                    self.assertEqual(response.status_code, 302)
                    self.assertEqual(version.file.open().read(), content)
                    self.assertEqual((version.original_name, version.format), (name, name[5:]))
                    self.assertNotIn("html", version.content_type)

    def test_a_hostile_name_reaches_neither_the_disk_nor_a_header_by_any_way(self):
        content = make_odt("Talk", LINES)
        for place, way in enumerate(WAYS):
            names = NAMES[place % 3 :: 3]  # by three ways each
            for name in [name.replace(".pdf", ".odt") for name in names]:
                before = PresentationFile.objects.count()
                response = self.send(way, name.encode("utf-8", "ignore").decode(), content)
                with self.subTest(way=way, name=name[:40]):
                    self.assertIn(response.status_code, (302, 400, 422))
                    if response.status_code != 302:
                        self.assertEqual(PresentationFile.objects.count(), before)
                        continue
                    version = PresentationFile.objects.latest("pk")
                    folder, _guid, stored = version.file.name.split("/")
                    self.assertEqual((folder, Path(stored).suffix), ("presentations", ".odt"))
                    self.assertTrue(Path(stored).stem.isalnum())
                    self.assertFalse(set(version.original_name) & set('/\\<>"\r\n\0'))

    def test_the_limit_is_the_last_size_that_every_way_takes(self):
        content = make_odt("Talk", LINES)
        for way in WAYS:
            for limit, status in ((len(content) - 1, 422), (len(content), 302)):
                with (
                    override_settings(PRESENTATION_MAX_MB=limit / MEGABYTE),
                    self.subTest(way=way, limit=limit),
                ):
                    response = self.send(way, "talk.odt", content)
                    self.assertEqual(response.status_code, status)
                    if status == 422:
                        self.assert_refused(response, "the limit is")


class HostilePictureTests(TestCase):
    """Pictures come in as the logo of an organisation, the portrait of a speaker, in a publication and with news."""

    @classmethod
    def setUpTestData(cls):
        cls.organiser = make_organiser()
        cls.speaker = make_speaker(user=make_user("Sam"))
        cls.organisation = make_organisation()
        cls.publication = Publication.objects.create(title="Looking back", slug="back")

    def answers(self, content):
        picture = lambda: SimpleUploadedFile("picture.png", content, content_type="image/png")  # noqa: E731
        self.client.force_login(self.speaker.user)
        yield "portrait", self.client.post("/speaker/profile/", {"name": "Sam", "portrait": picture()})
        self.client.force_login(self.organiser)
        none = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
        school = {"name": "A school", "slug": self.organisation.slug, "kind": "school", **none}
        logo = f"/admin/conference/organisation/{self.organisation.pk}/change/"
        yield "logo", self.client.post(logo, {**school, "logo": picture()})
        part = f"/admin/conference_sessions/publication/{self.publication.pk}/contents/new/picture/"
        words = {"picture_text": "A school", "open_to": "everyone"}
        yield "publication", self.client.post(part, {**words, "picture": picture()})
        news = {"title_en": "Doors", "slug": "doors", "picture_description_en": "Doors"}
        yield "news", self.client.post("/admin/conference/newsitem/add/", {**news, "picture": picture()})

    def test_every_way_refuses_each_with_its_reason_and_keeps_nothing(self):
        before = private_storage().listdir("")
        for case, (make, message) in PICTURES.items():
            for way, response in self.answers(make()):
                with self.subTest(case=case, way=way):
                    self.assertIn(response.status_code, (200, 422))
                    # An empty file is said to be empty by the field itself.
                    expected = "empty" if case == "empty" else str(message)
                    self.assertIn(expected, html.unescape(response.content.decode()))
        self.assertEqual(Speaker.objects.get(pk=self.speaker.pk).portrait.name, "")
        self.assertEqual(Organisation.objects.get(pk=self.organisation.pk).logo.name, "")
        self.assertFalse(PublicationPart.objects.exists())
        self.assertFalse(NewsItem.objects.exists())
        self.assertEqual(private_storage().listdir(""), before)
