"""The pack of a publication: its PDF and its texts as this person may read them, beside the files."""

import io
import shutil
import zipfile

import pypdfium2
from django.conf import settings
from django.test import TestCase

from registration.models import Outcome
from registration.packs.holder import NoLongerYours
from sessions.booklet import shelf
from tests.factories import make_user
from tests.registration.packs.pack_case import body, read
from tests.sessions.publications import make_part, make_publication, make_theme_with_slides


def words_of(pdf):
    pages = pypdfium2.PdfDocument(io.BytesIO(pdf))
    return "\n".join(page.get_textpage().get_text_bounded() for page in pages)


class PublicationTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.publication = make_publication("Eight years", slug="eight-years", introduction="Why we *did* it.")
        theme, session, cls.slides = make_theme_with_slides("Gender")
        make_part(cls.publication, "chapter", theme=theme, body="The year of it.")
        make_part(cls.publication, title="For members", body="canary of members")
        make_part(cls.publication, title="For all", body="words for all", open_to="everyone")
        make_part(cls.publication, "presentation", presentation=cls.slides)
        make_part(cls.publication, "outcomes", session=session, open_to="everyone")
        cls.url = "/packs/publication/eight-years/"

    def pack(self):
        response = self.client.get(f"{self.url}pack.zip")
        self.assertEqual(response.status_code, 200)
        with read(response) as pack:
            self.assertIsNone(pack.testzip())
            return {name.partition("/")[2]: pack.read(name) for name in pack.namelist()}

    def test_a_visitor_reads_what_is_open_and_the_names_of_the_rest(self):
        found = self.pack()

        self.assertEqual(
            set(found), {"contents.html", "licences.html", "pack.css", "texts.html", "eight-years.pdf"}
        )
        for words in (found["texts.html"].decode(), words_of(found["eight-years.pdf"])):
            self.assertIn("words for all", words)
            self.assertIn("For members", words)
            self.assertNotIn("canary", words)
        self.assertIn("What to do about Gender", found["texts.html"].decode())
        self.assertIn('href="texts.html"', found["contents.html"].decode())

    def test_a_member_has_all_of_it_and_the_texts_lead_to_the_files_beside_them(self):
        self.client.force_login(make_user())

        found = self.pack()

        for words in (found["texts.html"].decode(), words_of(found["eight-years.pdf"])):
            self.assertIn("canary of members", words)
        file = next(name for name in found if name.endswith(".pdf") and name != "eight-years.pdf")
        self.assertIn(f'href="{file.replace(" ", "%20")}"', found["texts.html"].decode().replace("%28", "(").replace("%29", ")"))  # fmt: skip

    def test_it_is_the_same_pack_when_its_pdf_has_to_be_set_again(self):
        first = self.client.get(f"{self.url}pack.zip")
        content = body(first)
        shutil.rmtree(f"{settings.DATA_DIR}/booklets")

        again = self.client.get(
            f"{self.url}pack.zip", headers={"Range": "bytes=900-", "If-Range": first["ETag"]}
        )

        self.assertEqual((again.status_code, content[:900] + body(again) == content), (206, True))

    def test_a_changed_text_makes_another_pack(self):
        etag = self.client.get(f"{self.url}pack.zip")["ETag"]
        Outcome.objects.update(action="Keep them together")

        response = self.client.get(f"{self.url}pack.zip", headers={"Range": "bytes=9-", "If-Range": etag})

        self.assertEqual((response.status_code, response["ETag"] == etag), (200, False))

    def test_a_publication_taken_back_on_the_way_breaks_it_off(self):
        response = self.client.get(f"{self.url}pack.zip")
        self.publication.is_published = False
        self.publication.save()

        got = []
        with self.assertRaises(NoLongerYours):
            got.extend(response.streaming_content)
        self.assertNotIn(b"%PDF", b"".join(got))
        self.assertEqual(self.client.get(f"{self.url}pack.zip").status_code, 404)

    def test_an_account_closed_on_the_way_gets_no_member_pdf(self):
        user = make_user()
        self.client.force_login(user)
        response = self.client.get(f"{self.url}pack.zip")
        user.is_active = False
        user.save()

        with self.assertRaises(NoLongerYours):
            body(response)

    def test_while_the_pdf_is_made_one_is_asked_to_come_back_which_counts_for_nobody(self):
        shutil.rmtree(f"{settings.DATA_DIR}/booklets", ignore_errors=True)
        taken = [shelf.SEATS.acquire(blocking=False) for _seat in range(2)]
        try:
            for _time in range(5):
                response = self.client.get(f"{self.url}pack.zip")
                self.assertEqual((response.status_code, "Retry-After" in response), (503, True))
        finally:
            for _seat in filter(None, taken):
                shelf.SEATS.release()

        self.assertEqual(self.client.get(f"{self.url}pack.zip").status_code, 200)

    def test_its_page_says_that_pdf_and_texts_are_in_it(self):
        self.assertContains(self.client.get(self.url), "as PDF and as a page with its texts")

    def test_without_presentations_it_is_a_pack_of_its_texts(self):
        make_part(make_publication("Short", slug="short"), open_to="everyone", body="Only words")

        with zipfile.ZipFile(io.BytesIO(body(self.client.get("/packs/publication/short/pack.zip")))) as pack:
            self.assertIn("Only words", pack.read("short/texts.html").decode())
