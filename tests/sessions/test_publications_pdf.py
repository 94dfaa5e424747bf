import tempfile
from io import BytesIO
from pathlib import Path

import pypdfium2
from django.core.files.base import ContentFile
from django.test import TestCase, override_settings
from PIL import Image

from conference.models import Series
from conference.viewer import ANONYMOUS, Viewer
from sessions.publications.paper import pages_of
from sessions.publications.pdf import pdf_of
from sessions.publications.source import MEMBER, book_of
from tests.factories import make_preview
from tests.sessions.publications import make_part, make_publication, make_theme_with_slides


def small_picture():
    target = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(target, "PNG")
    return ContentFile(target.getvalue(), "p.png")


def webp(colour):
    target = BytesIO()
    Image.new("RGB", (400, 225), colour).save(target, "WEBP")
    return target.getvalue()


def pictures_in(pdf):
    return pdf.count(b"/Subtype /Image") + pdf.count(b"/Subtype/Image")


def text_of(path):
    pdf = pypdfium2.PdfDocument(path)
    return "\n".join(page.get_textpage().get_text_bounded() for page in pdf)


class PdfTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.publication = make_publication(
            "eNSPIRED", subtitle="A look back", introduction="# Why\n\nBecause *we* learned.",
            start_year=2014, end_year=2021, editors="Ada Lovelace",
        )  # fmt: skip
        theme, session, presentation = make_theme_with_slides("Gender")
        make_part(cls.publication, "chapter", theme=theme, body="## About it\n\nThe year.")
        make_part(cls.publication, title="For members", body="canary of members")
        make_part(cls.publication, title="For all", body="words for all", open_to="everyone")
        make_part(cls.publication, "presentation", presentation=presentation)
        make_part(cls.publication, "outcomes", session=session, open_to="everyone")
        make_part(
            cls.publication,
            "picture",
            picture=small_picture(),
            picture_text="A teal field",
            open_to="everyone",
        )

    def made(self, viewer):
        with tempfile.TemporaryDirectory() as folder, override_settings(DATA_DIR=folder):
            path = pdf_of(self.publication, viewer)
            self.assertEqual(pdf_of(self.publication, viewer), path)
            return text_of(path), path.read_bytes()

    def test_no_picture_is_opened_for_a_pdf_that_is_made_already(self):
        picture = self.publication.parts.get(kind="picture").picture
        with tempfile.TemporaryDirectory() as folder, override_settings(DATA_DIR=folder):
            path = pdf_of(self.publication, ANONYMOUS)
            Path(picture.path).write_bytes(b"x" * picture.size)  # whoever opened it would see another PDF

            self.assertEqual(pdf_of(self.publication, ANONYMOUS), path)

    def test_first_page_of_a_deck_stands_beside_it_for_whoever_sees_it(self):
        presentation = self.publication.parts.get(kind="presentation").presentation
        presentation.edition.open_pages = 1
        presentation.edition.save()
        presentation.audience = "members"
        presentation.save()
        before, small = self.made(ANONYMOUS)
        make_preview(presentation, "first", "second", picture=webp("orange"))

        words, bigger = self.made(ANONYMOUS)

        self.assertEqual(words, before)
        self.assertEqual(pictures_in(bigger) - pictures_in(small), 1)
        presentation.open_pages = 0  # of this one nobody sees a page before they log in
        presentation.save()
        self.assertEqual(pictures_in(self.made(ANONYMOUS)[1]), pictures_in(small))
        self.assertEqual(pictures_in(self.made(Viewer(user_id=0))[1]), pictures_in(bigger))

    def test_another_picture_makes_another_pdf(self):
        part = self.publication.parts.get(kind="picture")
        with tempfile.TemporaryDirectory() as folder, override_settings(DATA_DIR=folder):
            path = pdf_of(self.publication, ANONYMOUS)
            part.picture = small_picture()
            part.save()

            self.assertNotEqual(pdf_of(self.publication, ANONYMOUS), path)

    def test_public_edition_holds_open_parts_and_the_names_of_the_others(self):
        text, pdf = self.made(ANONYMOUS)

        for words in (
            "eNSPIRED", "A look back", "2014–2021", "Ada Lovelace", "Contents", "Because we learned", "Gender",
            "words for all", "For members", "Slides on Gender", "What to do about Gender", "A teal field",
        ):  # fmt: skip
            self.assertIn(words, text)
        self.assertNotIn("canary", text)
        self.assertIn(b"/StructTreeRoot", pdf)

    def test_account_opens_the_parts_for_members_on_paper_too(self):
        self.assertIn("canary of members", self.made(MEMBER)[0])

    def test_series_of_the_same_name_is_not_said_twice_on_the_cover(self):
        for title, on_cover in (("eNSPIRED", None), ("The years", {"text": "The years", "lang": ""})):
            self.publication.series = Series(title=title)
            self.assertEqual(pages_of(book_of(self.publication, ANONYMOUS))["series"], on_cover)

    def test_data_for_everybody_holds_no_word_of_a_gated_part(self):
        self.assertNotIn("canary", str(pages_of(book_of(self.publication, ANONYMOUS))))
        self.assertIn("canary", str(pages_of(book_of(self.publication, MEMBER))))
