"""Every role against publications and members' practices: the draft, its chapters, pictures and PDFs, what waits and what was refused."""

import tempfile
from pathlib import Path

from django.core.files.base import ContentFile
from django.test import TestCase, override_settings
from django.urls import reverse
from django.utils import translation

from sessions.models.presentation_file import private_storage
from sessions.services.presentations import approve_version, refuse_version
from tests.factories import make_presentation
from tests.sessions.publications import make_part, make_publication, make_theme_with_slides
from tests.sessions.test_publications_pdf import text_of
from tests.test_access_matrix import ROLES, body_of, client_of, make_people

# Of a draft everything or nothing. Of a published one everybody sees the contents; what is for members is there by its
# name or with its words, the same on the web, on paper and as a picture. Then the page of a member's practice.
TABLE = """
                     draft    members  waiting  refused  withdrawn  shared
anonymous            nothing  name     nothing  nothing  nothing    page
deactivated          nothing  name     nothing  nothing  nothing    page
account              nothing  words    nothing  nothing  nothing    page
other_edition        nothing  words    nothing  nothing  nothing    page
waiting              nothing  words    nothing  nothing  nothing    page
cancelled            nothing  words    nothing  nothing  nothing    page
confirmed            nothing  words    nothing  nothing  nothing    page
other_speaker        nothing  words    nothing  nothing  nothing    page
helper               nothing  words    nothing  nothing  nothing    page
registration_desk    nothing  words    nothing  nothing  nothing    page
speaker              nothing  words    nothing  nothing  nothing    page
uploader             nothing  words    page     page     page       page
programme_editor     all      words    page     page     page       page
organiser            all      words    page     page     page       page
"""
COLUMNS = TABLE.strip().splitlines()[0].split()
ROWS = {
    line.split()[0]: dict(zip(COLUMNS, line.split()[1:], strict=True))
    for line in TABLE.strip().splitlines()[1:]
}
WORDS, NAME, SLIDES = "canary behind the gate", "A gated text", "canary of closed slides"


def make_book(**fields):
    """A chapter with a text, a picture and a presentation, all for members."""
    book = make_publication("The book", **fields)
    heading = make_part(book, "chapter", title="The chapter")
    make_part(book, title=NAME, body=WORDS)
    shown = make_part(book, "picture", picture=ContentFile(b"\x89PNG canary", "p.png"), picture_text="Us")
    slides = make_theme_with_slides("Peace")[2]
    make_part(book, "presentation", presentation=slides)
    organisers_only = make_presentation(title=SLIDES, audience="organisers")
    make_part(book, "presentation", presentation=organisers_only)
    return book, heading, shown


def make_practice(title, by, status="approved", **fields):
    practice = make_presentation(title=title, status="submitted", is_practice=True, uploaded_by=by, **fields)
    version = practice.versions.get()
    if status == "approved":
        approve_version(version=version, by=None)
    elif status == "refused":
        refuse_version(version=version, by=None, reason="Not ours to share")
    practice.refresh_from_db()
    return practice


@override_settings(STAFF_SECOND_FACTOR=False)
class PublicationMatrixTests(TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.enterClassContext(override_settings(DATA_DIR=Path(folder.name)))
        super().setUpClass()

    @classmethod
    def setUpTestData(cls):
        cls.people = make_people()
        cls.draft = make_book(is_published=False)
        cls.book = make_book()
        cls.addClassCleanup(cls.remove_pictures, cls.draft[2].picture.name, cls.book[2].picture.name)

    @staticmethod
    def remove_pictures(*names):
        for name in names:
            private_storage().delete(name)

    def addresses(self, book, heading, shown):
        names = {"publication": [], "publication_chapter": [heading.pk], "publication_picture": [shown.pk]}
        names |= {"publication_pdf": [], "cite_publication": ["json"]}
        with translation.override("en"):
            return {
                name: reverse(f"sessions:{name}", args=[book.slug, *args]) for name, args in names.items()
            }

    def wrong(self, ask):
        """What differs from the table, over all roles."""
        return [
            (role, *found)
            for role in ROLES
            for found in ask(client_of(role, self.people), ROWS[role])
            if found
        ]

    def test_every_role_has_a_row(self):
        self.assertEqual(list(ROWS), ROLES)

    def test_draft_is_there_for_those_who_run_the_site_and_for_nobody_else(self):
        addresses = self.addresses(*self.draft)

        def ask(client, row):
            wanted = 200 if row["draft"] == "all" else 404
            for name, address in addresses.items():
                for url in (address, f"/nl{address}"):
                    status = client.get(url).status_code
                    yield (name, status) if status != wanted else ()

        self.assertEqual(self.wrong(ask), [])

    def test_published_one_shows_its_contents_to_all_and_its_gated_parts_to_members(self):
        addresses = self.addresses(*self.book)

        def ask(client, row):
            is_open = row["members"] == "words"
            for name in ("publication", "publication_chapter"):
                page = client.get(addresses[name])
                text = page.content.decode()
                yield (name, page.status_code) if page.status_code != 200 or NAME not in text else ()
            yield ("text", text) if (WORDS in text) != is_open else ()
            yield ("slides", text) if (SLIDES in text) != (row["draft"] == "all") else ()
            picture = client.get(addresses["publication_picture"])
            found = (picture.status_code, b"canary" in body_of(picture))
            yield ("picture", *found) if found != ((200, True) if is_open else (404, False)) else ()

        self.assertEqual(self.wrong(ask), [])

    def test_pdf_is_the_open_one_or_the_full_one_and_never_more_than_a_member_may_have(self):
        address = self.addresses(*self.book)["publication_pdf"]
        read = {}

        def ask(client, row):
            content = body_of(client.get(address))
            text = read.setdefault(content, None) or text_of(content)
            read[content] = text
            found = (NAME in text, WORDS in text, SLIDES in text)
            yield ("pdf", found) if found != (True, row["members"] == "words", False) else ()

        self.assertEqual(self.wrong(ask), [])
        self.assertEqual(len(read), 2)

    def test_practice_that_waits_or_was_refused_is_its_authors_and_the_organisers(self):
        author = self.people["uploader"]
        made = {
            "waiting": make_practice("Waiting", author, "submitted"),
            "refused": make_practice("Refused", author, "refused"),
            "withdrawn": make_practice("Withdrawn", author, withdrawn_at=self.book[0].created_at),
            "shared": make_practice("Shared", author),
        }

        def ask(client, row):
            for state, practice in made.items():
                status = client.get(practice.get_absolute_url()).status_code
                yield (state, status) if status != (200 if row[state] == "page" else 404) else ()

        self.assertEqual(self.wrong(ask), [])

    def test_contents_page_of_the_builder_is_closed_to_all_who_do_not_run_the_site(self):
        book, heading, _shown = self.book
        name = "admin:conference_sessions_publication_"
        urls = [reverse(f"{name}from_themes"), reverse(f"{name}contents", args=[book.pk])]
        urls.append(reverse(f"{name}part", args=[book.pk, heading.pk]))

        def ask(client, row):
            for url in urls:
                status = client.get(url).status_code
                yield (url, status) if (status == 200) != (row["draft"] == "all") else ()

        self.assertEqual(self.wrong(ask), [])
