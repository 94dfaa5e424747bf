"""The pack over HTTP: only what this person may have, with its contents and licences, and its name for each file."""

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext

from sessions.models import Presentation, Publication
from tests.factories import (
    make_check_in,
    make_organiser,
    make_presentation,
    make_registration,
    make_session,
    make_user,
)
from tests.registration.packs.pack_case import PackCase, read


class WhatIsInItTests(PackCase):
    def test_each_person_gets_what_the_one_rule_gives_them(self):
        attendee = make_registration(edition=self.edition).user
        people = {
            "a visitor": (None, {"Open slides"}),
            "an account": (make_user(), {"Open slides", "Slides of members"}),
            "an attendee": (attendee, {"Open slides", "Slides of members", "Slides of attendees"}),
            "an organiser": (
                make_organiser(),
                {"Open slides", "Slides of members", "Slides of attendees", "A secret"},
            ),
        }
        for words, (user, wanted) in people.items():
            with self.subTest(words), override_settings(STAFF_SECOND_FACTOR=False):
                self.client.logout()
                if user:
                    self.client.force_login(user)
                self.assertEqual(self.names(self.client.get(self.url)), wanted)

    def test_contents_name_what_is_listed_and_never_what_is_not(self):
        with read(self.client.get(self.url)) as pack:
            words = pack.read("a-hub/contents.html").decode()

        self.assertIn("Slides of attendees", words)
        self.assertIn("https://films.example/1", words)
        self.assertNotIn("A secret", words)

    def test_licences_name_only_what_is_in_it(self):
        Presentation.objects.filter(pk=self.attendees.pk).update(licence="reserved")

        with read(self.client.get(self.url)) as pack:
            words = pack.read("a-hub/licences.html").decode()

        self.assertIn("https://creativecommons.org/licenses/by/4.0/", words)
        self.assertNotIn("All rights reserved", words)

    def test_bytes_and_paths_of_files(self):
        self.member()

        with read(self.client.get(self.url)) as pack:
            self.assertIsNone(pack.testzip())
            own = f"a-hub/Open slides ({self.open.guid.hex[:8]}).pdf"
            of_part = f"a-hub/its-workshop/Slides of members ({self.members.guid.hex[:8]}).pdf"
            self.assertEqual(pack.read(own), b"%PDF open canary")
            self.assertEqual(pack.read(of_part), b"%PDF member canary")

    def test_track_edition_and_publication(self):
        publication = Publication.objects.create(title="Eight years", slug="eight-years", is_published=True)
        publication.parts.create(kind="presentation", presentation=self.open)
        for kind, key, wanted in (
            ("track", self.track.pk, {"Open slides"}),
            ("edition", "second", {"Open slides"}),
            ("publication", "eight-years", {"Open slides", "eight-years.pdf", "texts.html"}),
        ):
            with self.subTest(kind):
                self.assertEqual(self.names(self.client.get(f"/packs/{kind}/{key}/pack.zip")), wanted)

    def test_a_pack_without_anything_to_know_of_is_not_found(self):
        empty = make_session(self.edition)
        hidden = make_session(self.edition, status="draft")
        make_presentation(hidden)
        for kind, key in (
            ("session", empty.guid),
            ("session", hidden.guid),
            ("session", "x"),
            ("track", "9" * 30),
            ("edition", "none"),
            ("publication", "none"),
            ("mine", "attended"),
            ("search", "found"),
            ("nothing", "x"),
        ):
            for address in ("", "pack.zip"):
                with self.subTest(kind=kind, key=key):
                    self.assertEqual(self.client.get(f"/packs/{kind}/{key}/{address}").status_code, 404)

    def test_with_nothing_open_the_page_says_what_opens_it(self):
        Presentation.objects.exclude(pk=self.members.pk).update(audience="attendees")

        response = self.client.get(self.url)

        self.assertRedirects(response, self.url.removesuffix("pack.zip"))
        self.assertContains(self.client.get(response["Location"]), "Free account")

    def test_a_file_missing_on_disk_is_left_out_and_reported(self):
        gone = make_presentation(self.session, "Gone").current_file.file
        gone.storage.delete(gone.name)

        response = self.client.get(self.url)

        with read(response) as pack:
            self.assertIn("File temporarily missing", pack.read("a-hub/contents.html").decode())
            self.assertFalse([name for name in pack.namelist() if "Gone" in name])

    def test_same_number_of_queries_with_one_and_with_three(self):
        def count():
            with CaptureQueriesContext(connection) as caught:
                self.client.get(self.url.removesuffix("pack.zip"))
            return len(caught)

        one = count()
        for number in range(3):
            make_presentation(self.session, f"More {number}")
        self.assertEqual(count(), one)


class AttendedTests(PackCase):
    def test_all_i_attended_is_that_of_the_sessions_i_was_in(self):
        registration = make_registration(edition=self.edition)
        make_check_in(registration, self.part)
        make_presentation(make_session(self.edition), "Slides of elsewhere")
        self.client.force_login(registration.user)

        response = self.client.get("/packs/mine/attended/pack.zip")

        self.assertEqual(self.names(response), {"Slides of members"})
