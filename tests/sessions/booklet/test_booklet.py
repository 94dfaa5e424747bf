"""What stands in the booklet, read from the PDF itself."""

from datetime import UTC, date, datetime, timedelta

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from conference.models import EditionOrganisation
from conference.typesetting import setter
from sessions.booklet.contents import book_of
from sessions.booklet.shelf import TEMPLATE
from sessions.models import Appearance, Session, SessionType, Track
from sessions.services.timetable import release_timetable
from tests.factories import (
    make_appearance,
    make_edition,
    make_organisation,
    make_organiser,
    make_room,
    make_session,
    make_slot,
    make_speaker,
    make_workshop,
)
from tests.sessions.booklet.pdf import pages_of, sizes_of, title_of

MORNING = datetime(2027, 3, 13, 8, 30, tzinfo=UTC)
HOSTILE = '#import "/etc/passwd": * $x^2$ @ref \\ `raw` <label> [a] {b} *c* _d_ ~ // e /* f'


class BookletTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.organiser = make_organiser()
        cls.edition = edition = make_edition(
            "The second conference", short_title="Second", subtitle="On learning", city="Mechelen",
            country="BE", starts_on=date(2027, 3, 13), ends_on=date(2027, 3, 14),
        )  # fmt: skip
        school = make_organisation("A school of thought")
        EditionOrganisation.objects.create(edition=edition, organisation=school, part="organiser")
        room = make_room(edition, "Aula", capacity=120, description="Up the stairs")
        room.venue.travel_note = "Tram *1* stops at the door."
        room.venue.save()
        cls.talk = make_session(
            edition, "Opening words", title_nl="Openingswoorden", number=1, subtitle="A welcome",
            abstract="# Why\n\nBecause of **this**.\n\n- first\n- second\n\n[The site](https://example.org)",
        )  # fmt: skip
        cls.workshop = make_workshop(edition, "Hands on", number=2, part_of=cls.talk, language="nl")
        cls.cancelled = make_session(edition, "No longer", number=3)
        make_session(edition, "A secret draft", status=Session.Status.DRAFT)
        make_session(edition, "Gone for good", status=Session.Status.WITHDRAWN)
        grace = make_speaker("Grace Hopper")
        make_appearance(cls.talk, grace, organisation=school, part=Appearance.Part.CHAIR)
        make_appearance(cls.workshop, grace)
        make_appearance(cls.cancelled, make_speaker("Not Coming"))
        make_slot(cls.talk, MORNING, room=room)
        make_slot(cls.workshop, MORNING + timedelta(days=1), room=room)
        make_slot(cls.cancelled, MORNING + timedelta(hours=2))
        release_timetable(edition=edition, by=cls.organiser)
        make_slot(make_session(edition, "Not released"), MORNING + timedelta(hours=5))
        Session.objects.filter(pk=cls.cancelled.pk).update(status=Session.Status.CANCELLED)

    def pdf(self, edition=None):
        return setter(TEMPLATE, "ua-1", picture=False)(book_of(edition or self.edition))

    def test_it_is_a_tagged_document_on_a5_with_title_and_language(self):
        pdf = self.pdf()

        self.assertEqual(sizes_of(pdf), {(148, 210)})
        self.assertEqual(title_of(pdf), "The second conference")
        for mark in (
            b"/Lang(en)/StructTreeRoot",
            b"/MarkInfo<</Marked true",
            b"<pdfuaid:part>1</pdfuaid:part>",
        ):
            self.assertEqual(pdf.count(mark), 1, mark)

    def test_cover_contents_days_sessions_speakers_and_rooms_follow_each_other(self):
        cover, contents, first_day, second_day, sessions, speakers, rooms = pages_of(self.pdf())

        for words in ("The second conference", "On learning", "13–14 March 2027", "Mechelen, Belgium"):
            self.assertIn(words, cover)
        self.assertIn("A school of thought", cover)
        self.assertIn("Contents", contents)
        self.assertIn("Release 1 of", contents)
        self.assertIn(
            "Saturday 13 March 2027 Time Room Item Page 09:30–10:30 Aula Session 1 Opening words", first_day
        )
        self.assertIn(
            "Sunday 14 March 2027 Time Room Item Page 09:30–10:30 Aula Workshop 2 Hands on", second_day
        )
        self.assertIn("Session 1 Opening words A welcome Saturday 13 March 2027, 09:30–10:30, Aula", sessions)
        self.assertIn("Grace Hopper (chair), A school of thought", sessions)
        self.assertIn("Why Because of this. • first • second The site", sessions)
        self.assertIn("Workshop 2 Hands on Part of: Session 1", sessions)
        self.assertTrue(speakers.startswith("Speakers Grace Hopper 5 "), speakers)
        self.assertIn("Aula: Up the stairs (120 places)", rooms)
        self.assertIn("Tram 1 stops at the door.", rooms)

    def test_cancelled_is_marked_and_not_in_the_index(self):
        pages = pages_of(self.pdf())

        self.assertIn("Cancelled: No longer", pages[2])
        self.assertIn("Cancelled: Session 3 No longer", pages[4])
        self.assertNotIn("Not Coming", pages[5])

    def test_drafts_withdrawn_sessions_and_times_not_released_are_not_in_it(self):
        text = " ".join(pages_of(self.pdf()))

        self.assertNotIn("A secret draft", text)
        self.assertNotIn("Gone for good", text)
        self.assertIn("Not released Time to be announced", text)
        self.assertNotIn("14:30", text)

    def test_it_speaks_the_language_of_the_page(self):
        with translation.override("nl"):
            pdf = self.pdf()

        self.assertEqual(pdf.count(b"/Lang(nl)/StructTreeRoot"), 1)
        self.assertIn("Openingswoorden", " ".join(pages_of(pdf)))

    def test_edition_without_times_is_a_booklet_of_its_sessions(self):
        edition = make_edition("No times")
        make_session(edition, "Only words", abstract="About this.")

        pages = pages_of(self.pdf(edition))

        self.assertEqual(len(pages), 3)
        self.assertIn("Times and rooms are not announced yet.", pages[1])
        self.assertIn("Only words About this.", pages[2])

    def test_empty_edition_is_a_cover_and_a_notice(self):
        self.assertEqual(len(pages_of(self.pdf(make_edition("Nothing yet")))), 2)

    def test_hostile_text_is_only_text(self):
        edition = make_edition(HOSTILE[:80], short_title=HOSTILE[:40], subtitle=HOSTILE)
        kind = SessionType.objects.create(name=HOSTILE[:40], slug="hostile")
        track = Track.objects.create(edition=edition, name=HOSTILE, slug="hostile")
        session = make_session(
            edition, HOSTILE, subtitle=HOSTILE, abstract=HOSTILE, session_type=kind, track=track
        )
        make_appearance(session, make_speaker(HOSTILE), role=HOSTILE, organisation=make_organisation(HOSTILE))
        slot = make_slot(session, room=make_room(edition, HOSTILE))
        release_timetable(edition=edition, by=self.organiser)

        pages = pages_of(self.pdf(edition))

        self.assertEqual(slot.session.title, HOSTILE)
        self.assertIn('#import "/etc/passwd": * $x^2$ @ref \\', pages[2])
        self.assertNotIn("root:", " ".join(pages))

    def test_odd_texts_do_not_stop_it(self):
        edition = make_edition()
        odd = {
            "no words": "", "one word": "x" * 300, "controls": "a\x01\x07b\u202ec\u200d\ufeff", "deep": "> " * 60 + "x",
            "letters": "Ωραία Привет שלום مرحبا 字漢 ไทย 한국 मराठी 😀 \U0001e900", "long": "Lorem ipsum. " * 3_000,
            "table": "|a|b|\n|-|-|\n" + "|c|d|\n" * 200, "list": "".join("  " * n + "- x\n" for n in range(60)),
            "code": "```\n" + "y" * 500 + "\n```", "headings": "###### a\n\n# b\n\n### c", "link": "<https://example.org/" + "z" * 300 + ">",
        }  # fmt: skip
        for title, abstract in odd.items():
            make_session(edition, (title + " " + abstract.replace("\n", " "))[:300], abstract=abstract)

        text = " ".join(pages_of(self.pdf(edition)))

        self.assertIn("Ωραία Привет", text)
        self.assertIn("Read on on the site.", text)
        self.assertNotIn("\ufffd", text)

    def test_letters_without_a_font_are_replaced_and_the_booklet_says_so(self):
        edition = make_edition("Name \U00013080")  # hieroglyphs; no machine of ours has them

        pages = pages_of(self.pdf(edition))

        self.assertIn("Name □", pages[0])
        self.assertIn("Letters that could not be printed", pages[1])

    def test_number_of_queries_does_not_grow(self):
        def count():
            with CaptureQueriesContext(connection) as queries:
                book_of(self.edition)
            return len(queries)

        before = count()
        for number in (11, 12):
            session = make_session(self.edition, number=number, session_type=None)
            make_appearance(session, make_speaker(), organisation=make_organisation())
            make_slot(session, room=make_room(self.edition, f"Room {number}"))
        release_timetable(edition=self.edition, by=self.organiser)

        self.assertEqual(count(), before)
