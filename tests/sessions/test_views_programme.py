"""The timetable that visitors see."""

import gzip
from datetime import UTC, datetime
from uuid import uuid4

from django.test import TestCase

from sessions.models import Kind, Session
from sessions.services.timetable import release_timetable
from tests.factories import (
    make_appearance,
    make_edition,
    make_organiser,
    make_room,
    make_session,
    make_slot,
    make_speaker,
    make_workshop,
)
from tests.sessions.pages import organiser_client, text_of


class ProgrammeTests(TestCase):
    def setUp(self):
        self.edition = make_edition(slug="ed")
        self.session = make_session(self.edition, "Opening", slug="opening", number=1)

    def release(self):
        return release_timetable(edition=self.edition, by=make_organiser())

    def context(self):
        return self.client.get("/ed/programme/").context

    def titles(self):
        return [
            item.what["title"]
            for day in self.context()["days"]
            for row in day.rows
            for cell in row.cells
            for item in cell.items
        ]

    def unplaced(self):
        return [session.title for session in self.context()["unplaced"]]

    def test_before_the_first_release_everything_is_to_be_announced(self):
        make_slot(self.session, room=make_room(self.edition, "Secret room"))

        self.assertEqual((self.titles(), self.unplaced()), ([], ["Opening"]))
        self.assertNotIn("Secret room", text_of(self.client, "/ed/programme/"))

    def test_a_release_puts_items_in_a_table_with_headings(self):
        make_slot(self.session, room=make_room(self.edition, "Hall"))
        make_appearance(self.session, make_speaker("Ada Lovelace"))
        self.release()
        page = text_of(self.client, "/ed/programme/")

        self.assertEqual((self.titles(), self.unplaced()), (["Opening"], []))
        self.assertIn('<th scope="col">Hall</th>', page)
        self.assertIn('<th scope="row"><time datetime="2027-03-13T09:30Z">10:30</time></th>', page)
        self.assertIn("Ada Lovelace", page)
        self.assertIn("All times are the time in Brussels.", page)

    def test_what_a_session_became_after_the_release_waits_for_the_next(self):
        make_slot(self.session)
        self.release()
        Session.objects.filter(pk=self.session.pk).update(title="New", title_en="New")

        self.assertEqual(self.titles(), ["Opening"])

    def test_a_session_unpublished_later_disappears_from_the_timetable(self):
        make_slot(self.session)
        self.release()
        Session.objects.filter(pk=self.session.pk).update(status=Session.Status.DRAFT)

        self.assertEqual((self.titles(), self.unplaced()), ([], []))
        self.assertNotIn("Opening", text_of(self.client, "/ed/programme/"))

    def test_what_has_no_slot_stays_to_be_announced(self):
        make_slot(self.session)
        make_session(self.edition, "Later")
        make_session(self.edition, "Coffee", kind=Kind.BREAK)
        make_session(self.edition, "Draft", status=Session.Status.DRAFT)
        self.release()

        self.assertEqual(self.unplaced(), ["Later"])

    def test_parts_without_a_time_stand_with_their_session(self):
        make_slot(self.session)
        make_workshop(self.edition, "Group", part_of=self.session, slug="group")
        self.release()

        self.assertEqual(self.unplaced(), [])
        self.assertIn('<a href="/ed/workshops/group/">Group</a>', text_of(self.client, "/ed/programme/"))

    def test_times_are_those_of_the_edition_and_it_says_so(self):
        self.edition.time_zone = "America/New_York"
        self.edition.save()
        make_slot(self.session, datetime(2027, 3, 14, 2, 30, tzinfo=UTC))
        self.release()
        page = text_of(self.client, "/ed/programme/")

        self.assertIn("Saturday 13 March 2027", page)
        self.assertIn(">21:30–22:30<", page)
        self.assertIn("New York", page)

    def test_the_draft_has_only_what_may_still_take_place(self):
        make_slot(self.session)
        for status in ("cancelled", "withdrawn"):
            make_slot(make_session(self.edition, f"No more: {status}", status=status))
        page = text_of(organiser_client(), "/ed/programme/?preview=draft")

        self.assertIn("Opening", page)
        self.assertNotIn("No more", page)

    def test_the_draft_is_shown_to_organisers_only(self):
        make_slot(self.session, room=make_room(self.edition, "Secret room"))
        make_session(self.edition, "Draft session", status=Session.Status.DRAFT)
        self.assertNotIn("Secret room", text_of(self.client, "/ed/programme/?preview=draft"))
        organiser = organiser_client()

        page = text_of(organiser, "/ed/programme/?preview=draft")
        self.assertIn("Secret room", page)
        self.assertIn("Draft session", page)
        self.assertIn("Preview: only organisers", page)
        self.assertNotIn("Secret room", text_of(organiser, "/ed/programme/"))

    def test_an_edition_without_anything_renders(self):
        make_edition(slug="empty")

        self.assertIn("The programme is being made", text_of(self.client, "/empty/programme/"))


class LargeProgrammeTests(TestCase):
    def test_a_programme_of_200_sessions_stays_light(self):
        edition = make_edition(slug="ed")
        rooms = [make_room(edition, f"Room {number}", position=number) for number in range(10)]
        for number in range(200):
            title = f"{number} {uuid4()}: how to deal with polarisation in a classroom"
            session = make_session(
                edition, title, slug=f"session-{number}-of-a-long-programme", number=number
            )
            make_appearance(session, make_speaker(f"Speaker {uuid4()}"))
            day, hour = divmod(number // 10, 7)
            make_slot(session, datetime(2027, 3, 13 + day, 8 + hour, tzinfo=UTC), room=rooms[number % 10])
        release_timetable(edition=edition, by=make_organiser())
        page = self.client.get("/ed/programme/").content

        self.assertEqual(page.count(b'class="timetable-item"'), 200)
        # Two type faces, five style sheets and the icon take about 75 kB of the 100 kB of a first view.
        self.assertLess(len(gzip.compress(page)), 25_000)
