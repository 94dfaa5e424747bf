import shutil
from datetime import timedelta

import pytest
from django.test import TestCase
from django.utils import timezone

from conference.content import content_state, touch
from conference.models import ContentVersion
from sessions.booklet import shelf
from tests.factories import make_edition, make_organiser, make_session
from tests.sessions.booklet.pdf import pages_of

URL = "/ed/programme.pdf"


def read(answer):
    """The bytes of the answer, to the end."""
    return b"".join(answer.streaming_content)


class BookletViewTests(TestCase):
    def setUp(self):
        shutil.rmtree(shelf.shelf(), ignore_errors=True)
        self.addCleanup(shutil.rmtree, shelf.shelf(), ignore_errors=True)
        self.edition = make_edition("Our conference", slug="ed")
        make_session(self.edition, "A walk", title_nl="Een wandeling")
        touch(self.edition)

    def test_it_is_a_pdf_in_the_language_of_the_address_that_anyone_may_keep(self):
        for url, words in ((URL, "A walk"), (f"/nl{URL}", "Een wandeling")):
            answer = self.client.get(url)
            with self.subTest(url=url):
                self.assertEqual((answer.status_code, answer["Content-Type"]), (200, "application/pdf"))
                self.assertEqual(answer["Content-Disposition"], 'inline; filename="ed.pdf"')
                self.assertEqual(answer["Cache-Control"], "public, max-age=0, s-maxage=60")
                self.assertEqual(answer.cookies, {})
                self.assertIn(words, " ".join(pages_of(read(answer))))

    def test_who_has_it_gets_304_without_it_being_made(self):
        answer = self.client.get(URL)
        etag, changed_at = answer["ETag"], answer["Last-Modified"]
        read(answer)
        shutil.rmtree(shelf.shelf())

        for headers in ({"If-None-Match": etag}, {"If-Modified-Since": changed_at}):
            again = self.client.get(URL, headers=headers)
            self.assertEqual((again.status_code, again["ETag"]), (304, etag))
        self.assertFalse(shelf.shelf().exists())

    def test_after_a_change_it_is_new(self):
        answer = self.client.get(URL)
        etag = answer["ETag"]
        read(answer)
        make_session(self.edition, "A late idea")
        touch(self.edition)
        ContentVersion.objects.update(changed_at=timezone.now() + timedelta(seconds=2))

        answer = self.client.get(URL, headers={"If-None-Match": etag})

        self.assertEqual(answer.status_code, 200)
        self.assertIn("A late idea", " ".join(pages_of(read(answer))))

    def test_unpublished_edition_has_none_for_anyone(self):
        self.edition.is_published = False
        self.edition.save()

        self.assertEqual(self.client.get(URL).status_code, 404)
        self.client.force_login(make_organiser())
        self.assertEqual(self.client.get(URL).status_code, 404)

    def test_while_it_cannot_be_had_a_page_says_when_to_come_back(self):
        shelf.shelf().mkdir(parents=True)
        kept = shelf.place_of(self.edition, content_state(self.edition))
        kept.with_suffix(".failed").touch()

        answer = self.client.get(URL)

        self.assertEqual((answer.status_code, answer["Cache-Control"]), (503, "no-store"))
        self.assertEqual(answer["Retry-After"], answer["Refresh"])
        self.assertContains(answer, "No booklet at the moment", status_code=503)

    def test_programme_links_to_it_with_its_size_once_it_was_made(self):
        self.assertContains(self.client.get("/ed/programme/"), f'href="{URL}"')
        read(self.client.get(URL))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("conference.kept_pages.LOOK_EVERY", 0)
            touch(self.edition)
            self.assertRegex(self.client.get("/ed/programme/").content.decode(), r"PDF, A5, \d+(\.\d)? KB")
