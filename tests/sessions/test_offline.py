"""What an edition offers a device that installs it or keeps its pages."""

from django.contrib.staticfiles import finders
from django.test import TestCase
from PIL import Image

from conference.content import touch
from sessions.offline import kept_pages_of
from sessions.services.timetable import release_timetable
from tests.factories import (
    make_appearance,
    make_edition,
    make_organiser,
    make_session,
    make_slot,
    make_speaker,
    make_workshop,
)


class OfflineListTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition(slug="ed")
        cls.talk, cls.ada = make_session(cls.edition, slug="talk"), make_speaker("Ada", slug="ada")
        make_workshop(cls.edition, slug="make")
        make_session(cls.edition, slug="secret", status="draft")
        make_session(cls.edition, slug="off", status="cancelled")
        make_session(cls.edition, slug="coffee", kind="break")
        make_session(slug="elsewhere")
        make_appearance(cls.talk, cls.ada)
        make_appearance(make_session(cls.edition, status="draft"), make_speaker("Eve"))

    def asked(self, url="/ed/offline.json"):
        return self.client.get(f"{url}?now={id(object())}").json()

    def test_it_names_the_public_pages_and_none_that_is_not(self):
        self.assertEqual(
            set(self.asked()["pages"]),
            {
                "/ed/", "/ed/programme/", "/ed/now/", "/ed/my-programme/", "/ed/sessions/", "/ed/workshops/",
                "/ed/speakers/", "/ed/sessions/talk/", "/ed/sessions/off/", "/ed/workshops/make/", "/speakers/ada/",
            },
        )  # fmt: skip

    def test_every_page_it_names_is_public_and_keeps_no_cookie(self):
        for page in self.asked()["pages"]:
            response = self.client.get(page)
            with self.subTest(page):
                self.assertEqual(response.status_code, 200)
                self.assertTrue(response["Cache-Control"].startswith("public"))
                self.assertFalse(response.cookies)

    def test_it_names_the_pages_of_the_language_that_was_asked(self):
        found = self.asked("/nl/ed/offline.json")

        self.assertEqual({page[:4] for page in found["pages"]}, {"/nl/"})
        self.assertEqual(found["offline"], "/nl/offline/")

    def test_a_release_and_a_change_of_content_each_have_their_number(self):
        make_slot(self.talk)
        before = self.asked()
        release_timetable(edition=self.edition, by=make_organiser())
        after = self.asked()
        touch(self.edition)

        self.assertEqual((before["release"], after["release"]), (0, 1))
        self.assertGreater(after["content"], before["content"])
        self.assertEqual(self.asked()["content"], after["content"] + 1)

    def test_of_very_many_pages_the_first_are_named_and_the_others_counted(self):
        found = kept_pages_of(self.edition, most=8)

        self.assertEqual((len(found.pages), found.left_out), (8, 3))
        self.assertEqual(found.pages[0], "/ed/programme/")

    def test_an_unpublished_edition_has_none(self):
        make_edition(slug="hidden", is_published=False)

        for url in ("/hidden/offline.json", "/hidden/app.webmanifest", "/hidden/now/"):
            self.assertEqual(self.client.get(url).status_code, 404)

    def test_the_number_of_queries_does_not_grow_with_the_sessions(self):
        with self.assertNumQueries(5):
            self.client.get("/ed/offline.json?few")
        for _ in range(3):
            make_appearance(make_session(self.edition), make_speaker())
        with self.assertNumQueries(5):
            self.client.get("/ed/offline.json?more")


class ManifestTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_edition("Second <b>conference</b>", slug="ed", accent_hue=150)

    def manifest(self, url="/ed/app.webmanifest"):
        response = self.client.get(url)
        self.assertEqual(response["Content-Type"], "application/manifest+json")
        return response.json()

    def test_an_edition_is_installed_under_its_own_name_and_opens_with_what_is_on_now(self):
        found = self.manifest()

        self.assertEqual((found["name"], found["id"]), ("Second <b>conference</b>", "/ed/"))
        self.assertEqual((found["start_url"], found["scope"], found["lang"]), ("/ed/now/", "/", "en"))
        self.assertEqual(self.manifest("/nl/ed/app.webmanifest")["start_url"], "/nl/ed/now/")

    def test_no_field_is_empty(self):
        self.assertEqual([name for name, value in self.manifest().items() if not value], [])

    def test_its_icons_are_there_in_the_sizes_it_says(self):
        icons = [icon for icon in self.manifest()["icons"] if icon["type"] == "image/png"]
        found = {}
        for icon in icons:
            with Image.open(finders.find(icon["src"].removeprefix("/static/"))) as picture:
                found[icon["src"]] = "{}x{}".format(*picture.size)

        self.assertEqual(found, {icon["src"]: icon["sizes"] for icon in icons})
        self.assertEqual({icon["purpose"] for icon in icons}, {"any", "maskable"})

    def test_pages_of_the_edition_lead_to_it(self):
        self.assertIn(
            '<link rel="manifest" href="/ed/app.webmanifest">', self.client.get("/ed/").content.decode()
        )
