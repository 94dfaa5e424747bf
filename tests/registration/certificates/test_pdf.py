"""The paper: tagged, with the facts for people and for machines, and nothing that is read as markup."""

import ctypes
import json
from datetime import UTC, datetime

import pypdfium2
from django.test import TestCase, override_settings

from registration.certificates.pdf import pdf_of, pdfs_of
from sessions.models import Competence
from tests.factories import (
    make_appearance,
    make_certificate,
    make_edition,
    make_registration,
    make_release,
    make_session,
    make_slot,
    make_speaker,
    make_user,
)

HOSTILE = '#image("http://canary.test/x.png") <img src="http://canary.test"> $x$ *b* `c` \\ @label #eval("1")'


def facts_in(pdf):
    """The attachment as a program finds it: its name and its JSON."""
    attachment = pypdfium2.PdfDocument(pdf).get_attachment(0)
    return attachment.get_name(), json.loads(
        ctypes.string_at(*[attachment.get_data()], len(attachment.get_data()))
    )


def text_of(pdf):
    pages = pypdfium2.PdfDocument(pdf)
    words = " ".join(page.get_textpage().get_text_range() for page in pages).replace("\u200b", "")
    return " ".join(words.split())


class PaperTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        edition = make_edition(
            "Learning abroad", title_nl="Leren in het buitenland", city="Mechelen", country="BE"
        )
        release = make_release(edition)
        session = make_session(edition, "Empathy at work", title_nl="Empathie in de praktijk")
        make_slot(session, datetime(2027, 3, 13, 9, tzinfo=UTC), 90, release=release)
        session.competences.add(
            Competence.objects.create(
                name="Openness", name_nl="Openheid", slug="openness", framework="Global citizenship"
            )
        )
        user = make_user("Zoë Þórsdóttir", language="nl")
        make_appearance(session, make_speaker(user=user), part="facilitator")
        cls.dutch = make_certificate(
            make_registration(user=user, edition=edition, organisation_name="GO! Atheneum"),
            [session],
            hours="1.5",
        )
        cls.hostile = make_certificate(make_registration(HOSTILE, edition), name=HOSTILE)
        cls.names = ["محمد بن عبد الله", "王小明", "Nguyễn Thị Ánh", "Ł" + "ó" * 198 + "w", "Ada 🎓"]
        cls.others = [make_certificate(make_registration(name, edition), name=name) for name in cls.names]
        cls.files = dict(
            zip(["dutch", "hostile", *cls.names], pdfs_of([cls.dutch, cls.hostile, *cls.others]), strict=True)
        )

    def test_it_is_tagged_and_names_its_language_and_title(self):
        pdf = self.files["dutch"]
        document = pypdfium2.PdfDocument(pdf)

        self.assertTrue(document.is_tagged())
        self.assertIn(b"<pdfuaid:part>1</pdfuaid:part>", pdf)
        self.assertIn(b"/Lang(nl)", pdf)
        self.assertIn("Zoë Þórsdóttir", document.get_metadata_dict()["Title"])

    def test_people_read_every_fact_in_their_own_language(self):
        text = text_of(self.files["dutch"])

        for fact in (
            "Zoë Þórsdóttir", "GO! Atheneum", "Leren in het buitenland", "Mechelen", "Empathie in de praktijk",
            "Openheid", "1,5", str(self.dutch), "localhost:8000/nl/verify/",
        ):  # fmt: skip
            self.assertIn(fact, text)

    def test_programs_read_the_same_facts_in_the_attachment_and_the_metadata(self):
        name, facts = facts_in(self.files["dutch"])
        metadata = pypdfium2.PdfDocument(self.files["dutch"]).get_metadata_dict()

        self.assertEqual(name, "certificate.json")
        self.assertEqual(facts["name"], "Zoë Þórsdóttir")
        self.assertEqual((facts["code"], facts["number"]), (self.dutch.code, str(self.dutch)))
        self.assertEqual({key: facts[key] for key in self.dutch.facts}, self.dutch.facts)
        self.assertEqual(facts["verify"], f"http://localhost:8000/nl/verify/{self.dutch.code}/")
        self.assertIn(self.dutch.code, metadata["Keywords"])
        self.assertIn("Leren in het buitenland", metadata["Subject"])

    def test_words_of_people_are_words(self):
        text = text_of(self.files["hostile"])

        self.assertIn('#image("http://canary.test/x.png")', text)
        self.assertNotIn(b"/URI(http://canary", self.files["hostile"])

    def test_names_of_all_writings_are_set_without_a_missing_letter(self):
        for name in self.names[:3]:
            self.assertNotIn("\u25a1", text_of(self.files[name]), name)

    def test_long_name_fits_on_the_page(self):
        page = pypdfium2.PdfDocument(self.files[self.names[3]])[0]
        right = max(
            obj.get_bounds()[2] for obj in page.get_objects() if obj.type == pypdfium2.raw.FPDF_PAGEOBJ_TEXT
        )

        self.assertLess(right, page.get_width())
        self.assertIn("Ł" + "ó" * 198 + "w", text_of(self.files[self.names[3]]).replace(" ", ""))

    def test_name_with_a_sign_that_no_font_has_is_still_the_true_one_for_programs(self):
        self.assertEqual(facts_in(self.files["Ada 🎓"])[1]["name"], "Ada 🎓")

    @override_settings(SITE_URL="https://conference.test")
    def test_address_is_that_of_the_site(self):
        self.assertEqual(
            facts_in(pdf_of(self.dutch))[1]["verify"], f"https://conference.test/nl/verify/{self.dutch.code}/"
        )
