"""The programme narrowed by links and words, in each of its views."""

from datetime import UTC, datetime, timedelta

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from sessions.models import Kind, Session, SessionType, Slot, Topic, Track
from sessions.services.publishing import cancel
from sessions.services.timetable import release_timetable
from tests.factories import (
    make_appearance,
    make_booking,
    make_edition,
    make_organiser,
    make_registration,
    make_room,
    make_session,
    make_slot,
    make_speaker,
    make_workshop,
)
from tests.sessions.pages import organiser_client, text_of

FIRST, SECOND = datetime(2027, 3, 13, 9, tzinfo=UTC), datetime(2027, 3, 14, 9, tzinfo=UTC)


class ProgrammeFilterTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        edition = cls.edition = make_edition(slug="ed")
        hall, attic = make_room(edition, "Hall", slug="hall"), make_room(edition, "Attic", slug="attic")
        peace = Topic.objects.create(name="Peace", name_nl="Vrede", slug="peace")
        panel = SessionType.objects.create(name="Panel", slug="panel")
        track = Track.objects.create(edition=edition, name="Teaching", slug="teaching")
        cls.opening = make_session(
            edition, "Opening über Mobilität", slug="opening", session_type=panel, language="de",
            abstract="What **nobody** said",
        )  # fmt: skip
        cls.group = make_session(edition, "Country groups", slug="groups", part_of=cls.opening, language="en")
        cls.workshop = make_workshop(
            edition, "Learning lab", title_nl="Leerlab", slug="lab", track=track, capacity=1, language="en"
        )
        cls.coffee = make_session(edition, "Coffee", slug="coffee", kind=Kind.BREAK)
        cls.later = make_session(edition, "Evening walk", slug="walk", subtitle="Through the old town")
        cls.workshop.topics.add(peace)
        cls.group.topics.add(peace)
        make_appearance(cls.opening, make_speaker("Zoë Łukasz"))
        make_appearance(cls.later, make_speaker("Yara Geheim", is_minor=True))
        make_slot(cls.opening, FIRST, room=hall)
        make_slot(cls.coffee, FIRST + timedelta(hours=1))
        make_slot(cls.workshop, SECOND, room=attic)
        cls.organiser = make_organiser()
        release_timetable(edition=edition, by=cls.organiser)

    def shown(self, query=""):
        """Titles in the order of the list of days, then what has no time."""
        context = self.client.get(f"/ed/programme/?view=list&{query}").context
        rows = [row for section in context["sections"] for _title, group in section.groups for row in group]
        return [row["title"] for row in rows] + [session.title for session in context["unplaced"]]

    def test_each_filter_shows_what_has_its_value(self):
        opening, lab = self.opening.title, "Learning lab"
        expected = {
            "": [opening, "Coffee", lab, "Evening walk"], "day=2027-03-13": [opening, "Coffee"], "track=teaching": [lab],
            "type=panel": [opening], "type=workshop": [lab], "language=de": [opening], "room=attic": [lab],
            "places=1": [lab], "day=2027-03-14&room=hall": [], "room=hall&room=attic": [opening, lab],
        }  # fmt: skip

        self.assertEqual({query: self.shown(query) for query in expected}, expected)

    def test_a_part_without_a_time_is_found_in_its_session(self):
        self.assertEqual(self.shown("topic=peace"), [self.opening.title, "Learning lab"])
        page = text_of(self.client, "/ed/programme/?topic=peace")

        self.assertIn("/ed/sessions/groups/", page)
        self.assertIn("2 of 4 sessions", page)

    def test_words_are_found_in_titles_texts_people_and_topics_of_any_language(self):
        opening = self.opening.title
        expected = {
            "uber+MOBILITAT": [opening], "nobody": [opening], "zoe+lukasz": [opening], "old+town": ["Evening walk"],
            "leerlab": ["Learning lab"], "vrede": [opening, "Learning lab"], "yara": ["Evening walk"], "geheim": [],
            "%25": [], "_": [], "\\": [], "'": [], "opening+lab": [], "U%CC%88BER": [opening],
        }  # fmt: skip

        self.assertEqual({words: self.shown(f"q={words}") for words in expected}, expected)

    def test_a_workshop_without_a_place_left_is_not_among_those_with_places(self):
        make_booking(make_registration(edition=self.edition), self.workshop)

        self.assertEqual(self.shown("places=1"), [])

    def test_nothing_found_says_how_to_get_back(self):
        page = text_of(self.client, "/ed/programme/?topic=nonsense&view=rooms&q=nobody")

        self.assertIn("Nothing in the programme fits all of this", page)
        self.assertIn('<a class="button" href="?view=rooms">Show the whole programme</a>', page)
        self.assertIn('href="?q=nobody&amp;view=rooms"', page)

    def test_what_was_chosen_can_be_taken_back_and_is_not_for_search_engines(self):
        page = text_of(self.client, "/ed/programme/?topic=peace&track=teaching")

        self.assertIn(
            '<a href="?topic=peace"><span class="visually-hidden">Take away:</span> Track: Teaching</a>', page
        )
        self.assertIn('<a class="clear" href="./">Clear all</a>', page)
        self.assertIn('<link rel="canonical" href="http://localhost:8000/ed/programme/">', page)
        self.assertIn('<meta name="robots" content="noindex">', page)
        self.assertNotIn("noindex", text_of(self.client, "/ed/programme/?view=list"))

    def test_every_view_shows_every_session_under_its_headings(self):
        headings = {}
        for view in ("list", "rooms", "tracks"):
            context = self.client.get(f"/ed/programme/?view={view}").context
            headings[view] = [
                (section.anchor, [row["title"] for _day, rows in section.groups for row in rows])
                for section in context["sections"]
            ]
        opening, lab = self.opening.title, "Learning lab"

        self.assertEqual(
            headings["list"], [("day-2027-03-13", [opening, "Coffee"]), ("day-2027-03-14", [lab])]
        )
        self.assertEqual(
            headings["rooms"], [("room-attic", [lab]), ("room-hall", [opening]), ("room-all", ["Coffee"])]
        )
        self.assertEqual(headings["tracks"], [("track-teaching", [lab]), ("no-track", [opening])])

    def test_items_name_their_session_for_scripts(self):
        for view in ("grid", "list", "rooms", "tracks"):
            self.assertIn(
                f'data-session="{self.opening.guid}"', text_of(self.client, f"/ed/programme/?view={view}")
            )

    def test_the_draft_stays_the_draft_in_every_link(self):
        page = text_of(organiser_client(), "/ed/programme/?preview=draft&topic=peace")

        self.assertIn('<a class="clear" href="?preview=draft">Clear all</a>', page)
        self.assertIn('<input type="hidden" name="preview" value="draft">', page)

    def test_hostile_queries_are_answered(self):
        queries = [
            "q=" + "x" * 10_000, "topic=" + "%2F" * 3000, "topic[]=a&topic[0]=b&q[]=c", "day=2027-13-45&day=x",
            "view=../../etc&places=yes", "ordering=speaker__user__password", "q=%F0%9F%A6%8A%E2%80%AE&room=%ff",
            "topic=%3Cscript%3Ealert(1)%3C/script%3E&q=%22%3E%3Csvg%20onload=x%3E",
            "&".join(f"topic=t{number}" for number in range(990)),
        ]  # fmt: skip
        for query in queries:
            with self.subTest(query=query[:40]):
                response = self.client.get(f"/ed/programme/?{query}")
                self.assertEqual(response.status_code, 200)
                self.assertNotIn("<script>alert", response.content.decode())
                self.assertNotIn("<svg onload", response.content.decode())
        self.assertEqual(self.client.get("/ed/programme/?" + "a=1&" * 1001).status_code, 400)
        self.assertEqual(self.client.get("/ed/programme/?q=a%00b").status_code, 400)

    def test_the_page_asks_the_same_number_of_questions_however_it_is_narrowed(self):
        def queries(query):
            with CaptureQueriesContext(
                connection,
            ) as seen:
                self.shown(query)
            return len(seen)

        with_one = [queries(query) for query in ("", "topic=peace", "q=lab&places=1")]
        for number in range(2):
            more = make_workshop(self.edition, f"More {number}", capacity=3, slug=f"more{number}")
            more.topics.add(Topic.objects.create(name=f"Topic {number}", slug=f"topic{number}"))
            make_appearance(more)
            make_slot(more, SECOND, room=make_room(self.edition, f"Room {number}"))
        release_timetable(edition=self.edition, by=self.organiser)

        self.assertEqual([queries(query) for query in ("", "topic=peace", "q=lab&places=1")], with_one)
        self.assertLessEqual(max(with_one), 8)


class CancelledTests(TestCase):
    def setUp(self):
        self.edition = make_edition(slug="ed")
        self.session = make_session(self.edition, "Opening", slug="opening")
        make_slot(self.session, room=make_room(self.edition, "Hall"))
        make_slot(make_session(self.edition, "Closing", slug="closing"))
        self.organiser = make_organiser()
        release_timetable(edition=self.edition, by=self.organiser)

    def cancelled(self, query=""):
        rows = self.client.get(f"/ed/programme/{query}").context["cancelled"]
        return [(row["title"], row.get("room")) for row in rows]

    def test_a_cancelled_session_leaves_the_table_and_is_named_below_it(self):
        self.assertEqual(self.cancelled(), [])
        cancel(session=self.session)
        page = text_of(self.client, "/ed/programme/")

        self.assertEqual(self.cancelled(), [("Opening", "Hall")])
        self.assertIn('<a href="/ed/sessions/opening/"><s>Opening</s></a>', page)
        self.assertEqual(page.count('class="timetable-item"'), 1)

    def test_it_stays_there_after_the_next_release(self):
        cancel(session=self.session)
        release_timetable(edition=self.edition, by=self.organiser)

        self.assertEqual(self.cancelled(), [("Opening", "Hall")])
        self.assertEqual(self.cancelled("?q=closing"), [])

    def test_what_left_the_timetable_is_cancelled_and_not_waiting_for_a_time(self):
        Slot.objects.draft().filter(session=self.session).delete()
        release_timetable(edition=self.edition, by=self.organiser)

        self.assertEqual(self.cancelled(), [("Opening", "Hall")])
        self.assertEqual(self.client.get("/ed/programme/").context["unplaced"], [])

    def test_a_withdrawn_session_is_not_named_at_all(self):
        Session.objects.filter(pk=self.session.pk).update(status=Session.Status.WITHDRAWN)

        self.assertEqual(self.cancelled(), [])
        self.assertNotIn("Opening", text_of(self.client, "/ed/programme/"))
