"""The picture of a page: to whoever sees that page, harmless, and kept for all only where all see it."""

import hashlib

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.test import TestCase, override_settings

from conference.models import Outbox, Site
from sessions.models.presentation_file import private_storage
from sessions.previews.pictures import keep_picture, picture_name
from tests.factories import make_edition, make_presentation, make_preview, make_session, make_user

PICTURE = b"RIFF....WEBP" + bytes(range(256)) * 1024


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


class PagePictureTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.presentation = make_presentation(make_session(make_edition(open_pages=1)), audience="members")
        cls.preview = make_preview(cls.presentation, "open", "closed", picture=PICTURE)
        cls.member = make_user("Plain")

    def setUp(self):
        cache.clear()
        for size in (400, 1600):  # some tests lose them
            keep_picture(self.preview, 1, size, ContentFile(PICTURE))

    def get(self, number=1, size=400, **headers):
        url = f"/presentations/{self.presentation.guid}/pages/{number}/{size}.webp"
        return self.client.get(url, headers=headers)

    def test_an_open_page_comes_whole_and_harmless_and_may_be_kept_for_all(self):
        response = self.get()

        self.assertEqual((response.status_code, body(response)), (200, PICTURE))
        expected = {
            "Content-Type": "image/webp",
            "Content-Length": str(len(PICTURE)),
            "Content-Disposition": "inline",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "public, max-age=60",
        }
        self.assertEqual({name: response[name] for name in expected}, expected)
        self.assertFalse(response.cookies)
        self.assertNotIn("Content-Encoding", response)

    def test_a_closed_page_is_not_found_until_one_is_a_member(self):
        self.assertEqual(self.get(2).status_code, 404)
        self.client.force_login(self.member)

        response = self.get(2)

        self.assertEqual((response.status_code, body(response)), (200, PICTURE))
        self.assertEqual(
            (response["Cache-Control"], response["Vary"].split(", ")[0]), ("private, no-store", "Cookie")
        )
        self.assertNotIn("ETag", response)

    def test_an_open_page_is_public_to_a_member_too(self):
        self.client.force_login(self.member)

        self.assertEqual(self.get(1)["Cache-Control"], "public, max-age=60")

    def test_known_picture_is_not_sent_again_and_a_new_one_is(self):
        etag = self.get()["ETag"]
        self.assertEqual(self.get(**{"If-None-Match": etag}).status_code, 304)
        self.assertEqual(self.get(2, **{"If-None-Match": "*"}).status_code, 404)
        self.assertNotIn(hashlib.sha256(b"%PDF-1.7 canary").hexdigest(), etag)
        type(self.preview).objects.update(made_at=None)

        self.assertEqual(self.get(**{"If-None-Match": etag}).status_code, 200)

    def test_other_numbers_and_sizes_are_not_found(self):
        for number, size in ((3, 400), (2**63, 400), (1, 401), (1, 10**20), ("x", 400)):
            with self.subTest(number=number, size=size):
                self.assertEqual(self.get(number, size).status_code, 404)

    def test_a_cover_is_as_open_as_the_first_page(self):
        keep_picture(self.preview, 0, 400, private_storage().open(picture_name(self.preview, 1, 400)))
        self.assertEqual(self.get(0).status_code, 200)
        type(self.presentation).objects.update(open_pages=0)

        self.assertEqual(self.get(0).status_code, 404)

    def test_a_picture_that_is_not_on_disk_is_not_found(self):
        private_storage().delete(picture_name(self.preview, 1, 1600))

        self.assertEqual(self.get(1, 1600).status_code, 404)
        self.assertFalse(Outbox.objects.exists())  # nobody to write to

    def test_organisers_hear_once_a_day_of_a_picture_that_is_gone(self):
        Site.objects.create(pk=1, name="Site", contact_email="site@example.org")
        for size in (400, 1600):
            private_storage().delete(picture_name(self.preview, 1, size))
            self.get(1, size)
        self.get(2)  # closed to visitors, so nobody missed it

        mail = Outbox.objects.get()
        self.assertEqual(mail.recipient, "site@example.org")
        self.assertIn(
            f"/admin/conference_sessions/presentation/?edition=all&id={self.presentation.pk}", mail.text
        )

    def test_a_page_that_was_never_drawn_alarms_nobody(self):
        Site.objects.create(pk=1, name="Site", contact_email="site@example.org")
        self.preview.pages.update(width=0)
        private_storage().delete(picture_name(self.preview, 1, 400))

        self.assertEqual((self.get(1).status_code, Outbox.objects.count()), (404, 0))

    def test_the_proxy_sends_what_the_rule_allows(self):
        with override_settings(X_ACCEL_PREFIX="/protected/"):
            response, closed = self.get(), self.get(2)

        wanted = f"/protected/{picture_name(self.preview, 1, 400)}"
        self.assertEqual((response["X-Accel-Redirect"], body(response)), (wanted, b""))
        self.assertEqual((closed.status_code, "X-Accel-Redirect" in closed), (404, False))

    def test_head_tells_the_size(self):
        response = self.client.head(f"/presentations/{self.presentation.guid}/pages/1/400.webp")

        self.assertEqual((response["Content-Length"], response.content), (str(len(PICTURE)), b""))
