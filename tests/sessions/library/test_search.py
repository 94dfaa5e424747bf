from datetime import timedelta

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from conference.viewer import ANONYMOUS, Viewer
from sessions.library.asking import Asked
from sessions.library.index import rebuild, reindex
from sessions.library.renamed import reindex_word
from sessions.library.search import best_presentations, search
from sessions.models import Audience as ForWhom
from sessions.models import Level, LibraryEntry, Presentation, Subject, Topic, TopicWord
from tests.factories import (
    make_appearance,
    make_edition,
    make_presentation,
    make_session,
    make_speaker,
    make_user,
)
from tests.sessions.library.pages import make_pages

Audience = Presentation.Audience
MEMBER = Viewer(user_id=10**6)


def titles(q, viewer=ANONYMOUS, **facets):
    asked = Asked(q, {name: (value,) for name, value in facets.items()})
    return [str(hit.object) for hit in search(asked, viewer).hits]


def counts(found, facet):
    return {value.value: value.count for one in found.facets if one.name == facet for value in one.values}


class SearchTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition(
            title="A conference", open_pages=1, starts_on="2024-03-04", ends_on="2024-03-05"
        )
        cls.session = make_session(cls.edition, "Building bridges")
        cls.speaker = make_speaker("Zoë Peeters", biography="Works on remembrance.")
        make_appearance(cls.session, cls.speaker)
        cls.deck = make_presentation(
            cls.session, "Talen in de klas", language="nl", audience=Audience.MEMBERS
        )
        make_pages(cls.deck, "Meertaligheid als kracht.", "Achter de poort staat de zebra. Die is gestreept.")
        cls.open = make_presentation(cls.session, "Pupil mobility", audience=Audience.EVERYONE)
        make_pages(
            cls.open, "Why travel?", "Nothing here.", "A learning agreement keeps credits. It is short."
        )
        cls.topic = Topic.objects.create(name="Multilingualism", slug="multilingualism")
        TopicWord.objects.create(topic=cls.topic, word="meertaligheid")
        cls.deck.topics.add(cls.topic)
        rebuild()

    def test_all_four_kinds_are_found(self):
        self.assertEqual(titles("bridges"), ["Building bridges", "Pupil mobility", "Talen in de klas"])
        self.assertEqual(titles("zoe peeters"), ["Zoë Peeters", "Building bridges"])

    def test_word_on_a_page_leads_to_that_page_with_its_sentence(self):
        (hit,) = search(Asked("agreements"), ANONYMOUS).hits

        self.assertEqual((hit.object, hit.page), (self.open, 3))
        self.assertEqual([piece.text for piece in hit.sentence if piece.is_marked], ["agreement"])
        self.assertEqual("".join(piece.text for piece in hit.sentence), "A learning agreement keeps credits.")

    def test_the_best_presentations_stand_in_the_order_of_the_hits_and_are_ranked_once(self):
        for number in range(25):  # so many pages of hits, with sessions among them
            make_session(self.edition, f"Bridges {number}")
            make_presentation(self.session, f"Slides {number}", audience=Audience.EVERYONE)
        rebuild()
        asked = Asked("bridges")
        pages = [search(asked, ANONYMOUS, page=page).hits for page in (1, 2, 3)]
        hits = [hit.object.pk for page in pages for hit in page if hit.kind == "presentation"]

        with CaptureQueriesContext(connection) as queries:
            found = best_presentations(asked, ANONYMOUS, 26)

        self.assertEqual((len(hits), found), (27, tuple(hits[:26])))
        self.assertLess(len(queries), 10)

    def test_word_behind_the_gate_is_found_by_members_only(self):
        self.assertEqual(titles("zebra"), [])
        self.assertEqual(titles("zebra", MEMBER), ["Talen in de klas"])
        self.assertEqual(search(Asked("zebra"), MEMBER).hits[0].page, 2)

    def test_word_behind_the_gate_is_in_no_count_and_no_suggestion(self):
        found = search(Asked("zebras"), ANONYMOUS)

        self.assertEqual((found.total, found.facets, found.corrections), (0, [], {}))
        self.assertNotIn("zebra", [asked.q for asked in search(Asked("zebre"), ANONYMOUS).suggestions])

    def test_what_stands_behind_the_gate_moves_nothing_up(self):
        for title, said in (("Gnu one", "A zebra."), ("Gnu two", "A gnu. Gnu gnu gnu gnu.")):
            deck = make_presentation(self.session, title, audience=Audience.MEMBERS)
            make_pages(deck, "Open.", said)
            reindex(deck)

        self.assertEqual(titles("gnu"), ["Gnu one", "Gnu two"])
        self.assertEqual(titles("gnu", MEMBER), ["Gnu two", "Gnu one"])

    def test_pages_closed_after_they_were_indexed_are_not_found(self):
        self.assertEqual(titles("kracht"), ["Talen in de klas"])
        self.deck.open_pages = 0
        self.deck.save()

        self.assertEqual(titles("kracht"), [])

    def test_withdrawn_presentation_is_gone_at_once(self):
        self.open.withdrawn_at = timezone.now()
        self.open.save()

        found = search(Asked(), ANONYMOUS)

        self.assertNotIn(self.open, [hit.object for hit in found.hits])
        self.assertEqual(counts(found, "what"), {"presentation": 1, "session": 1, "speaker": 1})

    def test_presentation_before_its_moment_tells_nothing_of_its_pages(self):
        self.open.opens_at = timezone.now() + timedelta(days=1)
        self.open.save()

        self.assertEqual(titles("agreement"), [])
        self.assertEqual(titles("mobility"), ["Pupil mobility"])

    def test_small_mistake_is_forgiven_and_said(self):
        found = search(Asked("mobilty"), ANONYMOUS)

        self.assertEqual([str(hit.object) for hit in found.hits], ["Pupil mobility"])
        self.assertEqual(found.corrections, {"mobilty": "mobility"})

    def test_accents_and_case_do_not_matter(self):
        self.assertEqual(titles("ZOE"), titles("zoë"))

    def test_other_word_of_a_topic_finds_it(self):
        self.assertEqual(titles("multilingual"), ["Talen in de klas"])

    def test_facet_narrows_and_counts_leave_its_own_choice_aside(self):
        found = search(Asked("bridges", {"language": ("nl",)}), ANONYMOUS)

        self.assertEqual([str(hit.object) for hit in found.hits], ["Talen in de klas"])
        self.assertEqual(counts(found, "language"), {"en": 1, "nl": 1})
        self.assertEqual(counts(found, "what"), {"presentation": 1})

    def test_what_is_for_all_levels_is_found_under_each_that_there_is(self):
        self.assertEqual(titles("mobility", level="kindergarten"), [])
        kindergarten = Level.objects.create(name="Kindergarten", slug="kindergarten")
        reindex_word(kindergarten)

        self.assertEqual(titles("mobility", level="kindergarten"), ["Pupil mobility"])
        self.assertEqual(titles("mobility", age="6-11"), ["Pupil mobility"])
        self.assertEqual(titles("mobility", age="6-10"), [])

    def test_names_of_facets_are_asked_for_at_once(self):
        without = self.count_queries()
        self.deck.levels.add(Level.objects.create(name="Primary", slug="a-level"))
        self.deck.subjects.add(Subject.objects.create(name="History", slug="a-subject"))
        self.deck.for_whom.add(ForWhom.objects.create(name="Teachers", slug="an-audience"))
        self.open.levels.add(Level.objects.create(name="Secondary", slug="b-level", name_nl="Secundair"))
        reindex(self.deck, self.open)

        self.assertEqual(self.count_queries(), without)
        with override("nl"):
            found = search(Asked("bridges"), ANONYMOUS)
        labels = {facet.name: [value.label for value in facet.values] for facet in found.facets}
        self.assertEqual(labels["level"], ["Primary", "Secundair"])
        self.assertEqual(
            (labels["topic"], labels["edition"]), (["Multilingualism"], [self.edition.short_title])
        )

    def test_open_and_gated_depend_on_who_looks(self):
        self.assertEqual(counts(search(Asked(), ANONYMOUS), "open"), {"open": 1, "gated": 1})
        self.assertEqual(counts(search(Asked(), MEMBER), "open"), {"open": 2})

    def test_minor_is_no_hit(self):
        self.speaker.is_minor = True
        self.speaker.save()
        reindex(self.speaker)

        self.assertNotIn(self.speaker, [hit.object for hit in search(Asked("zoe"), ANONYMOUS).hits])

    def test_organisers_only_is_found_by_its_uploader_alone(self):
        owner = make_user("Owner")
        hidden = make_presentation(
            self.session, "Secret giraffe", audience=Audience.ORGANISERS, uploaded_by=owner
        )
        reindex(hidden)

        self.assertEqual(titles("giraffe"), [])
        self.assertEqual(titles("giraffe", MEMBER), [])
        self.assertEqual(titles("giraffe", Viewer(user_id=owner.pk)), ["Secret giraffe"])

    def test_draft_session_is_not_found(self):
        reindex(make_session(self.edition, "Unborn okapi", status="draft"))

        self.assertEqual(titles("okapi"), [])

    def test_nothing_found_suggests_what_does_find_something(self):
        found = search(Asked("mobility xylophones qwertz"), ANONYMOUS)

        self.assertEqual([asked.q for asked in found.suggestions], ["mobility"])
        self.assertEqual(
            search(Asked("xylophones"), ANONYMOUS).suggestions,
            [Asked(facets={"topic": ("multilingualism",)})],
        )

    def test_too_narrow_facets_are_told_apart_from_words_that_stand_nowhere(self):
        found = search(Asked("mobility", {"language": ("nl",)}), ANONYMOUS)

        self.assertEqual((found.total, found.suggestions), (0, [Asked("mobility")]))

    def test_signs_of_search_languages_are_only_text(self):
        for text in [
            '"',
            "AND",
            "c++",
            "o'brien",
            "-x",
            "col:x",
            "a*",
            "NEAR(",
            "')",
            "\\",
            "%",
            "_",
            "'; --",
            "\x00",
        ]:
            with self.subTest(text):
                search(Asked(text), ANONYMOUS)

    def test_deleted_thing_leaves_no_entry(self):
        extra = make_session(self.edition, "Gone with the wind")
        reindex(extra)
        self.assertEqual(titles("wind"), ["Gone with the wind"])
        extra.delete()

        self.assertEqual(titles("wind"), [])

    def test_rebuilding_changes_nothing(self):
        fields = ["kind", "title", "words", "description", "front", "rest", "facets"]
        before = list(LibraryEntry.objects.order_by("kind", "title").values_list(*fields))
        rebuild()

        self.assertEqual(list(LibraryEntry.objects.order_by("kind", "title").values_list(*fields)), before)

    def test_as_many_queries_for_three_hits_as_for_one(self):
        one = self.count_queries()
        for title in ("Agreement two", "Agreement three"):
            deck = make_presentation(self.session, title)
            make_pages(deck, "First", "An agreement")
            reindex(deck)

        self.assertEqual(self.count_queries(), one)
        self.assertEqual(search(Asked("agreement"), ANONYMOUS).total, 3)

    def count_queries(self):
        search(Asked("agreement"), ANONYMOUS)  # reads what a process remembers
        with CaptureQueriesContext(connection) as captured:
            search(Asked("agreement"), ANONYMOUS)
        return len(captured)
