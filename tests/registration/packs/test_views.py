"""The pack over HTTP: only what this person may have, whole or in parts, limited, counted, and broken off when it changes."""

import io
import zipfile
from datetime import timedelta

from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registration.models import Download
from registration.packs.contents import NoLongerYours
from registration.packs.zipping import FileChanged
from sessions.models import Presentation, PresentationFile, Publication
from tests.factories import (
    make_edition,
    make_organiser,
    make_presentation,
    make_registration,
    make_session,
    make_track,
    make_user,
    make_version,
    make_workshop,
)

Audience = Presentation.Audience
LIMITS = {"pack": "3/30m/user", "pack_of_visitor": "3/30m/ip", "pack_part": "5/30m/ip"}


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
            ("publication", "eight-years", {"Open slides"}),
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


class PartsTests(PackCase):
    def test_length_and_headers(self):
        response = self.client.get(self.url)
        whole = body(response)

        self.assertEqual(int(response["Content-Length"]), len(whole))
        self.assertEqual(response["Cache-Control"], "private, no-store")
        self.assertEqual(response["Accept-Ranges"], "bytes")
        self.assertEqual(response["Content-Disposition"], 'attachment; filename="a-hub.zip"')

    def test_a_broken_download_goes_on_with_the_same_bytes(self):
        first = self.client.get(self.url)
        whole = body(first)
        rest = self.client.get(self.url, headers={"Range": "bytes=100-", "If-Range": first["ETag"]})

        self.assertEqual(rest.status_code, 206)
        self.assertEqual(rest["Content-Range"], f"bytes 100-{len(whole) - 1}/{len(whole)}")
        self.assertEqual(whole[:100] + body(rest), whole)

    def test_a_pack_that_changed_is_sent_anew(self):
        etag = self.client.get(self.url)["ETag"]
        make_presentation(self.session, "New slides")

        response = self.client.get(self.url, headers={"Range": "bytes=100-", "If-Range": etag})

        self.assertEqual(response.status_code, 200)
        self.assertNotEqual(response["ETag"], etag)

    def test_two_people_have_no_etag_in_common(self):
        Presentation.objects.exclude(pk=self.open.pk).update(withdrawn_at=timezone.now())
        etag = self.client.get(self.url)["ETag"]
        self.member()

        self.assertNotEqual(self.client.get(self.url)["ETag"], etag)

    def test_parts_outside_and_heads(self):
        self.assertEqual(self.client.get(self.url, headers={"Range": "bytes=99999999-"}).status_code, 416)
        head = self.client.head(self.url)
        self.assertEqual((head.status_code, head.content), (200, b""))
        self.assertGreater(int(head["Content-Length"]), 100)


class AskedAgainTests(PackCase):
    """What changes while the pack is on its way: the rest is not sent, and the reader notices."""

    def assert_broken_off(self, response, error, canary):
        got = []
        with self.assertRaises(error):
            got.extend(response.streaming_content)
        self.assertNotIn(canary, b"".join(got))
        self.assertLess(len(b"".join(got)), int(response["Content-Length"]))

    def test_a_place_given_back(self):
        registration = make_registration(edition=self.edition)
        self.client.force_login(registration.user)
        response = self.client.get(self.url)
        registration.status = "cancelled"
        registration.save()

        self.assert_broken_off(response, NoLongerYours, b"attendee canary")

    def test_a_presentation_withdrawn(self):
        response = self.client.get(self.url)
        Presentation.objects.filter(pk=self.open.pk).update(withdrawn_at=timezone.now())

        self.assert_broken_off(response, NoLongerYours, b"open canary")

    def test_a_session_taken_back(self):
        response = self.client.get(self.url)
        self.session.status = "draft"
        self.session.save()

        self.assert_broken_off(response, NoLongerYours, b"open canary")

    def test_an_account_closed(self):
        user = self.member()
        response = self.client.get(self.url)
        user.is_active = False
        user.save()

        self.assert_broken_off(response, NoLongerYours, b"member canary")

    def test_a_new_version(self):
        response = self.client.get(self.url)
        make_version(self.open, b"%PDF another")

        self.assert_broken_off(response, NoLongerYours, b"another")

    def test_a_file_changed_on_disk(self):
        file = make_presentation(self.session, "Other", b"%PDF other canary").current_file.file
        body(self.client.get(self.url))  # its sum is known from now on
        file.storage.delete(file.name)
        file.storage.save(file.name, io.BytesIO(b"%PDF other CANARY"))

        self.assert_broken_off(self.client.get(self.url), FileChanged, b"CANARY")

    def test_a_moment_to_come(self):
        response = self.client.get(self.url)
        Presentation.objects.filter(pk=self.open.pk).update(opens_at=timezone.now() + timedelta(days=1))

        self.assert_broken_off(response, NoLongerYours, b"open canary")


class CountedTests(PackCase):
    def test_each_file_counts_as_a_download_with_the_country_of_the_account(self):
        self.member(country="BE")

        body(self.client.get(self.url))

        found = Download.objects.values_list("version__presentation__title", "country")
        self.assertEqual(set(found), {("Open slides", "BE"), ("Slides of members", "BE")})

    def test_the_rest_of_a_broken_download_counts_no_file_twice(self):
        whole = body(self.client.get(self.url))
        half = whole.index(b"open canary")
        self.assertEqual(Download.objects.count(), 1)

        body(self.client.get(self.url, headers={"Range": f"bytes={half}-"}))

        self.assertEqual(Download.objects.count(), 1)

    def test_neither_the_page_nor_a_head_counts(self):
        self.client.head(self.url)
        self.client.get(self.url.removesuffix("pack.zip"))

        self.assertEqual(Download.objects.count(), 0)


@override_settings(ACCOUNT_RATE_LIMITS=LIMITS)
class LimitTests(PackCase):
    def statuses(self, **headers):
        return [self.client.get(self.url, headers=headers).status_code for _time in range(4)]

    def test_three_for_a_visitor_and_three_for_each_account(self):
        self.assertEqual(self.statuses(), [200, 200, 200, 429])
        for name in ("Ada", "Ben"):
            self.member(name=name)
            self.assertEqual(self.statuses(), [200, 200, 200, 429])

    def test_going_on_does_not_count_as_a_new_one_but_has_a_limit(self):
        self.assertEqual(self.statuses(Range="bytes=50-"), [206] * 4)
        self.assertEqual(self.statuses(Range="bytes=50-"), [206, 429, 429, 429])
        self.assertEqual(self.client.get(self.url).status_code, 200)

    @override_settings(PACK_AT_ONCE_MB=0)
    def test_a_large_pack_is_not_sent_at_once(self):
        self.assertRedirects(self.client.get(self.url), self.url.removesuffix("pack.zip"))
