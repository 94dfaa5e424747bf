"""Calendars read back by a library that did not write them: stable, cancelled when cancelled, and inert."""

from datetime import timedelta

import icalendar
from django.db import connection
from django.test import TestCase, override_settings
from django.test.utils import CaptureQueriesContext

from conference.models import Venue
from sessions.exchange.calendar import calendar, folded, for_calendar
from sessions.models import Session, Slot, Topic
from sessions.services.publishing import cancel
from tests.factories import make_edition, make_room, make_session, make_slot
from tests.sessions.exchange.formats import MORNING, entries_in, full_edition, released

EVIL = "A\r\nATTENDEE:mailto:x\nEND:VEVENT\x00\x1b \\;,\\n ü" + "ä" * 100 + "\u2028\U0001f600 \\"


def written(edition, **fields):
    slots = Slot.objects.filter(session__edition=edition, release__is_latest=True)
    return calendar(for_calendar(slots), **{"name": "Programme", "language": "en", **fields})


@override_settings(SITE_URL="https://conference.example", SITE_HOST="conference.example")
class CalendarTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.edition = full_edition(city="Ghent")
        cls.opening = Session.objects.get(slug="opening")
        cls.opening.topics.add(Topic.objects.create(name="Mobility, abroad", slug="mobility"))
        Venue.objects.update(address="Coupure 1", city="Ghent")
        released(cls.edition)

    def opening_entry(self):
        return entries_in(written(self.edition))["Opening"]

    def test_an_entry_says_what_when_and_where(self):
        entry = self.opening_entry()

        self.assertEqual(
            (entry.decoded("dtstart"), entry.decoded("dtend")), (MORNING, MORNING + timedelta(minutes=90))
        )
        self.assertEqual(str(entry["location"]), "Hall, Main venue, Coupure 1, Ghent")
        self.assertEqual(entry["url"], "https://conference.example/ed/sessions/opening/")
        self.assertEqual(
            [str(one) for one in entry["categories"].cats], ["Learning abroad", "Mobility, abroad"]
        )
        self.assertEqual(
            str(entry["description"]),
            "With Ada Lovelace, Tim\n\nWhy we are here\n\nhttps://conference.example/ed/sessions/opening/",
        )

    def test_what_has_no_room_is_in_the_city(self):
        self.assertEqual(str(entries_in(written(self.edition))["Lunch"]["location"]), "Ghent")

    def test_the_calendar_says_its_name_its_zone_and_how_often_to_ask(self):
        found = icalendar.Calendar.from_ical(written(self.edition, name="The whole"))

        self.assertEqual(str(found["x-wr-calname"]), "The whole")
        self.assertEqual(str(found["x-wr-timezone"]), "Europe/Brussels")
        self.assertEqual(found.decoded("refresh-interval"), timedelta(hours=1))

    def test_the_same_release_gives_the_same_bytes(self):
        self.assertEqual(written(self.edition), written(self.edition))

    def test_an_entry_keeps_its_name_and_counts_on_when_it_moves(self):
        before = self.opening_entry()
        Slot.objects.draft().filter(session=self.opening).update(starts_at=MORNING + timedelta(minutes=5))
        released(self.edition)
        after = self.opening_entry()

        self.assertEqual(str(before["uid"]), str(after["uid"]))
        self.assertTrue(str(after["uid"]).endswith("@conference.example"))
        self.assertEqual((before["sequence"], after["sequence"]), (0, 1))
        self.assertGreater(after.decoded("dtstamp"), before.decoded("dtstamp") - timedelta(seconds=1))

    def test_what_a_release_no_longer_has_stays_as_cancelled(self):
        before = self.opening_entry()
        Slot.objects.draft().filter(session=self.opening).delete()
        released(self.edition)
        after = self.opening_entry()

        self.assertEqual((before["status"], after["status"]), ("CONFIRMED", "CANCELLED"))
        self.assertEqual(str(before["uid"]), str(after["uid"]))
        self.assertGreater(after["sequence"], before["sequence"])

    def test_a_session_cancelled_since_the_release_is_cancelled_at_once_and_counts_no_further_when_released(
        self,
    ):
        cancel(session=self.opening)
        at_once = self.opening_entry()
        released(self.edition)
        later = self.opening_entry()

        self.assertEqual((at_once["status"], at_once["sequence"]), ("CANCELLED", 1))
        self.assertEqual((later["status"], later["sequence"]), ("CANCELLED", 1))

    def test_hostile_words_stay_words_on_lines_of_75_octets(self):
        stored = EVIL.replace("\0", "")  # which PostgreSQL does not take
        edition = make_edition(stored[:50])
        room = make_room(edition, "Room; \\ , ä")
        make_slot(make_session(edition, stored, abstract=stored), room=room)
        released(edition)
        data = written(edition, name=EVIL)

        entries = icalendar.Calendar.from_ical(data).walk("VEVENT")
        self.assertEqual(len(entries), 1)
        self.assertNotIn("attendee", entries[0])
        self.assertEqual(
            str(entries[0]["summary"]),
            "A\nATTENDEE:mailto:x\nEND:VEVENT \\;,\\n ü" + "ä" * 100 + "\n\U0001f600 \\",
        )
        self.assertLessEqual(max(map(len, data.split(b"\r\n"))), 75)
        self.assertEqual(data.count(b"BEGIN:"), data.count(b"\r\nBEGIN:") + 1)
        self.assertNotIn(b"\nATTENDEE", data)

    def test_a_line_is_cut_between_characters(self):
        for width in range(60, 90):
            line = "a" * width + "ü\U0001f600" * 40
            pieces = folded(line).removesuffix(b"\r\n").split(b"\r\n ")
            self.assertEqual("".join(piece.decode() for piece in pieces), line)

    def test_a_slot_without_a_time_is_left_out(self):
        Slot.objects.filter(session=self.opening).update(starts_at=None, ends_at=None)

        self.assertNotIn("Opening", entries_in(written(self.edition)))

    def test_three_times_as_much_needs_no_more_queries(self):
        with CaptureQueriesContext(connection) as queries:
            written(self.edition)
        for number in range(6):
            session = make_session(self.edition, f"Another {number}")
            session.topics.add(Topic.objects.create(name=f"Topic {number}", slug=f"topic-{number}"))
            make_slot(session, room=make_room(self.edition, f"Room {number}"))
        released(self.edition)

        with self.assertNumQueries(len(queries)):
            self.assertEqual(len(entries_in(written(self.edition))), 9)
