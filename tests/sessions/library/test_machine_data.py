"""What machines read of presentations, practices and publications: words of schema.org only, and nothing empty."""

import json
from datetime import date

from django.test import TestCase

from conference.models import Theme
from sessions.models import Credit, Level, Presentation, Publication
from tests.factories import make_edition, make_presentation, make_preview, make_session
from tests.sessions.pages import organiser_client, text_of
from tests.sessions.test_event_data import BLOCK, empties

# From https://schema.org/version/latest: the words of each type that the pages use, with those it inherits.
THING = {"@type", "@id", "name", "url", "description", "sameAs"}
CREATIVE_WORK = THING | {
    "about", "alternativeHeadline", "audience", "author", "conditionsOfAccess", "dateModified", "datePublished",
    "editor", "educationalLevel", "encodingFormat", "hasPart", "inLanguage", "isAccessibleForFree",
    "learningResourceType", "license", "position", "publisher", "spatialCoverage", "teaches", "temporalCoverage",
    "thumbnailUrl", "typicalAgeRange",
}  # fmt: skip
WORKS = {"LearningResource", "PresentationDigitalDocument", "Book", "Chapter"}
OTHERS = {
    "Person": THING,
    "Organization": THING,
    "Country": THING,
    "EducationalAudience": THING | {"educationalRole"},
    "Event": THING | {"startDate", "endDate", "eventStatus", "location"},
    "Place": THING | {"address"},
    "PostalAddress": THING | {"addressLocality", "addressCountry"},
}


def unknown_words(said, path=""):
    """Types and properties that schema.org does not have there."""
    found = []
    types = said["@type"] if isinstance(said["@type"], list) else [said["@type"]]
    for name in types:
        known = CREATIVE_WORK if name in WORKS else OTHERS.get(name, set())
        found += [f"{path}/{name}"] if not known else []
    for word, value in said.items():
        if word in ("@context", "@reverse"):
            continue
        found += [] if word in known else [f"{path}/{word}"]
        parts = value if isinstance(value, list) else [value]
        found += [
            each for part in parts if isinstance(part, dict) for each in unknown_words(part, f"{path}/{word}")
        ]
    return found


class MachineDataTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition("Second conference", city="Ghent", open_pages=1)
        cls.deck = make_presentation(
            make_session(cls.edition), "Dialogue", audience="members", licence="cc-by"
        )
        make_preview(cls.deck, "One", "Two")
        cls.practice = make_presentation(title="A practice", country="BE", age_from=6, doi="10.1234/p")
        Credit.objects.create(presentation=cls.practice, name="Ada L.")
        cls.practice.levels.add(Level.objects.create(name="Evening", slug="evening"))
        cls.book = Publication.objects.create(
            title="Eight years", subtitle="Looking back", slug="eight", is_published=True, start_year=2018,
            end_year=2025, editors="Eva Maes, Jan Smit", doi="10.1234/b", published_on=date(2025, 5, 1),
            introduction="What *remains*.",
        )  # fmt: skip
        theme = Theme.objects.create(title="Gender", slug="gender", start_year=2018, end_year=2019)
        cls.chapter = cls.book.parts.create(kind="chapter", title="One", position=1)
        cls.book.parts.create(kind="chapter", theme=theme, position=2)
        cls.book.parts.create(kind="text", body="CANARY for members", position=3)
        cls.bare = Publication.objects.create(title="Bare", slug="bare", is_published=True)

    def data(self, thing, client=None):
        (block,) = BLOCK.findall(text_of(client or self.client, thing.get_absolute_url()))
        return json.loads(block)

    def test_only_words_of_schema_org_are_said_and_nothing_empty(self):
        for thing in (self.deck, self.practice, self.book, self.bare):
            said = self.data(thing)

            self.assertEqual((unknown_words(said), empties(said)), ([], []), thing)

    def test_the_first_page_is_the_thumbnail_where_everybody_sees_it(self):
        url = f"http://localhost:8000/presentations/{self.deck.guid}/pages/1/400.webp"
        self.assertEqual(self.data(self.deck)["thumbnailUrl"], url)
        self.assertEqual(self.client.get(url.removeprefix("http://localhost:8000")).status_code, 200)
        Presentation.objects.filter(pk=self.deck.pk).update(open_pages=0)

        self.assertNotIn("thumbnailUrl", self.data(self.deck))
        self.assertNotIn("thumbnailUrl", self.data(self.deck, organiser_client()))

    def test_a_practice_of_a_member_says_whose_it_is_and_for_whom(self):
        said = self.data(self.practice)

        self.assertEqual(
            (said["author"], said["educationalLevel"], said["typicalAgeRange"], said["sameAs"]),
            ([{"@type": "Person", "name": "Ada L."}], ["Evening"], "6-", "https://doi.org/10.1234/p"),
        )
        self.assertNotIn("@reverse", said)

    def test_a_publication_is_a_book_with_its_chapters(self):
        said = self.data(self.book)

        self.assertEqual(said["@type"], ["Book", "LearningResource"])
        self.assertEqual([one["name"] for one in said["editor"]], ["Eva Maes", "Jan Smit"])
        self.assertEqual((said["datePublished"], said["temporalCoverage"]), ("2025-05-01", "2018/2025"))
        self.assertEqual(
            [(one["position"], one["name"]) for one in said["hasPart"]], [(1, "One"), (2, "Gender")]
        )
        self.assertTrue(
            said["hasPart"][0]["url"].endswith(f"/publications/eight/chapters/{self.chapter.pk}/")
        )
        self.assertEqual(
            (said["description"], said["sameAs"]), ("What remains.", "https://doi.org/10.1234/b")
        )
        self.assertNotIn("CANARY", json.dumps(said))

    def test_machines_read_nothing_of_a_publication_that_is_not_published(self):
        Publication.objects.filter(pk=self.book.pk).update(is_published=False)
        page = text_of(organiser_client(), self.book.get_absolute_url())

        self.assertEqual(BLOCK.findall(page), [])
        self.assertIn('<meta name="robots" content="noindex">', page)

    def test_search_engines_keep_the_library_but_no_answers_of_it(self):
        robots = '<meta name="robots" content="noindex">'

        self.assertNotIn(robots, text_of(self.client, "/library/"))
        for query in ("q=peace", "topic=peace", "page=1"):
            self.assertIn(robots, text_of(self.client, f"/library/?{query}"))

    def test_the_list_of_an_edition_leads_to_its_feed(self):
        page = text_of(self.client, f"/{self.edition.slug}/presentations/")
        feed = f"/{self.edition.slug}/presentations/feed.atom"

        self.assertIn(f'<link rel="alternate" type="application/atom+xml" href="{feed}"', page)
        self.assertIn(f'<a href="{feed}"', page)
