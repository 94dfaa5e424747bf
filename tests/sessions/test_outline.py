"""Sessions in reading order, each with its parts, times and people."""

from datetime import UTC, datetime

from django.test import TestCase
from django.utils import translation

from sessions.models import Kind, Session
from sessions.outline import add_people, entries_of, flat, neighbours, shown_in
from tests.factories import (
    make_appearance,
    make_edition,
    make_release,
    make_session,
    make_slot,
    make_speaker,
    make_workshop,
)

Status = Session.Status


def titles(entries):
    return [entry.session.title for entry in entries]


class EntriesTests(TestCase):
    def setUp(self):
        self.edition = make_edition()

    def entries(self, **kwargs):
        return entries_of(shown_in(self.edition, **kwargs), self.edition)

    def test_sessions_come_by_position_and_then_by_number(self):
        make_session(self.edition, "six", number=6)
        make_session(self.edition, "none")
        make_session(self.edition, "one", number=1)
        make_session(self.edition, "last", number=2, position=9)

        self.assertEqual(titles(self.entries()), ["one", "six", "none", "last"])

    def test_parts_follow_their_session(self):
        hubs = make_session(self.edition, "hubs", number=1)
        make_session(self.edition, "after", number=2)
        make_workshop(self.edition, "group 2", part_of=hubs, number=2)
        make_workshop(self.edition, "group 1", part_of=hubs, number=1)

        self.assertEqual(titles(flat(self.entries())), ["hubs", "group 1", "group 2", "after"])

    def test_the_workshops_of_the_edition_follow_its_sessions(self):
        make_workshop(self.edition, "workshop 1", number=1)
        make_session(self.edition, "session 6", number=6)

        self.assertEqual(titles(self.entries()), ["session 6", "workshop 1"])

    def test_a_part_of_an_unpublished_session_stands_alone_without_naming_it(self):
        hubs = make_session(self.edition, "hubs", status=Status.DRAFT)
        make_workshop(self.edition, "group", part_of=hubs)
        [entry] = self.entries()

        self.assertEqual((entry.session.title, entry.parent), ("group", None))

    def test_what_is_unpublished_is_left_out_and_stays_in_a_preview(self):
        make_session(self.edition, "draft", status=Status.DRAFT)
        make_session(self.edition, "withdrawn", status=Status.WITHDRAWN)
        make_session(self.edition, "published")

        self.assertEqual(titles(self.entries()), ["published"])
        self.assertEqual(titles(self.entries(drafts=True)), ["draft", "published"])

    def test_other_editions_stay_out(self):
        make_session(make_edition(), "elsewhere")

        self.assertEqual(self.entries(), [])

    def test_times_are_those_of_the_latest_release(self):
        session = make_session(self.edition)
        make_slot(session, release=make_release(self.edition), room_name="old room")
        latest = make_release(self.edition)
        later = datetime(2027, 3, 14, 9, tzinfo=UTC)
        make_slot(session, later, release=latest, room_name="second")
        make_slot(session, release=latest, room_name="first")
        make_slot(session, room_name="draft")

        with self.assertNumQueries(1):
            [entry] = self.entries()

        self.assertEqual([time.room for time in entry.times], ["first", "second"])

    def test_room_names_come_in_the_language_of_the_page(self):
        session = make_session(self.edition)
        make_slot(session, release=make_release(self.edition), room_name_en="Hall", room_name_nl="Zaal")
        with translation.override("nl"):
            [entry] = self.entries()

        self.assertEqual(entry.times[0].room, "Zaal")

    def test_people_come_in_their_order_with_one_query(self):
        session, other = make_session(self.edition), make_session(self.edition)
        make_appearance(session, make_speaker("Second"), position=2)
        make_appearance(session, make_speaker("First"), position=1)
        make_appearance(other, make_speaker("Elsewhere"))
        entries = self.entries()
        with self.assertNumQueries(1):
            add_people(entries)

        self.assertEqual([a.speaker.name for a in entries[0].people], ["First", "Second"])


class NeighbourTests(TestCase):
    def setUp(self):
        self.edition = make_edition()
        self.one = make_session(self.edition, "one", number=1)
        self.group = make_workshop(self.edition, "group", part_of=self.one)
        self.pause = make_session(self.edition, "pause", number=2, kind=Kind.BREAK)
        self.three = make_session(self.edition, "three", number=3)
        self.own = make_workshop(self.edition, "own", number=4)
        self.entries = flat(entries_of(shown_in(self.edition), self.edition))

    def test_sessions_follow_sessions_over_breaks_and_workshops(self):
        self.assertEqual(neighbours(self.entries, self.one), (None, self.three))
        self.assertEqual(neighbours(self.entries, self.three), (self.one, None))

    def test_workshops_form_one_list_wherever_they_take_place(self):
        before, after = neighbours(self.entries, self.own)

        self.assertEqual((before.pk, after), (self.group.pk, None))

    def test_what_is_not_in_the_list_has_no_neighbours(self):
        hidden = make_session(self.edition, status=Status.DRAFT)

        self.assertEqual(neighbours(self.entries, hidden), (None, None))
