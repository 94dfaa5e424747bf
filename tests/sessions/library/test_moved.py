"""What was renamed or moved is found by its new name, and links to its old address survive."""

from django.core.exceptions import ValidationError
from django.test import TestCase, override_settings

from conference.former_addresses import keep_address
from conference.models import FormerTheme, Theme
from conference.viewer import ANONYMOUS
from sessions.library.asking import Asked
from sessions.library.index import reindex
from sessions.library.renamed import reindex_theme
from sessions.library.search import search
from sessions.models import Audience, Competence, FormerTopic, Level, Publication, Subject, Topic
from tests.admin_forms import read_form
from tests.factories import make_edition, make_presentation, make_session
from tests.sessions.pages import organiser_client


def found(words):
    return [str(hit.object) for hit in search(Asked(words), ANONYMOUS).hits]


def move(row, slug):
    before, row.slug = row.slug, slug
    row.full_clean()
    row.save()
    keep_address(row=row, before=before)


@override_settings(STAFF_SECOND_FACTOR=False)
class RenamedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.theme = Theme.objects.create(title="Fences", slug="fences", start_year=2018, end_year=2019)
        edition = make_edition()
        type(edition).objects.update(theme=cls.theme)
        edition.refresh_from_db()
        cls.deck = make_presentation(make_session(edition, "Opening"), "Deck")
        cls.words = {
            "for_whom": Audience.objects.create(name="Choirs", slug="choirs"),
            "levels": Level.objects.create(name="Evening", slug="evening"),
            "subjects": Subject.objects.create(name="Latin", slug="latin"),
            "competences": Competence.objects.create(name="Empathy", slug="empathy"),
        }
        for relation, word in cls.words.items():
            getattr(cls.deck, relation).add(word)
        reindex(cls.deck)

    def save(self, address, **changed):
        client = organiser_client()
        data = read_form(client, address) | changed
        self.assertEqual(client.post(address, data).status_code, 302)

    def test_a_word_of_the_lists_is_found_by_its_new_name_and_no_more_by_its_old_one(self):
        for word in self.words.values():
            with self.subTest(word._meta.model_name):
                address = f"/admin/conference_sessions/{word._meta.model_name}/{word.pk}/change/"
                self.save(address, name_en="Xylophone")

                self.assertEqual((found("xylophone"), found(word.name)), (["Deck"], []))
                self.save(address, name_en="Something else")

    def test_a_theme_is_found_by_its_new_name_and_its_old_address_leads_to_it(self):
        self.save(f"/admin/conference/theme/{self.theme.pk}/change/", title_en="Bridges", slug="bridges")

        self.assertEqual((sorted(found("bridges")), found("fences")), (["Deck", "Opening"], []))
        for prefix in ("", "/nl"):
            self.assertRedirects(
                self.client.get(f"{prefix}/themes/fences/"), f"{prefix}/themes/bridges/", status_code=301
            )
        self.assertEqual(search(Asked(facets={"theme": ("bridges",)}), ANONYMOUS).total, 2)

    def test_a_publication_is_found_by_the_new_name_of_its_theme(self):
        book = Publication.objects.create(title="Book", slug="book", is_published=True)
        book.themes.add(self.theme)
        self.theme.title_en = "Bridges"
        self.theme.save()
        reindex_theme(self.theme)

        self.assertIn("Book", found("bridges"))

    def test_a_shared_question_is_asked_with_what_stands_there_now(self):
        FormerTopic.objects.create(topic=Topic.objects.create(name="Peace", slug="peace"), slug="war")
        FormerTheme.objects.create(now=self.theme, slug="walls")
        response = self.client.get("/library/?q=a&topic=war&topic=peace&theme=walls&year=2024")

        self.assertRedirects(response, "/library/?q=a&topic=peace&theme=fences&year=2024", status_code=301)

    def test_a_publication_keeps_its_old_addresses_with_all_that_stands_below(self):
        book = Publication.objects.create(title="Book", slug="book", is_published=True)
        chapter = book.parts.create(kind="chapter", title="One")
        self.save(f"/admin/conference_sessions/publication/{book.pk}/change/", slug="eight-years")
        below = ("", f"chapters/{chapter.pk}/", "cite.bib")

        for path in below:
            self.assertRedirects(
                self.client.get(f"/publications/book/{path}"),
                f"/publications/eight-years/{path}",
                status_code=301,
            )
        self.assertEqual(self.client.get("/publications/none/").status_code, 404)

    def test_what_is_hidden_is_not_found_by_its_old_address(self):
        book = Publication.objects.create(title="Book", slug="book")
        move(book, "secret-name")

        self.assertEqual(self.client.get("/publications/book/").status_code, 404)

    def test_an_address_is_never_that_of_two(self):
        move(self.theme, "bridges")
        with self.assertRaises(ValidationError):
            Theme(title="Other", slug="fences", start_year=2020, end_year=2021).full_clean()
        move(self.theme, "fences")

        self.assertEqual(list(FormerTheme.objects.values_list("slug", flat=True)), ["bridges"])
