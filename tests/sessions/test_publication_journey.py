"""The eight years of the demonstration in one book: an organiser builds it, a stranger sees what it holds, a member reads it."""

import tempfile
from ctypes import create_string_buffer
from io import BytesIO, StringIO
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
from django.core.management import call_command
from django.test import TestCase, override_settings
from django.urls import reverse

from conference.models import Theme, User
from sessions.files.checks import check_upload
from sessions.models import PresentationFile, Publication
from tests.admin_forms import read_form
from tests.factories import make_user

NAME = "admin:conference_sessions_publication_"
THEMES = [
    "Intercultural pedagogy",
    "Inclusive education",
    "Vulnerability in the classroom",
    "Gender",
    "Multilingualism",
    "Professional learning communities",
]


class Paper:
    """A PDF read back: what a reader's program is told beside the drawn pages."""

    def __init__(self, content):
        self.pdf = pypdfium2.PdfDocument(content)
        self.pages = [page.get_textpage().get_text_bounded() for page in self.pdf]
        self.text = " ".join("\n".join(self.pages).split())
        self.is_tagged = bool(pdfium.FPDFCatalog_IsTagged(self.pdf))
        self.outline = [
            (entry.level, entry.get_title(), entry.get_dest().get_index()) for entry in self.pdf.get_toc()
        ]

    @property
    def language(self):
        size = pdfium.FPDFCatalog_GetLanguage(self.pdf, None, 0)
        found = create_string_buffer(size)
        pdfium.FPDFCatalog_GetLanguage(self.pdf, (pdfium.FPDF_WCHAR * (size // 2)).from_buffer(found), size)
        return found.raw.decode("utf-16-le").rstrip("\0")

    def number_printed(self, index):
        """What stands in the last line of a page."""
        return self.pages[index].strip().splitlines()[-1].split()[-1]


@override_settings(STAFF_SECOND_FACTOR=False)
class PublicationJourneyTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        call_command("load_demo", "--json", stdout=StringIO())
        cls.organiser = User.objects.get(email="organiser@example.org")
        cls.themes = list(Theme.objects.filter(series__slug="enspired"))

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        kept = override_settings(DATA_DIR=Path(folder.name))
        kept.enable()
        self.addCleanup(kept.disable)

    def build(self):
        """From all six themes, with an introduction, a text for members and one for everybody."""
        self.client.force_login(self.organiser)
        answer = self.client.post(
            reverse(f"{NAME}from_themes"),
            {"title": "Eight years", "language": "en", "themes": [theme.pk for theme in self.themes]},
        )
        made = Publication.objects.get(title="Eight years")
        contents = reverse(f"{NAME}contents", args=[made.pk])
        self.assertRedirects(answer, contents)
        change = reverse(f"{NAME}change", args=[made.pk])
        about = {"introduction": "We look *back*.", "start_year": "2014", "editors": "The team"}
        self.client.post(change, read_form(self.client, change) | about)
        for title, body, open_to in (
            ("Found in dialogue", "canary of members", "members"),
            ("Thanks", "words for all", "everyone"),
        ):
            new = reverse(f"{NAME}new_part", args=[made.pk, "text"])
            self.client.post(new, {"title": title, "body": body, "open_to": open_to})
        made.refresh_from_db()
        return made, contents

    def paper(self, publication):
        answer = self.client.get(reverse("sessions:publication_pdf", args=[publication.slug]))
        self.assertEqual((answer.status_code, answer["Content-Type"]), (200, "application/pdf"))
        return Paper(b"".join(answer.streaming_content))

    def chapter(self, publication, place):
        parts = publication.parts.filter(kind="chapter").order_by("position")
        address = reverse("sessions:publication_chapter", args=[publication.slug, parts[place].pk])
        return self.client.get(address)

    def test_hand_outs_of_the_demonstration_would_pass_the_check_of_uploads(self):
        hand_outs = PresentationFile.objects.filter(presentation__session__slug="learning-week")
        languages = {one.presentation.language for one in hand_outs}
        self.assertGreater(len(hand_outs), len(THEMES))
        self.assertEqual(languages & {"en", "fr", "de"}, {"en", "fr", "de"})
        for one in hand_outs:
            content = BytesIO(one.file.read())
            checked = check_upload(content, name=one.original_name, max_bytes=10**6)
            self.assertEqual(
                (checked.format, checked.content_type, checked.size, checked.sha256, checked.safe_name),
                (one.format, one.content_type, one.size, one.sha256, one.original_name),
            )

    def test_eight_years_are_built_previewed_published_seen_read_and_printed(self):
        made, contents = self.build()
        chapters = made.parts.filter(kind="chapter").order_by("position")
        self.assertEqual([part.theme.title for part in chapters], THEMES)
        self.assertEqual((made.start_year, made.end_year, made.is_published), (2014, 2021, False))
        self.assertContains(self.client.get(made.get_absolute_url()), "Preview")
        self.client.logout()
        self.assertEqual(self.client.get(made.get_absolute_url()).status_code, 404)

        self.client.force_login(self.organiser)
        self.client.post(contents, {"publish": "yes"})
        self.client.logout()
        self.see_as_a_stranger(made)
        self.read_as_a_member(made)

    def see_as_a_stranger(self, made):
        page = self.client.get(made.get_absolute_url())
        for words in (*THEMES, "We look <em>back</em>", "2014–2021", "Found in dialogue", "Free account"):
            self.assertContains(page, words)
        last = self.chapter(made, len(THEMES) - 1)
        self.assertContains(last, "words for all")
        self.assertContains(last, f"{reverse('account_signup')}?next={last.request['PATH_INFO']}")
        self.assertNotContains(last, "canary of members")
        paper = self.paper(made)
        self.read_back(paper)
        self.assertIn("Found in dialogue", paper.text)  # the name of what is behind the gate
        self.assertNotIn("canary", paper.text)
        self.assertIn("Open with a free account", paper.text)

    def read_as_a_member(self, made):
        self.client.force_login(make_user())
        last = self.chapter(made, len(THEMES) - 1)
        self.assertContains(last, "canary of members")
        self.assertNotContains(last, 'class="gate"')
        paper = self.paper(made)
        self.read_back(paper)
        self.assertIn("canary of members", paper.text)
        self.assertNotIn("Open with a free account", paper.text)

    def read_back(self, paper):
        """Tagged, in its language, with bookmarks that lead to pages whose printed numbers the contents name."""
        self.assertTrue(paper.is_tagged)
        self.assertEqual(paper.language, "en")
        tops = [(title, index) for level, title, index in paper.outline if level == 0]
        self.assertEqual([title for title, _index in tops][-len(THEMES) :], THEMES)
        listed = " ".join(" ".join(paper.pages[1:3]).split())
        for title, index in tops[-len(THEMES) :]:
            self.assertIn(title, paper.pages[index])
            self.assertEqual(paper.number_printed(index), str(index + 1))
            self.assertRegex(listed, rf"{title}[ .]*{index + 1}\b")
