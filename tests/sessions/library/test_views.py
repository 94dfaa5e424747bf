"""The library, a topic, the feeds and references as people and machines open them."""

import json
import re
from unittest.mock import ANY

from defusedxml import ElementTree
from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext

from sessions.library.found import Piece
from sessions.library.index import reindex
from sessions.models import Credit, FormerTopic, Publication, Topic, TopicWord
from sessions.templatetags.library import marked
from sessions.views.library import pages_around
from tests.factories import make_edition, make_presentation, make_session, make_user
from tests.sessions.library.pages import make_pages
from tests.sessions.pages import organiser_client, text_of

ATOM = "{http://www.w3.org/2005/Atom}"


class LibraryPageTests(TestCase):
    def test_a_visitor_sees_the_search_box_sends_nothing_and_gets_no_cookie(self):
        response = self.client.get("/library/?q=peace&topic=dialogue")
        page = response.content.decode()

        self.assertEqual(response.status_code, 200)
        self.assertIn('<input type="hidden" name="topic" value="dialogue">', page)
        self.assertIn('value="peace"', page)
        self.assertNotIn('method="post"', page)
        self.assertFalse(response.cookies)
        self.assertIn("public", response["Cache-Control"])

    def test_what_is_typed_is_text(self):
        page = text_of(self.client, "/library/?q=%3Cscript%3Ealert(1)%3C/script%3E&topic=%22%3E%3Cb%3E")

        self.assertNotIn("<script>alert", page)
        self.assertNotIn('"><b>', page)

    def test_nothing_found_is_no_dead_end(self):
        self.assertIn("Show the whole library", text_of(self.client, "/library/?q=nothing"))

    def test_a_page_that_is_not_there_leads_to_the_last(self):
        response = self.client.get("/library/?q=peace&page=7")

        self.assertRedirects(response, "/library/?q=peace")

    def test_a_page_that_is_no_number_is_the_first(self):
        for said in ("x", "-1", "0", "²", "9" * 40):
            with self.subTest(said):
                self.assertLess(self.client.get("/library/", {"page": said}).status_code, 400)

    @override_settings(ACCOUNT_RATE_LIMITS={"library": "3/m/ip"})
    def test_visitors_are_limited_when_they_search_but_not_when_they_look(self):
        answers = [self.client.get(f"/library/?q=word{number}").status_code for number in range(4)]

        self.assertEqual(answers, [200, 200, 200, 429])
        self.assertEqual(self.client.get("/library/").status_code, 200)
        self.assertEqual(organiser_client().get("/library/?q=more").status_code, 200)

    @override_settings(ACCOUNT_RATE_LIMITS={"library_of_member": "3/m/user"})
    def test_members_are_limited_each_for_themselves(self):
        for _person in range(2):
            self.client.force_login(make_user())
            answers = [self.client.get(f"/library/?q=word{number}").status_code for number in range(4)]
            self.assertEqual(answers, [200, 200, 200, 429])
            self.assertEqual(self.client.get("/library/").status_code, 200)

    def test_words_that_were_found_stand_out_and_are_text(self):
        pieces = (Piece("a <b> "), Piece("peace", True))

        self.assertEqual(marked(pieces), "a &lt;b&gt; <mark>peace</mark>")

    def test_pages_that_are_offered_have_gaps(self):
        self.assertEqual(pages_around(1, 1), [1])
        self.assertEqual(pages_around(5, 9), [1, 0, 3, 4, 5, 6, 7, 0, 9])
        self.assertEqual(pages_around(1, 3), [1, 2, 3])


class HitTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        session = make_session(
            make_edition(), "Opening", abstract_en="Bridges are built.", abstract_nl="Bruggen worden gebouwd."
        )
        cls.deck = make_presentation(session, "Letters home")
        make_pages(cls.deck, "A first page", "A quokka on a letter")
        reindex(session)

    def title_leads_to(self, words):
        found = re.search(
            r'<h3 class="hit-title"><a href="([^"]*)"', text_of(self.client, f"/library/?q={words}")
        )
        return found.group(1) if found else None

    def test_what_stands_inside_only_leads_to_its_page(self):
        page = f"/presentations/{self.deck.guid}/pages/2/"

        self.assertEqual(self.title_leads_to("quokka"), page)
        self.assertEqual(self.title_leads_to("letters"), f"/presentations/{self.deck.guid}/")
        self.assertIn(f'<a href="{page}">Page 2', text_of(self.client, "/library/?q=letters"))

    def test_it_asks_as_often_for_three_hits_of_each_kind_as_for_one(self):
        def count():
            self.client.get("/library/?q=quokka")
            with CaptureQueriesContext(connection) as asked:
                page = self.client.get("/library/?q=quokka")
            return len(asked), page.content.decode().count('<li class="hit"')

        session = make_session(self.deck.edition, "A quokka")
        reindex(session)
        queries, hits = count()
        for title in ("Two", "Three"):
            more = make_session(make_edition(title), f"{title} quokkas")
            make_pages(make_presentation(more, title, audience="members", open_pages=1), "A quokka")
            reindex(more)

        self.assertEqual((hits, count()), (2, (queries, 6)))

    def test_first_words_are_in_the_language_of_the_page(self):
        for path, words in (("/library/", "Bridges are built."), ("/nl/library/", "Bruggen worden gebouwd.")):
            self.assertIn(f'<p class="hit-sentence">{words}</p>', text_of(self.client, path))

    def test_what_was_asked_in_another_language_is_shown_in_it(self):
        self.assertIn("<mark>Bruggen</mark> worden gebouwd.", text_of(self.client, "/library/?q=bruggen"))


class TopicPageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.session = make_session(make_edition(), "Opening")
        cls.topic = Topic.objects.create(name="Polarisation", slug="polarisation", name_nl="Polarisatie")
        TopicWord.objects.create(topic=cls.topic, word="us and them", language="en")
        TopicWord.objects.create(topic=cls.topic, word="wij en zij", language="nl")

    def test_it_shows_the_sessions_and_presentations_of_all_editions_and_its_words(self):
        self.session.topics.add(self.topic)
        make_presentation(self.session, "Deck of the session")
        deck = make_presentation(title="Deck of a member")
        deck.topics.add(self.topic)
        page = text_of(self.client, "/topics/polarisation/")

        for words in ("Opening", "Deck of the session", "Deck of a member", "us and them"):
            self.assertIn(words, page)
        self.assertNotIn("wij en zij", page)
        self.assertIn("wij en zij", text_of(self.client, "/nl/topics/polarisation/"))

    def test_what_is_hidden_is_not_there(self):
        self.session.topics.add(self.topic)
        for hidden in (
            make_presentation(self.session, "For organisers", audience="organisers"),
            make_presentation(self.session, "Not approved", status="submitted"),
            make_presentation(make_session(make_edition(is_published=False)), "Of a hidden edition"),
        ):
            hidden.topics.add(self.topic)
        draft = make_session(self.session.edition, "A draft session", status="draft")
        draft.topics.add(self.topic)
        page = text_of(self.client, "/topics/polarisation/")

        for words in ("For organisers", "Not approved", "Of a hidden edition", "A draft session"):
            self.assertNotIn(words, page)

    def test_a_topic_of_nothing_public_is_not_there_but_for_organisers(self):
        make_presentation(self.session, "Secret", audience="organisers").topics.add(self.topic)

        self.assertEqual(self.client.get("/topics/polarisation/").status_code, 404)
        self.assertEqual(organiser_client().get("/topics/polarisation/").status_code, 200)

    def test_a_former_address_leads_to_the_topic_for_good(self):
        self.session.topics.add(self.topic)
        FormerTopic.objects.create(topic=self.topic, slug="radicalisation")

        self.assertRedirects(
            self.client.get("/topics/radicalisation/"), "/topics/polarisation/", status_code=301
        )
        self.assertRedirects(
            self.client.get("/nl/topics/radicalisation/"), "/nl/topics/polarisation/", status_code=301
        )

    def test_it_asks_as_often_for_three_presentations_as_for_one(self):
        self.session.topics.add(self.topic)
        make_presentation(self.session, "One")
        with CaptureQueriesContext(connection) as for_one:
            self.client.get("/topics/polarisation/")
        for name in ("Two", "Three"):
            make_presentation(make_session(make_edition(name), name), name).topics.add(self.topic)
        with self.assertNumQueries(len(for_one)):
            self.client.get("/topics/polarisation/")


class CiteTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        session = make_session(make_edition("Second conference", city="Ghent"), "Opening")
        cls.deck = make_presentation(session, "Dialogue & peace", audience="members", doi="10.1234/x")
        Credit.objects.create(presentation=cls.deck, name="Ann Van den Berg")
        cls.deck.topics.add(Topic.objects.create(name="Peace", slug="peace"))

    def test_what_everybody_may_know_of_everybody_may_cite(self):
        for ending, words in {
            "bib": "Van den Berg, Ann",
            "ris": "TI  - Dialogue & peace",
            "json": "speech",
        }.items():
            with self.subTest(ending):
                response = self.client.get(f"/presentations/{self.deck.guid}/cite.{ending}")

                self.assertIn(words, response.content.decode())
                self.assertIn(f".{ending}", response["Content-Disposition"])

    def test_csl_says_where_and_when_it_was_presented(self):
        (said,) = json.loads(self.client.get(f"/presentations/{self.deck.guid}/cite.json").content)

        self.assertEqual((said["event-title"], said["keyword"], said["DOI"]), (ANY, "Peace", "10.1234/x"))
        self.assertTrue(said["URL"].endswith(f"/presentations/{self.deck.guid}/"))

    def test_what_is_hidden_is_not_cited(self):
        hidden = make_presentation(title="Secret", audience="organisers")

        self.assertEqual(self.client.get(f"/presentations/{hidden.guid}/cite.bib").status_code, 404)
        self.assertEqual(self.client.get(f"/presentations/{self.deck.guid}/cite.exe").status_code, 404)

    def test_a_publication_is_cited_once_it_is_published(self):
        book = Publication.objects.create(
            title="Eight years", slug="eight", editors="Eva Maes", end_year=2025
        )
        self.assertEqual(self.client.get("/publications/eight/cite.bib").status_code, 404)
        Publication.objects.filter(pk=book.pk).update(is_published=True)

        self.assertIn("editor = {Maes, Eva}", text_of(self.client, "/publications/eight/cite.bib"))


class FeedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition()
        cls.deck = make_presentation(make_session(cls.edition), "Peace & dialogue", audience="members")
        make_presentation(make_session(cls.edition), "For organisers", audience="organisers")
        make_presentation(title="A practice")

    def titles(self, url):
        feed = ElementTree.fromstring(self.client.get(url).content)
        return [entry.find(f"{ATOM}title").text for entry in feed.iter(f"{ATOM}entry")]

    def test_the_library_tells_what_is_new_and_hides_what_is_hidden(self):
        self.assertEqual(self.titles("/library/feed.atom"), ["A practice", "Peace & dialogue"])
        self.assertEqual(self.titles(f"/{self.edition.slug}/presentations/feed.atom"), ["Peace & dialogue"])

    def test_an_organiser_gets_the_same_feed_as_everybody(self):
        answer = organiser_client().get("/library/feed.atom").content.decode()

        self.assertNotIn("For organisers", answer)

    def test_it_is_not_built_again_while_nothing_changed(self):
        first = self.client.get("/library/feed.atom")
        again = self.client.get("/library/feed.atom", headers={"If-None-Match": first["ETag"]})

        self.assertEqual(again.status_code, 304)


class FoundByOthersTests(TestCase):
    def test_the_sitemap_names_topics_and_publications_that_are_public_in_every_language(self):
        session = make_session(make_edition())
        session.topics.add(Topic.objects.create(name="Peace", slug="peace"))
        hidden = make_presentation(title="Secret", audience="organisers")
        hidden.topics.add(Topic.objects.create(name="Hidden", slug="hidden-topic"))
        Publication.objects.create(title="Open", slug="open-book", is_published=True)
        Publication.objects.create(title="Hidden", slug="hidden-book")
        said = text_of(self.client, "/sitemap.xml")

        for path in (
            "/library/",
            "/nl/library/",
            "/topics/peace/",
            "/nl/topics/peace/",
            "/publications/open-book/",
        ):
            self.assertIn(f"{path}</loc>", said)
        self.assertNotIn("hidden", said)

    def test_every_page_leads_to_the_library(self):
        self.assertIn(
            '<a href="/library/" aria-current="page">Library</a>', text_of(self.client, "/library/")
        )

    def test_every_page_has_the_search_box_once(self):
        edition = make_edition(slug="ed")
        for path, action in {f"/{edition.slug}/": "/library/", "/nl/editions/": "/nl/library/"}.items():
            page = text_of(self.client, path)
            self.assertIn(f'<form class="site-search" method="get" action="{action}"', page)
            self.assertEqual(page.count('type="search"'), 1, path)
        self.assertEqual(text_of(self.client, "/library/").count('type="search"'), 1)
