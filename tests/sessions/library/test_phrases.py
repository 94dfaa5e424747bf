"""Words in quotes are found as they were typed: together, in this order, in hits and counts alike."""

from django.test import SimpleTestCase, TestCase

from conference.viewer import ANONYMOUS, Viewer
from sessions.library.asking import Asked
from sessions.library.index import rebuild
from sessions.library.phrases import Phrase, phrases_in, without_quotes
from sessions.library.search import search
from sessions.library.words import index_text
from sessions.models import Presentation, Topic
from tests.factories import make_edition, make_presentation, make_session
from tests.sessions.library.pages import make_pages

MEMBER = Viewer(user_id=10**6)


class PhraseTests(SimpleTestCase):
    def stands(self, phrase, text, languages=("en", "nl", "fr", "de")):
        return Phrase(tuple(phrase.split())).stands_in(index_text(text, languages))

    def test_what_stands_in_quotes_is_a_phrase(self):
        for text, words in (
            ('"peace education" for all', [("peace", "education")]),
            (
                "“peace education” and „Schule und Frieden“",
                [("peace", "education"), ("Schule", "und", "Frieden")],
            ),
            ("« vivre ensemble »", [("vivre", "ensemble")]),
            ('"" "!" "open', []),
            ("peace education", []),
        ):
            with self.subTest(text):
                self.assertEqual([phrase.words for phrase in phrases_in(text)], words)
        self.assertEqual(without_quotes('"peace  education" for “all”'), "peace education for all")

    def test_its_words_follow_each_other_in_this_order(self):
        self.assertTrue(self.stands("peace education", "On Peace Education, today"))
        self.assertTrue(self.stands("peace education", "peace education"))
        for text in ("education for peace", "peace and education", "education peace", "peace. Or: education"):
            self.assertFalse(self.stands("peace education", text), text)

    def test_small_words_count_and_other_forms_do_not(self):
        self.assertTrue(self.stands("to be or not", "The question to be or not to be"))
        self.assertFalse(self.stands("peace education", "peace educations and peaceful education"))
        self.assertFalse(self.stands("peaceful", "peace"))
        self.assertFalse(self.stands("peaceful education", "peaceful, peace education"))

    def test_accents_and_capitals_make_no_difference(self):
        for text in ("Les élèves étudiés ensemble", "les ELEVES ETUDIES ensemble"):
            for phrase in ("élèves étudiés ensemble", "eleves etudies ensemble"):
                self.assertTrue(self.stands(phrase, text, ("fr",)), (phrase, text))


class SearchTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        session = make_session(make_edition(title="A conference", open_pages=1), "Opening")
        cls.together = make_presentation(session, "Peace education at school")
        cls.apart = make_presentation(session, "Education for a lasting peace")
        cls.gated = make_presentation(session, "Slides", audience=Presentation.Audience.MEMBERS)
        make_pages(cls.gated, "About peace.", "Education, peace.", "Why peace education? Education.")
        cls.labelled = make_presentation(session, "Labels")
        for name in ("Peace", "Education"):
            cls.labelled.topics.add(Topic.objects.create(name=name, slug=name.lower()))
        rebuild()

    def found(self, q, viewer=ANONYMOUS):
        found = search(Asked(q), viewer)
        return {hit.object for hit in found.hits}, found

    def test_only_what_holds_the_phrase_is_found_and_counted(self):
        loose, _found = self.found("peace education", MEMBER)
        self.assertEqual(loose, {self.together, self.apart, self.gated, self.labelled})

        exact, found = self.found('"peace education"', MEMBER)

        self.assertEqual((exact, found.total), ({self.together, self.gated}, 2))
        kinds = [facet for facet in found.facets if facet.name == "kind"]
        self.assertLessEqual({value.count for facet in kinds for value in facet.values}, {2})
        self.assertEqual(set(found.presentations), {self.together.pk, self.gated.pk})

    def test_a_phrase_behind_the_gate_is_found_by_those_inside_on_its_page(self):
        self.assertEqual(self.found('"peace education"')[0], {self.together})

        _exact, found = self.found('"peace education"', MEMBER)

        self.assertEqual({hit.object: hit.page for hit in found.hits}[self.gated], 3)

    def test_words_beside_it_are_asked_as_always(self):
        self.assertEqual(self.found('"peace education" schools')[0], {self.together})
        self.assertEqual(self.found('"education for a lasting peace"')[0], {self.apart})

    def test_a_mistake_within_is_corrected(self):
        exact, found = self.found('"peace educaton"')

        self.assertEqual((exact, found.corrections), ({self.together}, {"educaton": "education"}))

    def test_where_no_text_holds_it_the_loose_words_are_offered(self):
        exact, found = self.found('"school peace"')

        self.assertEqual((exact, found.total, found.facets), (set(), 0, []))
        self.assertEqual([asked.q for asked in found.suggestions], ["school peace"])

    def test_one_query_more_for_a_phrase_however_many_hold_its_words(self):
        with self.assertNumQueries(self.queries("peace education") + 1):
            search(Asked('"peace education"'), ANONYMOUS)

    def queries(self, q):
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        search(Asked(q), ANONYMOUS)  # takes what the process remembers
        with CaptureQueriesContext(connection) as asked:
            search(Asked(q), ANONYMOUS)
        return len(asked)
