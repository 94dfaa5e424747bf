"""The pack on its way: in parts, broken off when what one may have changes, counted, and limited."""

import io
from datetime import timedelta

from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registration.models import Download
from registration.packs.contents import NoLongerYours
from registration.packs.zipping import FileChanged
from sessions.models import Presentation
from tests.factories import make_presentation, make_registration, make_version
from tests.registration.packs.pack_case import PackCase, body

LIMITS = {"pack": "3/30m/user", "pack_of_visitor": "3/30m/ip", "pack_part": "5/30m/ip"}


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

    def test_a_file_taken_alone_and_in_a_pack_counts_once(self):
        self.client.get(f"/presentations/{self.open.guid}/download/")

        for _time in range(2):
            body(self.client.get(self.url))

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

    def test_nothing_is_put_together_for_whoever_took_too_many(self):
        self.statuses()
        with CaptureQueriesContext(connection) as queries:
            self.assertEqual(self.client.get(self.url).status_code, 429)

        asked = " ".join(query["sql"] for query in queries)
        self.assertNotIn("conference_sessions_presentation", asked)

    def test_going_on_does_not_count_as_a_new_one_but_has_a_limit(self):
        self.assertEqual(self.statuses(Range="bytes=50-"), [206] * 4)
        self.assertEqual(self.statuses(Range="bytes=50-"), [206, 429, 429, 429])
        self.assertEqual(self.client.get(self.url).status_code, 200)

    @override_settings(PACK_AT_ONCE_MB=0)
    def test_a_large_pack_is_not_sent_at_once(self):
        self.assertRedirects(self.client.get(self.url), self.url.removesuffix("pack.zip"))
