"""What of an edition leaves the house: what the latest release shows, and nothing else."""

from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from sessions.exchange.collecting import schedule_of
from sessions.exchange.schedule import Link, Room, Track
from sessions.models import Session, Slot
from sessions.services.publishing import cancel, withdraw
from tests.factories import make_appearance, make_edition, make_session, make_slot, make_speaker
from tests.sessions.exchange.formats import MORNING, full_edition, released


def titles(schedule):
    return [event.title for event in schedule.events]


class ReleasedScheduleTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = full_edition()
        released(cls.edition)
        cls.opening = Session.objects.get(slug="opening")

    def event(self):
        return schedule_of(self.edition).events[0]

    def test_events_stand_in_the_order_of_time(self):
        self.assertEqual(titles(schedule_of(self.edition)), ["Opening", "Lunch", "Hands on"])

    def test_an_event_says_what_the_session_is(self):
        event = self.event()

        self.assertEqual((event.starts_at, event.minutes, event.room), (MORNING, 90, "Hall"))
        self.assertEqual((event.title, event.subtitle, event.language), ("Opening", "All of us", "en"))
        self.assertEqual((event.abstract, event.description), ("*Why* we are here", "At length"))
        self.assertEqual((event.track, event.type), ("Learning abroad", "session"))
        self.assertEqual((event.recording_license, event.do_not_record), ("CC BY 4.0", True))
        self.assertEqual(event.url, "http://localhost:8000/ed/sessions/opening/")
        self.assertEqual(event.links, (Link("https://example.org/more", "More"),))
        self.assertEqual(event.attachments, (Link("https://example.org/slides.pdf", "Slides"),))

    def test_an_event_says_again_what_its_import_knew(self):
        event = self.event()

        self.assertEqual((event.id, event.code, event.slug), (10386, "G9JGWY", "ed_27-opening-words"))
        self.assertEqual(event.logo, "https://old.example/l.png")
        self.assertEqual(event.feedback_url, "https://old.example/f")
        self.assertEqual(event.origin_url, "https://old.example/e/10386")

    def test_rooms_and_tracks_come_with_what_is_known_of_them(self):
        schedule = schedule_of(self.edition)
        room = self.edition.venues.get().rooms.get()

        self.assertEqual(schedule.rooms, (Room("Hall", str(room.guid), "hall", "On the first floor", 80),))
        self.assertEqual(schedule.tracks, (Track("Learning abroad", "abroad", schedule.tracks[0].color),))
        self.assertRegex(schedule.tracks[0].color, "^#[0-9a-f]{6}$")

    def test_a_minor_has_a_first_name_and_nothing_else(self):
        ada, tim = self.event().persons

        self.assertEqual(
            (ada.name, ada.id, ada.code, ada.biography), ("Ada Lovelace", 7797, "NQTF8Y", "Counts")
        )
        self.assertEqual(ada.avatar, "https://old.example/a.png")
        self.assertEqual((tim.name, tim.code, tim.biography, tim.avatar, tim.url), ("Tim", "", "", "", ""))

    def test_a_person_with_two_parts_stands_once(self):
        make_appearance(self.opening, self.opening.appearances.all()[0].speaker, part="chair")

        self.assertEqual([person.name for person in self.event().persons], ["Ada Lovelace", "Tim"])

    def test_a_change_of_the_draft_shows_in_the_draft_only_until_it_is_released(self):
        Slot.objects.draft().filter(session=self.opening).update(starts_at=MORNING + timedelta(minutes=5))

        self.assertEqual(schedule_of(self.edition).events[0].starts_at, MORNING)
        self.assertEqual(
            schedule_of(self.edition, draft=True).events[0].starts_at, MORNING + timedelta(minutes=5)
        )

    def test_an_older_release_is_still_as_it_was(self):
        first = self.edition.releases.get()
        Slot.objects.draft().filter(session=self.opening).update(ends_at=MORNING + timedelta(minutes=30))
        released(self.edition)

        self.assertEqual(schedule_of(self.edition, release=first).events[0].minutes, 90)
        self.assertEqual(schedule_of(self.edition).events[0].minutes, 30)
        self.assertEqual(schedule_of(self.edition).version, "2")

    def test_what_was_withdrawn_or_cancelled_since_the_release_is_gone(self):
        withdraw(session=self.opening)
        cancel(session=Session.objects.get(slug="lunch"))

        self.assertEqual(titles(schedule_of(self.edition)), ["Hands on"])
        self.assertEqual(titles(schedule_of(self.edition, draft=True)), ["Hands on"])

    def test_texts_come_in_the_language_asked_for_or_else_in_the_original(self):
        Session.objects.filter(pk=self.opening.pk).update(abstract_nl="Waarom", subtitle_nl="")

        with override("nl"):
            event = self.event()

        self.assertEqual((event.abstract, event.subtitle), ("Waarom", "All of us"))
        self.assertEqual(event.url, "http://localhost:8000/nl/ed/sessions/opening/")

    def test_a_text_that_only_exists_in_another_language_is_told_in_that(self):
        Session.objects.filter(pk=self.opening.pk).update(abstract="", abstract_en="", abstract_nl="Waarom")

        self.assertEqual(self.event().abstract, "Waarom")

    def test_an_edition_without_a_release_has_no_events(self):
        edition = make_edition()
        make_slot(make_session(edition))

        self.assertEqual(schedule_of(edition).events, ())
        self.assertEqual(len(schedule_of(edition, draft=True).events), 1)

    def test_three_times_as_much_needs_no_more_queries(self):
        with CaptureQueriesContext(connection) as queries:
            schedule_of(self.edition)
        for number in range(6):
            session = make_session(self.edition, f"Another {number}")
            make_appearance(session, make_speaker())
            session.links.create(url="https://example.org/")
            make_slot(session)
        released(self.edition)

        with self.assertNumQueries(len(queries)):
            self.assertEqual(len(schedule_of(self.edition).events), 9)


class NumberingTests(TestCase):
    """Readers know an event again by its guid and its id."""

    @classmethod
    def setUpTestData(cls):
        cls.edition = make_edition()
        cls.session = make_session(cls.edition, slug="twice", origin={"id": 53, "code": "ABCDEF"})

    def events(self):
        released(self.edition)
        return schedule_of(self.edition).events

    def test_the_first_slot_of_a_session_has_the_guid_of_the_session_and_the_second_its_own(self):
        make_slot(self.session, MORNING)
        second = make_slot(self.session, MORNING + timedelta(days=1))

        self.assertEqual([event.guid for event in self.events()], [str(self.session.guid), str(second.guid)])

    def test_a_slot_that_has_the_guid_of_the_session_keeps_it_when_it_is_no_longer_the_first(self):
        make_slot(self.session, MORNING + timedelta(days=1), guid=self.session.guid)
        earlier = make_slot(self.session, MORNING)

        self.assertEqual([event.guid for event in self.events()], [str(earlier.guid), str(self.session.guid)])

    def test_id_code_and_slug_are_said_once(self):
        make_slot(self.session, MORNING)
        make_slot(self.session, MORNING + timedelta(days=1))

        first, second = self.events()
        self.assertEqual((first.id, first.code, first.slug), (53, "ABCDEF", "twice"))
        self.assertNotEqual(second.id, 53)
        self.assertEqual((second.code, second.slug), ("", f"twice-{UUID(second.guid).hex[:8]}"))

    def test_an_imported_id_stays_and_a_session_of_that_key_gets_another(self):
        other = make_session(self.edition)
        Session.objects.filter(pk=self.session.pk).update(origin={"id": other.pk})
        make_slot(other, MORNING)
        make_slot(self.session, MORNING + timedelta(hours=1))

        numbers = {event.guid: event.id for event in self.events()}
        self.assertEqual(numbers[str(self.session.guid)], other.pk)
        self.assertNotEqual(numbers[str(other.guid)], other.pk)

    def test_ids_are_the_same_in_the_next_release(self):
        make_slot(self.session, MORNING)
        make_slot(self.session, MORNING + timedelta(days=1))
        before = [(event.guid, event.id) for event in self.events()]
        make_slot(make_session(self.edition), MORNING - timedelta(days=1))

        self.assertEqual([(event.guid, event.id) for event in self.events()[1:]], before)
