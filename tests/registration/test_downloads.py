"""The download: right bytes, right name, harmless headers, recorded without a person."""

import hashlib
from datetime import UTC, datetime, timedelta

import time_machine
from django.core.cache import cache
from django.test import TestCase, override_settings

from conference.models import Outbox, Site
from registration.models import Download
from sessions.models import Presentation, PresentationFile
from tests.factories import (
    make_appearance,
    make_edition,
    make_organiser,
    make_presentation,
    make_registration,
    make_session,
    make_speaker,
    make_user,
    make_version,
)

Audience = Presentation.Audience
CONTENT = b"%PDF-1.7 " + bytes(range(256)) * 1024


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


class DownloadCase(TestCase):
    audience = Audience.EVERYONE

    def setUp(self):
        self.presentation = make_presentation(
            make_session(make_edition()), content=CONTENT, audience=self.audience
        )
        PresentationFile.objects.update(sha256=hashlib.sha256(CONTENT).hexdigest())
        self.url = f"/presentations/{self.presentation.guid}/download/"
        self.etag = f'"{hashlib.sha256(CONTENT).hexdigest()}"'


class OpenFileTests(DownloadCase):
    def test_file_comes_whole_and_harmless(self):
        response = self.client.get(self.url)

        self.assertEqual((response.status_code, body(response)), (200, CONTENT))
        expected = {
            "Content-Type": "application/pdf",
            "Content-Length": str(len(CONTENT)),
            "Content-Disposition": 'attachment; filename="slides.pdf"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
            "Accept-Ranges": "bytes",
            "Cache-Control": "public, max-age=60",
            "ETag": self.etag,
        }
        self.assertEqual({name: response[name] for name in expected}, expected)
        self.assertFalse(response.cookies)

    def test_file_is_not_compressed_on_the_way(self):
        response = self.client.get(self.url, headers={"Accept-Encoding": "gzip, br"})

        self.assertEqual(body(response), CONTENT)
        self.assertNotIn("Content-Encoding", response)

    def test_name_in_any_script_stays_one_header_line(self):
        PresentationFile.objects.update(original_name='Zé "ünï" \r\nSet-Cookie: x=1 日本.pdf')

        header = self.client.get(self.url)["Content-Disposition"]

        self.assertRegex(
            header, r"^attachment; filename=\"[ -~]+\.pdf\"; filename\*=UTF-8''[A-Za-z0-9%._~-]+$"
        )
        self.assertNotIn("\n", header)

    def test_head_tells_the_size_and_is_not_counted(self):
        response = self.client.head(self.url)

        self.assertEqual((response.status_code, response["Content-Length"]), (200, str(len(CONTENT))))
        self.assertFalse(Download.objects.exists())

    def test_known_file_is_not_sent_again(self):
        for known in (self.etag, f"W/{self.etag}", f'"x", {self.etag}', "*"):
            response = self.client.get(self.url, headers={"If-None-Match": known})
            self.assertEqual((response.status_code, response.content), (304, b""))
        self.assertFalse(Download.objects.exists())

    def test_only_reading_is_allowed(self):
        for method in (self.client.post, self.client.put, self.client.delete):
            self.assertEqual(method(self.url).status_code, 405)

    def test_each_download_is_recorded_without_a_person(self):
        self.client.get(self.url)
        self.client.force_login(make_user())
        self.client.get(self.url)

        self.assertEqual(Download.objects.count(), 2)
        fields = {field.name for field in Download._meta.get_fields()}
        self.assertEqual(fields, {"id", "version", "country", "created_at"})

    @override_settings(X_ACCEL_PREFIX="/protected/")
    def test_proxy_is_told_where_the_file_lies(self):
        response = self.client.get(self.url, headers={"Range": "bytes=5-9"})

        name = PresentationFile.objects.get().file.name
        self.assertEqual(response["X-Accel-Redirect"], f"/protected/{name}")
        self.assertEqual((response.status_code, response.content), (200, b""))
        self.assertEqual(response["Content-Security-Policy"], "default-src 'none'; sandbox")
        self.assertFalse(Download.objects.exists())

    def test_replaced_file_comes_whole_old_or_new(self):
        started = self.client.get(self.url)
        stream = iter(started.streaming_content)
        first = next(stream)
        make_version(self.presentation, b"%PDF-1.7 new", number=2)

        self.assertEqual(first + b"".join(stream), CONTENT)
        self.assertEqual(body(self.client.get(self.url)), b"%PDF-1.7 new")


class RangeTests(DownloadCase):
    def part(self, asked, **headers):
        return self.client.get(self.url, headers={"Range": asked, **headers})

    def test_part_of_the_file(self):
        size = len(CONTENT)
        for asked, first, last in (
            ("bytes=0-99", 0, 99), ("bytes=100-", 100, size - 1), ("bytes=-1", size - 1, size - 1),
            ("bytes=70000-140000", 70000, 140000), (f"bytes=0-{size + 5}", 0, size - 1), ("bytes=-9999999", 0, size - 1),
        ):  # fmt: skip
            with self.subTest(asked):
                response = self.part(asked)
                self.assertEqual(response.status_code, 206)
                self.assertEqual(response["Content-Range"], f"bytes {first}-{last}/{size}")
                self.assertEqual(response["Content-Length"], str(last - first + 1))
                self.assertEqual(body(response), CONTENT[first : last + 1])
                self.assertEqual(response["Content-Security-Policy"], "default-src 'none'; sandbox")

    def test_part_outside_the_file_is_refused_without_bytes(self):
        for asked in ("bytes=99999999999-", f"bytes={len(CONTENT)}-", "bytes=-0", "bytes=" + "9" * 400 + "-"):
            with self.subTest(asked):
                response = self.part(asked)
                self.assertEqual(response.status_code, 416)
                self.assertEqual(response["Content-Range"], f"bytes */{len(CONTENT)}")
                self.assertEqual(response.content, b"")

    def test_several_parts_and_strange_headers_give_the_whole(self):
        strange = [
            "bytes=" + ",".join(["0-1"] * 1000),
            "bytes=5-2",
            "bytes=a-b",
            "bytes=-",
            "items=0-1",
            "bytes=١-٢",
        ]
        for asked in strange:
            with self.subTest(asked[:20]):
                response = self.part(asked)
                self.assertEqual((response.status_code, body(response)), (200, CONTENT))

    def test_rest_of_another_version_is_not_mixed_in(self):
        self.assertEqual(self.part("bytes=5-9", **{"If-Range": self.etag}).status_code, 206)
        self.assertEqual(self.part("bytes=5-9", **{"If-Range": '"other"'}).status_code, 200)

    def test_only_the_first_part_counts(self):
        for asked in ("bytes=0-99", "bytes=100-199", "bytes=200-"):
            self.part(asked)

        self.assertEqual(Download.objects.count(), 1)


class ClosedFileTests(DownloadCase):
    audience = Audience.MEMBERS

    def test_visitor_is_led_to_the_page_that_says_what_opens_it(self):
        for headers in ({}, {"Range": "bytes=0-9"}, {"If-None-Match": self.etag}, {"If-None-Match": "*"}):
            for ask in (self.client.get, self.client.head):
                response = ask(self.url, headers=headers)
                self.assertRedirects(
                    response, self.presentation.get_absolute_url(), fetch_redirect_response=False
                )
                self.assertEqual(response["Cache-Control"], "private, no-store")
                self.assertNotIn("ETag", response)
        self.assertFalse(Download.objects.exists())

    def test_private_file_is_kept_by_nobody(self):
        self.client.force_login(make_user())

        response = self.client.get(self.url)

        self.assertEqual(body(response), CONTENT)
        self.assertEqual(response["Cache-Control"], "private, no-store")
        self.assertIn("Cookie", response["Vary"])
        self.assertNotIn("ETag", response)

    def test_hidden_and_unknown_files_look_the_same(self):
        Presentation.objects.update(withdrawn_at=datetime(2026, 1, 1, tzinfo=UTC))
        hidden = self.client.get(self.url)
        unknown = self.client.get("/presentations/00000000-0000-4000-8000-000000000000/download/")

        self.assertEqual((hidden.status_code, unknown.status_code), (404, 404))
        self.assertEqual(hidden.content.replace(str(self.presentation.guid).encode(), b""),
                         unknown.content.replace(b"00000000-0000-4000-8000-000000000000", b""))  # fmt: skip

    def test_registration_that_is_cancelled_closes_the_file_at_once(self):
        Presentation.objects.update(audience=Audience.ATTENDEES)
        registration = make_registration(edition=self.presentation.edition)
        self.client.force_login(registration.user)
        self.assertEqual(self.client.get(self.url).status_code, 200)
        registration.status = "cancelled"
        registration.save()

        self.assertEqual(self.client.get(self.url).status_code, 302)

    def test_moment_of_opening_is_kept_to_the_second(self):
        """02:30 on the night of winter time exists twice in Brussels; the stored moment is one of them."""
        opens_at = datetime(2027, 10, 31, 1, 30, tzinfo=UTC)
        Presentation.objects.update(audience=Audience.EVERYONE, opens_at=opens_at)
        for seconds, status in ((-1, 302), (1, 200)):
            with time_machine.travel(opens_at + timedelta(seconds=seconds), tick=False):
                self.assertEqual(self.client.get(self.url).status_code, status)

    def test_speaker_of_the_session_has_it_before_it_opens_and_no_cache_keeps_it(self):
        Presentation.objects.update(audience=Audience.EVERYONE, opens_at=datetime(2099, 1, 1, tzinfo=UTC))
        speaker = make_speaker(user=make_user())
        make_appearance(self.presentation.session, speaker)
        self.client.force_login(speaker.user)

        response = self.client.get(self.url)

        self.assertEqual((response.status_code, response["Cache-Control"]), (200, "private, no-store"))


class VersionTests(DownloadCase):
    def test_version_that_waits_is_for_those_who_manage_the_presentation(self):
        version = make_version(self.presentation, b"%PDF waiting", status="submitted", number=2)
        url = f"/presentations/{self.presentation.guid}/versions/{version.guid}/"
        self.assertEqual(self.client.get(url).status_code, 404)
        self.client.force_login(make_organiser())

        response = self.client.get(url)

        self.assertEqual((body(response), response["Cache-Control"]), (b"%PDF waiting", "private, no-store"))

    def test_version_belongs_to_its_presentation(self):
        other = make_presentation(self.presentation.session)
        url = f"/presentations/{other.guid}/versions/{self.presentation.current_file.guid}/"

        self.assertEqual(self.client.get(url).status_code, 404)


class LinkTests(DownloadCase):
    def test_link_is_followed_without_telling_from_where(self):
        PresentationFile.objects.update(file="", link="https://films.example.org/7")

        response = self.client.get(self.url)

        self.assertEqual((response.status_code, response["Location"]), (302, "https://films.example.org/7"))
        self.assertEqual(response["Referrer-Policy"], "no-referrer")
        self.assertEqual(Download.objects.count(), 1)


class MissingFileTests(DownloadCase):
    def setUp(self):
        super().setUp()
        cache.clear()
        Site.objects.update_or_create(pk=1, defaults={"contact_email": "site@example.org"})
        version = PresentationFile.objects.get()
        version.file.storage.delete(version.file.name)

    def test_visitor_reads_that_it_is_missing_and_the_site_gets_one_mail_a_day(self):
        with time_machine.travel(datetime(2027, 1, 1, tzinfo=UTC), tick=False) as clock:
            for _round in range(3):
                response = self.client.get(self.url)
            self.assertContains(response, "temporarily missing", status_code=404)
            self.assertEqual([mail.recipient for mail in Outbox.objects.all()], ["site@example.org"])

            clock.shift(timedelta(hours=25))
            self.client.get(self.url)
            self.assertEqual(Outbox.objects.count(), 2)
        self.assertFalse(Download.objects.exists())

    def test_page_around_it_stays_up(self):
        self.assertEqual(self.client.get(self.presentation.get_absolute_url()).status_code, 200)

    @override_settings(X_ACCEL_PREFIX="/protected/")
    def test_proxy_is_not_sent_after_it(self):
        self.assertEqual(self.client.get(self.url).status_code, 404)
